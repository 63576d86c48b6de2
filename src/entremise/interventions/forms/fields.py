"""Fields that the act needs and the library does not have."""

from typing import Any

from django import forms

from entremise.core.ui.widgets import Counter
from entremise.interventions.commands import Heads

NOT_A_NUMBER = "Écrivez des nombres entiers, par exemple 3."


class PlainText(forms.CharField):
    """Text whose NUL signs are left out: no database keeps them and nobody typed them on purpose."""

    def to_python(self, value: Any) -> str:
        """The text as typed, NUL apart; its length is the service's business."""
        return (super().to_python(value) or "").replace("\x00", "")

    def clean(self, value: Any) -> Any:
        """Removes NUL before Django's validator refuses it."""
        return super().clean(value.replace("\x00", "") if isinstance(value, str) else value)


class HeadCounts(forms.Widget):
    """A counter per band, and whether the numbers are estimates. Each input carries its band as label."""

    template_name = "interventions/widgets/heads.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.bands: list[tuple[str, str]] = []

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The group is labelled by its legend."""
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds ``rows``: label, identifier and rendered counter of each band."""
        context = super().get_context(name, value, attrs)
        value = value or {}
        rows = []
        for code, label in self.bands:
            identifier = f"id_{name}-{code}"
            counter = Counter().render(f"{name}-{code}", value.get(code, ""), {"id": identifier})
            rows.append({"label": label, "id": identifier, "counter": counter})
        context["widget"].update(rows=rows, estimated=bool(value.get("estimated")))
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """What was typed, band by band."""
        found = {code: data.get(f"{name}-{code}", "") for code, _ in self.bands}
        return found | {"estimated": data.get(f"{name}-estimated", "")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """True when no band was sent at all."""
        return all(f"{name}-{code}" not in data for code, _ in self.bands)


class HeadsField(forms.Field):
    """Margins of a group: ``clean`` gives a tuple of Heads for the bands above zero."""

    widget = HeadCounts

    def __init__(self, *, bands: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.bands = bands

    def clean(self, value: Any) -> tuple[Heads, ...]:
        """Heads by band; a band left empty or at zero says nothing."""
        found = []
        for code, typed in (value or {}).items():
            text = str(typed).strip()
            if code == "estimated" or text in ("", "0"):
                continue
            try:
                found.append(Heads(code=code, count=int(text), estimated=bool(value.get("estimated"))))
            except ValueError:
                raise forms.ValidationError(NOT_A_NUMBER)
        return tuple(found)

    @staticmethod
    def initial_of(heads: tuple[Heads, ...]) -> dict[str, Any]:
        """What the widget shows for these heads."""
        shown: dict[str, Any] = {band.code: band.count for band in heads}
        return shown | {"estimated": any(band.estimated for band in heads)}
