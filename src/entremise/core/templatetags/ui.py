"""The component library: tags and filters that templates use without loading anything.

Props are declared: an unknown one is a TemplateSyntaxError. How to use each: docs/composants.md.
"""

import functools
from decimal import Decimal
from typing import Any

from django import forms, template
from django.template import Context, TemplateDoesNotExist, TemplateSyntaxError
from django.template.defaultfilters import pluralize as english_pluralize
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from entremise.core.ui import charts, formats, lists
from entremise.core.ui.navigation import by_section
from entremise.core.ui.slots import filled

register = template.Library()

for _filter in (formats.hours, formats.clock, formats.short_date, formats.long_date, formats.moment, formats.since):
    register.filter(_filter.__name__, _filter)


@register.filter
def pluralize(value: Any, endings: str = "s") -> str:
    """Django's own, counting as French does: « 0 exemplaire », « 1,5 heure », « 2 exemplaires »."""
    counted: Any = value if isinstance(value, int | float | Decimal) else len(value) if hasattr(value, "__len__") else 1
    return english_pluralize(1 if abs(counted) < 2 else 2, endings)


BUTTON_KINDS = ("primary", "secondary", "danger", "quiet")
NOTE_ICONS = {"attention": "warning", "danger": "warning", "good": "check", "info": "info"}
NOTE_WORDS = {"attention": "Attention", "danger": "Danger", "good": "C’est fait", "info": "À savoir"}
STATUS_ICONS = {"ok": "check", "wait": "clock", "bad": "warning", "neutral": "dot"}


def _one_of(tag: str, value: str, allowed: Any) -> str:
    if value not in allowed:
        raise TemplateSyntaxError(f"{{% {tag} %}}: {value!r} is not one of {', '.join(allowed)}")
    return value


@functools.cache
def _drawing(name: str) -> SafeString:
    return mark_safe(get_template(f"core/icons/{name}.svg").render().strip())  # noqa: S308 - our own file


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing that repeats a word beside it: hidden from screen readers."""
    try:
        return _drawing(name)
    except TemplateDoesNotExist:
        raise TemplateSyntaxError(f"{{% icon %}}: there is no icon named {name!r}")


@register.inclusion_tag("core/components/button.html")
def button(label: str, url: str, kind: str = "secondary", icon: str = "", wide: bool = False) -> dict[str, Any]:
    """A link that looks like a button: goes somewhere, changes nothing."""
    return {"label": label, "url": url, "kind": _one_of("button", kind, BUTTON_KINDS), "icon": icon, "wide": wide}


@register.inclusion_tag("core/components/submit.html")
def submit(
    label: str, kind: str = "primary", name: str = "", value: str = "", icon: str = "", wide: bool = False
) -> dict[str, Any]:
    """The button of a form: says what will happen."""
    kind = _one_of("submit", kind, BUTTON_KINDS)
    return {"label": label, "kind": kind, "name": name, "value": value, "icon": icon, "wide": wide}


@register.inclusion_tag("core/components/status.html")
def status(kind: str, label: str) -> dict[str, str]:
    """A state: a word and a shape before a colour."""
    return {"kind": _one_of("status", kind, STATUS_ICONS), "label": label, "icon": STATUS_ICONS[kind]}


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2) -> SafeString:
    """A framed part of a page, with its heading (``level`` 2 or 3)."""
    _one_of("card", str(level), ("2", "3"))
    return render_to_string("core/components/card.html", {"content": content, "title": title, "level": level})


@register.simple_block_tag
def note(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Something to notice; ``danger`` is for danger to a person."""
    _one_of("note", kind, NOTE_ICONS)
    return render_to_string(
        "core/components/note.html",
        {"content": content, "kind": kind, "title": title, "icon": NOTE_ICONS[kind], "word": NOTE_WORDS[kind]},
    )


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:  # noqa: A002 - the name of the HTML prop
    """A fold; printed open."""
    return render_to_string("core/components/details.html", {"content": content, "summary": summary, "is_open": open})


@register.inclusion_tag("core/components/empty.html")
def empty(title: str, text: str, url: str = "", label: str = "") -> dict[str, str]:
    """An empty screen that teaches its first gesture."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("core/components/figure.html")
def figure(value: Any, label: str, definition: str = "", url: str = "") -> dict[str, Any]:
    """A figure, what it counts, its definition, and the rows behind it."""
    return {"value": value, "label": label, "definition": definition, "url": url}


@register.inclusion_tag("core/components/bars.html")
def bars(
    rows: Any,
    caption: str,
    previous_label: str = "",
    value_label: str = "Nombre",
    definition: str = "",
    row_label: str = "Libellé",
    title: str = "",
) -> dict[str, Any]:
    """Horizontal bars with their table; a thin line under each bar is the previous period.

    ``title`` tells the table from the others of the page when several bear the same caption.
    """
    return {
        "rows": charts.bars(rows),
        "caption": caption,
        "previous_label": previous_label,
        "value_label": value_label,
        "definition": definition,
        "row_label": row_label,
        "title": title or caption,
    }


@register.inclusion_tag("core/components/time_range.html")
def time_range(start: Any, end: Any = None) -> dict[str, Any]:
    """Two hours of a presence: "18:05 – 21:40", or "depuis 18:05" while it lasts."""
    return {"start": start, "end": end}


@register.inclusion_tag("core/components/pagination.html")
def pagination(page: lists.Page) -> dict[str, Any]:
    """Where one stands in a list, and its neighbours."""
    return {"page": page}


@register.inclusion_tag("core/components/filters.html", takes_context=True)
def filters(
    context: Context, form: forms.Form, label: str = "Filtrer", action: str = "Appliquer les filtres"
) -> dict[str, Any]:
    """The filters of a list, folded on a phone; the sort order is kept, the page is not."""
    request = context["request"]
    keys = [form.add_prefix(name) for name, field in form.fields.items() if not field.widget.is_hidden]
    active = sum(1 for key in keys if any(request.GET.getlist(key)))
    sort = request.GET.get(lists.SORT_KEY, "") if lists.SORT_KEY not in keys else ""
    return {"form": form, "label": label, "action": action, "active": active, "path": request.path, "sort": sort}


@register.inclusion_tag("core/components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, code: str, number: bool = False) -> dict[str, Any]:
    """A column heading that sorts: ``?tri=code`` then ``?tri=-code``; the filters are kept."""
    request = context["request"]
    asked = request.GET.get(lists.SORT_KEY, "")
    order = {code: "ascending", f"-{code}": "descending"}.get(asked, "")
    target = f"-{code}" if order == "ascending" else code
    url = lists.keep_query(request, **{lists.SORT_KEY: target, lists.PAGE_KEY: None})
    return {"label": label, "url": url, "order": order, "number": number}


@register.inclusion_tag("core/components/form_errors.html", takes_context=True)
def form_errors(context: Context, form: forms.Form) -> dict[str, Any]:
    """What to correct, at the head of the form, each line leading to its field; read first after a sending."""
    request = context.get("request")
    fields = [field for field in form if field.errors and not field.is_hidden]
    hidden = [error for field in form if field.errors and field.is_hidden for error in field.errors]
    return {
        "fields": fields,
        "general": [*form.non_field_errors(), *hidden],
        # A browser never gives a file back: where nothing else was asked, nothing is kept.
        "kept": any(not isinstance(field.field, forms.FileField) for field in form),
        "sent": bool(request and request.method == "POST"),
    }


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """What upper modules put in this place of the page."""
    request = context.get("request")
    return format_html_join("", "{}", ((made,) for made in filled(name, request))) if request else SafeString("")


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present query string with some keys changed; None removes one."""
    return lists.keep_query(context["request"], **changes)


@register.filter
def attributes(widget_attrs: dict[str, Any]) -> SafeString:
    """HTML attributes from a widget's dictionary, escaped."""
    written = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in widget_attrs.items()
        if value is not False and value is not None
    ]
    return SafeString("".join(written))


@register.filter
def bar_entries(navigation: list[Any]) -> list[Any]:
    """The entries of the phone's bottom bar: four at most."""
    return [entry for entry in navigation if entry.bar][:4]


@register.filter
def sections(navigation: list[Any]) -> list[tuple[str, list[Any]]]:
    """The entries of the menu under the headings of their sections."""
    return by_section(navigation)
