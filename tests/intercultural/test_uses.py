"""Needs of interpreting: a child is never an answer, teams see their own, totals hide small numbers and places."""

import datetime as dt
import io
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import today
from entremise.intercultural import services
from entremise.intercultural.enums import InterpreterKind, Need
from entremise.intercultural.forms import UseForm
from entremise.intercultural.models import InterpreterUse
from entremise.intercultural.queries.uses import count_uses, get_use, list_uses
from tests.intercultural.conftest import facts, need
from tests.interventions.build import act, site
from tests.retention import carry_out

pytestmark = pytest.mark.django_db
TODAY = {"first": dt.date(2001, 1, 1), "last": dt.date(2100, 1, 1)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Need.COUVERT),
        ({"understanding": "en_partie"}, Need.EN_PARTIE),
        ({"understanding": "non"}, Need.SANS_REPONSE),
        ({"kind": "aucun"}, Need.SANS_REPONSE),
        ({"child_translated": True}, Need.SANS_REPONSE),
        ({"kind": "proche"}, Need.COUVERT),
    ],
)
def test_a_need_is_counted_by_what_answered_it(cast, changed, expected):
    assert need(cast.samia, cast.team, **changed).need == expected


def test_a_child_is_never_offered_as_an_interpreter(cast):
    offered = " ".join(str(label).lower() for _, label in UseForm(actor=cast.samia.actor).fields["kind"].choices)
    assert "enfant" not in offered
    assert not any("enfant" in code for code in InterpreterKind.values)


def test_nobody_found_has_neither_service_nor_cost(cast):
    use = need(cast.samia, cast.team, kind="aucun", service="ISM", minutes=20, cost=Decimal(30), modality="telephone")
    assert (use.service, use.minutes, use.cost, use.modality) == ("", None, None, "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"language": "fr"}, "language"),
        ({"language": "klingon"}, "language"),
        ({"kind": "enfant"}, "kind"),
        ({"understanding": ""}, "understanding"),
        ({"modality": "pigeon"}, "modality"),
        ({"used_on": None}, "used_on"),
        ({"used_on": dt.date(2999, 1, 1)}, "used_on"),
        ({"used_on": dt.date(1900, 1, 1)}, "used_on"),
        ({"team_id": uuid.uuid4()}, "team_id"),
        ({"service": "x" * 200}, "service"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 5000}, "minutes"),
        ({"cost": Decimal(-1)}, "cost"),
        ({"act_id": uuid.uuid4()}, "act_id"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, changed, field):
    with pytest.raises(InvalidInput) as refused:
        need(cast.samia, cast.team, **changed)
    assert set(refused.value.errors) == {field}


def test_teams_see_their_own_needs_and_strangers_nothing(cast, signed_in):
    use = need(cast.samia, cast.team)
    assert list(list_uses(cast.paul.actor)) == [use]
    assert list(list_uses(cast.hugo.actor)) == []
    for stranger in (cast.hugo, cast.ines, cast.clara):
        with pytest.raises(NotFound):
            get_use(stranger.actor, use.pk)
        for name in ("use", "use_remove"):
            answer = signed_in(stranger).post(reverse(f"intercultural:{name}", args=[use.pk]))
            assert answer.status_code == 404


def test_its_author_and_the_supervisor_correct_it_and_a_colleague_does_not(cast):
    use = need(cast.samia, cast.team)
    with pytest.raises(NotAllowed):
        services.correct_use(actor=cast.paul.actor, use_id=use.pk, facts=facts(cast.team, kind="aucun"))
    with pytest.raises(NotAllowed):
        services.remove_use(actor=cast.paul.actor, use_id=use.pk)
    changed = services.correct_use(actor=cast.claire.actor, use_id=use.pk, facts=facts(cast.team, kind="aucun"))
    assert changed.need == Need.SANS_REPONSE
    services.remove_use(actor=cast.samia.actor, use_id=use.pk)
    assert not InterpreterUse.objects.exists()


@pytest.mark.parametrize("name", ["alban", "dora", "leo"])
def test_those_who_do_not_go_out_neither_note_nor_list(cast, signed_in, name):
    with pytest.raises(NotAllowed):
        need(vars(cast)[name], cast.team)
    for page in ("uses", "use_create"):
        assert signed_in(vars(cast)[name]).get(reverse(f"intercultural:{page}")).status_code == 403


def test_three_answers_are_enough(cast, signed_in):
    client = signed_in(cast.samia)
    sent = {"language": "ps", "kind": "aucun", "understanding": "non"}
    sent |= {"used_on": today().isoformat(), "team_id": str(cast.team.pk)}
    assert client.post(reverse("intercultural:use_create"), sent).status_code == 302
    assert "Pachto" in client.get(reverse("intercultural:uses")).content.decode()


def test_a_refused_form_keeps_what_was_typed(cast, signed_in):
    sent = {"language": "ps", "kind": "professionnel", "service": "Service du port 👋 مرحبا", "minutes": "beaucoup"}
    answer = signed_in(cast.samia).post(reverse("intercultural:use_create"), sent)
    assert answer.status_code == 422
    assert "Service du port 👋 مرحبا" in answer.content.decode()
    assert "beaucoup" in answer.content.decode()


@pytest.mark.parametrize("bad", ["\x00", "x" * 2_000_000])
def test_hostile_words_are_refused_and_never_an_error(cast, signed_in, bad):
    sent = {"language": "ps", "kind": "professionnel", "understanding": "compris", "service": bad}
    sent |= {"used_on": today().isoformat(), "team_id": str(cast.team.pk)}
    assert signed_in(cast.samia).post(reverse("intercultural:use_create"), sent).status_code == 422


def test_filters_sorts_and_the_spreadsheet_show_the_same_rows(cast, signed_in):
    need(cast.samia, cast.team, minutes=20, cost=Decimal("35.50"))
    need(cast.samia, cast.team, language="ps", kind="aucun", understanding="non")
    client = signed_in(cast.samia)
    found = client.get(reverse("intercultural:uses"), {"besoin": "sans_reponse", "tri": "-jour"})
    table = found.content.decode().partition("<tbody>")[2]
    assert "Pachto" in table
    assert "Tigrinya" not in table
    for sort in ("jour", "langue", "interprete", "besoin", "duree", "-cout"):
        assert client.get(reverse("intercultural:uses"), {"tri": sort}).status_code == 200
    book = client.post(reverse("documents:export", args=["besoins-interprete"]), {"langue": "ti"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Tigrinya"]
    assert rows[1][6] == 35.5
    assert not any("Lieu" in str(head) or "Intervention" in str(head) for head in rows[0])


def test_the_list_asks_the_same_queries_at_one_and_three_rows(cast, signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = signed_in(cast.samia), reverse("intercultural:uses")
    need(cast.samia, cast.team)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for language in ("ps", "ar"):
        need(cast.samia, cast.team, language=language)
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_totals_hide_small_numbers_and_name_no_place(cast, signed_in):
    for _ in range(7):
        need(cast.samia, cast.team)
    for _ in range(6):
        need(cast.samia, cast.team, language="ar", kind="aucun", understanding="non")
    need(cast.hugo, cast.other_team, language="ps", child_translated=True)
    need(cast.hugo, cast.other_team, language="ps")
    figures = count_uses(cast.claire.actor, **TODAY)
    written = {line.language: (*line.cells, line.total) for line in figures.lines}
    assert figures.total == "15"
    assert figures.children == "< 5"
    shown = [cell for cells in written.values() for cell in cells]
    assert "1" not in shown
    assert "2" not in shown
    assert count_uses(cast.clara.actor, **TODAY).is_empty


def test_too_few_needs_are_not_printed_at_all(cast, signed_in):
    need(cast.samia, cast.team, language="ce", minutes=45, cost=Decimal(12), child_translated=True)
    page = signed_in(cast.claire).get(reverse("intercultural:figures")).content.decode()
    figures = count_uses(cast.claire.actor, **TODAY)
    assert figures.hidden
    assert "Tchétchène" not in page
    assert (figures.minutes, figures.cost, figures.children) == ("masqué", "masqué", "masqué")


@pytest.mark.parametrize(("name", "status"), [("claire", 200), ("leo", 200), ("samia", 403), ("dora", 403)])
def test_totals_are_for_supervisors_and_auditors(cast, signed_in, name, status):
    client = signed_in(vars(cast)[name])
    assert client.get(reverse("intercultural:figures")).status_code == status
    assert client.get(reverse("intercultural:figures"), {"trimestre": "1999-9"}).status_code == status


def test_totals_take_two_queries_whatever_is_noted(cast, django_assert_max_num_queries):
    for language in ("ti", "ar", "ps"):
        need(cast.samia, cast.team, language=language)
    with django_assert_max_num_queries(3):
        count_uses(cast.claire.actor, **TODAY)


def test_after_two_years_the_service_and_the_act_leave_and_the_count_stays(cast):
    use = need(cast.samia, cast.team, service="Service d’interprètes", used_on=today() - dt.timedelta(days=800))
    InterpreterUse.objects.filter(pk=use.pk).update(act_id=uuid.uuid4())
    recent = need(cast.samia, cast.team, service="Service d’interprètes")
    assert carry_out("interpretes", cast.organisation.pk) == 1
    use.refresh_from_db()
    recent.refresh_from_db()
    assert (use.act_id, use.service, use.language) == (None, "", "ti")
    assert recent.service == "Service d’interprètes"


def test_the_act_it_served_opens_for_those_alone_who_may_read_it(cast, signed_in):
    place = site(cast.claire)
    mine = act(cast.samia, place, language_need="interprete", visibility="auteurs")
    use = need(cast.samia, cast.team, act_id=mine.pk)
    address = reverse("intercultural:use", args=[use.pk])
    assert mine.reference in signed_in(cast.samia).get(address).content.decode()
    assert mine.reference not in signed_in(cast.paul).get(address).content.decode()
    with pytest.raises(InvalidInput):
        need(cast.paul, cast.team, act_id=mine.pk)


def test_an_act_that_needed_a_language_leads_to_noting_the_interpreter(cast, signed_in):
    mine = act(cast.samia, site(cast.claire), language_need="interprete")
    client = signed_in(cast.samia)
    link = f"{reverse('intercultural:use_create')}?intervention={mine.pk}"
    assert link in client.get(reverse("interventions:detail", args=[mine.pk])).content.decode()
    assert mine.reference in client.get(link).content.decode()
