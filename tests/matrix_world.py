"""Two organisations filled through services with marked text, for ``tests/matrix.py``."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.test import Client

from entremise.accounts.services import invitations
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.directory.services.owners import name_owner
from entremise.directory.services.partners import create_partner
from entremise.documents import registry
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.places.services import create_sector, create_site
from entremise.presence import services as presence
from entremise.privacy import services as privacy
from entremise.privacy.commands import GiveAgreement, PersonFacts
from entremise.privacy.services.requests import RequestFacts, record_request
from entremise.statistics.commands import ConventionFacts
from entremise.statistics.enums import FunderKind, Template
from entremise.statistics.services.conventions import record_convention
from tests import cast as cast_module
from tests import (
    matrix_accountability,
    matrix_certification,
    matrix_languages,
    matrix_mediations,
    matrix_practice,
    matrix_retention,
    matrix_safety,
    matrix_sync,
)
from tests.cast import Cast, Person

HERE = {"samia", "paul", "claire", "alban", "dora", "leo", "hugo"}
THERE = {"ines", "clara"} | matrix_certification.THERE
AUDIENCES = {
    "lieu": HERE,
    "equipe": {"samia", "paul", "claire"},
    "signalement": {"samia", "paul", "claire", "hugo"},  # a broken lamp is everyone's on the ground
    "encadrement": {"samia", "claire"},
    "auteurs": {"samia"},
    "autre-equipe": {"hugo", "claire"},
    "convention": {"samia", "paul", "hugo", "claire", "leo"},
    "demande": {"samia", "dora"},  # who noted the words of a request, and who answers it
    "etranger": THERE,
    "suivi": {"samia", "paul", "claire"},
    "suivi-etranger": THERE,
}
# The variable part of an address → the kind of record it names.
KINDS = {
    "site_id": "site", "sector_id": "sector", "partner_id": "partner", "owner_id": "owner", "draft_id": "nothing",
    "round_id": "round", "other_id": "round", "stop_id": "stop", "entry_id": "entry", "defect_id": "defect",
    "observation_id": "observation", "team_id": "team", "convention_id": "convention", "link_id": "nothing",
    "refusal_id": "refusal", "intervention_id": "act", "act_id": "act", "twin_id": "act",
    "thread_id": "thread", "file_id": "file",
    "member_id": "member", "request_id": "request", "person_id": "person", "agreement_id": "agreement",
}  # fmt: skip
PREFIXES = {"membres/invitations/": "invitation", "membres/": "member", "equipes/": "team"}
TEXTS = {"reference": "L18", "code": "apaise", "token": "inconnu", "who": "inconnu", "face": "pdf"}
TEXTS |= matrix_languages.TEXTS | matrix_safety.TEXTS
TEXTS |= matrix_accountability.TEXTS | matrix_practice.TEXTS | matrix_retention.TEXTS
KINDS |= matrix_accountability.KINDS | matrix_retention.KINDS
AUDIENCES |= matrix_accountability.AUDIENCES | matrix_retention.AUDIENCES
KINDS |= matrix_practice.KINDS | matrix_sync.KINDS | matrix_safety.KINDS
AUDIENCES |= matrix_practice.AUDIENCES | matrix_sync.AUDIENCES | matrix_safety.AUDIENCES
KINDS |= matrix_accountability.KINDS | matrix_sync.KINDS | matrix_languages.KINDS
AUDIENCES |= matrix_accountability.AUDIENCES | matrix_sync.AUDIENCES | matrix_languages.AUDIENCES
KINDS |= matrix_mediations.KINDS
AUDIENCES |= matrix_mediations.AUDIENCES
KINDS |= matrix_certification.KINDS
AUDIENCES |= matrix_certification.AUDIENCES
TEXTS |= matrix_certification.TEXTS


def mark(audience: str) -> str:
    """A word that only this audience may read."""
    return f"MARQUE-{audience}-FIN"


@dataclass
class World:
    """The cast and the identifiers of each side."""

    cast: Cast
    own: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    foreign: dict[str, list[uuid.UUID]] = field(default_factory=dict)

    def client(self, person: Person) -> Client:
        """A browser signed in as someone, second factor done."""
        client = Client(raise_request_exception=False)
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["organisation"] = str(person.actor.organisation_id)
        session["second_factor_done"] = True
        session.save()
        return client

    @staticmethod
    def audience(name: str) -> set[str]:
        """Who may read a mark."""
        return AUDIENCES[name]

    def fillings(self, address, visitor: str):
        """What to put in the variable parts: nothing, one's own records, a stranger's, an unknown one."""
        if not address.variables:
            yield "none", {}
            return
        identifiers = [name for name, converter in address.variables if converter == "UUIDConverter"]
        texts = {name: TEXTS.get(name, "inconnu") for name, converter in address.variables if name not in identifiers}
        if address.name == "documents:export":
            yield from (("text", {"code": code}) for code in registry.codes())
            return
        if not identifiers:
            yield "text", texts
            return
        mine, theirs = (self.foreign, self.own) if visitor in THERE else (self.own, self.foreign)
        for kind, side in (("own", mine), ("foreign", theirs)):
            for values in self._combinations(address, identifiers, side):
                yield kind, {**texts, **values}

    def _combinations(self, address, identifiers: list[str], side: dict[str, list[uuid.UUID]]):
        kinds = [self._kind(address, name) for name in identifiers]
        count = max(len(side.get(kind, ())) for kind in kinds) or 1
        for rank in range(count):
            yield {
                name: (side.get(kind) or [uuid.uuid4()])[min(rank, len(side.get(kind) or [0]) - 1)]
                for name, kind in zip(identifiers, kinds, strict=True)
            }

    @staticmethod
    def _kind(address, name: str) -> str:
        if name in KINDS:
            return KINDS[name]
        found = next((kind for prefix, kind in PREFIXES.items() if address.route.startswith(prefix)), None)
        if found is None:
            raise KeyError(f"{address.name}: say in tests/matrix_world.py which record « {name} » names")
        return found


def build() -> World:
    """Fill both organisations."""
    cast = cast_module.build()
    world = World(cast)
    world.own = _side(cast.claire, cast.samia, cast.alban, cast.team.pk, "lieu", "equipe", "convention")
    world.foreign = _side(cast.clara, cast.ines, None, cast.foreign_team.pk, "etranger", "etranger", "etranger")
    own_site = world.own["site"][0]
    world.own["act"] += [
        _act(cast.samia, cast.team.pk, own_site, "encadrement", visibility="encadrement"),
        _act(cast.samia, cast.team.pk, own_site, "auteurs", visibility="auteurs"),
        _act(cast.hugo, cast.other_team.pk, own_site, "autre-equipe"),
    ]
    world.own["team"].append(cast.other_team.pk)
    matrix_accountability.fill(world)
    matrix_retention.fill(world)
    matrix_languages.fill(world)
    matrix_sync.fill(world)
    matrix_practice.fill(world)
    matrix_safety.fill(world)
    matrix_mediations.fill(world)
    matrix_certification.fill(world)
    return world


def _act(author: Person, team: uuid.UUID, site: uuid.UUID, audience: str, **facts) -> uuid.UUID:
    command = RecordIntervention(
        id=uuid7(),
        team_id=team,
        site_id=site,
        occurred_at=now() - dt.timedelta(hours=1),
        registers=("conflit_temps_reel",),
        outcome="apaise",
        tension_before=3,
        tension_after=1,
        narrative=f"Deux voisins. {mark(audience)}",
        party_a=mark(audience),
        **facts,
    )
    return acts.record_intervention(actor=author.actor, command=command).pk


def _side(
    boss: Person, worker: Person, administrator: Person | None, team: uuid.UUID, place: str, words: str, funder: str
) -> dict[str, list[uuid.UUID]]:
    sector = create_sector(actor=boss.actor, name=mark(place))
    site = create_site(actor=boss.actor, name=f"Hall {mark(place)}", space_type="hall", sector_id=sector.pk)
    partner = create_partner(
        actor=boss.actor, name=f"Agence {mark(place)}", partner_type="bailleur", email="agence@exemple.test"
    )
    owner = name_owner(actor=boss.actor, partner_id=partner.pk, site_id=site.pk)
    found = {"sector": sector.pk, "site": site.pk, "partner": partner.pk, "owner": owner.pk, "team": team}
    found |= _presence(worker, team, site.pk, words, "signalement" if words == "equipe" else words)
    act = _act(worker, team, site.pk, words)
    thread = acts.open_thread(actor=worker.actor, intervention_id=act, label=mark(words))
    found |= {"act": act, "thread": thread.pk, "member": worker.member.pk}
    found |= _followed(worker, team, partner.pk, "suivi" if words == "equipe" else "suivi-etranger")
    acts.link_person(actor=worker.actor, thread_id=thread.pk, person_id=found["person"])
    found["convention"] = record_convention(
        actor=boss.actor,
        facts=ConventionFacts(
            funder_name=f"Financeur {mark(funder)}",
            funder_kind=FunderKind.BAILLEUR,
            starts_on=today() - dt.timedelta(days=60),
            ends_on=today() + dt.timedelta(days=60),
            template=Template.NOTE_BAILLEUR,
        ),
    ).pk
    found["request"] = _request(worker, "demande" if words == "equipe" else words)
    if administrator is not None:
        invitation = invitations.invite(
            actor=administrator.actor, email="invitee@exemple.test", roles=["mediateur"], team_ids=[team]
        )
        found["invitation"] = invitation.pk
    return {kind: [identifier] for kind, identifier in found.items()}


def _request(worker: Person, words: str) -> uuid.UUID:
    facts = RequestFacts(kind="acces", received_on=today(), channel="vive_voix", words=mark(words))
    return record_request(actor=worker.actor, facts=facts).pk


def _presence(worker: Person, team: uuid.UUID, site: uuid.UUID, words: str, defect_words: str) -> dict[str, uuid.UUID]:
    outing = presence.open_round(actor=worker.actor, team_id=team, started_at=now() - dt.timedelta(hours=2))
    stop = presence.arrive_at_site(actor=worker.actor, round_id=outing.pk, site_id=site)
    presence.tally(actor=worker.actor, stop_id=stop.pk)
    observation = presence.observe(
        actor=worker.actor, team_id=team, site_id=site, watch_type="ambiance", text=mark(words)
    )
    defect = presence.report_defect(
        actor=worker.actor, team_id=team, site_id=site, category="eclairage", description=mark(defect_words)
    )
    entry = presence.leave_instruction(actor=worker.actor, team_id=team, text=mark(words))
    return {
        "round": outing.pk,
        "stop": stop.pk,
        "observation": observation.pk,
        "defect": defect.pk,
        "entry": entry.pk,
    }


def _followed(worker: Person, team: uuid.UUID, partner: uuid.UUID, words: str) -> dict[str, uuid.UUID]:
    facts = PersonFacts(
        team_id=team,
        birth_year=1984,
        speaks=("ti", "fr"),
        name=f"Personne {mark(words)}",
        name_reason="rappel",
        address=mark(words),
        contact_reason="rappel",
        contact_way="courrier",
        contact_note=mark(words),
        see_again_on=today(),
    )
    person = privacy.open_person(actor=worker.actor, facts=facts)
    told = {"person_id": person.pk, "language": "ti", "interpreter": "aucun", "happened_on": today()}
    agreement = GiveAgreement(
        purpose="suivi", manner="mandat", mandate_quality="tuteur", mandate_by=mark(words), **told
    )
    given = privacy.give_agreement(actor=worker.actor, command=agreement)
    shared = GiveAgreement(purpose="partage", manner="parole", partner_id=partner, **told)
    privacy.give_agreement(actor=worker.actor, command=shared)
    return {"person": person.pk, "agreement": given.pk}
