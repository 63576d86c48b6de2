"""What is too long, expired or unreadable is answered plainly, and gives back the words that could be read."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from entremise.interventions.models import Intervention
from tests.cast import PASSWORD
from tests.interventions.build import site

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
WORDS = "Trois jeunes et une voisine"
RECORD = reverse("interventions:record")


@pytest.mark.parametrize("sign", ["%C3%A9", "%D9%84"], ids=["accents", "arabic"])
def test_two_million_signs_are_read_whatever_their_script_and_refused_beside_their_field(cast, signed_in, sign):
    site(cast.claire)
    body = f"party_a={WORDS.replace(' ', '+')}&narrative={sign * 2_000_000}"
    answer = signed_in(cast.samia).post(RECORD, body, content_type=FORM)
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()


def test_a_body_beyond_what_is_read_is_said_to_be_too_long_and_nothing_is_kept(cast, signed_in):
    body = "narrative=" + "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = signed_in(cast.samia).post(RECORD, body, content_type=FORM)
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "12 Mo" in page
    assert "rien n’a été enregistré" in page
    assert "Passage commun" in page  # in the frame of who asks
    assert not Intervention.objects.exists()
    assert Client().post("/connexion", body, content_type=FORM).status_code == 413


def test_the_page_knows_the_limit_that_the_server_holds(cast, signed_in):
    page = signed_in(cast.samia).get("/style").content.decode()
    assert f'data-limit="{settings.DATA_UPLOAD_MAX_MEMORY_SIZE}"' in page


def test_an_expired_form_gives_its_words_back_and_says_a_way_that_exists(cast, signed_in):
    member = Client(enforce_csrf_checks=True)
    member.cookies = signed_in(cast.samia).cookies
    page = member.post(RECORD, {"narrative": WORDS})
    assert page.status_code == 403
    assert WORDS in page.content.decode()
    assert "depuis le menu" in page.content.decode()
    stranger = Client(enforce_csrf_checks=True).post("/connexion", {"email": WORDS, "password": PASSWORD})
    assert stranger.status_code == 403
    for words in (WORDS, PASSWORD, "depuis le menu"):  # nobody is signed in: no menu, and nothing typed shown again
        assert words not in stranger.content.decode()


def test_a_form_with_too_many_fields_does_not_send_back_to_a_page_that_would_be_empty(cast, signed_in):
    body = "&".join(f"champ{number}=x" for number in range(1_100))
    answer = signed_in(cast.samia).post(RECORD, body, content_type=FORM)
    assert answer.status_code == 400
    assert "page précédente" not in answer.content.decode()
