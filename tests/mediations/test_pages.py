"""The pages of a case: what was typed is kept, a coordinator sees stage and dates, the vault may be shut."""

import pytest
from django.urls import reverse

from entremise.accounts.enums import NewWayIn
from entremise.accounts.services import close_confidences
from entremise.core.ids import uuid7
from entremise.core.time import today
from entremise.mediations import services
from entremise.mediations.models import Case, Session, VaultNote
from tests.mediations import build

pytestmark = pytest.mark.django_db
LIST = reverse("mediations:list")
OPEN = reverse("mediations:open")


def answers(cast, **values):
    told = {"id": str(uuid7()), "team_id": str(cast.team.pk), "origin": "habitant", "asked_by": "Une voisine"}
    return told | {"asked_on": str(today()), "subject": "Le bruit le soir."} | values


def test_a_saisine_opens_a_case_once(cast, signed_in):
    client, told = signed_in(cast.samia), answers(cast)
    page = client.post(OPEN, told, follow=True).content.decode()
    client.post(OPEN, told)
    case = Case.objects.get()
    assert case.reference in page
    assert "Aucune partie" in page
    assert "Le bruit le soir." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"subject": ""}, "Dites en quelques mots"),
        ({"origin": "sorcier"}, "n’est plus dans la liste"),
        ({"asked_on": "2126-01-01"}, "dans l’avenir"),
        ({"subject": "بسيط\u202e 🙂\x00" + "x" * 2_000_000}, "Raccourcissez"),
    ],
)
def test_what_was_typed_is_kept(cast, signed_in, values, sentence):
    answer = signed_in(cast.samia).post(OPEN, answers(cast, **values))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Une voisine" in page
    assert not Case.objects.exists()


def test_another_team_s_case_is_opened_by_nobody_else(cast, signed_in):
    assert signed_in(cast.samia).post(OPEN, answers(cast, team_id=str(cast.other_team.pk))).status_code == 422
    assert signed_in(cast.claire).post(OPEN, answers(cast)).status_code == 403


def test_a_coordinator_reads_the_stage_and_the_dates_alone(cast, signed_in):
    case = build.at_stage(cast, "entretiens")
    page = signed_in(cast.claire).get(reverse("mediations:case", args=[case.pk])).content.decode()
    assert "Entretiens préalables" in page
    assert "Samia" in page
    for word in ("Awa Cissokho", "Marc Lindon", build.SUBJECT, "Partie A"):
        assert word not in page


def test_after_a_password_made_anew_the_vault_is_shut_and_the_stage_still_moves_for_nobody(cast, signed_in):
    case = build.at_stage(cast, "entretiens")
    close_confidences(actor=cast.samia.actor, user=cast.samia.user, by=NewWayIn.LINK)
    client = signed_in(cast.samia)
    for name in ("case", "notes", "prepare", "add_session", "add_party", "admit", "stop", "close"):
        answer = client.get(reverse(f"mediations:{name}", args=[case.pk]))
        assert answer.status_code == 403
        assert "Coffre fermé" in answer.content.decode()
        assert "Awa" not in answer.content.decode()
    answer = client.post(reverse("mediations:move", args=[case.pk]), {"target": "contact"})
    assert answer.status_code == 403
    assert Case.objects.get(pk=case.pk).stage == "entretiens"


def test_stopping_for_domestic_violence_points_to_help_and_tells_nobody_else(cast, signed_in):
    case = build.at_stage(cast, "entretiens")
    client = signed_in(cast.samia)
    url = reverse("mediations:stop", args=[case.pk])
    page = client.post(url, {"ground": "violences_couple"}, follow=True).content.decode()
    assert "3919" in page
    assert "Violences au sein du couple" in page
    for path in (reverse("mediations:case", args=[case.pk]), f"{LIST}?etat=toutes"):
        seen = signed_in(cast.claire).get(path).content.decode()
        assert "cadre adapté" in seen
        assert "iolence" not in seen


def test_two_mediators_on_one_note_lose_nothing(cast, signed_in):
    case = build.opened(cast)
    note = services.write_note(actor=cast.samia.actor, case_id=case.pk, kind="fait", text="Premier jet")
    services.correct_note(
        actor=cast.samia.actor, case_id=case.pk, note_id=note.pk, kind="fait", text="De l’une", base_version=1
    )
    client, url = signed_in(cast.samia), reverse("mediations:note", args=[case.pk, note.pk])
    answer = client.post(url, {"kind": "fait", "text": "De l’autre", "base_version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "De l’une" in page
    assert "De l’autre" in page
    client.post(url, {"kind": "fait", "text": "De l’une et de l’autre", "base_version": "2"})
    assert VaultNote.objects.get().text == "De l’une et de l’autre"
    former = client.get(reverse("mediations:note_versions", args=[case.pk, note.pk])).content.decode()
    assert "Premier jet" in former
    assert "De l’une" in former


def test_two_mediators_on_one_session_see_both_versions(cast, signed_in):
    case = build.opened(cast)
    build.party(cast, case)
    session = build.session(cast, case, "information", "A", place="La salle bleue")
    url = reverse("mediations:correct_session", args=[case.pk, session.pk])
    client = signed_in(cast.samia)
    told = {"kind": "information", "present": "A", "happened_at": "2026-01-05T10:00", "minutes": "30"}
    client.post(url, told | {"place": "Le local", "base_version": "1"})
    answer = client.post(url, told | {"place": "Le parc", "base_version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le local" in page
    assert "Le parc" in page
    client.post(url, told | {"place": "Le parc", "base_version": "2"})
    assert Session.objects.get().place == "Le parc"


def test_the_list_asks_as_much_of_the_database_for_three_as_for_one(cast, signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    build.opened(cast)
    client = signed_in(cast.claire)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    build.opened(cast, by=cast.paul)
    build.opened(cast)
    with django_assert_num_queries(len(one)):
        page = client.get(LIST).content.decode()
    assert page.count("En cours") == 3


def test_the_export_has_no_content(cast):
    from entremise.mediations.exports import cases

    case = build.at_stage(cast, "entretiens")
    lines = list(cases.rows(cast.claire.actor, {"etat": "toutes"}))
    assert [line[0] for line in lines] == [case.reference]
    assert "Awa" not in str(lines)
