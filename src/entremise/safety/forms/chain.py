"""The on-call chain and the two codes."""

from typing import Any

from django import forms

from entremise.accounts.queries import display_name, list_members
from entremise.core.actor import Actor
from entremise.core.ui.widgets import Counter
from entremise.safety.forms.field import UNKNOWN, identifier
from entremise.safety.queries.chain import chain_lines
from entremise.safety.services.chain import LABEL_LENGTH, RUNGS, RungFacts


class RungForm(forms.Form):
    """One rung; an empty row is no rung."""

    member_id = forms.TypedChoiceField(
        label="Membre prévenu par courriel",
        required=False,
        coerce=identifier,
        empty_value=None,
        error_messages={"invalid_choice": UNKNOWN},
    )
    label = forms.CharField(label="Nom de l’astreinte", required=False, max_length=LABEL_LENGTH)
    phone = forms.CharField(
        label="Numéro à appeler",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    delay_minutes = forms.IntegerField(
        label="Minutes avant le rang suivant",
        initial=5,
        min_value=1,
        max_value=60,
        widget=Counter(),
        error_messages={"required": "Entre 1 et 60 minutes.", "invalid": "Un nombre de minutes."},
    )

    def __init__(self, *args: Any, members: list[tuple[Any, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member_id"].choices = [("", "Personne"), *members]  # type: ignore[attr-defined]

    @property
    def is_filled(self) -> bool:
        """True when the row reaches someone."""
        data = self.cleaned_data
        return bool(data.get("member_id") or data.get("phone") or data.get("label"))


_FormSet = forms.formset_factory(RungForm, extra=RUNGS, max_num=RUNGS, validate_max=True, absolute_max=RUNGS)


class ChainFormSet(_FormSet):  # type: ignore[misc,valid-type]
    """The whole chain, in order."""

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        members = [(member.pk, display_name(member)) for member in list_members(actor)]
        members.sort(key=lambda pair: pair[1].casefold())
        super().__init__(*args, form_kwargs={"members": members}, prefix="rang", **options)


def chain_initial(actor: Actor) -> list[dict[str, Any]]:
    """The chain as it stands, for the form."""
    return [
        {
            "member_id": line.rung.member_id,
            "label": line.rung.label,
            "phone": line.rung.phone,
            "delay_minutes": line.rung.delay_minutes,
        }
        for line in chain_lines(actor.organisation_id)
    ]


def rungs_of(forms_: ChainFormSet) -> tuple[list[RungFacts], list[RungForm]]:
    """The filled rows as the service takes them, with their forms, so that a refusal stands beside its row."""
    filled = [form for form in forms_.forms if form.is_filled]
    names = ("member_id", "label", "phone", "delay_minutes")
    return [RungFacts(**{name: form.cleaned_data[name] for name in names}) for form in filled], filled


class CodesForm(forms.Form):
    """Two codes to know by heart."""

    end = forms.CharField(
        label="Code de fin",
        max_length=8,
        help_text="De quatre à huit chiffres. Il met fin au minuteur.",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "De quatre à huit chiffres."},
    )
    duress = forms.CharField(
        label="Code de contrainte",
        max_length=8,
        help_text="Il répond la même chose, et donne l’alarme sans que votre écran le montre.",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "De quatre à huit chiffres."},
    )
