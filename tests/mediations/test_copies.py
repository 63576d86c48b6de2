"""The copy of each party: in its language beside French, free words marked and never translated, its drawing sealed."""

import pytest
from django.db import connection
from django.urls import reverse

from entremise.core.errors import InvalidInput
from entremise.documents.services import check_pdf, ethiopic_font
from entremise.intercultural.decks import AGREEMENT_NAMES, CODES, decks
from entremise.intercultural.queries import paper_texts
from entremise.mediations import services
from entremise.mediations.exports import agreement as printed
from entremise.mediations.models import Case, Party, Signature
from entremise.mediations.queries import parties_of
from entremise.mediations.queries.agreement import latest_agreement
from entremise.mediations.services.erasure import erase_cases
from entremise.mediations.strokes import as_svg, strokes_of
from entremise.privacy.services import erase_persons
from tests.mediations import build
from tests.mediations.test_agreements import DRAWING, drafted, signed

pytestmark = pytest.mark.django_db
MIXED = "السيد بلحسن يخفض الصوت après 22 h, porte 3 (hall B)"


@pytest.fixture
def shown(settings):
    """As in the demonstration: unreviewed languages are shown, with their mark."""
    settings.DEMO = True


def agreed(cast, language="fr", manner="ecran", **values) -> Case:
    """A concluded agreement whose party B speaks this language."""
    case = build.at_stage(cast, "accord")
    Party.objects.filter(case=case, letter="B").update(language=language)
    drafted(cast, case, **values)
    signed(cast, case, manner=manner)
    services.conclude_agreement(actor=cast.samia.actor, case_id=case.pk)
    return Case.objects.get(pk=case.pk)


def copy_of(cast, case, code) -> tuple[dict, bytes]:
    """What the copy of party B holds in a language, and its PDF."""
    parties, known = parties_of(case), latest_agreement(case)
    own, french = (paper_texts(cast.samia.actor, one) for one in (code, "fr"))
    told = (case, known, parties, parties[1], own, french)
    return printed.content(*told), printed.to_pdf(*told)


@pytest.mark.parametrize("code", CODES)
def test_every_language_gives_a_tagged_paper_where_free_words_stay_as_written(cast, shown, code):
    if code == "ti" and ethiopic_font() is None:
        pytest.skip("Debian's fonts-noto-core is absent: the page says so")
    case = agreed(cast, code.removesuffix("-simple"))  # simple French is written to somebody who speaks French
    found, pdf = copy_of(cast, case, code)
    assert check_pdf(pdf) == []
    assert found["undertakings"][0]["what"]["text"] == "Baisser le son après 22 h"
    assert found["marked"] == (code not in ("fr", "fr-simple"))
    assert (found["french"] is None) == (code == "fr")
    assert found["own"] == {name: decks()[code].texts[f"entente.{name}"].masculine for name in AGREEMENT_NAMES}
    assert bool(found["mark"]) == (code != "fr")


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_arabic_and_french_stand_in_one_paper_each_in_its_direction(cast, shown, code):
    case = agreed(cast, "ar", undertaking={"what": MIXED}, context="Le son du soir. الصوت في المساء.")
    found, pdf = copy_of(cast, case, code)
    assert check_pdf(pdf) == []
    assert (found["undertakings"][0]["what"]["dir"], found["context"]["dir"]) == ("rtl", "ltr")
    assert found["dir"] == ("rtl" if code == "ar" else "ltr")


def test_its_page_gives_the_party_s_language_then_french_then_any_other(cast, shown, signed_in):
    case = agreed(cast, "ar")
    one = Party.objects.get(case=case, letter="B")
    client, url = signed_in(cast.samia), reverse("mediations:agreement_copy", args=[case.pk, one.pk])
    page = client.get(reverse("mediations:agreement", args=[case.pk])).content.decode()
    assert "Son exemplaire, arabe" in page
    assert f"{url}?langue=fr" in page
    for asked in ("", "?langue=fr", "?langue=ru"):
        answer = client.get(url + asked)
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert client.get(f"{url}?langue=xx").status_code == 404


def test_a_language_that_nobody_read_again_is_given_in_french_in_production(cast, signed_in):
    case = agreed(cast, "ar")
    one = Party.objects.get(case=case, letter="B")
    url = reverse("mediations:agreement_copy", args=[case.pk, one.pk])
    client = signed_in(cast.samia)
    assert client.get(url).status_code == 200
    assert client.get(f"{url}?langue=ar").status_code == 404
    assert "Son exemplaire, arabe" not in client.get(reverse("mediations:agreement", args=[case.pk])).content.decode()


def test_a_language_without_texts_is_given_in_french(cast, shown, signed_in):
    case = agreed(cast, "wo")
    one = Party.objects.get(case=case, letter="B")
    answer = signed_in(cast.samia).get(reverse("mediations:agreement_copy", args=[case.pk, one.pk]))
    assert answer["Content-Type"] == "application/pdf"


def test_where_no_font_draws_the_script_the_page_says_so(cast, shown, signed_in, monkeypatch):
    monkeypatch.setattr(printed, "can_draw", lambda text: False)
    case = agreed(cast, "ti")
    one = Party.objects.get(case=case, letter="B")
    answer = signed_in(cast.samia).get(reverse("mediations:agreement_copy", args=[case.pk, one.pk]))
    assert answer.status_code == 409
    assert "fonts-noto-core" in answer.content.decode()


def test_a_signature_is_drawn_sealed_and_printed(cast, signed_in):
    case = agreed(cast)
    assert {one.drawing for one in Signature.objects.all()} == {DRAWING}
    with connection.cursor() as cursor:
        cursor.execute("SELECT drawing FROM mediations_signature")
        assert not [row for row in cursor.fetchall() if "10,90" in str(row)]
    page = signed_in(cast.samia).get(reverse("mediations:agreement", args=[case.pk])).content.decode()
    assert page.count("<polyline") == 4
    assert 'aria-label="Signature de la partie A"' in page
    found, _ = copy_of(cast, case, "fr")
    assert [one["drawing"] for one in found["signatures"]] == ["signature-A", "signature-B"]


@pytest.mark.parametrize("manner", ["papier", "parole"])
def test_a_word_given_otherwise_keeps_no_drawing(cast, manner):
    agreed(cast, manner=manner)
    assert {one.drawing for one in Signature.objects.all()} == {""}


@pytest.mark.parametrize(
    "drawing",
    ["", "10,10", "a,b 1,2", "1,2;", "601,10 10,10", "10,201 10,10", "-1,2 3,4", "1,2 3,4" * 9000, "<svg>", "١,٢ ٣,٤"],
)
def test_what_is_no_drawing_is_refused(cast, signed_in, drawing):
    case = build.at_stage(cast, "accord")
    drafted(cast, case)
    one = Party.objects.filter(case=case).first()
    with pytest.raises(InvalidInput) as refusal:
        services.sign_agreement(
            actor=cast.samia.actor, case_id=case.pk, party_id=one.pk, manner="ecran", drawing=drawing
        )
    assert "drawing" in refusal.value.errors
    url = reverse("mediations:sign", args=[case.pk, one.pk])
    answer = signed_in(cast.samia).post(url, {"manner": "ecran", "drawing": drawing})
    assert answer.status_code == 422
    assert "Faites signer dans le cadre" in answer.content.decode()
    assert not Signature.objects.exists()


def test_a_drawing_becomes_nothing_but_numbers():
    assert strokes_of("1,2 3,4;600,200 0,0") == (((1, 2), (3, 4)), ((600, 200), (0, 0)))
    assert as_svg(strokes_of("1,2 3,4"), "#000").count("<") == 5


def test_the_sign_page_reads_in_the_party_s_language(cast, shown, signed_in):
    case = build.at_stage(cast, "accord")
    drafted(cast, case)
    one = Party.objects.filter(case=case).first()
    Party.objects.filter(pk=one.pk).update(language="ar")
    page = signed_in(cast.samia).get(reverse("mediations:sign", args=[case.pk, one.pk])).content.decode()
    assert "أنا موافق على ما هو مكتوب هنا." in page
    assert 'dir="rtl"' in page
    assert "لم تتم مراجعة هذا النص بعد." in page


def test_the_drawing_goes_with_the_person_and_with_the_case(cast):
    case = agreed(cast)
    gone = Party.objects.get(case=case, letter="A")
    erase_persons([gone.person_id], actor=cast.dora.actor, ground="demande")
    assert {one.party.letter: bool(one.drawing) for one in Signature.objects.all()} == {"A": False, "B": True}
    erase_cases([case.pk])
    assert {one.drawing for one in Signature.objects.all()} == {""}
