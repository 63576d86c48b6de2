"""What this module holds about a followed person: given to them when they ask, emptied when they are erased."""

import uuid
from collections.abc import Iterator, Sequence

from entremise.core.time import now, today
from entremise.core.ui.formats import short_date
from entremise.mediations.enums import SessionKind, Stage
from entremise.mediations.models import (
    Case,
    Consent,
    FollowUpAnswer,
    NoteVersion,
    Party,
    PreparationSheet,
    Session,
    Signature,
    Undertaking,
    VaultNote,
)
from entremise.mediations.process import NEEDS_CONSENT
from entremise.privacy.services import Item, Part

WITHHELD = (
    "Ce que vous avez confié en médiation n’est pas dans ce dossier, que d’autres que vos médiateurs peuvent ouvrir : "
    "un médiateur de votre dossier vous le remet lui-même. Les paroles de l’autre partie ne sont remises à personne."
)
STAYS = (
    "les étapes et les dates de la médiation, sans nom ; l’accord conclu, que l’autre partie garde aussi, où la "
    "personne n’est plus qu’une lettre."
)


def collect(person_id: uuid.UUID) -> Iterator[Item]:
    """The mediations where the person is a party: stages and dates, their own agreement to enter, their sessions."""
    parties = Party.objects.filter(person_id=person_id).select_related("case").prefetch_related("consents")
    for party in parties.order_by("case__opened_at", "pk"):
        facts = [("Référence", party.case.reference), ("Étape", str(Stage(party.case.stage).label))]
        facts += [("Premier contact", short_date(party.contacted_on))] if party.contacted_on else []
        for consent in party.consents.all():
            facts.append(("D’accord pour entrer", short_date(consent.given_on)))
            facts += [("Accord retiré", short_date(consent.withdrawn_on))] if consent.withdrawn_on else []
        for session in Session.objects.filter(case_id=party.case_id):
            if party.letter in session.present:
                facts.append((str(SessionKind(session.kind).label), short_date(session.happened_at)))
        yield Item(title="Médiation formelle", at=party.case.opened_at, facts=facts, withheld=WITHHELD)


def erase(person_ids: Sequence[uuid.UUID]) -> int:
    """Empty what these persons confided, wherever they were a party; their letter and the figures stay."""
    parties = Party.objects.filter(person_id__in=person_ids)
    known = list(parties.values_list("pk", flat=True))
    notes = VaultNote.objects.filter(party_id__in=known)
    NoteVersion.objects.filter(note__in=notes).delete()
    notes.delete()
    PreparationSheet.objects.filter(party_id__in=known).delete()
    FollowUpAnswer.objects.filter(party_id__in=known).update(sentence="")
    Signature.objects.filter(party_id__in=known).update(drawing="")
    Undertaking.objects.filter(party_id__in=known, agreement__concluded_at=None).delete()
    consents = Consent.objects.filter(party_id__in=known)
    consents.filter(withdrawn_at=None).update(withdrawn_on=today(), withdrawn_at=now())
    consents.update(language="")
    talks = Case.objects.filter(pk__in=parties.values("case_id"), closed_at=None, stage__in=NEEDS_CONSENT)
    talks.update(stage=Stage.ENGAGEMENT, moved_at=now())  # the talks do not go on without them
    return int(parties.update(person=None, empowered="", supporter="", own_wish="", label="", language=""))


def concerned(record_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """The persons whom these cases concern."""
    found = Party.objects.filter(case_id__in=record_ids, person_id__isnull=False).values_list("person_id", flat=True)
    return {person_id for person_id in found if person_id is not None}


PART = Part(
    code="mediations",
    label="Médiations formelles",
    collect=collect,
    erase=erase,
    stays=STAYS,
    concerned=concerned,
)
