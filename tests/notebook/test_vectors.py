"""The phone and the server seal, open and sign the same way: one set of vectors, read by both."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from entremise.sync import envelope
from tests.notebook.node import run

HERE = Path(__file__).parent
VECTORS = json.loads((HERE.parent / "sync" / "vectors.json").read_text(encoding="utf-8"))
SECRET = int.from_bytes(envelope.decode(VECTORS["keys"]["organisation"]["private_jwk"]["d"]), "big")
ORGANISATION = ec.derive_private_key(SECRET, ec.SECP256R1())


@pytest.fixture(scope="module")
def phone():
    """What the notebook's scripts make of the vectors."""
    return run("vectors.mjs", VECTORS)


def test_the_phone_writes_the_canonical_content_of_every_vector(phone):
    for made, case in zip(phone, VECTORS["cases"], strict=True):
        assert made["canonical"] == case["canonical"]
        assert made["associated"] == case["associated"]


def test_the_phone_opens_what_was_sealed_for_it(phone):
    for made, case in zip(phone, VECTORS["cases"], strict=True):
        assert made["opened"] == case["content"]
        assert made["bytes"] == case["envelope"]["ct"]


def test_the_server_opens_and_believes_what_the_phone_seals(phone):
    for made, case in zip(phone, VECTORS["cases"], strict=True):
        received = envelope.parse(made["fresh"])
        assert envelope.is_signed_by(received, envelope.decode(VECTORS["keys"]["signer"]["public"]))
        assert envelope.open_content(received, ORGANISATION) == case["content"]
