"""F47 and F48: photos that come before, after, twice, cut, wrong, never."""

import datetime as dt
import hashlib
import io
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from PIL import Image

from entremise.core.time import now
from entremise.presence.models import DefectPhoto
from entremise.sync import envelope
from entremise.sync.models import Blob, MediaSlot
from entremise.sync.queries.media import blob_path
from entremise.sync.services import media as service

pytestmark = pytest.mark.django_db
PIECE = 20_000


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Several pieces without several megabytes."""
    monkeypatch.setattr(service, "PIECE", PIECE)


def photo(colour="red"):
    """A sealed photo and what the operation says of it."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", (160, 160), os.urandom(160 * 160 * 3)).save(buffer, "PNG")
    key, nonce = os.urandom(32), os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, buffer.getvalue(), None)
    told = {
        "slot": "photo-1",
        "sha256": hashlib.sha256(sealed).hexdigest(),
        "bytes": len(sealed),
        "mime": "image/png",
        "key": envelope.encode(key),
        "iv": envelope.encode(nonce),
    }
    return sealed, told


def defect(phone, cast, hall, *media):
    """A report with photos announced."""
    payload = {"team_id": str(cast.team.pk), "site_id": str(hall.pk), "category": "eclairage", "description": "Noir."}
    return phone.write("defect.report/1", "defect", payload, media=list(media))


def put(wire, told, sealed, offset, size=PIECE):
    """One piece."""
    path = f"/api/sync/media/{told['sha256']}?offset={offset}&total={len(sealed)}"
    return wire.client.put(path, sealed[offset : offset + size], content_type="application/octet-stream")


def put_all(wire, told, sealed):
    """The whole file, from where the server has got to."""
    at = wire.client.get(f"/api/sync/media/{told['sha256']}").json()["received"]
    while at < len(sealed):
        answer = put(wire, told, sealed, at).json()
        assert answer["received"] > at
        at = answer["received"]


def test_f47_the_photo_comes_after_its_record(cast, hall, wire, phone):
    sealed, told = photo()
    assert wire.one(defect(phone, cast, hall, told))["status"] == "applied"
    assert MediaSlot.objects.get().state == "expected"
    assert told["key"] not in str(MediaSlot.objects.values("secret").get())
    put_all(wire, told, sealed)
    assert MediaSlot.objects.get().state == "attached"
    assert DefectPhoto.objects.count() == 1


def test_f47_the_photo_comes_first(cast, hall, wire, phone):
    sealed, told = photo()
    put_all(wire, told, sealed)
    assert wire.one(defect(phone, cast, hall, told))["status"] == "applied"
    assert DefectPhoto.objects.count() == 1


def test_f47_the_photo_never_comes_and_its_place_stays_visible(cast, hall, wire, phone):
    _, told = photo()
    wire.one(defect(phone, cast, hall, told))
    assert MediaSlot.objects.get().state == "expected"


def test_f47_the_same_photo_in_two_records_is_sent_once(cast, hall, wire, phone):
    sealed, told = photo()
    put_all(wire, told, sealed)
    wire.results(defect(phone, cast, hall, told), defect(phone, cast, hall, told))
    assert DefectPhoto.objects.count() == 2
    assert Blob.objects.count() == 1


def test_f47_bytes_that_are_not_those_announced_are_asked_again(cast, hall, wire, phone):
    sealed, told = photo()
    wrong = sealed[:-1] + bytes([sealed[-1] ^ 1])
    wire.one(defect(phone, cast, hall, told))
    at = 0
    for at in range(0, len(wrong), PIECE):
        answer = put(wire, told, wrong, at).json()
    assert (answer["received"], answer["complete"]) == (0, False)
    assert DefectPhoto.objects.count() == 0
    put_all(wire, told, sealed)
    assert DefectPhoto.objects.count() == 1


def test_f47_a_file_that_is_no_photo_is_refused_with_its_reason_and_the_record_stays(cast, hall, wire, phone):
    key, nonce = os.urandom(32), os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, b"<svg onload=alert(1)>" * 50, None)
    told = {"slot": "photo-1", "sha256": hashlib.sha256(sealed).hexdigest(), "bytes": len(sealed), "mime": "image/svg"}
    told |= {"key": envelope.encode(key), "iv": envelope.encode(nonce)}
    put_all(wire, told, sealed)
    assert wire.one(defect(phone, cast, hall, told))["status"] == "applied"
    slot = MediaSlot.objects.get()
    assert slot.state == "refused"
    assert "n’est pas une photo" in slot.why


def test_f47_a_photo_sealed_with_another_key_is_refused_with_its_reason(cast, hall, wire, phone):
    sealed, told = photo()
    put_all(wire, told, sealed)
    wire.one(defect(phone, cast, hall, {**told, "key": envelope.encode(os.urandom(32))}))
    assert MediaSlot.objects.get().state == "refused"


def test_f48_a_lost_piece_is_asked_again_and_nothing_else(cast, hall, wire, phone):
    sealed, told = photo()
    put(wire, told, sealed, 0)
    skipped = put(wire, told, sealed, 2 * PIECE)
    assert (skipped.status_code, skipped.json()["received"]) == (409, PIECE)
    again = put(wire, told, sealed, 0)
    assert (again.status_code, again.json()["received"]) == (409, PIECE)
    put_all(wire, told, sealed)
    assert Blob.objects.get().complete_at
    assert put(wire, told, sealed, 0).json()["received"] == len(sealed)


def test_f48_a_worker_killed_while_writing_costs_one_piece_at_most(cast, hall, wire, phone):
    sealed, told = photo()
    put(wire, told, sealed, 0)
    path = blob_path(Blob.objects.get())
    with path.open("ab") as file:
        file.write(b"half a piece that no row knows of")
    put_all(wire, told, sealed)
    assert path.read_bytes() == sealed


@pytest.mark.parametrize(("offset", "total", "size", "status"), [(0, 0, 5, 422), (0, 10**9, 5, 422), (0, 4, 5, 422)])
def test_impossible_sizes_are_refused(wire, phone, offset, total, size, status):
    path = f"/api/sync/media/{'a' * 64}?offset={offset}&total={total}"
    assert wire.client.put(path, b"x" * size, content_type="application/octet-stream").status_code == status


def test_a_stranger_sees_nothing_of_a_file(cast, hall, wire, phone, signed_in):
    sealed, told = photo()
    put_all(wire, told, sealed)
    answer = signed_in(cast.ines).get(f"/api/sync/media/{told['sha256']}").json()
    assert (answer["received"], answer["complete"]) == (0, False)


def test_sealed_bytes_go_after_a_month_unless_a_record_still_waits_for_them(cast, hall, wire, phone):
    sealed, told = photo()
    put_all(wire, told, sealed)
    wire.one(defect(phone, cast, hall, told))
    cut, awaited = photo()
    put(wire, awaited, cut, 0)
    wire.one(defect(phone, cast, hall, awaited))
    assert service.sweep() == 0
    Blob.objects.update(started_at=now() - dt.timedelta(days=31))
    path = blob_path(Blob.objects.get(sha256=told["sha256"]))
    assert service.sweep() == 1
    assert not path.exists()
    assert Blob.objects.get().sha256 == awaited["sha256"]
    assert DefectPhoto.objects.count() == 1
