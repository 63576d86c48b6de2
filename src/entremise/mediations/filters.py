"""The filters of the list of mediations: codes and identifiers only."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.ui.filters import ListFilters
from entremise.core.ui.lists import empty_last
from entremise.mediations.enums import ShownOutcome, Stage
from entremise.mediations.queries.cases import CaseFilters, list_cases

ALL = ("", "Toutes")


class CaseFilterForm(ListFilters):
    """GET only."""

    SORTS: ClassVar = {
        "ouverte": ("opened_at", "pk"),
        "etape": ("moved_at", "pk"),
        "close": (empty_last("closed_at"), "pk"),
    }

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Ouvertes"), ("closes", "Closes"), ("toutes", "Toutes")]
    )
    etape = forms.ChoiceField(label="Étape", required=False, choices=[ALL, *Stage.choices])
    issue = forms.ChoiceField(label="Issue", required=False, choices=[ALL, *ShownOutcome.choices])
    equipe = forms.TypedChoiceField(label="Équipe", required=False, coerce=uuid.UUID, empty_value=None)
    miennes = forms.BooleanField(label="Celles que je conduis", required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, actor=actor, **options)
        self.offer_teams(list(list_teams(actor, own_only=True)), ALL)

    def found(self) -> QuerySet[Any]:
        """The cases that match, the latest opened first; asking for an outcome shows the closed ones."""
        chosen = self.chosen
        stage, outcome = chosen.get("etape") or "", chosen.get("issue") or ""
        closed = "closes" if outcome or stage == Stage.CLOTURE else "ouvertes"
        filters = CaseFilters(
            state=chosen.get("etat") or closed,
            stage=stage,
            outcome=outcome,
            team_id=chosen.get("equipe"),
            mine=bool(chosen.get("miennes")),
        )
        return list_cases(self.actor, filters)
