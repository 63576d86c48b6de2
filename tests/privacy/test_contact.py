"""The one door through which anything may be sent to a person."""

import pytest

from entremise.core.errors import InvalidInput
from entremise.core.time import now
from entremise.privacy.models import Person
from entremise.privacy.queries import safe_contact
from tests.privacy.people import named, person

pytestmark = pytest.mark.django_db

EVERYTHING = {"email": "awa@exemple.test", "address": "2 rue du Port", "phone": "06 00 00 00 01"}


def test_the_way_the_person_chose_is_the_only_one_given(cast):
    expected = {
        "appel": (True, False, False),
        "sms": (True, False, False),
        "courriel": (False, True, False),
        "courrier": (False, False, True),
        "en_personne": (False, False, False),
        "relais": (False, False, False),
        "aucun": (False, False, False),
    }
    for way, given in expected.items():
        safe = safe_contact(named(cast, **EVERYTHING, contact_way=way))
        assert (bool(safe.phone), bool(safe.email), bool(safe.address)) == given, way
        assert (safe.may_call, safe.may_text) == (way == "appel", way == "sms")


@pytest.mark.parametrize("way", ["", "en_personne", "courrier", "relais", "aucun"])
def test_a_watched_phone_is_never_given_nor_is_the_mail_read_on_it(cast, way):
    one = named(cast, **EVERYTHING, contact_way=way, phone_watched=True)
    safe = safe_contact(one)
    assert (safe.phone, safe.email, safe.may_call, safe.may_text) == ("", "", False, False)
    assert bool(safe.address) == (way == "courrier")
    assert safe.sentence.startswith("Ne pas appeler : téléphone surveillé.")
    assert not any(value in safe.sentence for value in EVERYTHING.values())
    if not way:
        assert safe.sentence == "Ne pas appeler : téléphone surveillé. La rencontrer en personne."


@pytest.mark.parametrize("way", ["appel", "sms", "courriel"])
def test_a_way_through_a_watched_phone_is_refused(cast, way):
    with pytest.raises(InvalidInput) as refusal:
        named(cast, **EVERYTHING, contact_way=way, phone_watched=True)
    assert list(refusal.value.errors) == ["contact_way"]


def test_nothing_is_sent_before_the_person_said_how_nor_when_the_fiche_is_closed(cast):
    assert safe_contact(person(cast)).sentence.startswith("Moyen le plus sûr non précisé")
    one = named(cast, **EVERYTHING)
    Person.objects.filter(pk=one.pk).update(restricted_at=now())
    assert safe_contact(Person.objects.get(pk=one.pk)).phone == ""
