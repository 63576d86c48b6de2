"""The phones of ``tests/matrix_world.py``: on each side, one refused act and one act to be compared."""

import uuid

from entremise.sync.commands import EnrolDevice, SendBatch
from entremise.sync.enums import MediaState
from entremise.sync.models import Conflict, MediaSlot, Receipt
from entremise.sync.services import enrol_device, receive_batch
from entremise.sync.services.keys import current_key
from tests.sync.phone import Phone, point

KINDS = {"device_id": "device", "operation_id": "operation", "conflict_id": "conflict", "slot_id": "slot"}
AUDIENCES = {"saisie": {"samia"}, "comparer": {"samia", "claire"}, "saisie-etranger": {"ines"}}
AUDIENCES |= {"comparer-etranger": {"ines", "clara"}}


class _Place:
    def __init__(self, pk) -> None:
        self.pk = pk


def fill(world) -> None:
    """A phone in each organisation."""
    _side(world.own, world.cast.samia, "saisie", "comparer")
    _side(world.foreign, world.cast.ines, "saisie-etranger", "comparer-etranger")


def _side(side, person, refused: str, compared: str) -> None:
    phone = Phone(person, "", "")
    keys = EnrolDevice(signing_public=point(phone.signing), reading_public=point(phone.reading))
    phone.device = enrol_device(actor=person.actor, command=keys).pk
    key = current_key(person.actor.organisation_id)
    phone.organisation_key, phone.organisation_key_id = key.public, str(key.pk)
    place = _Place(side["site"][0])
    wrong = phone.act(place, narrative=f"MARQUE-{refused}-FIN", outcome="")
    act = phone.act(place, narrative="MARQUE-equipe-FIN" if refused == "saisie" else "MARQUE-etranger-FIN")
    fields = {"narrative": ["Autre départ.", f"MARQUE-{compared}-FIN"]}
    clash = phone.write("act.correct/1", "act", fields, entity=act["entity_id"], after=act["id"], base=1)
    command = SendBatch(batch="matrice", ops=(wrong, act, clash), device=phone.device)
    answer = receive_batch(actor=person.actor, command=command)
    assert [one["status"] for one in answer["results"]] == ["rejected", "applied", "conflict"]
    side["device"], side["operation"] = [phone.device], [uuid.UUID(wrong["id"])]
    side["slot"] = [_missing_photo(wrong["id"])]
    side["conflict"] = [Conflict.objects.get(receipt__operation_id=clash["id"]).pk]


def _missing_photo(operation_id: str) -> uuid.UUID:
    """A photo that the phone announced and never sent."""
    receipt = Receipt.objects.get(operation_id=operation_id)
    slot = MediaSlot.objects.create(
        organisation_id=receipt.organisation_id,
        receipt=receipt,
        slot="photo-1",
        sha256="0" * 64,
        size=10,
        mime="image/jpeg",
        state=MediaState.MANQUANT,
    )
    return slot.pk
