"""The first letter and the notice of passage: in the party's language beside French, and nothing of the dispute."""

import pytest
from django.urls import reverse

from entremise.documents.services import check_pdf, ethiopic_font
from entremise.intercultural.decks import CODES
from entremise.intercultural.queries import paper_texts
from entremise.mediations.exports import letters
from entremise.mediations.models import Party
from tests.mediations import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(settings):
    """As in the demonstration: unreviewed languages are shown, with their mark."""
    settings.DEMO = True


@pytest.mark.parametrize("code", CODES)
def test_every_language_gives_both_letters_tagged_and_silent_on_the_dispute(cast, shown, code):
    if code == "ti" and ethiopic_font() is None:
        pytest.skip("Debian's fonts-noto-core is absent: the page says so")
    case = build.opened(cast)
    own, french = (paper_texts(cast.samia.actor, one, "courrier") for one in (code, "fr"))
    for make in (letters.first_letter, letters.passage_notice):
        letter = make(case, "Samia", own, french)
        assert check_pdf(letters.to_pdf(letter)) == []
        said = str(letter)
        assert "Passage commun" in said
        assert "{organisation}" not in said
        for word in ("bruit", "Awa", "Marc", "Partie", "conflit", "accord de", build.SUBJECT):
            assert word not in said
    assert "édiat" not in str(letters.passage_notice(case, "Samia", french, french))  # nor why someone came


@pytest.mark.parametrize(("language", "told"), [("ar", "sont en arabe"), ("wo", "sont en français")])
def test_its_page_says_in_which_language_they_are(cast, shown, signed_in, language, told):
    case = build.at_stage(cast, "contact")
    one = Party.objects.get(case=case, letter="B")
    Party.objects.filter(pk=one.pk).update(language=language)
    client = signed_in(cast.samia)
    assert told in client.get(reverse("mediations:letters", args=[case.pk, one.pk])).content.decode()
    for name in ("letter", "notice"):
        answer = client.get(reverse(f"mediations:{name}", args=[case.pk, one.pk]))
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
