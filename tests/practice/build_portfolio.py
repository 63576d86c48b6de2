"""A mediator with a log of their own, and a portfolio that begins."""

import datetime as dt

from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.places.services import create_site
from entremise.practice.commands import AskAttestation, KeepEvidence, KeepLine, SignAttestation, StateAiUse
from entremise.practice.queries.ledger import open_attestation
from entremise.practice.services import attestations, evidence, ledger, portfolio

C5, C7, C10 = (f"RNCP41674-{code}" for code in ("C5", "C7", "C10"))
TEXT = "Je me présente, je dis le cadre, puis j’écoute chacun à part avant de reformuler."


def record():
    """The competences are known."""
    load_shipped_records(actor=system_actor())


def log(cast, *, common=6, rare=()):
    """``common`` like acts of samia in a hall, then one act for each set of facts of ``rare``; all this month."""
    hall = create_site(actor=cast.claire.actor, name="Hall 7, rue des Lilas", space_type="hall")
    plain = {"registers": ("conflit_temps_reel",), "outcome": "apaise", "actions": ("dialogue",)}
    made = [_act(cast, hall, plain) for _ in range(common)]
    return [*made, *(_act(cast, hall, plain | facts) for facts in rare)]


def _act(cast, site, facts):
    told = {"site_id": site.pk} | facts
    command = RecordIntervention(
        id=uuid7(),
        team_id=cast.team.pk,
        occurred_at=now() - dt.timedelta(minutes=30),
        narrative="Deux voisins se disputent pour un vélo attaché à la rampe du palier depuis une semaine.",
        **told,
    )
    return acts.record_intervention(actor=cast.samia.actor, command=command)


def command(**facts):
    """Something to keep, complete unless said otherwise."""
    told = {"kind": "workshop", "title": "Un atelier au pied des tours", "text": TEXT, "competences": [C5]}
    return KeepEvidence(**(told | facts))


def keep(person, **facts):
    """A piece of evidence of this person."""
    return evidence.keep_evidence(actor=person.actor, command=command(**facts))


def line(author, **facts):
    """A line of a ledger of this person: an internship unless said otherwise."""
    told = {
        "kind": "internship",
        "place": "Maison de quartier",
        "person": "Aïcha Morin",
        "starts_on": dt.date(2025, 1, 6),
        "ends_on": dt.date(2025, 2, 28),
        "hours": 245,
    }
    return ledger.keep_line(actor=author.actor, command=KeepLine(**(told | facts)))


def lived(author, start, end, **facts):
    """A time of experience."""
    told = {"kind": "experience", "hours": None, "nature": "volunteer", "fields": ["accueil"], "person": ""}
    return line(author, starts_on=start, ends_on=end, **(told | facts))


def signed(person, kind, target=None, **said):
    """An attestation asked, and signed by whoever holds the link."""
    asked = AskAttestation(kind=kind, target_id=target.pk if target else None)
    _, token = attestations.ask_attestation(actor=person.actor, command=asked)
    words = {
        "name": "Aïcha Morin",
        "function": "Tutrice",
        "structure": "Maison de quartier",
        "words": "",
        "agrees": True,
    }
    found = open_attestation(token)
    return attestations.sign_attestation(attestation=found, command=SignAttestation(**(words | said)))


def frozen(person):
    """The whole way to a frozen portfolio."""
    portfolio.state_ai_use(actor=person.actor, command=StateAiUse(use="none"))
    return portfolio.freeze_portfolio(actor=person.actor)
