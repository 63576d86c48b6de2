"""Reading badges that come from anybody: one word changed is seen, nothing strange passes the door."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.certification.openbadges import contexts, proof, reading, status_list
from entremise.core.errors import InvalidInput
from tests.certification.badge_samples import KEY, LIST_URL, STAMP, signed

BADGE = signed(address="camille@exemple.test")


def leaves(value, path=()):
    """Every place of a document that holds a word."""
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in leaves(one, (*path, key))]
    if isinstance(value, list):
        return [found for rank, one in enumerate(value) for found in leaves(one, (*path, rank))]
    return [path]


def changed(path, word) -> dict:
    """The same badge with another word at that place."""
    found = copy.deepcopy(BADGE)
    target = found
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = word
    return found


def holds(document) -> bool:
    """What the door and the signature say together."""
    try:
        found = reading.read_badge(json.dumps(document).encode())
    except InvalidInput:
        return False
    return reading.is_intact(found)


def test_the_sample_holds_in_whatever_order_it_is_written():
    assert holds(BADGE)
    assert holds(dict(reversed(BADGE.items())))


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(leaves(BADGE)), st.text(max_size=20) | st.just("https://www.w3.org/ns/credentials/v2"))
def test_one_word_changed_anywhere_is_seen(path, word):
    document = changed(path, word)
    assert holds(document) == (document == BADGE)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted({path[:-1] for path in leaves(BADGE) if isinstance(path[-1], str)})), st.text(min_size=1))
def test_a_property_added_anywhere_is_refused_even_one_no_signature_covers(path, name):
    found = copy.deepcopy(BADGE)
    target = found
    for step in path:
        target = target[step]
    if name not in target:
        target[name] = "ajout"
        assert not holds(found)


def test_a_signature_of_another_key_does_not_hold_under_our_name():
    other = signed(key=bytes(32))
    other["issuer"]["id"] = BADGE["issuer"]["id"]
    assert not holds(other)
    other["proof"]["verificationMethod"] = BADGE["proof"]["verificationMethod"]
    assert not holds(other)


TEXT = json.dumps(BADGE)
HOSTILE = {
    "empty": b"",
    "binary": b"\x00\x01\xff",
    "list": b"[]",
    "deep": b"[" * 50_000,
    "cut": TEXT[:-20].encode(),
    "huge": b" " * (reading.MOST_BYTES + 1),
    "twice": TEXT.replace('"name":', '"name": "Autre", "name":', 1).encode(),
    "not a number": TEXT.replace('"hashed": true', '"hashed": NaN').encode(),
    "other vocabulary": TEXT.replace(contexts.BADGES, "https://exemple.test/contexte").encode(),
    "own vocabulary": TEXT.replace(f'"{contexts.BADGES}"', '{"name": "https://exemple.test/nom"}').encode(),
    "knotted graph": TEXT.replace(BADGE["credentialSubject"]["id"], "_:b0").encode(),
    "other document": json.dumps(status_list.signed_list(LIST_URL, [], KEY, STAMP)).encode(),
    "no rank": TEXT.replace('"4242"', '"quatre"').encode(),
    "no day": TEXT.replace(BADGE["awardedDate"], "hier").encode(),
    "latin": TEXT.replace("essai", "essaié").encode("latin-1"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_or_broken_file_is_refused_with_a_sentence(content):
    with pytest.raises(InvalidInput) as refusal:
        reading.read_badge(content)
    assert refusal.value.errors["file"][0].endswith(".")


@given(st.sets(st.integers(0, status_list.LENGTH - 1), max_size=30), st.integers(0, status_list.LENGTH - 1))
def test_a_list_says_of_each_place_whether_it_was_withdrawn(withdrawn, asked):
    encoded = status_list.encode(withdrawn)
    assert status_list.is_withdrawn(encoded, asked) == (asked in withdrawn)
    assert all(status_list.is_withdrawn(encoded, one) for one in withdrawn)
    assert encoded == status_list.encode(sorted(withdrawn, reverse=True))


def test_only_its_own_list_signed_by_its_own_key_speaks_of_a_badge():
    def said(**changes) -> bool:
        told = {"address": LIST_URL, "withdrawn": [4242], "seed": KEY, "at": STAMP} | changes
        return reading.is_withdrawn(BADGE, json.dumps(status_list.signed_list(**told)).encode())

    assert said()
    assert not said(withdrawn=[4241])
    for wrong in ({"seed": bytes(32)}, {"address": LIST_URL + "2"}):
        with pytest.raises(InvalidInput) as refusal:
            said(**wrong)
        assert "liste" in refusal.value.errors["list"][0]
    bomb = status_list.signed_list(LIST_URL, [], KEY, STAMP)
    body = {name: value for name, value in bomb.items() if name != "proof"}
    body["credentialSubject"]["encodedList"] = "uAAAA"
    for content in (json.dumps(proof.sign(body, KEY, STAMP)).encode(), TEXT.encode(), b"{", b""):
        with pytest.raises(InvalidInput):
            reading.is_withdrawn(BADGE, content)


def test_the_vocabularies_are_the_published_ones_to_the_byte_and_no_other_is_read(tmp_path, monkeypatch):
    for address in (contexts.CREDENTIALS, contexts.BADGES):
        assert "@context" in contexts.load(address)["document"]
    with pytest.raises(contexts.UnknownContext):
        contexts.load("https://exemple.test/contexte")
    copy_of = tmp_path / "ob3" / "contexts"
    copy_of.mkdir(parents=True)
    (copy_of / "credentials-v2.json").write_text("{}")
    monkeypatch.setattr(contexts, "_folder", lambda: tmp_path)
    contexts.vocabulary.cache_clear()
    with pytest.raises(contexts.UnknownContext, match="not the published text"):
        contexts.vocabulary(contexts.CREDENTIALS)
    contexts.vocabulary.cache_clear()
