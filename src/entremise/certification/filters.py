"""The filters of the certifier's lists: codes, dates and file numbers only; a name never stands in an address."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from entremise.certification.enums import SessionState
from entremise.certification.models import Candidacy, Candidate, ExamSession
from entremise.certification.queries.candidates import list_candidates
from entremise.certification.queries.certifier import settings_of
from entremise.certification.queries.sessions import list_sessions
from entremise.competences.enums import Route
from entremise.competences.queries import record_facts
from entremise.core.ui.filters import ListFilters
from entremise.core.ui.widgets import DateInput

ANY, EVERY = ("", "Tous"), ("", "Toutes")
UNDER_WAY, CLOSED = "en_cours", "closes"


class CandidateFilters(ListFilters):
    """Which file, which route, which block, whether a candidacy is under way."""

    SORTS: ClassVar = {"dossier": ("reference", "pk"), "ouvert": ("opened_at", "pk")}

    dossier = forms.CharField(label="Numéro de dossier", required=False, max_length=12)
    voie = forms.ChoiceField(label="Voie d’accès", required=False, choices=[EVERY, *Route.choices])
    bloc = forms.ChoiceField(label="Bloc visé", required=False)
    etat = forms.ChoiceField(
        label="Candidature", required=False, choices=[EVERY, (UNDER_WAY, "En cours"), (CLOSED, "Closes")]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        code = settings_of(self.actor).record_code  # empty where the operator has loaded no record yet
        blocks = [(block.code, block.title) for block in record_facts(code).blocks] if code else []
        self.fields["bloc"].choices = [ANY, *blocks]  # type: ignore[attr-defined]

    def found(self) -> QuerySet[Candidate]:
        """The files that pass, the newest first; route and block are asked of one and the same candidacy."""
        chosen = self.chosen
        candidates = list_candidates(self.actor)
        if reference := chosen.get("dossier", "").strip():
            candidates = candidates.filter(reference__istartswith=reference)
        asked = Q()
        if chosen.get("voie"):
            asked &= Q(route=chosen["voie"])
        if chosen.get("bloc"):
            asked &= Q(enrolments__block_code=chosen["bloc"])
        if asked:
            candidates = candidates.filter(pk__in=Candidacy.objects.filter(asked).values("candidate_id"))
        living = Candidacy.objects.filter(withdrawn_on=None).values("candidate_id")
        if chosen.get("etat") == UNDER_WAY:
            return candidates.filter(pk__in=living)
        return candidates.exclude(pk__in=living) if chosen.get("etat") == CLOSED else candidates


class SessionFilters(ListFilters):
    """Which sessions: where they stand, when they are held."""

    SORTS: ClassVar = {"date": ("starts_on", "pk")}

    etat = forms.ChoiceField(label="État", required=False, choices=[ANY, *SessionState.choices])
    du = forms.DateField(label="Du", required=False, widget=DateInput())
    au = forms.DateField(label="Au", required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """A period that ends before it begins is said, not silently empty."""
        data = super().clean() or {}
        if data.get("du") and data.get("au") and data["au"] < data["du"]:
            self.add_error("au", "La fin vient avant le début. Corrigez l’une des deux dates.")
        return data

    def found(self) -> QuerySet[ExamSession]:
        """The sessions that pass, the latest first; one counts when a day of it falls within the period."""
        chosen = self.chosen
        sessions = list_sessions(self.actor)
        if chosen.get("etat"):
            sessions = sessions.filter(state=chosen["etat"])
        if chosen.get("du"):
            sessions = sessions.filter(ends_on__gte=chosen["du"])
        return sessions.filter(starts_on__lte=chosen["au"]) if chosen.get("au") else sessions
