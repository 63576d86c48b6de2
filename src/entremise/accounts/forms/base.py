"""What every form of this module shares."""

from django import forms

LONGEST_PASSWORD = 200


class PasswordField(forms.CharField):
    """A password: never trimmed, never shown back, and bounded so that hashing stays quick."""

    def __init__(self, *, label: str, new: bool = False, help_text: str = "", required: bool = True) -> None:
        attrs = {"autocomplete": "new-password" if new else "current-password"}
        super().__init__(
            label=label,
            required=required,
            strip=False,
            max_length=LONGEST_PASSWORD,
            help_text=help_text,
            widget=forms.PasswordInput(attrs=attrs),
            error_messages={"required": "Tapez le mot de passe.", "max_length": "200 signes au plus."},
        )


class EmailField(forms.CharField):
    """An address as typed; services check it."""

    def __init__(self, *, label: str = "Adresse électronique", help_text: str = "", autocomplete: str = "off") -> None:
        super().__init__(
            label=label,
            max_length=254,
            help_text=help_text,
            widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "autocapitalize": "none"}),
            error_messages={
                "required": "Indiquez l’adresse électronique.",
                "max_length": "Cette adresse est trop longue : vérifiez-la.",
            },
        )


ADVICE = "Au moins 12 signes. Trois ou quatre mots sans rapport entre eux se retiennent bien."


class TwicePasswordForm(forms.Form):
    """A new password typed twice."""

    new = PasswordField(label="Nouveau mot de passe", new=True, help_text=ADVICE)
    again = PasswordField(label="Le même, une seconde fois", new=True)

    def clean(self) -> dict:
        """Both must be the same."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "Les deux mots de passe diffèrent : retapez-les.")
        return data
