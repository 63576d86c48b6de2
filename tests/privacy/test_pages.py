"""The pages of persons and agreements: what was typed is kept, nothing personal stands in an address."""

import pytest
from django.urls import reverse

from entremise.core.time import now
from entremise.documents.services import check_pdf
from entremise.journal.models import Entry
from entremise.privacy.models import Agreement, Person
from tests.privacy.people import agreement, named, person

pytestmark = pytest.mark.django_db

OPEN = reverse("privacy:open_person")


def _sent(cast, **values):
    return {"team_id": str(cast.team.pk), **values}


def _text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_fiche_is_opened_with_nothing_at_all(cast, signed_in):
    response = signed_in(cast.samia).post(OPEN, _sent(cast))
    one = Person.objects.get()
    assert response.url == reverse("privacy:person", args=[one.pk])
    assert (one.name, one.birth_year, one.speaks) == ("", None, [])


def test_a_refused_fiche_keeps_what_was_typed_and_opens_its_folds(cast, signed_in):
    typed = {"name": "Awa 🌻 سلام", "phone": "06 00 00 00 01", "commune": "Nulle-Part-sur-Rien", "birth_year": "quatre"}
    response = signed_in(cast.samia).post(OPEN, _sent(cast, **typed))
    page = _text(response)
    assert response.status_code == 422
    assert all(value in page for value in typed.values())
    assert page.count('<details class="fold" open>') == 0  # the first errors are above the folds
    response = signed_in(cast.samia).post(OPEN, _sent(cast, name="Awa", phone="06 00 00 00 01"))
    assert _text(response).count('<details class="fold" open>') == 2
    assert Person.objects.count() == 0


def test_two_million_signs_are_refused_and_not_lost(cast, signed_in):
    response = signed_in(cast.samia).post(OPEN, _sent(cast, contact_note="é" * 400_000 + "\x00fin"))
    assert response.status_code == 422
    assert "é" * 400_000 in _text(response)


@pytest.mark.parametrize(("way", "link"), [("appel", "tel:0600000001"), ("sms", "sms:0600000001")])
def test_the_number_opens_the_way_the_person_chose_and_no_other(cast, signed_in, way, link):
    page = _text(signed_in(cast.samia).get(reverse("privacy:person", args=[named(cast, contact_way=way).pk])))
    assert f'href="{link}"' in page
    assert page.count("tel:") + page.count("sms:") == 1


def test_someone_alike_is_shown_before_a_second_fiche(cast, signed_in):
    known = named(cast)
    client = signed_in(cast.paul)
    sent = _sent(cast, name="Cissokho Awa", name_reason="rappel")
    response = client.post(OPEN, sent)
    assert response.status_code == 422
    assert reverse("privacy:person", args=[known.pk]) in _text(response)
    assert client.post(OPEN, sent | {"nouvelle": "oui"}).status_code == 302
    assert Person.objects.count() == 2


def test_opening_a_fiche_leaves_its_trace_with_the_function(cast, signed_in):
    one = named(cast)
    client = signed_in(cast.claire)
    client.get(reverse("privacy:persons"))
    assert not Entry.objects.filter(name="person.read").exists()
    client.get(reverse("privacy:person", args=[one.pk]))
    client.get(reverse("privacy:correct_person", args=[one.pk]))
    read = Entry.objects.filter(name="person.read", target_id=one.pk)
    assert [entry.function for entry in read] == ["encadrant", "encadrant"]
    assert signed_in(cast.hugo).get(reverse("privacy:person", args=[one.pk])).status_code == 404
    assert read.count() == 2


def test_a_watched_phone_is_on_no_page_but_the_one_that_corrects_it(cast, signed_in):
    one = named(cast, phone_watched=True, contact_way="en_personne", phone="06 11 22 33 44")
    client = signed_in(cast.samia)
    page = _text(client.get(reverse("privacy:person", args=[one.pk])))
    assert "06 11 22 33 44" not in page
    assert "Ne pas appeler : téléphone surveillé. La rencontrer en personne." in page
    assert "06 11" not in _text(client.get(reverse("privacy:persons")))
    assert "06 11 22 33 44" in _text(client.get(reverse("privacy:correct_person", args=[one.pk])))


def test_a_correction_that_crosses_another_shows_it_and_can_be_sent_again(cast, signed_in):
    one = named(cast)
    client, address = signed_in(cast.samia), reverse("privacy:correct_person", args=[one.pk])
    first = _sent(cast, birth_year="1980", version="1")
    assert client.post(address, first).status_code == 302
    second = client.post(address, _sent(cast, birth_year="1981", version="1"))
    assert (second.status_code, 'name="version" value="2"' in _text(second)) == (409, True)
    assert client.post(address, _sent(cast, birth_year="1981", version="2")).status_code == 302
    assert Person.objects.get(pk=one.pk).birth_year == 1981


def test_a_reference_opens_its_fiche_and_a_name_stays_out_of_the_address(cast, signed_in):
    one = named(cast)
    client = signed_in(cast.samia)
    found = client.post(reverse("privacy:find_person"), {"reference": one.reference.replace("-", " ")})
    assert found.url == reverse("privacy:person", args=[one.pk])
    missed = client.post(reverse("privacy:find_person"), {"reference": "Awa Cissokho"})
    assert (missed.status_code, "Awa Cissokho" in _text(missed)) == (422, True)


def test_an_agreement_is_given_then_withdrawn_and_the_page_says_what_stops(cast, signed_in):
    one = person(cast, speaks=("ti",))
    client = signed_in(cast.samia)
    give = reverse("privacy:give_agreement", args=[one.pk])
    assert "selected>Tigrinya" in _text(client.get(give))
    refused = client.post(give, {"purpose": "image", "manner": "parole", "language": "ti", "interpreter": "aucun"})
    assert refused.status_code == 422
    sent = {"purpose": "suivi", "manner": "parole", "language": "ti", "interpreter": "professionnel"}
    client.post(give, sent | {"happened_on": now().date().isoformat(), "notice_explained": "on"})
    given = Agreement.objects.get()
    assert "Interprète professionnel · notice expliquée" in _text(client.get(reverse("privacy:person", args=[one.pk])))
    address = reverse("privacy:withdraw_agreement", args=[one.pk, given.pk])
    assert "ses fils sont clos" in _text(client.get(address))
    assert Agreement.objects.count() == 1
    after = client.post(address, follow=True)
    assert "L’accord est retiré." in _text(after)
    assert "Déjà retiré" in _text(client.get(address))


def test_an_agreement_of_someone_else_is_not_withdrawn_from_this_fiche(cast, signed_in):
    one, other = person(cast), person(cast)
    given = agreement(cast, other)
    address = reverse("privacy:withdraw_agreement", args=[one.pk, given.pk])
    assert signed_in(cast.samia).post(address).status_code == 404


def test_the_notice_is_a_sound_pdf_and_names_nobody(cast, signed_in):
    client = signed_in(cast.samia)
    page = _text(client.get(reverse("privacy:notice")))
    assert "2 ans après notre dernier contact." in page
    paper = client.get(reverse("privacy:notice_pdf"))
    assert paper["Content-Type"] == "application/pdf"
    assert check_pdf(paper.content) == []
    assert signed_in(cast.dora).get(reverse("privacy:notice_pdf")).status_code == 403


def test_the_spreadsheet_has_neither_name_nor_contact(cast, signed_in):
    named(cast, contact_note="passer par sa sœur", address="2 rue du Port", speaks=("ti",))
    from django.http import QueryDict

    from entremise.privacy.exports import count, rows

    lines = list(rows(cast.samia.actor, QueryDict()))
    assert count(cast.samia.actor, QueryDict()) == 1
    assert "Tigrinya" in lines[0]
    words = str(lines)
    assert not any(word in words for word in ("Awa", "06 00", "0600", "sœur", "Port"))
    assert list(rows(cast.hugo.actor, QueryDict())) == []
