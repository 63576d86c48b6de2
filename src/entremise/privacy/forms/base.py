"""What the forms of this module share."""

from typing import Any

from django import forms

CHOOSE = ("", "Choisissez")


class PlainText(forms.CharField):
    """Text whose NUL signs are left out: no database keeps them and nobody typed them on purpose."""

    def clean(self, value: Any) -> Any:
        """Removes NUL before Django's validator refuses it; the length is the service's business."""
        return super().clean(value.replace("\x00", "") if isinstance(value, str) else value)


class OfferingForm(forms.Form):
    """A form whose lists depend on who asks."""

    def offer(self, name: str, choices: list[Any]) -> None:
        """The answers of a list."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def opens(self, names: tuple[str, ...]) -> bool:
        """True when one of these fields is refused: the fold that holds it opens."""
        return any(name in self.errors for name in names)
