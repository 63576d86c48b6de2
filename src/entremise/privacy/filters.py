"""The filters of the list of followed persons: codes in the address, never typed text."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.ui.filters import ListFilters
from entremise.intercultural.queries import language_choices
from entremise.privacy.queries.persons import AHEAD, DUE, NONE, SORTS, PersonFilters, list_persons

ALL = ("", "Toutes")
SILENCES = {"90": "3 mois", "180": "6 mois", "365": "1 an", "600": "20 mois"}


class PersonFilterForm(ListFilters):
    """GET only. A reference is looked for through its own form: somebody may type a name there."""

    SORTS = SORTS

    langue = forms.ChoiceField(label="Langue parlée ou lue", required=False, choices=[ALL, *language_choices()])
    revoir = forms.ChoiceField(
        label="À revoir",
        required=False,
        choices=[ALL, (DUE, "Aujourd’hui ou passé"), (AHEAD, "À venir"), (NONE, "Sans date")],
    )
    silence = forms.ChoiceField(
        label="Sans contact depuis", required=False, choices=[("", "Peu importe"), *SILENCES.items()]
    )
    equipe = forms.TypedChoiceField(label="Équipe", required=False, coerce=uuid.UUID, empty_value=None)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, actor=actor, **options)
        self.offer_teams(list(list_teams(actor, own_only=True)), ALL)

    def found(self) -> QuerySet[Any]:
        """The persons that match, the latest contact first."""
        chosen = self.chosen
        filters = PersonFilters(
            team_id=chosen.get("equipe"),
            language=chosen.get("langue") or "",
            again=chosen.get("revoir") or "",
            silent_days=int(chosen.get("silence") or 0),
        )
        return list_persons(self.actor, filters)
