"""Examples that the server and the phone both check: ``vectors.json`` is read by the JavaScript tests too.

``python -m tests.sync.test_vectors`` makes the file again; a signature differs each time, the rest does not.
"""

import hashlib
import json
import uuid
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from entremise.sync import envelope

FILE = Path(__file__).parent / "vectors.json"
WORDS = {"narrative": "Élodie’s café — 😀 \u202bمرحبا\u202c", "registers": ["a"]}
LAST_RANK = 2**53 - 1
CONTENTS = [
    {"payload": {}, "schema": "round.join/1", "entity": "round", "seq": 1},
    {"payload": WORDS, "schema": "act.record/1", "entity": "act", "seq": 2},
    {"payload": {"delta": -1, "band": "non_communique"}, "schema": "tally.add/1", "entity": "stop", "seq": LAST_RANK},
]


def _private(name: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") >> 2
    return ec.derive_private_key(number, envelope.CURVE)


def _jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = key.private_numbers()
    public = numbers.public_numbers
    raw = {"d": numbers.private_value, "x": public.x, "y": public.y}
    return {"kty": "EC", "crv": "P-256", **{k: envelope.encode(v.to_bytes(32, "big")) for k, v in raw.items()}}


def _id(name: str) -> str:
    return str(uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4))


def _content(rank: int, facts: dict) -> dict:
    return {
        "id": _id(f"operation {rank}"),
        "schema": facts["schema"],
        "organisation": _id("organisation"),
        "actor": _id("actor"),
        "device": _id("device"),
        "seq": facts["seq"],
        "entity": {"type": facts["entity"], "id": _id(f"entity {rank}")},
        "after": None,
        "replaces": None,
        "base_version": None,
        "payload": facts["payload"],
        "form_version": "1",
        "app_version": "1",
        "captured_at": "2026-11-20T19:42:00.000+01:00",
        "timezone": "Europe/Paris",
        "clock_offset_ms": 0,
        "media": [],
    }


def make() -> dict:
    """The file's content."""
    organisation, own, signer = (_private(name) for name in ("organisation", "own", "signer"))
    drawn = {"count": 0}

    def draw(size: int) -> bytes:
        drawn["count"] += 1
        return hashlib.sha512(f"draw {drawn['count']}".encode()).digest()[:size]

    cases = []
    for rank, facts in enumerate(CONTENTS):
        content = _content(rank, facts)
        sealed = envelope.seal(
            content,
            signer=signer,
            organisation_point=envelope.raw_point(organisation.public_key()),
            own_point=envelope.raw_point(own.public_key()),
            key_id=uuid.UUID(_id("key")),
            ephemeral=_private(f"ephemeral {rank}"),
            draw=draw,
        )
        parsed = envelope.parse(sealed)
        cases.append(
            {
                "content": content,
                "canonical": envelope.canonical(content),
                "associated": parsed.associated.decode(),
                "signed": parsed.signed.decode(),
                "envelope": sealed,
            }
        )
    keys = {"organisation": organisation, "own": own, "signer": signer}
    return {
        "protocol": envelope.PROTOCOL,
        "keys": {
            name: {"private_jwk": _jwk(key), "public": envelope.encode(envelope.raw_point(key.public_key()))}
            for name, key in keys.items()
        },
        "cases": cases,
    }


VECTORS = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"cases": []}


@pytest.mark.parametrize("rank", range(len(CONTENTS)))
def test_the_server_opens_what_the_example_seals_for_both_readers(rank):
    case = VECTORS["cases"][rank]
    parsed = envelope.parse(case["envelope"])
    assert parsed.associated.decode() == case["associated"]
    assert parsed.signed.decode() == case["signed"]
    assert envelope.open_content(parsed, _private("organisation")) == case["content"]
    assert envelope.open_content(parsed, _private("own"), "own") == case["content"]
    assert envelope.canonical(case["content"]) == case["canonical"]
    assert envelope.is_signed_by(parsed, envelope.decode(VECTORS["keys"]["signer"]["public"]))


def test_sealing_again_with_the_same_draws_gives_the_same_bytes_but_for_the_signature():
    for made, kept in zip(make()["cases"], VECTORS["cases"], strict=True):
        for name in envelope.FIELDS:
            if name != "sig":
                assert made["envelope"][name] == kept["envelope"][name]


@pytest.mark.parametrize("name", ["organisation", "actor", "device", "id"])
def test_an_envelope_moved_to_another_place_does_not_open(name):
    case = VECTORS["cases"][1]
    moved = envelope.parse({**case["envelope"], name: str(uuid.uuid4())})
    with pytest.raises(envelope.Unreadable):
        envelope.open_content(moved, _private("organisation"))
    assert not envelope.is_signed_by(moved, envelope.decode(VECTORS["keys"]["signer"]["public"]))


def test_a_key_that_is_no_point_of_the_curve_signs_nothing():
    parsed = envelope.parse(VECTORS["cases"][0]["envelope"])
    assert not envelope.is_signed_by(parsed, b"\x04" + b"\x01" * 64)
    with pytest.raises(envelope.Unreadable):
        envelope.open_content(parsed, _private("own"))


if __name__ == "__main__":
    FILE.write_text(json.dumps(make(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
