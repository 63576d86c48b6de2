"""A certifying body beside the association: four invented candidates, a jury, a session told whole, another to come.

One candidate acquires the four blocks and is certified; one acquires three and comes back; one did not come; one
prepares by the VAE.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from entremise.accounts import services
from entremise.accounts.enums import OrganisationKind, Role
from entremise.certification.commands import (
    CandidacyFacts,
    CivilStatus,
    CompanionFacts,
    JurorFacts,
    MarkFacts,
    ResultFacts,
    SessionFacts,
    SettingsFacts,
    TieFacts,
)
from entremise.certification.queries.sessions import get_session, sittings_of
from entremise.certification.services import (
    candidates,
    certificates,
    certifier,
    deliberation,
    deposits,
    jurors,
    minutes,
    notices,
    sessions,
    ties,
)
from entremise.competences.queries import record_facts
from entremise.core.actor import Actor, system_actor
from entremise.core.time import local, today
from entremise.demonstration import records
from entremise.demonstration.asides import Step
from entremise.demonstration.people import join
from entremise.demonstration.vae import VaeStory

RECORD = "RNCP41674"
BLOCKS = tuple(f"{RECORD}BC0{rank}" for rank in (1, 2, 3, 4))
PEOPLE = {
    "celine": ("Céline", Role.CERTIFICATEUR),
    "farid": ("Farid", Role.FORMATEUR),
    "prune": ("Prune", Role.PREPARATEUR),
    "lena": ("Léna", Role.LECTEUR),
    "nadia": ("Nadia", Role.CANDIDAT),
    "pauline": ("Pauline", Role.JURY),
    "pierre": ("Pierre", Role.JURY),
    "irene": ("Irène", Role.JURY),
    "coralie": ("Coralie", Role.JURY),
    "gaspard": ("Gaspard", Role.JURY),
}
ROSTER = {
    "pauline": ("professional", True, "Médiatrice en gare", "Voies d’à côté (exemple)"),
    "pierre": ("professional", True, "Chef de service de prévention", "Le Pas de porte (exemple)"),
    "irene": ("institution", True, "Chargée de mission cohésion sociale", "Ville de Rive (exemple)"),
    "coralie": ("certifier", False, "Responsable pédagogique d’un autre parcours", "Jury commun (exemple)"),
    "gaspard": ("professional", True, "Médiateur scolaire", "La Passerelle (exemple)"),
}
JURY = ("pauline", "pierre", "irene", "coralie")
CARD = {
    "celine": "certificatrice (Jury commun)",
    "irene": "présidente de jury (Jury commun)",
    "farid": "formateur (Jury commun)",
    "nadia": "candidate (Jury commun)",
    "prune": "organisme préparateur (Jury commun)",
    "lena": "auditrice (Jury commun)",
}
_REASON = "Le projet présenté n’a été construit ni avec des habitants ni avec un partenaire."
_ADVICE = "Reprendre le canevas de projet avec deux habitants et un partenaire, puis revenir à la prochaine session."


def _person(sex: str, name: str, first: str, born: str, place: str, code: str, country: str = "") -> CivilStatus:
    told: dict[str, Any] = {"birth_place": place, "birth_code": code, "birth_country": country}
    return CivilStatus(sex=sex, birth_name=name, first_names=first, born_on=born, **told)


@dataclass
class Body:
    """The certifying body once its people are there."""

    organisation_id: uuid.UUID
    actors: dict[str, Actor] = field(default_factory=dict)
    members: dict[str, uuid.UUID] = field(default_factory=dict)
    jurors: dict[str, uuid.UUID] = field(default_factory=dict)
    files: dict[str, uuid.UUID] = field(default_factory=dict)
    sessions: dict[str, uuid.UUID] = field(default_factory=dict)


def settle() -> Body:
    """The body, its rules, its roster."""
    organisation = services.create_organisation(name="Jury commun (exemple)", kind=OrganisationKind.CERTIFICATEUR)
    body = Body(organisation.pk)
    for key, (name, role) in PEOPLE.items():
        _join(body, key, name, role)
    boss = body.actors["celine"]
    rules = SettingsFacts(
        record_code=RECORD,
        city="Rive",
        number_prefix="JC",
        deposit_client="EXEMPLE1",
        deposit_certifier="EXEMPLE1",
        deposit_contract="EXEMPLE-0001",
    )
    certifier.change_settings(actor=boss, facts=rules)
    for key, (kind, external, function, employer) in ROSTER.items():
        facts = JurorFacts(
            member_id=body.members[key],
            kind=kind,
            is_external=external,
            function=function,
            employer=employer,
            trained_on=today(),
            confidentiality_on=today(),
        )
        body.jurors[key] = jurors.keep_juror(actor=boss, facts=facts).pk
    return body


def _join(body: Body, key: str, name: str, role: Role) -> None:
    setup = system_actor(body.organisation_id, "command")
    body.members[key], body.actors[key] = join(setup, key, name, [role])


def steps(body: Body, present: dt.datetime) -> list[Step]:
    """The story, three months back to ten days ahead."""
    story = Story(body)
    held = present - dt.timedelta(days=30)
    return [
        (present - dt.timedelta(days=62), story.open_files),
        *_vae_steps(body, present),
        (present - dt.timedelta(days=61), partial(records.write_grids, story.boss)),
        (present - dt.timedelta(days=12), partial(records.settle_versions, story.boss)),
        (present - dt.timedelta(days=45), partial(story.plan, "past", held, ("lea", "nadia", "ousmane"), BLOCKS)),
        (held, partial(story.hold, "past", away="ousmane", refused={"nadia": BLOCKS[3]})),
        (present - dt.timedelta(days=27), partial(story.deliver, "lea", "nadia")),
        (present - dt.timedelta(days=26), partial(story.notify, "past", "letter", "lea")),
        (present - dt.timedelta(days=20), story.deposit),
        (present - dt.timedelta(days=9), story.tell_a_link),
        (
            present - dt.timedelta(days=8),
            partial(story.plan, "coming", present + dt.timedelta(days=10), ("nadia",), BLOCKS[3:]),
        ),
    ]


def _vae_steps(body: Body, present: dt.datetime) -> list[Step]:
    """Ousmane reaches the jury by the VAE; Marius, whose card was cut, waits for the decision again."""

    def told(name: str, gesture: str) -> None:
        story = VaeStory(body.actors["celine"], body.files[name], body.members["farid"])
        getattr(story, gesture)()

    ousmane = ((60, "write_and_send"), (52, "admit"), (47, "check"))
    marius = ((58, "write_and_send"), (55, "come_back"), (50, "send_again"))
    return [
        (present - dt.timedelta(days=days), partial(told, name, gesture))
        for name, gestures in (("ousmane", ousmane), ("marius", marius))
        for days, gesture in gestures
    ]


def plan(body: Body, key: str, day: dt.datetime, people: tuple[str, ...], blocks: tuple[str, ...]) -> None:
    """A session more, convoked with its jury."""
    Story(body).plan(key, day, people, blocks)


class Story:
    """Files and sessions, by name."""

    def __init__(self, body: Body) -> None:
        self.body, self.boss = body, body.actors["celine"]

    def open_files(self) -> None:
        """Four people come, by three routes."""
        trained: dict[str, Any] = {"experience_months": 14, "experience_nature": "salaried", "internship_hours": 245}
        people: dict[str, tuple[CivilStatus, str, dict[str, Any]]] = {
            "lea": (
                _person("F", "Vasseur-Îlot", "Léa, Marthe", "1994-02-17", "Amiens", "80021"),
                "continuing",
                trained,
            ),
            "nadia": (
                _person("F", "Benhaddou", "Nadia", "1987-11-03", "Fès", "99350", "Maroc"),
                "professionalisation",
                trained,
            ),
            "ousmane": (_person("M", "Sané", "Ousmane, Bakary", "1990", "Ziguinchor", "99341", "Sénégal"), "vae", {}),
            "marius": (_person("M", "Delort", "Marius", "1979-06-21", "Ajaccio", "2A004"), "vae", {}),
        }
        for key, (civil, route, proofs) in people.items():
            own = {"member_id": self.body.members["nadia"], "email": "nadia@exemple.test"}
            civil = CivilStatus(**(vars(civil) | (own if key == "nadia" else {})))
            facts = CandidacyFacts(route=route, block_codes=BLOCKS, **proofs)
            found = candidates.open_candidate(actor=self.boss, civil_status=civil, candidacy=facts)
            self.body.files[key] = found.pk
        for key in ("lea", "nadia"):
            trainer = CompanionFacts(kind="trainer", member_id=self.body.members["farid"])
            candidates.name_companion(actor=self.boss, candidate_id=self.body.files[key], facts=trainer)

    def tell_a_link(self) -> None:
        """Gaspard, of the roster, is Nadia's neighbour: he is not proposed for her session."""
        told = {"juror_id": self.body.jurors["gaspard"], "candidate_id": self.body.files["nadia"]}
        facts = TieFacts(kind="other", reason="Voisins de palier, dit par lui au téléphone.", **told)
        ties.declare_tie(actor=self.boss, facts=facts)

    def plan(self, key: str, day: dt.datetime, people: tuple[str, ...], blocks: tuple[str, ...]) -> None:
        """A session convoked with its jury."""
        on = local(day).date()
        facts = SessionFacts(starts_on=on, ends_on=on, place="Maison des associations, salle 2, Rive (exemple)")
        session = sessions.plan_session(actor=self.boss, facts=facts)
        told: dict[str, Any] = {"actor": self.boss, "session_id": session.pk}
        for name in people:
            sessions.add_sittings(candidate_id=self.body.files[name], block_codes=blocks, **told)
        for name in JURY:
            sessions.seat_juror(juror_id=self.body.jurors[name], **told)
        sessions.convoke(**told)
        self.body.sessions[key] = session.pk

    def hold(self, key: str, away: str, refused: dict[str, str]) -> None:
        """The day itself: everyone marks alone, the jury decides, the minutes are signed."""
        session = get_session(self.boss, self.body.sessions[key])
        lost = {(self.body.files[name], block) for name, block in refused.items()}
        absent = [one.pk for one in sittings_of(session) if one.candidate_id == self.body.files.get(away)]
        sessions.open_exam(actor=self.boss, session_id=session.pk, absent_seats=(), absent_sittings=absent)
        there = [one for one in sittings_of(session) if one.pk not in absent]
        for name in JURY:
            for one in there:
                self._mark(name, one, fails=(one.candidate_id, one.block_code) in lost)
        president: dict[str, Any] = {"actor": self.body.actors["irene"], "session_id": session.pk}
        deliberation.begin_deliberation(**president)
        for one in there:
            facts = ResultFacts(outcome="acquired")
            if (one.candidate_id, one.block_code) in lost:
                facts = ResultFacts(outcome="not_acquired", reason=_REASON, advice=_ADVICE)
            deliberation.decide(sitting_id=one.pk, facts=facts, **president)
        text = minutes.draw_minutes(**president)
        for name in JURY:
            minutes.sign_minutes(actor=self.body.actors[name], session_id=session.pk, digest=text.digest)

    def _mark(self, name: str, sitting, *, fails: bool) -> None:
        """Pierre sees less than the others: the gap is there to be talked over."""
        block = record_facts(RECORD).block(sitting.block_code)
        assert block is not None
        level = "not_shown" if fails else "partly" if name == "pierre" else "shown"
        facts = MarkFacts(
            levels={one.code: level for one in block.competences}, verdict="not_acquired" if fails else "acquired"
        )
        told: dict[str, Any] = {
            "actor": self.body.actors[name],
            "session_id": sitting.session_id,
            "sitting_id": sitting.pk,
        }
        deliberation.give_marks(facts=facts, **told)

    def deliver(self, whole: str, partly: str) -> None:
        """A certificate for the one, attestations of blocks for the other, the first of which is made again."""
        certificates.deliver_certificate(actor=self.boss, candidate_id=self.body.files[whole])
        for block in BLOCKS[:3]:
            certificates.deliver_certificate(actor=self.boss, candidate_id=self.body.files[partly], block_code=block)
        told: dict[str, Any] = {"actor": self.boss, "candidate_id": self.body.files[partly], "block_code": BLOCKS[0]}
        wrong = certificates.deliver_certificate(**told)
        reason = "Imprimée sur le papier de l’année passée."
        certificates.revoke_certificate(actor=self.boss, certificate_id=wrong.pk, reason=reason)
        certificates.deliver_certificate(**told)

    def notify(self, key: str, channel: str, *names: str) -> None:
        """These were told their results; the others of the session are still to be."""
        people = [self.body.files[name] for name in names]
        told: dict[str, Any] = {"session_id": self.body.sessions[key], "candidate_ids": people}
        notices.note_notices(actor=self.boss, channel=channel, told_on=today(), **told)

    def deposit(self) -> None:
        """The official file is made; its report is awaited."""
        deposits.make_deposit(actor=self.boss)
