"""Samia goes towards the certification: her own portfolio, attested, frozen and deposited; a jury awaits her."""

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from entremise.accounts import queries as accounts
from entremise.accounts import services
from entremise.accounts.enums import Role
from entremise.certification.commands import CandidacyFacts, CivilStatus
from entremise.certification.services import candidates
from entremise.certification.services import portfolio as deposits
from entremise.core.actor import Actor, system_actor
from entremise.core.time import today
from entremise.demonstration.asides import Step
from entremise.demonstration.certification import BLOCKS, RECORD, Body, plan
from entremise.demonstration.people import House
from entremise.documents.services import Document, Section, to_pdf
from entremise.interventions.queries import own_acts
from entremise.mediations.queries.gestures import own_cases
from entremise.practice.commands import AskAttestation, KeepEvidence, KeepLine, SignAttestation, StateAiUse
from entremise.practice.queries.ledger import open_attestation
from entremise.practice.queries.sheets import list_sheets, title_of
from entremise.practice.services import attestations, evidence, ledger, portfolio

_DAY = dt.timedelta(days=1)
# Register of the act it starts from → what Samia says of it, in other words than the act.
TOLD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "presence_active": (
        "Être là avant qu’on ait besoin de moi",
        (
            "Je me présente à chaque fois, même à ceux qui me connaissent : mon prénom, pour qui je travaille, ce "
            "que je ne fais pas. Je reste assez longtemps pour qu’on vienne me parler, et je laisse venir."
        ),
        ("C5", "C6"),
    ),
    "conflit_temps_reel": (
        "Baisser le ton sans donner raison",
        (
            "Je me place de côté, pas entre les deux. Je parle bas, une personne à la fois, et je redis ce que "
            "j’ai compris avant de proposer quoi que ce soit. Ce qui a compté : dire à l’autre que son tour "
            "viendrait, et quand."
        ),
        ("C7", "C10"),
    ),
    "mise_en_relation": (
        "Passer la main sans lâcher",
        (
            "J’appelle le service devant la personne, avec son accord, je dis qui elle est comme elle veut le "
            "dire, et nous repartons avec un nom et un rendez-vous. Je rappelle ensuite pour savoir s’il a eu "
            "lieu."
        ),
        ("C13", "C3"),
    ),
    "veille_sociale": (
        "Noter ce qui change, pas ce qui choque",
        (
            "Je note les usages d’un même endroit à plusieurs moments, puis nous comparons en équipe. C’est cette "
            "suite qui a fait venir le bailleur, pas une anecdote."
        ),
        ("C1", "C2"),
    ),
}
MEDIATION = (
    "Entendre chacun avant de réunir",
    (
        "J’ai vu chaque partie seule, expliqué le cadre avec mes mots et demandé à chacune ce qu’elle "
        "attendait de l’autre. Je n’ai réuni que lorsque les deux l’ont voulu."
    ),
)
SHEET = (
    "Deux attentes, un seul médiateur",
    (
        "J’avais réglé la gêne sans réparer la relation. Depuis, je dis à chacun que je vais l’écouter, et "
        "dans quel ordre : quand nous sommes deux, l’un reste, l’autre monte."
    ),
)
WORKSHOP = (
    "Atelier : reconnaître un faux message",
    (
        "Avec une collègue de l’accueil, un jeu de vrais et de faux messages. Les participants expliquent aux "
        "suivants ce qui les a fait douter : je n’ai eu qu’à relancer."
    ),
    ("C15", "C16"),
)
DOCUMENT = (
    "Attestation de formation : premiers secours",
    "Une journée avec des collègues de trois structures. J’en garde surtout comment on se répartit les gestes.",
    ("C7",),
)
TUTOR: dict[str, Any] = {
    "name": "Aïcha Morin",
    "function": "Tutrice de stage",
    "structure": "Maison des habitants (exemple)",
    "words": "Présente chaque jour, à l’heure, et surtout à l’écoute. Seule aux accueils le dernier mois.",
}
HEAD: dict[str, Any] = {
    "name": "Bernard Lestrade",
    "function": "Président",
    "structure": "Café des voisins (exemple)",
    "words": "Bénévole à l’accueil tous les samedis.",
}
EMPLOYER: dict[str, Any] = {
    "name": "Claire",
    "function": "Encadrante",
    "structure": "Passage commun (exemple)",
    "words": "",
}
PEER: dict[str, Any] = {
    "name": "Paul",
    "function": "Médiateur",
    "structure": "Passage commun (exemple)",
    "words": "J’étais là. C’est bien ainsi qu’elle fait, et je m’en sers depuis.",
}


def steps(house: House, body: Body, present: dt.datetime) -> list[Step]:
    """Three weeks, from the first evidence to the deposit; then a session to come."""
    story = _Story(house, body)
    return [
        (present - 26 * _DAY, partial(story.lines, (present - 400 * _DAY).date())),
        (present - 21 * _DAY, story.evidence),
        (present - 12 * _DAY, story.come),
        (present - 5 * _DAY, story.more),
        (present - 4 * _DAY, story.deposit),
        (present - 3 * _DAY, partial(story.await_session, present + 24 * _DAY)),
    ]


def _joined() -> dict[str, Any]:
    """The document itself, deposited, with nobody else's name on it."""
    words = ["Formation aux premiers secours, sept heures. Document d’exemple : aucun nom n’y figure."]
    paper = to_pdf(Document(title="Attestation (exemple)", subtitle="", meta=[], sections=[Section("Suivi", words)]))
    facts = {"issuer": "Secours de la ville (exemple)", "file_name": "attestation.pdf"}
    return {**facts, "file": paper, "keeps_file": True}


class _Story:
    """Samia's portfolio."""

    def __init__(self, house: House, body: Body) -> None:
        self.actor: Actor = house.actors["samia"]
        self.house, self.body = house, body

    def lines(self, start: dt.date) -> None:
        """An internship of 245 hours; eight months as a volunteer, that a job overlaps for two."""
        kept = [
            self._line("internship", "Maison des habitants (exemple)", start, 60, person="Aïcha Morin", hours=245),
            self._line("experience", "Café des voisins (exemple)", start - 300 * _DAY, 243, nature="volunteer"),
            self._line("experience", "Accueil de loisirs (exemple)", start - 120 * _DAY, 60, nature="salaried"),
        ]
        self._signed("line", kept[0], TUTOR)
        self._signed("line", kept[1], HEAD)

    def _line(self, kind: str, place: str, start: dt.date, days: int, **facts: Any) -> uuid.UUID:
        told: dict[str, Any] = {"kind": kind, "place": place, "starts_on": start, "ends_on": start + days * _DAY}
        fields = ("accueil",) if kind == "experience" else ()
        return ledger.keep_line(actor=self.actor, command=KeepLine(fields=fields, **told, **facts)).pk

    def _signed(self, kind: str, target: uuid.UUID | None, words: dict[str, Any]) -> None:
        """Asked by link, and signed by whoever received it."""
        command = AskAttestation(kind=kind, target_id=target)
        _, token = attestations.ask_attestation(actor=self.actor, command=command)
        found = open_attestation(token)
        assert found is not None
        attestations.sign_attestation(attestation=found, command=SignAttestation(agrees=True, **words))

    def _keep(self, kind: str, told: tuple[str, str], competences: Sequence[str], **facts: Any) -> uuid.UUID:
        references = [f"{RECORD}-{code}" for code in competences]
        command = KeepEvidence(kind=kind, title=told[0], text=told[1], competences=references, **facts)
        return evidence.keep_evidence(actor=self.actor, command=command).pk

    def evidence(self) -> None:
        """One act of each register, a sheet and a workshop; a colleague says what he saw of one."""
        kept = {}
        for register, (title, text, competences) in TOLD.items():
            act = own_acts(self.actor, traits=[("L1", register)]).order_by("-occurred_at", "-pk").first()
            if act is not None:
                kept[register] = self._keep("act", (title, text), competences, source_id=act.pk)
        looked = next(sheet for sheet in list_sheets(self.actor) if title_of(sheet) == "La fenêtre et le banc")
        self._keep("sheet", SHEET, ("C7", "C11"), source_id=looked.pk)
        self._keep("workshop", WORKSHOP[:2], WORKSHOP[2], on=today() - 12 * _DAY)
        self._keep("document", DOCUMENT[:2], DOCUMENT[2], on=today() - 40 * _DAY, **_joined())
        self._signed("evidence", kept["conflit_temps_reel"], PEER)

    def come(self) -> None:
        """She becomes a candidate of the certifying body, with the same account."""
        user = services.get_or_create_user(email="samia@exemple.test", display_name="Samia")
        setup = system_actor(self.body.organisation_id, "command")
        member = services.add_member(actor=setup, user=user, roles=[Role.CANDIDAT], team_ids=[])
        actor = accounts.actor_for(user, self.body.organisation_id)
        assert actor is not None
        self.body.members["samia"], self.body.actors["samia"] = member.pk, actor
        civil = CivilStatus(
            sex="F",
            birth_name="Tazerout",
            first_names="Samia, Louise",
            born_on="1991-05-09",
            birth_place="Roubaix",
            birth_code="59512",
            member_id=member.pk,
        )
        facts = CandidacyFacts(route="continuing", block_codes=BLOCKS[:2])
        boss = self.body.actors["celine"]
        found = candidates.open_candidate(actor=boss, civil_status=civil, candidacy=facts)
        self.body.files["samia"] = found.pk

    def more(self) -> None:
        """A mediation, once it is not her only one; what she says of tools that write; her employer's word."""
        first = own_cases(self.actor)[-1]
        self._keep("mediation", MEDIATION, ("C8",), source_id=first.pk)
        said = StateAiUse(use="language", words="Le correcteur de ma messagerie, pour l’orthographe.")
        portfolio.state_ai_use(actor=self.actor, command=said)
        self._signed("reuse", None, EMPLOYER)

    def deposit(self) -> None:
        """Frozen, deposited; the certifier reads the ledgers and retains what is attested."""
        frozen = portfolio.freeze_portfolio(actor=self.actor)
        deposits.submit_portfolio(actor=self.body.actors["samia"], snapshot_id=frozen.pk)
        deposits.retain_prerequisites(
            actor=self.body.actors["celine"],
            candidate_id=self.body.files["samia"],
            months=8,
            nature="volunteer",
            hours=245,
        )

    def await_session(self, day: dt.datetime) -> None:
        """A jury is convoked for her first two blocks."""
        plan(self.body, "portfolio", day, ("samia",), BLOCKS[:2])
