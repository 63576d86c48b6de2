"""The filters of the certifier's lists: codes, dates and file numbers only; a name never stands in an address."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from entremise.certification.enums import DepositState, FeasibilityState, SessionState, ValidationState
from entremise.certification.models import Candidacy, Candidate, ExamSession, Juror, VaeDossier
from entremise.certification.queries.candidates import list_candidates, list_jurors
from entremise.certification.queries.certifier import settings_of
from entremise.certification.queries.deposits import LedgerLine, ledger
from entremise.certification.queries.preparing import body_lines
from entremise.certification.queries.sessions import list_sessions
from entremise.certification.queries.vae import list_dossiers
from entremise.certification.vae_path import TO_DECIDE
from entremise.competences.enums import Route, SeatKind
from entremise.competences.queries import record_facts
from entremise.core.permissions import can
from entremise.core.ui.filters import ListFilters
from entremise.core.ui.widgets import DateInput

ANY, EVERY = ("", "Tous"), ("", "Toutes")
UNDER_WAY, CLOSED = "en_cours", "closes"
SITS, LEFT = "siege", "ne_siege_plus"
TO_SEND = "a_envoyer"


class CandidateFilters(ListFilters):
    """Which file, which route, which block, whether a candidacy is under way; for the certifier, who prepares."""

    SORTS: ClassVar = {"dossier": ("reference", "pk"), "ouvert": ("opened_at", "pk")}

    dossier = forms.CharField(label="Numéro de dossier", required=False, max_length=12)
    voie = forms.ChoiceField(label="Voie d’accès", required=False, choices=[EVERY, *Route.choices])
    bloc = forms.ChoiceField(label="Bloc visé", required=False)
    etat = forms.ChoiceField(
        label="Candidature", required=False, choices=[EVERY, (UNDER_WAY, "En cours"), (CLOSED, "Closes")]
    )

    organisme = forms.ChoiceField(label="Préparé par", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = body_lines(self.actor) if can(self.actor, "certification.manage") else []
        if bodies:
            self.fields["organisme"].choices = [ANY, *((str(one.body.pk), one.body.name) for one in bodies)]  # type: ignore[attr-defined]
        else:
            del self.fields["organisme"]
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
        if chosen.get("organisme"):
            candidates = candidates.filter(preparations__body_id=chosen["organisme"])
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


class JurorFilters(ListFilters):
    """The roster: in which quality, from outside or not, still sitting or not."""

    qualite = forms.ChoiceField(label="Siège comme", required=False, choices=[EVERY, *SeatKind.choices])
    exterieur = forms.ChoiceField(
        label="Extérieur aux certificateurs", required=False, choices=[ANY, ("oui", "Oui"), ("non", "Non")]
    )
    etat = forms.ChoiceField(
        label="Siège encore", required=False, choices=[ANY, (SITS, "Siègent"), (LEFT, "Ne siègent plus")]
    )

    def found(self) -> QuerySet[Juror]:
        """The people of the roster that pass."""
        chosen = self.chosen
        jurors = list_jurors(self.actor)
        if chosen.get("qualite"):
            jurors = jurors.filter(kind=chosen["qualite"])
        if chosen.get("exterieur"):
            jurors = jurors.filter(is_external=chosen["exterieur"] == "oui")
        return jurors.filter(is_active=chosen["etat"] == SITS) if chosen.get("etat") else jurors


class DossierFilters(ListFilters):
    """The dossiers of the VAE: where each half stands, what awaits the certifier."""

    faisabilite = forms.ChoiceField(label="Faisabilité", required=False, choices=[EVERY, *FeasibilityState.choices])
    validation = forms.ChoiceField(label="Validation", required=False, choices=[EVERY, *ValidationState.choices])
    a_decider = forms.BooleanField(label="À décider", required=False)

    def found(self) -> QuerySet[VaeDossier]:
        """The dossiers that pass, the newest first; a state of validation is asked of admissible ones alone."""
        chosen = self.chosen
        dossiers = list_dossiers(self.actor)
        if chosen.get("faisabilite"):
            dossiers = dossiers.filter(feasibility=chosen["faisabilite"])
        if chosen.get("validation"):
            dossiers = dossiers.filter(feasibility=FeasibilityState.ADMISSIBLE, validation=chosen["validation"])
        return dossiers.filter(feasibility__in=TO_DECIDE, lapsed_on=None) if chosen.get("a_decider") else dossiers


class DepositFilters(ListFilters):
    """The ledger of the official deposit: what became of each whole certification."""

    suite = forms.ChoiceField(
        label="Suite",
        required=False,
        choices=[EVERY, (TO_SEND, "À envoyer"), *(one for one in DepositState.choices if one[0] != "replaced")],
    )
    en_retard = forms.BooleanField(label="Terme proche ou passé", required=False)

    def lines(self, limit: int | None = 500) -> list[LedgerLine]:
        """The lines that pass, what is to send first; None reads the whole ledger."""
        chosen = self.chosen
        state = "" if chosen.get("suite") == TO_SEND else chosen.get("suite")
        kept = ledger(self.actor, limit=limit)
        if chosen.get("suite"):
            kept = [line for line in kept if line.state == state]
        return [line for line in kept if line.is_late] if chosen.get("en_retard") else kept
