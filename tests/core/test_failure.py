"""The page of a failure gives back what was sent, and nothing that should not be read again."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

from entremise.config.views import server_error

WORDS = "Trois jeunes\net <une> voisine"


def failed(rf, path, data):
    request = rf.post(path, data)
    request.user, request.resolver_match = AnonymousUser(), resolve(path)
    page = server_error(request)
    request.close()
    return page


def test_the_words_come_back_ready_to_be_sent_again(rf):
    page = failed(rf, "/noter/", {"narrative": WORDS, "registers": ["a", "b"]})
    text = page.content.decode()
    assert page.status_code == 500
    assert 'action="/noter/"' in text
    assert 'name="narrative" value="Trois jeunes\net &lt;une&gt; voisine"' in text
    assert text.count('name="registers"') == 2


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/connexion", {"password": "trois mots choisis"}),
        ("/lieux/import", {"file": SimpleUploadedFile("lieux.csv", b"Nom;Type"), "note": "deux mots"}),
        ("/noter/", {"narrative": "x y" * 100_000}),
    ],
    ids=["password", "file", "too long"],
)
def test_passwords_files_and_floods_do_not_come_back(rf, path, data):
    text = failed(rf, path, data).content.decode()
    assert "<form" not in text
    assert "Revenez à la page précédente" in text


def test_a_page_that_was_only_read_has_nothing_to_give_back(rf):
    request = rf.get("/noter/")
    request.resolver_match = resolve("/noter/")
    assert "<form" not in server_error(request).content.decode()
