"""A sheet has one reader, keeps what is typed, asks for what is missing only to finish, and leaves with its author."""

import datetime as dt
import io
import uuid
import zipfile

import pytest
import time_machine
from django.db import connection

from entremise.accounts import services as accounts
from entremise.accounts.enums import NewWayIn
from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from entremise.core.time import now, today
from entremise.documents.services import check_pdf
from entremise.journal.models import Entry
from entremise.practice.commands import Reread, WriteSheet
from entremise.practice.models import Sheet
from entremise.practice.queries import sheets as queries
from entremise.practice.services import sheets as services
from entremise.practice.waiting import waiting_for
from tests.practice.build import INCIDENT, sheet

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def typed(**answers):
    """What a browser sends for the incident grid."""
    found = {"title": "La main tendue"}
    for code, value in (INCIDENT | answers).items():
        if code == "hypotheses":
            for row, (first, second) in enumerate(value):
                found |= {f"hypotheses_{row}_0": first, f"hypotheses_{row}_1": second}
        else:
            found[code] = value
    return found


def shut(person) -> None:
    accounts.close_confidences(actor=system_actor(), user=person.user, by=NewWayIn.LINK)


def test_the_author_writes_a_sheet_in_the_page_and_reads_it(cast, signed_in):
    load_shipped_records(actor=system_actor())
    client = signed_in(cast.samia)
    assert "La main tendue" not in text(client.get("/pratique/nouvelle/incident"))
    sent = typed(competences=["RNCP41674-C9"]) | {"terminer": "oui"}
    address = client.post("/pratique/nouvelle/incident", sent)["Location"]
    page = text(client.get(address))
    for words in ("La main tendue", "Chez moi, tendre la main", "jeudi, à la permanence", "Échanges", "C9 · Mettre en"):
        assert words in page
    found = Sheet.objects.get()
    assert found.author_id == cast.samia.user.pk
    assert found.reread_on == today() + dt.timedelta(days=30)
    assert "La main tendue" in text(client.get("/pratique/"))


def test_a_sheet_is_saved_unfinished_and_finishing_says_what_is_missing_and_keeps_what_was_typed(cast, signed_in):
    client = signed_in(cast.samia)
    one = typed(hypotheses=[["Elle était pressée", "Le lui demander"]])
    refused = client.post("/pratique/nouvelle/incident", one | {"terminer": "oui"})
    assert refused.status_code == 422
    assert "une seule ferait prendre une supposition" in text(refused)
    assert "Elle était pressée" in text(refused)
    assert not Sheet.objects.exists()
    client.post("/pratique/nouvelle/incident", one)
    assert Sheet.objects.get().finished_at is None
    assert Sheet.objects.get().reread_on is None


@pytest.mark.parametrize("layout", ["incident", "gibbs", "explicitation", "libre"])
def test_every_layout_opens_on_a_blank_page(layout, cast, signed_in):
    page = text(signed_in(cast.samia).get(f"/pratique/nouvelle/{layout}"))
    assert "Un juge pourrait" in page
    assert "data-text-helper" in page


@pytest.mark.parametrize("layout", ["seance", "inconnu"])
def test_a_layout_that_is_not_offered_does_not_open(layout, cast, signed_in):
    assert signed_in(cast.samia).get(f"/pratique/nouvelle/{layout}").status_code == 404
    with pytest.raises(InvalidInput):
        services.write_sheet(actor=cast.samia.actor, command=WriteSheet(layout=layout))


def test_an_empty_sheet_is_not_kept(cast, signed_in):
    refused = signed_in(cast.samia).post("/pratique/nouvelle/libre", {"story": "  "})
    assert refused.status_code == 422
    assert "rien à enregistrer" in text(refused)
    assert not Sheet.objects.exists()


def test_nobody_else_finds_it_whatever_the_role(cast, signed_in):
    found = sheet(cast.samia)
    for name, person in cast.people().items():
        if name == "samia":
            continue
        client = signed_in(person)
        for address in ("", "/ecrire", "/supprimer"):
            assert client.get(f"/pratique/fiches/{found.pk}{address}").status_code == 404
        for address in ("", "/ecrire", "/supprimer", "/emporter/pdf", "/emporter/odt"):
            assert client.post(f"/pratique/fiches/{found.pk}{address}").status_code == 404
        assert "La main tendue" not in text(client.get("/pratique/"))
        assert waiting_for(person.actor)[0].count == 0
        with pytest.raises(NotFound):
            services.delete_sheet(actor=person.actor, sheet_id=found.pk)


def test_nothing_of_it_lies_readable_in_the_database_nor_in_the_journal(cast):
    found = sheet(cast.samia, title="Zélinotte")
    services.reread_sheet(
        actor=cast.samia.actor, sheet_id=found.pk, command=Reread(done="en_partie", words="Zélinotte encore")
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM practice_sheet")
        stored = repr(cursor.fetchall())
    for words in ("Zélinotte", "main tendue", "impartialite", "echanges", "Saluer"):
        assert words not in stored
    told = [(entry.name, entry.payload) for entry in Entry.objects.filter(target_type="practice_sheet")]
    assert told == [
        ("practice_sheet.opened", {"codes": {}, "changes": {}}),
        ("practice_sheet.changed", {"codes": {}, "changes": {}}),
    ]


def test_it_follows_its_author_to_another_organisation_and_not_the_one_who_stays(cast, signed_in):
    found = sheet(cast.samia)
    there = system_actor(cast.other_organisation.pk)
    accounts.add_member(actor=there, user=cast.samia.user, roles=["lecteur"])
    accounts.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    client = signed_in(cast.samia)
    session = client.session
    session["organisation"] = str(cast.other_organisation.pk)
    session.save()
    assert "La main tendue" in text(client.get(f"/pratique/fiches/{found.pk}"))


def test_a_password_made_anew_by_someone_else_does_not_open_it_for_seventy_two_hours(cast, signed_in):
    found = sheet(cast.samia)
    shut(cast.samia)
    client = signed_in(cast.samia)
    addresses = ["/pratique/", "/pratique/nouvelle/incident", f"/pratique/fiches/{found.pk}"]
    addresses += [f"/pratique/fiches/{found.pk}/ecrire", f"/pratique/fiches/{found.pk}/supprimer"]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 403
        assert "Votre carnet est fermé" in text(response)
        assert "main tendue" not in text(response)
    for address in (f"/pratique/fiches/{found.pk}/emporter/pdf", "/pratique/emporter/odt"):
        assert client.post(address).status_code == 403
    assert waiting_for(cast.samia.actor)[0].count == 0
    for write in (
        lambda: services.write_sheet(actor=cast.samia.actor, command=WriteSheet(layout="libre")),
        lambda: services.delete_sheet(actor=cast.samia.actor, sheet_id=found.pk),
        lambda: services.record_export(actor=cast.samia.actor, sheet_id=None, face="pdf"),
    ):
        with pytest.raises(NotAllowed):
            write()
    with pytest.raises(NotFound):
        queries.get_sheet(cast.samia.actor, found.pk)
    with time_machine.travel(now() + dt.timedelta(hours=73)):
        assert queries.get_sheet(cast.samia.actor, found.pk).title == "La main tendue"


def test_thirty_days_later_it_is_proposed_again_to_its_author_alone_until_read(cast, signed_in):
    found = sheet(cast.samia)
    assert waiting_for(cast.samia.actor)[0].count == 0
    with time_machine.travel(now() + dt.timedelta(days=30, hours=1)):
        item = waiting_for(cast.samia.actor)[0]
        assert (item.count, item.label) == (1, "fiche réflexive à relire")
        assert "main" not in item.label + item.detail
        assert waiting_for(cast.paul.actor)[0].count == 0
        client = signed_in(cast.samia)
        assert "À relire" in text(client.get("/pratique/"))
        refused = client.post(f"/pratique/fiches/{found.pk}", {"words": "Je crois."})
        assert refused.status_code == 422
        assert "Je crois." in text(refused)
        client.post(f"/pratique/fiches/{found.pk}", {"done": "en_partie", "words": "Deux fois sur trois."})
        assert waiting_for(cast.samia.actor)[0].count == 0
        page = text(client.get(f"/pratique/fiches/{found.pk}"))
        assert "en partie" in page
        assert "Deux fois sur trois." in page


def test_two_windows_do_not_write_over_each_other(cast, signed_in):
    found = sheet(cast.samia)
    client = signed_in(cast.samia)
    first = typed(keep="Version de la première fenêtre") | {"base_version": "1"}
    assert client.post(f"/pratique/fiches/{found.pk}/ecrire", first).status_code == 302
    second = typed(keep="Version de la seconde") | {"base_version": "1"}
    crossed = client.post(f"/pratique/fiches/{found.pk}/ecrire", second)
    assert crossed.status_code == 422
    assert "Version de la première fenêtre" in text(crossed)
    assert "Version de la seconde" in text(crossed)
    assert client.post(f"/pratique/fiches/{found.pk}/ecrire", second | {"base_version": "2"}).status_code == 302
    assert queries.answers_of(Sheet.objects.get())["keep"] == "Version de la seconde"
    with pytest.raises(Conflict):
        command = WriteSheet(layout="incident", answers=INCIDENT, base_version=None)
        services.change_sheet(actor=cast.samia.actor, sheet_id=found.pk, command=command)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("un\x00deux", "undeux"),
        ("قالت نعم 🙂", "قالت نعم 🙂"),
        ("  ligne\r\nsuivante  ", "ligne\nsuivante"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_any_writing_is_kept_as_it_was_meant(value, kept, cast, signed_in):
    client = signed_in(cast.samia)
    address = client.post("/pratique/nouvelle/libre", {"story": value})["Location"]
    assert queries.answers_of(Sheet.objects.get())["story"] == kept
    assert "<script>alert" not in text(client.get(address))


def test_two_megabytes_are_refused_beside_the_field_and_kept(cast, signed_in):
    huge = "é" * 1_000_000
    refused = signed_in(cast.samia).post("/pratique/nouvelle/libre", {"story": huge, "title": "Court"})
    assert refused.status_code == 422
    assert "raccourcissez-le" in text(refused)
    assert huge in text(refused)
    assert not Sheet.objects.exists()
    with pytest.raises(InvalidInput) as refusal:
        sheet(cast.samia, title="t" * 200, hypotheses=[["x" * 20_000, ""]])
    assert set(refusal.value.errors) >= {"title", "hypotheses"}


def test_codes_of_no_list_and_answers_of_no_question_are_left_out(cast):
    found = sheet(cast.samia, finish=False, zones=["echanges", "pays"], image="score-national", nationalite="x")
    answers = queries.answers_of(found)
    assert answers["zones"] == ["echanges"]
    assert "image" not in answers
    assert "nationalite" not in answers


@pytest.mark.parametrize("path", ["/pratique/fiches/{}", "/pratique/fiches/{}/ecrire", "/pratique/depuis/rien/{}"])
def test_an_unknown_identifier_is_a_404(path, cast, signed_in):
    assert signed_in(cast.samia).get(path.format(uuid.uuid4())).status_code == 404


def test_deleting_asks_once_then_removes(cast, signed_in):
    found = sheet(cast.samia)
    client = signed_in(cast.samia)
    assert "pour de bon" in text(client.get(f"/pratique/fiches/{found.pk}/supprimer"))
    assert Sheet.objects.exists()
    client.post(f"/pratique/fiches/{found.pk}/supprimer")
    assert not Sheet.objects.exists()
    assert Entry.objects.filter(name="practice_sheet.deleted", target_id=found.pk).exists()


def test_it_is_taken_away_as_a_tagged_pdf_and_as_a_text(cast, signed_in):
    load_shipped_records(actor=system_actor())
    found = sheet(cast.samia, competences=["RNCP41674-C9", "RNCP41674-C11"])
    client = signed_in(cast.samia)
    pdf = client.post(f"/pratique/fiches/{found.pk}/emporter/pdf")
    assert check_pdf(pdf.content) == []
    assert 'filename="la-main-tendue.pdf"' in pdf["Content-Disposition"]
    assert "no-store" in pdf["Cache-Control"]
    odt = client.post(f"/pratique/fiches/{found.pk}/emporter/odt")
    with zipfile.ZipFile(io.BytesIO(odt.content)) as file:
        body = file.read("content.xml").decode()
    for words in ("Regarder comment elle salue", "Un juge pourrait", "C11 · Analyser sa pratique", "Échanges"):
        assert words in body
    assert client.post(f"/pratique/fiches/{found.pk}/emporter/docx").status_code == 404
    assert client.get(f"/pratique/fiches/{found.pk}/emporter/pdf").status_code == 405
    faces = [entry.payload["codes"] for entry in Entry.objects.filter(name="practice_sheet.exported")]
    assert faces == [{"face": "pdf"}, {"face": "odt"}]


def test_the_whole_notebook_leaves_in_one_file(cast, signed_in):
    sheet(cast.samia)
    sheet(cast.samia, layout="libre", title="", story="Une deuxième.")
    odt = signed_in(cast.samia).post("/pratique/emporter/odt")
    with zipfile.ZipFile(io.BytesIO(odt.content)) as file:
        body = file.read("content.xml").decode()
    assert "La main tendue" in body
    assert "Une deuxième." in body
    assert check_pdf(signed_in(cast.samia).post("/pratique/emporter/pdf").content) == []
    assert signed_in(cast.paul).post("/pratique/emporter/pdf").status_code == 200  # an empty notebook, theirs


def test_the_list_costs_the_same_for_one_and_three_sheets(cast, signed_in, django_assert_num_queries):
    client = signed_in(cast.samia)
    sheet(cast.samia)
    client.get("/pratique/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/pratique/")
    sheet(cast.samia)
    sheet(cast.samia)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/pratique/")


LIST_QUERIES = 9
