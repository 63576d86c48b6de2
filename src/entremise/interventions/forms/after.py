"""Forms of what follows an act: a team action, the reading of a party's side."""

import uuid
from typing import Any

from django import forms

from entremise.accounts.queries import display_name, list_members, list_teams
from entremise.core.actor import Actor
from entremise.core.ui.widgets import DateInput, SearchSelect
from entremise.interventions.enums import Escalation
from entremise.interventions.forms.fields import PlainText
from entremise.places.queries import site_choices

UNKNOWN = {"invalid_choice": "Ce choix n’existe plus. Choisissez dans la liste."}
DATE_ERRORS = {"required": "Choisissez une date.", "invalid": "Cette date est illisible. Écrivez-la comme 23/11/2026."}


class LessonForm(forms.Form):
    """An action of the team: what, who, by when."""

    text = PlainText(
        label="Ce que l’équipe va faire",
        widget=forms.Textarea(attrs={"rows": 2, "data-text-helper": True}),
        help_text="Toute l’équipe le lit : aucun nom, aucune adresse. Par exemple : convenir d’un horaire au gardien.",
        error_messages={"required": "Écrivez l’action en une phrase : quoi, avec qui."},
    )
    owner_id = forms.TypedChoiceField(
        label="Qui s’en charge",
        coerce=uuid.UUID,
        empty_value=None,
        error_messages=UNKNOWN | {"required": "Choisissez quelqu’un de l’équipe."},
    )
    due_on = forms.DateField(label="Pour le", widget=DateInput(), error_messages=DATE_ERRORS)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        members = list_members(actor, team_ids=actor.team_ids)
        names = sorted(((display_name(one), one.pk) for one in members), key=lambda pair: pair[0].casefold())
        self.fields["owner_id"].choices = [(str(pk), name) for name, pk in names]  # type: ignore[attr-defined]
        self.initial.setdefault("owner_id", actor.member_id)


class ActionForm(LessonForm):
    """The same, about a place or not, in one of one's teams."""

    site_id = forms.TypedChoiceField(
        label="Lieu", required=False, coerce=uuid.UUID, empty_value=None, widget=SearchSelect(), error_messages=UNKNOWN
    )
    team_id = forms.TypedChoiceField(label="Équipe", coerce=uuid.UUID, error_messages=UNKNOWN)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, actor=actor, **options)
        self.fields["site_id"].choices = [("", "Aucun lieu en particulier"), *site_choices(actor)]  # type: ignore[attr-defined]
        teams = [(str(team.pk), team.name) for team in list_teams(actor, own_only=True)]
        self.fields["team_id"].choices = teams  # type: ignore[attr-defined]
        if len(teams) == 1:
            self.fields["team_id"].widget = forms.HiddenInput()
        if teams:
            self.initial.setdefault("team_id", teams[0][0])


def _words(label: str, help_text: str) -> PlainText:
    widget = forms.Textarea(attrs={"rows": 2, "data-text-helper": True})
    return PlainText(label=label, required=False, help_text=help_text, widget=widget)


class ReadingForm(forms.Form):
    """An aid to reading one party's side; every answer is optional."""

    stage = forms.TypedChoiceField(
        label="Où en est cette partie (neuf stades de Glasl)",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Je ne choisis pas"), *((step.value, f"{step.value} · {step.label}") for step in Escalation)],
        help_text="Les deux parties peuvent être à des stades différents.",
        error_messages=UNKNOWN,
    )
    positions = _words("Position", "Ce qu’elle dit vouloir.")
    interests = _words("Intérêts", "Pourquoi elle le veut.")
    needs = _words("Besoins", "Ce qui doit être respecté : dormir, être entendu, se sentir chez soi…")
    fears = _words("Craintes", "Ce qu’elle redoute si rien ne change, ou si elle cède.")
    criteria = _words("Critères", "Une mesure que les deux reconnaîtraient : un horaire, un règlement, un usage.")
