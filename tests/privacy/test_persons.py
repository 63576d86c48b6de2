"""The persons registry: pseudonymous by default, numbered without a gap, opened to the team that follows."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connections
from django.urls import reverse

from entremise.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from entremise.core.time import today
from entremise.journal.models import Entry
from entremise.privacy.models import Person
from entremise.privacy.panels import find_persons, waiting_for
from entremise.privacy.queries import get_person, list_persons
from entremise.privacy.queries.persons import PersonFilters, facts_of, near_duplicates, person_lines, read_reference
from entremise.privacy.services import correct_person, note_contact, open_person
from tests.privacy.people import agreement, facts, named, person

pytestmark = pytest.mark.django_db


def _refused(cast, by=None, **values):
    with pytest.raises(InvalidInput) as refusal:
        open_person(actor=(by or cast.samia).actor, facts=facts(cast, **values))
    return refusal.value.errors


def test_references_follow_each_other_in_the_year_of_each_organisation(cast):
    year = f"{today().year % 100:02d}"
    assert [person(cast).reference for _ in range(3)] == [f"{year}-1", f"{year}-2", f"{year}-3"]
    assert person(cast, by=cast.ines, team_id=cast.foreign_team.pk).reference == f"{year}-1"


def test_a_name_or_a_contact_needs_a_reason_from_the_list(cast):
    assert "name_reason" in _refused(cast, name="Awa Cissokho")
    assert "name_reason" in _refused(cast, name="Awa Cissokho", name_reason="parce que")
    errors = _refused(cast, phone="06 00 00 00 01", contact_way="appel")
    assert list(errors) == ["contact_reason"]
    assert Person.objects.count() == 0


def test_a_reason_without_a_name_is_not_kept(cast):
    assert person(cast, name_reason="rappel").name_reason == ""


def test_an_anonymous_team_keeps_neither_name_nor_contact(cast):
    errors = _refused(
        cast,
        by=cast.hugo,
        team_id=cast.other_team.pk,
        name="Awa",
        name_reason="rappel",
        phone="06 00 00 00 01",
        contact_reason="rappel",
        contact_way="appel",
        contact_note="le matin",
    )
    assert set(errors) == {"name", "phone", "contact_note"}
    assert person(cast, by=cast.hugo, team_id=cast.other_team.pk, birth_year=2004).name == ""


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"birth_year": 1850}, "birth_year"),
        ({"birth_year": 2200}, "birth_year"),
        ({"birth_year": 1990, "age_band": "vingt_cinq_trente_neuf"}, "age_band"),
        ({"age_band": "centenaire"}, "age_band"),
        ({"commune_code": "99999"}, "commune_code"),
        ({"speaks": ("klingon",)}, "speaks"),
        ({"reads": ("fsl",)}, "reads"),
        ({"name": "x" * 2_000_000, "name_reason": "rappel"}, "name"),
        ({"contact_note": "y" * 301}, "contact_note"),
        ({"phone": "appelle-moi", "contact_reason": "rappel", "contact_way": "appel"}, "phone"),
        ({"email": "sans arobase", "contact_reason": "rappel", "contact_way": "courriel"}, "email"),
        ({"phone": "06 00 00 00 01", "contact_reason": "rappel"}, "contact_way"),
        ({"contact_way": "courrier"}, "contact_way"),
        ({"contact_way": "pigeon"}, "contact_way"),
        ({"see_again_on": dt.date(2000, 1, 1)}, "see_again_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, values, field):
    assert field in _refused(cast, **values)


def test_emoji_arabic_and_nul_are_kept_as_they_may_be(cast):
    one = named(cast, name="  فاطمة \x00 🌻  ", contact_note="ligne 1\x00\r\nligne 2")
    kept = Person.objects.get(pk=one.pk)
    assert kept.name == "فاطمة 🌻"
    assert kept.contact_note == "ligne 1\nligne 2"


def test_the_team_alone_reads_its_persons(cast):
    one = named(cast)
    for reader in (cast.samia, cast.paul, cast.claire):
        assert get_person(reader.actor, one.pk).name == "Awa Cissokho"
    for stranger in (cast.hugo, cast.ines, cast.clara, cast.alban, cast.dora, cast.leo):
        with pytest.raises(NotFound):
            get_person(stranger.actor, one.pk)


def test_only_those_who_follow_open_a_fiche(cast):
    for name in ("alban", "dora", "leo"):
        with pytest.raises(NotAllowed):
            open_person(actor=getattr(cast, name).actor, facts=facts(cast))
    assert "team_id" in _refused(cast, by=cast.hugo)


def test_a_correction_keeps_the_trace_of_what_changed_without_its_words(cast):
    one = named(cast)
    corrected = replace(facts_of(one), name="Awa Cissoko", birth_year=1984)
    correct_person(actor=cast.paul.actor, person_id=one.pk, facts=corrected, base_version=1)
    entry = Entry.objects.get(name="person.corrected")
    assert entry.payload["codes"]["fields"] == ["birth_year", "name"]
    assert "Ciss" not in str(entry.payload)
    with pytest.raises(Conflict):
        correct_person(actor=cast.samia.actor, person_id=one.pk, facts=facts_of(one), base_version=1)
    same = facts_of(Person.objects.get(pk=one.pk))
    assert correct_person(actor=cast.samia.actor, person_id=one.pk, facts=same, base_version=1).version == 2


def test_the_last_contact_moves_forward_only(cast):
    one = person(cast)
    Person.objects.filter(pk=one.pk).update(last_contact_on=today() - dt.timedelta(days=10))
    for day, expected in ((-20, -10), (-3, -3), (+5, 0)):
        note_contact(actor=cast.samia.actor, person_id=one.pk, on=today() + dt.timedelta(days=day))
        kept = Person.objects.get(pk=one.pk).last_contact_on
        assert kept == today() + dt.timedelta(days=expected)
    note_contact(actor=cast.ines.actor, person_id=one.pk, on=today())


def test_the_same_name_in_another_order_is_offered_not_merged(cast):
    known = named(cast, name="Cissokho Awa")
    named(cast, name="Bintou Sy")
    assert near_duplicates(cast.paul.actor, facts(cast, name="awa CISSOKHO")) == [known]
    assert near_duplicates(cast.paul.actor, facts(cast, name="Awa")) == []
    assert near_duplicates(cast.ines.actor, facts(cast, name="Awa Cissokho")) == []
    again = named(cast, name="Awa Cissokho")
    assert Person.objects.count() == 3
    assert again.pk != known.pk


def test_what_finds_the_same_name_says_almost_nothing_of_it(cast):
    one = named(cast)
    assert len(one.name_mark) == 4  # one group among 65,536: it cannot tell who it is


def test_the_list_is_filtered_by_reference_language_silence_and_date(cast):
    first = person(cast, speaks=("ti", "fr"), reads=("ti",), see_again_on=today())
    second = person(cast, speaks=("fr",), reads=("ar",))
    third = person(cast, see_again_on=today() + dt.timedelta(days=9))
    Person.objects.filter(pk=second.pk).update(last_contact_on=today() - dt.timedelta(days=200))
    actor = cast.samia.actor

    def found(**filters):
        return {one.pk for one in list_persons(actor, PersonFilters(**filters))}

    assert found(reference=second.reference) == {second.pk}
    assert found(language="ti") == {first.pk}
    assert found(language="ar") == {second.pk}
    assert found(again="echu") == {first.pk}
    assert found(again="a_venir") == {third.pk}
    assert found(again="sans") == {second.pk}
    assert found(silent_days=180) == {second.pk}
    assert found(team_id=cast.other_team.pk) == set()


@pytest.mark.parametrize(
    ("typed", "reference"),
    [("26-117", "26-117"), (" 26 117 ", "26-117"), ("26/0117", "26-117"), ("Awa Cissokho", ""), ("26-", "")],
)
def test_a_reference_is_read_as_a_hand_types_it(typed, reference):
    assert read_reference(typed) == reference


def test_fifty_names_ask_the_store_of_keys_once(cast, django_assert_num_queries):
    for rank in range(12):
        named(cast, name=f"Personne {rank}")
    from entremise.core import crypto

    crypto.key_provider().forget()
    people = list(list_persons(cast.samia.actor))
    with django_assert_num_queries(1, using="keys"):
        assert len({line.name for line in person_lines(people)}) == 12


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_questions_for_one_person_as_for_three(cast, signed_in, count):
    from django.test.utils import CaptureQueriesContext

    from entremise.core import crypto

    client = signed_in(cast.samia)
    for rank in range(count):
        agreement(cast, named(cast, name=f"Personne {rank}", speaks=("fr",)))
    client.get(reverse("privacy:persons"))
    crypto.key_provider().forget()
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["keys"]) as keys:
        client.get(reverse("privacy:persons"))
    # names of persons, then those of the page's own frame (the account of who reads, the organisation's key)
    assert len(main) <= 14
    assert len(keys) <= 4


def test_a_reminder_and_the_search_find_a_person_whose_phone_is_watched(cast):
    one = named(cast, phone_watched=True, contact_way="en_personne", see_again_on=today())
    assert [item.url for item in waiting_for(cast.samia.actor)] == [reverse("privacy:person", args=[one.pk])]
    assert waiting_for(cast.dora.actor) == []
    hits = find_persons(cast.samia.actor, one.reference)
    assert [hit.url for hit in hits] == [reverse("privacy:person", args=[one.pk])]
    assert "06 00" not in str(hits)
    assert find_persons(cast.samia.actor, "Awa Cissokho") == []
    assert find_persons(cast.leo.actor, one.reference) == []
