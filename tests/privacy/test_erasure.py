"""An erased person cannot be read any more, in no copy of the database; an erasure interrupted is finished."""

import datetime as dt

import pytest
from django.db import DatabaseError

from entremise.core.actor import system_actor
from entremise.core.crypto import KeyDestroyed
from entremise.core.time import today
from entremise.directory.services.partners import create_partner
from entremise.journal.models import Entry
from entremise.keys.models import Tombstone
from entremise.keys.services import erased_scopes
from entremise.privacy import registry
from entremise.privacy.models import Agreement, LegalHold, Person
from entremise.privacy.registry import Part
from entremise.privacy.services import erase_persons, finish_erasures, register_part
from entremise.privacy.services.holds import lift_hold, place_hold
from tests.privacy.build import someone
from tests.privacy.people import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(monkeypatch):
    """A part of an upper module, which remembers whom it was asked to empty."""
    monkeypatch.setattr(registry, "_parts", {})
    asked: list = []
    register_part(Part(code="essai", label="Essai", collect=lambda _: (), erase=lambda ids: asked.extend(ids) or 0))
    return asked


def test_an_erased_person_is_an_empty_row_whose_words_no_longer_open_anywhere(cast, part):
    person = someone(cast, speaks=["fr", "ar"], commune_code="93066")
    kept_elsewhere = Person.objects.get(pk=person.pk)  # as a backup would: the sealed token, not opened
    assert erase_persons([person.pk], actor=cast.dora.actor, ground="demande") == 1
    left = Person.objects.get(pk=person.pk)
    assert (left.name, left.birth_year, left.commune_code, left.speaks, left.name_reason) == ("", None, "", [], "")
    assert left.erased_at is not None
    assert left.reference == "26-7"  # the figure stays
    assert part == [person.pk]
    with pytest.raises(KeyDestroyed):
        _ = kept_elsewhere.name
    entry = Entry.objects.get(name="person.erased")
    assert (entry.target_id, entry.payload["codes"]) == (person.pk, {"ground": "demande"})


def test_the_reason_of_a_hold_that_is_over_and_the_partner_of_an_agreement_go_too(cast):
    """Before: a complaint and the name of a service for women in danger outlived who was erased."""
    person, other = someone(cast), someone(cast, reference="26-8")
    partner = create_partner(actor=cast.claire.actor, name="Refuge", partner_type="mission_locale")
    agreement(cast, person, purpose="partage", partner_id=partner.pk, interpreter="proche")
    until = today() + dt.timedelta(days=30)
    held = {"actor": cast.dora.actor, "kind": "personne", "until": until}
    theirs = place_hold(reference=person.reference, reason="Plainte de la voisine", **held)
    another = place_hold(reference=other.reference, reason="Enquête", **held)
    for hold in (theirs, another):
        lift_hold(actor=cast.dora.actor, hold_id=hold.pk)
    erase_persons([person.pk], actor=cast.dora.actor, ground="demande")
    assert dict(LegalHold.objects.values_list("reference", "reason"))["26-7"] == ""
    assert LegalHold.objects.get(pk=another.pk).reason == "Enquête"
    left = Agreement.objects.get()
    assert (left.partner_id, left.interpreter, left.purpose) == (None, "", "partage")


def test_erasing_twice_changes_nothing(cast, part):
    person = someone(cast)
    erase_persons([person.pk], actor=cast.dora.actor, ground="demande")
    assert erase_persons([person.pk], actor=cast.dora.actor, ground="demande") == 0
    assert Entry.objects.filter(name="person.erased").count() == 1


def test_a_person_of_another_organisation_is_left_alone(cast, part):
    person = someone(cast)
    assert erase_persons([person.pk], actor=cast.clara.actor, ground="demande") == 0
    assert Person.objects.get(pk=person.pk).name == "Zénobie Quillevéré"
    assert erase_persons([person.pk], actor=system_actor(), ground="conservation") == 1


def test_an_erasure_stopped_after_the_keys_is_finished_later(cast, monkeypatch):
    monkeypatch.setattr(registry, "_parts", {})

    def fails(identifiers):
        raise DatabaseError("disk full")

    register_part(Part(code="essai", label="Essai", collect=lambda _: (), erase=fails))
    person = someone(cast)
    with pytest.raises(DatabaseError):
        erase_persons([person.pk], actor=cast.dora.actor, ground="demande")
    assert Person.objects.get(pk=person.pk).erased_at is None
    assert Tombstone.objects.get(scope_id=person.pk).settled_at is None
    monkeypatch.setattr(registry, "_parts", {})
    assert finish_erasures() == 1
    assert Person.objects.get(pk=person.pk).erased_at is not None
    assert Entry.objects.get(name="person.erased").organisation_id == cast.organisation.pk
    assert finish_erasures() == 0


@pytest.mark.django_db(transaction=True)
def test_a_finished_erasure_has_left_the_files_of_the_store(transactional_db, lifted_triggers, cast, part):
    person = someone(cast)
    erase_persons([person.pk], actor=cast.dora.actor, ground="demande")
    finish_erasures()  # PostgreSQL: the periodic work writes the table of keys again
    assert erased_scopes("person") == []
    assert erased_scopes("person", unsettled=False) == [person.pk]


def test_a_tombstone_brought_back_empties_a_person_brought_back(cast, part):
    person = someone(cast)
    erase_persons([person.pk], actor=cast.dora.actor, ground="demande")
    Tombstone.objects.update(settled_at="2026-01-01T00:00Z")
    Person.objects.filter(pk=person.pk).update(erased_at=None, birth_year=1971)
    assert finish_erasures() == 0
    assert finish_erasures(everything=True) == 1
    assert Person.objects.get(pk=person.pk).birth_year is None
