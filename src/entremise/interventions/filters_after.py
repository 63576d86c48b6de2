"""Filters of team actions: codes, identifiers and dates in the address, never words."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from entremise.accounts.queries import display_name, list_members, list_teams
from entremise.core.actor import Actor
from entremise.core.time import today
from entremise.core.ui.lists import asked_order
from entremise.interventions.enums import ActionOrigin
from entremise.interventions.queries.after import list_actions

ALL = ("", "Toutes")


class ActionFilters(forms.Form):
    """GET only. Actions to do unless asked."""

    SORTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "echeance": ("due_on", "pk"),
        "ouverte": ("opened_at", "pk"),
        "origine": ("origin", "due_on", "pk"),
    }
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "À faire"), ("retard", "En retard"), ("faites", "Faites"), ("toutes", "Toutes")],
    )
    origine = forms.ChoiceField(label="Origine", required=False, choices=[ALL, *ActionOrigin.choices])
    qui = forms.TypedChoiceField(label="Qui s’en charge", required=False, coerce=uuid.UUID, empty_value=None)
    equipe = forms.TypedChoiceField(label="Équipe", required=False, coerce=uuid.UUID, empty_value=None)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        members = [(str(one.pk), display_name(one)) for one in list_members(actor, team_ids=actor.team_ids)]
        members.sort(key=lambda pair: pair[1].casefold())
        teams = [(str(team.pk), team.name) for team in list_teams(actor, own_only=True)]
        self.fields["qui"].choices = [("", "Tout le monde"), *members]  # type: ignore[attr-defined]
        self.fields["equipe"].choices = [ALL, *teams]  # type: ignore[attr-defined]
        if len(teams) < 2:
            del self.fields["equipe"]

    def listed(self) -> QuerySet:
        """The actions that match, in the order that was asked."""
        self.is_valid()
        found, rows = self.cleaned_data, list_actions(self.actor)
        state = found.get("etat") or ""
        if state in ("", "retard"):
            rows = rows.filter(done_at=None)
        if state == "retard":
            rows = rows.filter(due_on__lt=today())
        if state == "faites":
            rows = rows.exclude(done_at=None)
        for name, column in (("origine", "origin"), ("qui", "owner_id"), ("equipe", "team_id")):
            if found.get(name):
                rows = rows.filter(**{column: found[name]})
        return rows.order_by(*asked_order(self.data, self.SORTS, "echeance"))
