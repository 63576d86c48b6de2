"""What browsers and proxies may keep of a page, and what comes back of a form that was refused."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_page_of_someone_signed_in_stays_in_no_cache(cast, signed_in):
    page = signed_in(cast.samia).get("/")
    assert "no-store" in page["Cache-Control"]


def test_a_public_page_may_be_kept(client):
    assert "Cache-Control" not in client.get("/accessibilite")


def test_a_stricter_answer_of_the_view_is_left_as_it_is(client):
    assert "max-age=0" in client.get(reverse("accounts:sign_in"))["Cache-Control"]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_fragment_is_never_taken_for_its_page(cast, signed_in, headers):
    page = signed_in(cast.samia).get(reverse("documents:exports"), headers=headers)
    assert "HX-Request" in page["Vary"]


def test_a_spreadsheet_keeps_its_own_answer(cast, signed_in):
    answer = signed_in(cast.samia).post(reverse("documents:export", args=["lieux"]))
    assert answer["Cache-Control"] == "no-store"
    assert "HX-Request" not in answer.get("Vary", "")


@pytest.fixture
def late(cast):
    """Samia, signed in, in a browser whose forms have lost their protection."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.samia.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_words_of_a_form_that_expired_are_given_back(late):
    answer = late.post(reverse("presence:instruct"), {"text": "Repasser <b>demain</b>\nau hall 4", "team_id": "x"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Repasser &lt;b&gt;demain&lt;/b&gt;<br>au hall 4" in page


def test_a_form_sent_after_the_session_closed_comes_back_whole_and_leaves_after_signing_in(cast):
    """Without script: nothing typed is lost, nothing is stored, and the second sending is one gesture."""
    browser, here = Client(enforce_csrf_checks=True), {"Origin": "http://testserver"}
    browser.get(reverse("accounts:sign_in"))
    typed = {"text": "Repasser <b>demain</b>", "team_id": str(cast.team.pk)}
    token = browser.cookies["csrftoken"].value
    answer = browser.post(reverse("presence:instruct"), typed | {"csrfmiddlewaretoken": token}, headers=here)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert answer["Cache-Control"] == "no-store"
    assert '<input type="hidden" name="text" value="Repasser &lt;b&gt;demain&lt;/b&gt;">' in page
    assert f'name="team_id" value="{cast.team.pk}"' in page
    browser.force_login(cast.samia.user, backend="django.contrib.auth.backends.ModelBackend")
    late = browser.post(reverse("presence:instruct"), typed | {"csrfmiddlewaretoken": "old" * 21 + "z"}, headers=here)
    assert late.status_code == 403
    assert 'name="text" value="Repasser &lt;b&gt;demain&lt;/b&gt;"' in late.content.decode()
    assert "Envoyer de nouveau" in late.content.decode()
    elsewhere = browser.post(reverse("presence:instruct"), typed, headers={"Origin": "https://ailleurs.example"})
    assert "Envoyer de nouveau" not in elsewhere.content.decode()


def test_the_sign_in_page_is_asked_when_there_is_nothing_to_keep(cast):
    assert Client().get(reverse("presence:log", args=[cast.team.pk])).status_code == 302
    assert Client().post(reverse("accounts:profile_password"), {"new": "quatre mots"}).status_code == 302


def test_a_password_is_never_written_in_a_page(late):
    answer = late.post(reverse("accounts:profile_password"), {"current": PASSWORD, "new": "quatre mots bien choisis"})
    assert answer.status_code == 403
    assert "quatre mots" not in answer.content.decode()


def test_a_stranger_s_words_are_not_shown():
    answer = Client(enforce_csrf_checks=True).post(reverse("presence:instruct"), {"text": "bonjour à tous"})
    assert "bonjour à tous" not in answer.content.decode()
