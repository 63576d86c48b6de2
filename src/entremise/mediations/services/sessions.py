"""Sessions: what was held, with whom. The talks need the living agreement of each party."""

import uuid

from django.db import transaction
from django.db.models import Min

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import Conflict, InvalidInput
from entremise.core.time import local, now
from entremise.mediations.commands import SessionFacts
from entremise.mediations.enums import SessionKind
from entremise.mediations.models import Case, Consent, Party, Session
from entremise.mediations.services.holding import LINE, held_case, row, written
from entremise.mediations.services.parties import met
from entremise.privacy.services.texts import clean

LONGEST = 600  # minutes
_TALKS = (SessionKind.NAVETTE, SessionKind.PLENIERE)


@transaction.atomic
def record_session(*, actor: Actor, case_id: uuid.UUID, facts: SessionFacts) -> Session:
    """Note a session that took place."""
    case = held_case(actor, case_id)
    parties, values = _checked(case, facts)
    assert actor.member_id is not None
    session = Session.objects.create(**row(case, recorded_by_id=actor.member_id, **values))
    _after(actor, case, parties, session)
    return session


@transaction.atomic
def correct_session(
    *, actor: Actor, case_id: uuid.UUID, session_id: uuid.UUID, facts: SessionFacts, base_version: int
) -> Session:
    """Correct a session. Conflict when another mediator changed it since it was read: nothing is overwritten."""
    case = held_case(actor, case_id)
    session = get_one(Session.objects.select_for_update().filter(case=case, pk=session_id))
    parties, values = _checked(case, facts)
    if session.version != base_version:
        raise Conflict("the session changed since it was read")
    for name, value in values.items():
        setattr(session, name, value)
    session.version += 1
    session.save()
    _after(actor, case, parties, session)
    return session


def _after(actor: Actor, case: Case, parties: list[Party], session: Session) -> None:
    """The first talks date the mediation; whoever came was in contact that day."""
    first = Session.objects.filter(case=case, kind__in=_TALKS).aggregate(at=Min("happened_at"))["at"]
    case.mediated_on = local(first).date() if first else None
    case.save(update_fields=["mediated_on"])
    met(actor, parties, local(session.happened_at).date())
    written(actor, case, "session")


def _checked(case: Case, facts: SessionFacts) -> tuple[list[Party], dict]:
    errors: dict[str, list[str]] = {}
    everyone = {party.letter: party for party in Party.objects.filter(case=case)}
    parties = [everyone[letter] for letter in dict.fromkeys(facts.present) if letter in everyone]
    place = clean(facts.place)
    if facts.kind not in SessionKind.values:
        errors["kind"] = ["Choisissez une réponse."]
    elif facts.kind == SessionKind.PLENIERE and len(parties) < 2:
        errors["present"] = ["Une table ronde réunit au moins deux parties."]
    elif facts.kind != SessionKind.PLENIERE and len(parties) != 1:
        errors["present"] = ["Un entretien à part se tient avec une seule partie."]
    elif facts.kind in _TALKS and not _all_agree(case, everyone):
        errors["kind"] = ["Chaque partie doit d’abord être d’accord pour être en médiation."]
    if facts.happened_at > now():
        errors["happened_at"] = ["Cette séance n’a pas encore eu lieu : notez-la après."]
    if not 1 <= facts.minutes <= LONGEST:
        errors["minutes"] = [f"Indiquez une durée entre 1 et {LONGEST} minutes."]
    if len(place) > LINE:
        errors["place"] = [f"Raccourcissez : {LINE} caractères au plus."]
    if errors:
        raise InvalidInput(errors)
    return parties, {
        "kind": facts.kind,
        "happened_at": facts.happened_at,
        "minutes": facts.minutes,
        "place": place,
        "present": [party.letter for party in parties],
        "frame_explained": facts.frame_explained,
        "interpreter": facts.interpreter,
    }


def _all_agree(case: Case, everyone: dict[str, Party]) -> bool:
    living = Consent.objects.filter(case=case, withdrawn_at=None).values_list("party_id", flat=True)
    return {party.pk for party in everyone.values()} <= set(living)
