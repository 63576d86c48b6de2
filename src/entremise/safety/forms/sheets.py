"""The incident sheet and the debriefing, guided."""

from typing import Any

from django import forms

from entremise.accounts.queries import display_name, list_members
from entremise.core.actor import Actor
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, DateInput, DateTimeInput
from entremise.safety.enums import IncidentKind, Support
from entremise.safety.forms.field import UNKNOWN, PlaceForm, identifier
from entremise.safety.services.sheets import DATES

UNREADABLE = {"invalid": "Cette date ou cette heure est illisible. Écrivez-la comme 23/11/2026 18:05."}
NO_NAME = "Sans nom d’habitant : des faits vus et entendus."


def _text(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.Textarea({"rows": 3, "data-text-helper": True}),
        error_messages={"required": "Écrivez une phrase."},
    )


def _support() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Ce qui a été proposé",
        required=False,
        choices=Support.choices,
        widget=ChipCheckboxes(),
        error_messages={"invalid_choice": UNKNOWN},
    )


class _SharedForm(PlaceForm):
    """A place, a team, and colleagues."""

    person_ids = forms.TypedMultipleChoiceField(
        label="Personnes concernées",
        required=False,
        coerce=identifier,
        widget=ChipCheckboxes(),
        error_messages={"invalid_choice": UNKNOWN},
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        del self.fields["pk"]
        members = list_members(actor, team_ids=actor.team_ids)
        names = sorted(((display_name(one), one.pk) for one in members), key=lambda pair: pair[0].casefold())
        self.fields["person_ids"].choices = [(pk, name) for name, pk in names]  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("person_ids", [actor.member_id])


class SheetForm(_SharedForm):
    """What happened to the team."""

    kind = forms.ChoiceField(
        label="Nature",
        choices=IncidentKind.choices,
        widget=ChipRadio(),
        error_messages={"required": "Choisissez une nature.", "invalid_choice": UNKNOWN},
    )
    happened_at = MomentField(
        label="Moment", widget=DateTimeInput(), error_messages=UNREADABLE | {"required": "Indiquez le moment."}
    )
    facts = _text("Les faits", NO_NAME, required=True)
    done = _text("Ce qui a été fait sur le moment", "Retrait, appel, examen, relève…")
    field_order = ("kind", "happened_at", "site_id", "team_id", "person_ids", "facts", "done")


class FollowForm(forms.Form):
    """What was offered, what followed: facts and dates, no diagnosis."""

    support = _support()
    told_on = forms.DateField(label="Encadrement prévenu le", required=False, widget=DateInput())
    complaint_on = forms.DateField(label="Plainte déposée le", required=False, widget=DateInput())
    accident_on = forms.DateField(
        label="Accident du travail déclaré le",
        required=False,
        widget=DateInput(),
        help_text="Par l’employeur, dans les 48 heures.",
    )
    listened_on = forms.DateField(label="Soutien psychologique commencé le", required=False, widget=DateInput())
    close = forms.BooleanField(label="Clore la fiche", required=False)

    def __init__(self, *args: Any, closes: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not closes:
            del self.fields["close"]
        for name in DATES:
            self.fields[name].error_messages["invalid"] = "Cette date est illisible. Écrivez-la comme 23/11/2026."


class DebriefForm(_SharedForm):
    """Ten minutes, in five steps."""

    facts = _text("1. Les faits, dans l’ordre (2 min)", f"Qui a vu quoi. {NO_NAME}", required=True)
    lived = _text("2. Comment chacun va (3 min)", "Chacun parle pour soi. N’écrivez que ce que chacun veut.")
    helped = _text("3. Ce qui a aidé (2 min)", "Un geste, une phrase, une place : ce qu’on referait.")
    change = _text("4. Ce qu’on fera autrement (2 min)")
    support = _support()
    field_order = ("person_ids", "facts", "lived", "helped", "change", "support", "site_id", "team_id")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["site_id"]
        self.fields["person_ids"].label = "Qui est là"
        self.fields["support"].label = "5. De quoi avez-vous besoin, dit à l’encadrement (1 min)"
