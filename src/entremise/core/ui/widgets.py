"""Inputs of the component library: chips, scale, counter, native date and time, long list with a filter.

Each one works without JavaScript and shows back what was typed, even when it cannot be read.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms

_BLANK = ("", None)
NO_ANSWER = "Sans réponse"


class _Chips(forms.widgets.ChoiceWidget):
    """Shared by the two kinds of chips: the frequent values in sight, the others folded under "Autre…"."""

    template_name = "core/widgets/chips.html"
    visible = 6

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), frequent: Sequence[str] = ()) -> None:
        super().__init__(attrs, choices)
        self.frequent = list(frequent)

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Chips":
        copied: _Chips = super().__deepcopy__(memo)
        copied.frequent = list(self.frequent)
        return copied

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds ``shown`` (options), ``folded`` (groups of options) and ``folded_open`` to the widget."""
        context = super().get_context(name, value, attrs)
        groups = _grouped(context["widget"]["optgroups"])
        shown = self._shown([option for _, options in groups for option in options])
        folded = [(group, [one for one in options if one not in shown]) for group, options in groups]
        folded = [(group, options) for group, options in folded if options]
        chosen_inside = any(option["selected"] for _, options in folded for option in options)
        context["widget"].update(shown=shown, folded=folded, folded_open=chosen_inside)
        return context

    def _shown(self, options: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len(options) <= self.visible + 1:  # folding a single value would hide it for nothing
            return options
        if not self.frequent:
            return options[: self.visible]
        by_code = {str(option["value"]): option for option in options}
        return [by_code[code] for code in dict.fromkeys(map(str, self.frequent)) if code in by_code]


def _grouped(optgroups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> list[tuple[str, list[Any]]]:
    """Django gives each ungrouped option a group of its own: put neighbours back together."""
    groups: list[tuple[str, list[Any]]] = []
    for name, options, _ in optgroups:
        if groups and not name and not groups[-1][0]:
            groups[-1][1].extend(_without_dashes(options))
        else:
            groups.append((name or "", _without_dashes(options)))
    return groups


def _without_dashes(options: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django's blank choice reads as dashes; a person should read what it means."""
    kept = list(options)
    for option in kept:
        if option["value"] in _BLANK and not str(option["label"]).strip("-– "):
            option["label"] = NO_ANSWER
    return kept


class ChipRadio(_Chips, forms.RadioSelect):
    """One answer among chips. ``frequent`` holds the codes to keep in sight, in order."""

    template_name = "core/widgets/chips.html"


class ChipCheckboxes(_Chips, forms.CheckboxSelectMultiple):
    """Several answers among chips. ``frequent`` holds the codes to keep in sight, in order."""

    template_name = "core/widgets/chips.html"


class Steps(forms.RadioSelect):
    """A scale (0 to 5 by default); the words of the chosen step stand under it.

    A label may repeat the step ("3 · cris, insultes"): only its words are kept.
    """

    template_name = "core/widgets/steps.html"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = None) -> None:
        super().__init__(attrs, [(step, str(step)) for step in range(6)] if choices is None else choices)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds ``steps``: each option with its ``mark`` and its ``words``."""
        context = super().get_context(name, value, attrs)
        options = [option for _, options, _ in context["widget"]["optgroups"] for option in options]
        context["widget"]["steps"] = [_step(option) for option in options]
        return context


def _step(option: dict[str, Any]) -> dict[str, Any]:
    value, label = str(option["value"]), str(option["label"])
    if option["value"] in _BLANK:
        return option | {"mark": "–", "words": label if label.strip("-– ") else NO_ANSWER}
    words = re.sub(rf"^{re.escape(value)}\b\s*[·:,–-]*\s*", "", label)
    return option | {"mark": value, "words": words}


class _Native(forms.widgets.Input):
    """A native input that turns into a text box when its value is not of its kind.

    A browser shows an unreadable value of a typed input as empty: what the person typed would be lost.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The type of the input depends on whether it can show the value."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown not in _BLANK and not self.readable(str(shown)):
            context["widget"]["type"] = "text"
        return context

    def readable(self, value: str) -> bool:
        """True when a browser can show the value in the typed input."""
        raise NotImplementedError


def _parses(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


class DateInput(_Native, forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def readable(self, value: str) -> bool:
        """ISO date, year on four digits."""
        return len(value) == len("2026-11-23") and _parses(dt.date.fromisoformat, value)


class TimeInput(_Native, forms.TimeInput):
    """The browser's own clock, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")

    def readable(self, value: str) -> bool:
        """ISO time of the day."""
        return ":" in value and _parses(dt.time.fromisoformat, value)


class DateTimeInput(_Native, forms.DateTimeInput):
    """The browser's own date and time, local time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")

    def readable(self, value: str) -> bool:
        """ISO date and time without zone."""
        return len(value) >= len("2026-11-23T19:42") and _parses(dt.datetime.fromisoformat, value)


class Counter(_Native, forms.NumberInput):
    """A head count: a number between − and +, which appear when the page can make them work."""

    template_name = "core/widgets/counter.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"min": 0, "inputmode": "numeric", "autocomplete": "off"} | (attrs or {}))

    def readable(self, value: str) -> bool:
        """A whole number, no-break spaces of localisation apart."""
        return re.fullmatch(r"-?\d+", value) is not None


class SearchSelect(forms.Select):
    """A list too long to scroll (sites): a text box that filters appears above it when scripts run."""

    template_name = "core/widgets/search_select.html"
