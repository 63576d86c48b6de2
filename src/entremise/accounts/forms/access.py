"""Forms of sign-in, second factor, passwords, profile."""

from django import forms

from entremise.accounts.forms.base import EmailField, PasswordField, TwicePasswordForm


class SignInForm(forms.Form):
    """Address and password."""

    email = EmailField(autocomplete="username")
    password = PasswordField(label="Mot de passe")


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Tapez le code.", "max_length": "Ce code est trop long."},
    )


class PasswordConfirmForm(forms.Form):
    """The current password, before something that matters."""

    password = PasswordField(label="Votre mot de passe actuel")


class PasswordRequestForm(forms.Form):
    """Where to send the link."""

    email = EmailField(autocomplete="username")


class PasswordChangeForm(TwicePasswordForm):
    """The current password and a new one."""

    current = PasswordField(label="Mot de passe actuel")
    field_order = ["current", "new", "again"]


class NameForm(forms.Form):
    """How colleagues read one's name."""

    display_name = forms.CharField(
        label="Nom affiché",
        max_length=80,
        help_text="Prénom, ou prénom et nom : ce que vos collègues liront.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Indiquez votre nom.", "max_length": "80 signes au plus."},
    )


class EmailChangeForm(forms.Form):
    """Another address, confirmed by the password."""

    email = EmailField(label="Nouvelle adresse électronique", autocomplete="email")
    password = PasswordField(label="Votre mot de passe actuel")


class JoinForm(NameForm, TwicePasswordForm):
    """A new account: name and password."""

    field_order = ["display_name", "new", "again"]
