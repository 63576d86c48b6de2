"""The frame around every page, the pages of no module, the error pages."""

import pytest
import rules
from django.http import HttpRequest
from django.test import RequestFactory

from entremise.config import views
from entremise.config.middleware import RefusalMiddleware
from entremise.core.errors import NotAllowed, NotFound
from entremise.core.ui import navigation

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", ["/style", "/accessibilite"])
def test_pages_of_no_module_open_to_anyone(path, client, cast, signed_in):
    stranger, member = client.get(path), signed_in(cast.samia).get(path)
    assert stranger.status_code == member.status_code == 200
    assert "Passage commun" not in text(stranger)
    assert "Passage commun" in text(member)
    assert "hx-headers" in text(member)


def test_public_pages_set_no_cookie(client):
    assert not client.get("/accessibilite").cookies


def test_every_icon_and_every_sample_is_shown(client):
    page = text(client.get("/style?registre=conflit&tri=nom"))
    assert page.count("<svg") > 40
    assert "1 filtre actif" in page
    assert "31/02/2026" in page


def test_the_frame_names_the_language_the_skip_link_and_the_live_region(client):
    page = text(client.get("/accessibilite"))
    assert '<html lang="fr">' in page
    assert 'href="#contenu"' in page
    assert 'id="contenu"' in page
    assert 'id="annonces"' in page
    assert 'aria-live="polite"' in page


def test_a_missing_page_is_a_404_in_the_frame_of_who_asks(client, cast, signed_in):
    member = signed_in(cast.samia).get("/nulle-part")
    stranger = client.get("/nulle-part")
    assert member.status_code == stranger.status_code == 404
    assert "Page introuvable" in text(member)
    assert "Passage commun" in text(member)
    assert "Passage commun" not in text(stranger)


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [(NotFound(), 404, "Page introuvable"), (NotAllowed("x.y"), 403, "pas ouverte à votre rôle")],
)
def test_a_refusal_raised_by_a_service_becomes_a_page(refusal, status, words, cast):
    request = RequestFactory().get("/")
    request.user, request.actor = cast.samia.user, cast.samia.actor
    response = RefusalMiddleware(lambda r: None).process_exception(request, refusal)
    assert response.status_code == status
    assert words in text(response)


def test_any_other_error_goes_on(cast):
    assert RefusalMiddleware(lambda r: None).process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.parametrize("view", [views.bad_request, views.forbidden, views.csrf_failure])
def test_error_pages_need_nothing_but_a_request(view):
    request = RequestFactory().get("/")
    response = view(request)
    assert response.status_code in (400, 403)
    assert "Revenir à l’accueil" in text(response)


def test_the_page_of_a_crash_needs_no_context():
    response = views.server_error(HttpRequest())
    assert response.status_code == 500
    assert "n’a pas pu s’afficher" in text(response)


@pytest.fixture
def entries(monkeypatch):
    """Six destinations, five of which ask for the bottom bar."""
    rules.add_perm("tests.see", rules.always_true)
    known = [
        navigation.Item(label, "style" if n else "accessibility", "tests.see", n, icon="note", bar=n < 5)
        for n, label in enumerate(["Tournée", "Noter", "Relais", "Urgence", "Cinquième", "Sixième"])
    ]
    settings_entry = navigation.Item("Équipes", "session", "tests.see", 9, section="settings")
    monkeypatch.setattr(navigation, "_items", [*known, settings_entry])
    yield
    rules.remove_perm("tests.see")


def test_the_bottom_bar_holds_four_entries_and_the_menu_all_of_them(entries, cast, signed_in):
    page = text(signed_in(cast.samia).get("/accessibilite"))
    side, bar = page.split('aria-label="Accès rapides"')
    assert bar.split("</nav>")[0].count("<a ") == 4
    assert side.count("Sixième") == 2  # the desk's column and the phone's menu
    assert side.count('aria-current="page"') == 2
    assert 'aria-label="Organisation"' in side
    assert side.index("Sixième") < side.index("Équipes")


def test_someone_who_may_open_nothing_sees_no_empty_navigation(monkeypatch, cast, signed_in):
    monkeypatch.setattr(navigation, "_items", [])
    assert "<nav" not in text(signed_in(cast.samia).get("/accessibilite"))


def test_a_page_asks_whether_its_session_is_still_open(client, cast, signed_in):
    member = signed_in(cast.samia)
    answer = member.get("/session")
    assert answer.json()["who"] in text(member.get("/style"))
    assert answer.json()["who"] != signed_in(cast.paul).get("/session").json()["who"]
    assert "no-store" in answer["Cache-Control"]


def test_the_demonstration_says_that_people_are_invented(client, settings):
    assert "inventés" not in text(client.get("/accessibilite"))
    settings.DEMO = True
    assert "personnes et lieux inventés" in text(client.get("/accessibilite"))
