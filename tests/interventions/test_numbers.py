"""Numbers to call are right, dated, and never traced."""

import datetime as dt
import json

import pytest
import time_machine

from entremise.core import verify
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.interventions.models import NumberCheck
from entremise.interventions.reference import numbers, queries, services
from entremise.journal.models import Entry

FIRST = ["17", "15", "18", "112", "114", "115", "119", "3919", "3018", "3114"]
SOURCED = {"15", "17", "18", "112", "114", "196", "116117"}


def test_danger_comes_first_and_in_order():
    assert [number.code for number in numbers.load().numbers if number.first] == FIRST


def test_only_sourced_numbers_carry_a_date_the_others_say_that_nobody_checked():
    assert {number.code for number in numbers.load().numbers if number.verified_on} == SOURCED


def test_old_numbers_are_never_shown_as_numbers_to_call():
    directory = numbers.load()
    assert {row.number for row in directory.retired} == {"3020", "08 842 846 37"}
    live = {number.dial for number in directory.numbers} | {number.code for number in directory.numbers}
    for row in directory.retired:
        assert row.number.replace(" ", "") not in live
        assert numbers.get(row.instead) is not None


def test_every_number_can_be_pressed_and_belongs_to_a_group():
    directory = numbers.load()
    codes = [number.code for number in directory.numbers]
    assert len(codes) == len(set(codes))
    for number in directory.numbers:
        assert number.group in dict(directory.groups)
        assert number.purpose
        assert number.hours
        assert number.source
        assert number.href.startswith(("tel:", "https://"))
        if not number.url:
            assert number.dial.isdigit()


def test_the_message_to_114_is_prepared_and_holds_no_personal_text():
    number = numbers.get("114")
    assert number.sms_href.startswith("sms:114?body=URGENCE")
    assert " " not in number.sms_href


@pytest.mark.parametrize(("months", "stale"), [(1, False), (24, False), (25, True)])
def test_a_verification_lasts_twenty_four_months(months, stale):
    day = dt.date(2026, 11, 23)
    assert numbers.is_stale(day, day + dt.timedelta(days=int(months * 30.44))) is stale


def test_verify_says_what_remains_to_check_and_fails_once_dates_are_old():
    with time_machine.travel(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)):
        finding = next(f for f in verify.run() if f.name == "numeros.verification")
        assert finding.holds
        assert "à vérifier avant impression" in finding.sentence
    with time_machine.travel(dt.datetime(2029, 1, 1, tzinfo=dt.UTC)):
        finding = next(f for f in verify.run() if f.name == "numeros.verification")
        assert not finding.holds
        assert "112" in finding.sentence


def _shown(actor, code="115"):
    return next(one for one in queries.list_numbers(actor) if one.number.code == code)


@pytest.mark.parametrize("name", ["samia", "claire", "alban", "dora", "leo", "hugo"])
def test_every_member_reads_the_numbers(cast, signed_in, name):
    answer = signed_in(cast.people()[name]).get("/urgence")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'href="tel:15"' in page
    assert "sms:114?body=" in page
    assert "À vérifier avant impression" in page
    assert "3020" not in page
    assert "842 846 37" not in page


def test_someone_who_is_not_signed_in_is_sent_to_the_door(client, db, settings):
    settings.LOGIN_URL = "/porte"
    assert client.get("/urgence").status_code == 302


def test_reading_and_calling_leave_no_trace(cast, signed_in):
    client = signed_in(cast.samia)
    before = Entry.objects.count()
    page = client.get("/urgence").content.decode()
    assert Entry.objects.count() == before
    assert "hx-" not in page.split('class="numbers"')[1].split("</main>")[0]


def test_a_coordinator_records_a_verification_that_the_whole_organisation_sees(cast):
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)):
        services.check_number(actor=cast.claire.actor, code="115", hours="  24 h sur 24 ")
        shown = _shown(cast.samia.actor)
    assert (shown.hours, shown.verified_on, shown.is_own, shown.is_current) == (
        "24 h sur 24",
        dt.date(2026, 11, 25),
        True,
        True,
    )
    assert not _shown(cast.ines.actor).is_own
    assert Entry.objects.get(name="number.checked").payload["codes"] == {"number": "115"}


def test_a_second_verification_replaces_the_first(cast):
    for hours in ("de 9 h à 17 h", "de 9 h à 18 h"):
        services.check_number(actor=cast.alban.actor, code="3977", hours=hours)
    assert NumberCheck.objects.get().hours == "de 9 h à 18 h"


def test_an_older_verification_does_not_hide_a_newer_national_one(cast):
    with time_machine.travel(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)):
        services.check_number(actor=cast.claire.actor, code="15", hours="autre")
    shown = _shown(cast.samia.actor, "15")
    assert not shown.is_own
    assert shown.hours == numbers.get("15").hours


@pytest.mark.parametrize("name", ["samia", "dora", "leo"])
def test_others_cannot_record_a_verification(cast, signed_in, name):
    person = cast.people()[name]
    with pytest.raises(NotAllowed):
        services.check_number(actor=person.actor, code="115", hours="x")
    assert signed_in(person).get("/urgence/numeros/115/verifier").status_code == 403


@pytest.mark.parametrize("hours", ["", "   ", "x" * 121, "9 h\x0017 h"])
def test_impossible_hours_are_refused(cast, hours):
    with pytest.raises(InvalidInput) as refusal:
        services.check_number(actor=cast.claire.actor, code="115", hours=hours)
    assert list(refusal.value.errors) == ["hours"]


def test_an_unknown_number_is_not_found(cast, signed_in):
    with pytest.raises(NotFound):
        services.check_number(actor=cast.claire.actor, code="3020", hours="x")
    assert signed_in(cast.claire).get("/urgence/numeros/3020/verifier").status_code == 404


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(cast, signed_in):
    typed = "<b>nuit</b> " + "x" * 200
    answer = signed_in(cast.claire).post("/urgence/numeros/115/verifier", {"hours": typed})
    assert answer.status_code == 422
    assert "&lt;b&gt;nuit&lt;/b&gt;" in answer.content.decode()
    assert not NumberCheck.objects.exists()


def test_the_form_records_and_comes_back(cast, signed_in):
    client = signed_in(cast.claire)
    answer = client.post("/urgence/numeros/115/verifier", {"hours": "jour et nuit"}, follow=True)
    assert answer.redirect_chain == [("/urgence", 302)]
    assert "jour et nuit" in answer.content.decode()


def test_the_page_asks_the_database_once_whatever_was_verified(cast, django_assert_num_queries):
    for count in (1, 3):
        for code in FIRST[:count]:
            services.check_number(actor=cast.claire.actor, code=code, hours="x")
        with django_assert_num_queries(1):
            queries.list_numbers(cast.samia.actor)


def test_the_data_file_holds_nothing_else_than_declared():
    rows = json.loads(numbers.DATA_FILE.read_text(encoding="utf-8"))["numbers"]
    assert len({frozenset(row) for row in rows}) == 1
