"""A party asks what is kept of them: their mediator hands over all of it, and nothing that another confided."""

import pytest
from django.urls import reverse

from entremise.documents.services import check_pdf
from entremise.journal.models import Entry
from entremise.mediations import services
from entremise.mediations.exports.extract import extract
from entremise.mediations.models import CaseAlert, Party, Session
from entremise.mediations.queries import parties_of
from entremise.mediations.queries.extract import extract_of
from tests.mediations import build
from tests.mediations.test_agreements import concluded, drafted
from tests.privacy.build import archive_of, asked
from tests.privacy.people import named

pytestmark = pytest.mark.django_db
HERS, HIS = "Elle dort mal", "Il travaille la nuit"


def note(cast, case, text, letter="", session=None, kind="fait"):
    party = Party.objects.get(case=case, letter=letter) if letter else None
    told = {"party_id": party.pk if party else None, "session_id": session.pk if session else None}
    return services.write_note(actor=cast.samia.actor, case_id=case.pk, kind=kind, text=text, **told)


def told(case, letter="A") -> str:
    (party,) = [one for one in parties_of(case) if one.letter == letter]
    found = extract_of(case, party, "Awa Cissokho")
    return str(extract(case, party, found, ()))


def test_everything_about_them_is_there(cast):
    case = build.at_stage(cast, "pleniere")
    one = Party.objects.get(case=case, letter="A")
    kept = note(cast, case, HERS, "A", kind="impression")
    again = {"note_id": kept.pk, "kind": "impression", "text": "Elle dort un peu", "base_version": 1}
    services.correct_note(actor=cast.samia.actor, case_id=case.pk, **again)
    alone = Session.objects.get(case=case, kind="information", present=["A"])
    note(cast, case, "Dit en entretien, sans partie cochée", session=alone)
    content = {"mesore": "Déménager", "craintes": "Le bailleur"}
    services.write_sheet(actor=cast.samia.actor, case_id=case.pk, party_id=one.pk, content=content, base_version=0)
    said = told(case)
    for words in (
        *("Awa Cissokho", HERS, "Elle dort un peu", "Dit en entretien", "Déménager", "Le bailleur"),
        *("Entretien préalable", "D’accord, de vive voix", "Premier contact"),
    ):
        assert words in said, words


def test_neither_the_other_s_words_nor_what_is_noted_of_the_other_nor_of_the_whole(cast):
    case = build.at_stage(cast, "pleniere")
    other = Party.objects.get(case=case, letter="B")
    his_session = Session.objects.get(case=case, kind="information", present=["B"])
    both = build.session(cast, case, "pleniere", "A", "B")
    note(cast, case, HIS, "B")
    note(cast, case, f"{HIS} encore", session=his_session)
    note(cast, case, "Il m’a confié qu’elle crie", "A", session=his_session)  # about A, told by B alone
    note(cast, case, "Sur l’ensemble")
    note(cast, case, "Sur la table ronde", session=both)
    for party, content in ((other, {"mesore": "Il partira"}), (None, {"salle": "La salle bleue"})):
        given = {"party_id": party.pk if party else None, "content": content, "base_version": 0}
        services.write_sheet(actor=cast.samia.actor, case_id=case.pk, **given)
    said = told(case)
    hidden = (HIS, "confié qu’elle crie", "Sur l’ensemble", "Sur la table ronde", "Il partira", "La salle bleue")
    for words in (*hidden, "Marc Lindon", build.SUBJECT, "Une habitante"):
        assert words not in said, words
    assert "RGPD, article 15.4" in said


def test_a_note_about_them_written_with_both_is_theirs(cast):
    case = build.at_stage(cast, "pleniere")
    both = build.session(cast, case, "pleniere", "A", "B")
    note(cast, case, "Elle propose le dimanche", "A", session=both)
    assert "Elle propose le dimanche" in told(case)
    assert "Elle propose le dimanche" not in told(case, "B")


def test_a_concluded_agreement_belongs_to_each_and_a_draft_to_who_would_do_it(cast):
    case = build.at_stage(cast, "accord")
    drafted(cast, case)
    assert "Baisser le son après 22 h" in told(case)
    assert "Baisser le son après 22 h" not in told(case, "B")
    for letter in "AB":
        assert "Baisser le son après 22 h" in told(concluded(cast), letter)


def test_a_ground_that_stopped_it_and_how_it_truly_ended_are_told_to_no_party(cast):
    case = build.at_stage(cast, "entretiens")
    services.forbid_case(actor=cast.samia.actor, case_id=case.pk, ground="violences_couple")
    for letter in "AB":
        for word in ("iolence", "danger", "Interruption"):
            assert word not in told(case, letter)


def test_the_mediator_leaves_out_a_note_that_tells_another_s_words_and_the_paper_says_so(cast, signed_in):
    case = build.at_stage(cast, "pleniere")
    one = Party.objects.get(case=case, letter="A")
    kept, out = note(cast, case, HERS, "A"), note(cast, case, "Elle répète ce qu’il dit", "A")
    url = reverse("mediations:extract", args=[case.pk, one.pk])
    client = signed_in(cast.samia)
    page = client.get(url).content.decode()
    assert HERS in page
    assert "Retirer cette note" in page
    answer = client.post(url, {"notes": [str(out.pk)]})
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert check_pdf(answer.content) == []
    found = extract_of(case, one, "Awa Cissokho")
    said = str(extract(case, one, found, {out.pk}))
    assert (HERS in said, "Elle répète" in said, "1 note de plus" in said) == (True, False, True)
    assert client.post(url, {"notes": [str(case.pk)]}).status_code == 422
    assert [line for line in Entry.objects.filter(name="mediation.read") if "extract" in str(line.payload)]
    assert kept.pk in {one.pk for one in found.notes}


@pytest.mark.parametrize("name", ["paul", "claire", "hugo", "alban", "dora", "leo", "ines", "clara"])
def test_nobody_else_makes_it(cast, signed_in, name):
    case = build.at_stage(cast, "contact")
    one = Party.objects.get(case=case, letter="A")
    url = reverse("mediations:extract", args=[case.pk, one.pk])
    client = signed_in(cast.people()[name])
    assert {client.get(url).status_code, client.post(url).status_code} == {403 if name == "claire" else 404}


def test_the_file_of_a_request_says_who_hands_it_and_the_mediators_are_warned(cast, signed_in):
    case = build.at_stage(cast, "pleniere")
    note(cast, case, HERS, "A")
    one = Party.objects.get(case=case, letter="A")
    request = asked(cast, person=one.person)
    alert = CaseAlert.objects.get()
    assert (alert.reason, alert.member_id, alert.by_id) == ("acces", cast.samia.member.pk, None)
    page = signed_in(cast.samia).get(reverse("mediations:case", args=[case.pk])).content.decode()
    assert page.count("Demande ce qui est gardé d’elle") == 1
    assert "remettez-lui vous-même son extrait" in page
    with archive_of(cast, request) as archive:
        given = archive.read("dossier.json").decode()
    assert "vous le remet lui-même" in given
    assert case.reference in given
    for word in (HERS, "Marc Lindon", build.SUBJECT):
        assert word not in given
    asked(cast, person=one.person)
    assert CaseAlert.objects.count() == 1  # a warning that waits is not said twice


def test_a_correction_or_someone_who_is_no_party_warns_nobody(cast):
    case = build.at_stage(cast, "pleniere")
    asked(cast, kind="rectification", person=Party.objects.get(case=case, letter="A").person)
    asked(cast, person=named(cast, "Zoé Autre"))
    assert not CaseAlert.objects.exists()
