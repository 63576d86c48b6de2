"""Those awaited are written to, with no more than when and where; nobody absent is marked."""

import datetime as dt

import pytest
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.certification import tasks
from entremise.certification.calendar import Appointment, calendar, escape, fold
from entremise.certification.commands import SessionFacts, SlotFacts
from entremise.certification.enums import Attendance
from entremise.certification.exports.attendance import attendance_sheet
from entremise.certification.models import Convocation, Sitting
from entremise.certification.queries.called import called
from entremise.certification.queries.sessions import marks_awaited, seat_lines, sittings_of
from entremise.certification.services import convocations, sessions, timetables
from entremise.competences.queries import record_facts
from entremise.core.errors import InvalidInput, NotAllowed
from entremise.core.time import today
from tests.certification import build

BC1 = build.BLOCKS[:1]
STAMP = dt.datetime(2026, 11, 23, 20, 0, tzinfo=dt.UTC)


@settings(deadline=None)
@given(st.text())
def test_a_calendar_line_holds_its_width_and_gives_its_text_back(text):
    written = fold(f"SUMMARY:{escape(text)}")
    assert all(len(part.encode()) <= 75 for part in written.split("\r\n"))
    assert not any(sign < " " for sign in written.replace("\r\n", ""))
    plain = written.replace("\r\n ", "").removeprefix("SUMMARY:")
    back = (
        plain.replace("\\\\", "\x00").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\x00", "\\")
    )
    kept = text.replace("\r\n", "\n")
    assert back == "".join(sign for sign in kept if sign == "\n" or (sign >= " " and sign != "\x7f"))


def test_hours_are_written_in_universal_time_and_whole_days_end_the_day_after():
    paris = dt.timezone(dt.timedelta(hours=1))
    at = [dt.datetime(2026, 12, 3, hour, tzinfo=paris) for hour in (9, 10)]
    found = calendar(
        [Appointment("a", *at, "Jury", "Rive, salle 2", 3), Appointment("b", today(), today(), "", "")], STAMP
    )
    lines = found.decode().split("\r\n")
    assert {"DTSTART:20261203T080000Z", "DTEND:20261203T090000Z", "SEQUENCE:3"} <= set(lines)
    assert "LOCATION:Rive\\, salle 2" in lines
    assert f"DTEND;VALUE=DATE:{today() + dt.timedelta(days=1):%Y%m%d}" in lines


@pytest.fixture
def house(db):
    return build.house()


def hour(house, found, sitting, clock: dt.time) -> None:
    facts = SlotFacts(day=today(), clock=clock, minutes=45, room="Salle 2")
    timetables.place_sitting(actor=house.boss, session_id=found.pk, sitting_id=sitting.pk, facts=facts)


def test_everyone_is_written_to_and_no_message_says_more_than_when_and_where(house):
    account = house.people["camille"].member.pk
    known = {"email": "camille@exemple.test", "accommodations": "Un tiers de temps.", "member_id": account}
    person = build.candidate(house, **known)
    silent = build.candidate(house, birth_name="Autre")
    found = build.session(house, [person, silent], blocks=BC1)
    hour(house, found, sittings_of(found)[0], dt.time(9, 30))
    calls = convocations.call_everyone(actor=house.boss, session_id=found.pk)
    assert len(calls) == 6
    assert [tasks.send_convocation.func(str(one.pk)) for one in calls].count("sent") == 5
    assert tasks.send_convocation.func(str(calls[0].pk)) in ("nothing_to_send", "no_address")
    for one in mail.outbox:
        told = f"{one.subject} {one.body} {one.attachments[0].content}"
        for secret in ("Camille", "Lafleur", "tiers", "BC01", "Diagnos", "Pauline"):
            assert secret not in told
    to_candidate = next(one for one in mail.outbox if one.to == ["camille@exemple.test"])
    assert "09:30" in to_candidate.body
    assert f"/certification/candidats/{person.pk}" in to_candidate.body
    assert "LOCATION:Maison des associations\\, Salle 2" in to_candidate.attachments[0].content
    assert not called(found, sittings_of(found))[person.pk].is_outdated


def outdated(found) -> set:
    found.refresh_from_db()
    return {who for who, one in called(found, sittings_of(found)).items() if one.is_outdated}


def send(rows) -> list[dict]:
    """The messages that leave, by address: their subject, their body, and each file by name."""
    mail.outbox.clear()
    for one in rows:
        tasks.send_convocation.func(str(one.pk))
    return {
        one.to[0]: {"subject": one.subject, "body": one.body}
        | {file.filename if hasattr(file, "filename") else file[0]: file[1] for file in one.attachments}
        for one in mail.outbox
    }


def line(file: str, name: str) -> str:
    return next(one for one in file.split("\r\n") if one.startswith(f"{name}:"))


@pytest.fixture
def two_called(house):
    """Two candidates with their hours, and a jury; everyone was written to."""
    people = [build.candidate(house, birth_name=name, email=f"{name}@exemple.test") for name in ("un", "deux")]
    found = build.session(house, people, blocks=BC1)
    for one, clock in zip(sittings_of(found), (dt.time(9), dt.time(11)), strict=True):
        hour(house, found, one, clock)
    calls = convocations.call_everyone(actor=house.boss, session_id=found.pk)
    return found, people, send(calls)


def test_only_those_whose_hours_changed_are_told_again_under_the_same_name_and_a_higher_number(house, two_called):
    found, (_, second), before = two_called
    told = {"actor": house.boss, "session_id": found.pk}
    assert not outdated(found)
    with pytest.raises(InvalidInput):
        convocations.call_again(**told)
    moved = sittings_of(found)[1]
    hour(house, found, moved, dt.time(10, 30))
    hour(house, found, sittings_of(found)[1], dt.time(11))
    assert not outdated(found)  # moved, and moved back
    hour(house, found, moved, dt.time(10, 30))
    seats = {build.seat_of(house, found, name).pk for name in build.SEATED}
    assert outdated(found) == {second.pk} | seats  # the jury's day ends earlier
    after = send(convocations.call_again(**told))
    assert not outdated(found)
    assert "un@exemple.test" not in after
    assert len(after) == 5
    assert "changée" in after["deux@exemple.test"]["subject"]
    assert "10:30" in after["deux@exemple.test"]["body"]
    files = [messages["deux@exemple.test"]["convocation.ics"] for messages in (before, after)]
    assert [line(one, "SEQUENCE") for one in files] == ["SEQUENCE:0", "SEQUENCE:1"]
    assert len({line(one, "UID") for one in files}) == 1
    kept = Convocation.objects.filter(candidate=second).order_by("asked_at")
    assert [one.sequence for one in kept] == [0, 1]
    assert kept[0].told != kept[1].told
    assert all(one.mailed_at for one in kept)


def test_another_place_is_told_to_everybody(house, two_called):
    found, _, _ = two_called
    facts = SessionFacts(starts_on=today(), ends_on=today(), place="Médiathèque", postal_code="31000")
    sessions.change_session(actor=house.boss, session_id=found.pk, facts=facts)
    assert len(outdated(found)) == 6
    after = send(convocations.call_again(actor=house.boss, session_id=found.pk))
    assert all(
        "Médiathèque" in one["convocation.ics"] and "SEQUENCE:1" in one["convocation.ics"] for one in after.values()
    )


def test_whoever_is_awaited_no_more_gets_a_cancellation_and_the_others_nothing(house, two_called):
    found, (_, second), before = two_called
    told = {"actor": house.boss, "session_id": found.pk}
    sessions.remove_sitting(sitting_id=sittings_of(found)[1].pk, **told)
    after = send([one for one in convocations.call_again(**told) if one.candidate_id])
    message = after["deux@exemple.test"]
    assert list(after) == ["deux@exemple.test"]
    assert "annulé" in message["body"]
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1"} <= set(message["annulation.ics"].split("\r\n"))
    assert line(message["annulation.ics"], "UID") == line(before["deux@exemple.test"]["convocation.ics"], "UID")
    assert "convocation.ics" not in message
    sessions.cancel_session(**told)
    assert second.pk not in outdated(found)
    assert len(send(convocations.call_again(**told))) == 5


def test_a_line_overtaken_by_a_later_one_never_leaves(house, two_called):
    found, (_, second), _ = two_called
    told = {"actor": house.boss, "session_id": found.pk}
    hour(house, found, sittings_of(found)[1], dt.time(14))
    late = [one for one in convocations.call_again(**told) if one.candidate_id == second.pk]
    hour(house, found, sittings_of(found)[1], dt.time(15))
    last = [one for one in convocations.call_again(**told) if one.candidate_id == second.pk]
    assert send(late) == {}
    assert "15:00" in send(last)["deux@exemple.test"]["body"]


def test_the_page_says_who_holds_an_outdated_convocation_and_one_gesture_tells_them(house, two_called, signed_in):
    found, _, _ = two_called
    client = signed_in(house.people["celine"])
    url = f"/certification/sessions/{found.pk}"
    assert "ne sont plus bonnes" not in client.get(url).content.decode()
    hour(house, found, sittings_of(found)[1], dt.time(10, 30))
    page = client.get(url).content.decode()
    assert "Des convocations ne sont plus bonnes" in page
    assert page.count("Convocation périmée") == 5
    assert f"{url}/convocations/ecrire-de-nouveau" in page
    client.post(f"{url}/convocations/ecrire-de-nouveau")
    page = client.get(url).content.decode()
    assert "ne sont plus bonnes" not in page
    assert "Ce qui a été envoyé" in page
    refused = signed_in(house.people["pauline"]).post(f"{url}/convocations/ecrire-de-nouveau")
    assert refused.status_code in (403, 404)


def test_a_candidate_reads_their_own_convocation_and_nobody_elses(house, signed_in):
    person = build.candidate(house, member_id=house.people["camille"].member.pk)
    other = build.candidate(house, birth_name="Autre")
    found = build.session(house, [person, other], blocks=BC1)
    mine = signed_in(house.people["camille"])
    url = f"/certification/sessions/{found.pk}/convocations/candidats"
    assert f"{url}/{person.pk}.ics" in mine.get(f"/certification/candidats/{person.pk}").content.decode()
    assert mine.get(f"{url}/{person.pk}.pdf").content.startswith(b"%PDF")
    assert mine.get(f"{url}/{person.pk}.ics").content.startswith(b"BEGIN:VCALENDAR")
    for suffix in ("pdf", "ics"):
        assert mine.get(f"{url}/{other.pk}.{suffix}").status_code == 404
        assert signed_in(house.people["farid"]).get(f"{url}/{person.pk}.{suffix}").status_code == 404
    sessions.cancel_session(actor=house.boss, session_id=found.pk)
    assert mine.get(f"{url}/{person.pk}.pdf").status_code == 404


def test_who_did_not_come_is_said_before_anybody_marks_and_is_never_marked(house):
    people = [build.candidate(house, birth_name=name) for name in ("Un", "Deux", "Trois")]
    found = build.session(house, people, blocks=BC1)
    away, excused, there = (Sitting.objects.get(session=found, candidate=one) for one in people)
    told = {"actor": house.boss, "session_id": found.pk}
    with pytest.raises(InvalidInput):
        convocations.note_attendance(sitting_id=there.pk, attendance="absent", **told)
    sessions.open_exam(absent_seats=(), absent_sittings=[away.pk], excused_sittings=[excused.pk], **told)
    for gone in (away, excused):
        with pytest.raises(InvalidInput):
            build.mark(house, "pauline", Sitting.objects.get(pk=gone.pk))
    assert {sitting for _, sitting in marks_awaited(found.__class__.objects.get(pk=found.pk))} == {there}
    build.mark(house, "pauline", Sitting.objects.get(pk=there.pk))
    with pytest.raises(InvalidInput) as refusal:
        convocations.note_attendance(sitting_id=there.pk, attendance="excused", **told)
    assert "déjà noté" in str(refusal.value.errors)
    convocations.note_attendance(sitting_id=away.pk, attendance="present", **told)
    build.mark(house, "pauline", Sitting.objects.get(pk=away.pk))
    with pytest.raises(InvalidInput):
        convocations.note_attendance(sitting_id=excused.pk, attendance="peut-être", **told)
    assert Sitting.objects.get(pk=excused.pk).attendance == Attendance.EXCUSED


def test_only_the_certifier_calls_and_says_who_came(house):
    found = build.session(house, [build.candidate(house)], blocks=BC1)
    for name in ("pauline", "farid", "camille"):
        with pytest.raises(NotAllowed):
            convocations.call_everyone(actor=house.people[name].actor, session_id=found.pk)
    assert not Convocation.objects.exists()


def test_the_attendance_sheet_follows_the_hours_leaves_room_to_sign_and_is_the_certifiers(house, signed_in):
    late, early = build.candidate(house, birth_name="Ancel"), build.candidate(house, birth_name="Bost")
    found = build.session(house, [late, early], blocks=BC1, convoked=False)
    for one, clock in zip(Sitting.objects.order_by("rank"), (dt.time(15), dt.time(9)), strict=True):
        hour(house, found, one, clock)
    path = f"/certification/sessions/{found.pk}/emargement.pdf"
    certifier = signed_in(house.people["celine"])
    assert certifier.get(path).status_code == 404  # nobody is awaited yet
    sessions.convoke(actor=house.boss, session_id=found.pk)
    sheet = attendance_sheet(found, record_facts(found.record_code), seat_lines(found), sittings_of(found))
    (day,) = sheet.sections
    candidates, jury = day.tables
    assert [(row[0], row[1], row[-1]) for row in candidates.rows] == [
        (f"Camille Bost ({early.reference})", "09:00, Salle 2", ""),
        (f"Camille Ancel ({late.reference})", "15:00, Salle 2", ""),
    ]
    assert [row[0] for row in jury.rows] == [name.capitalize() for name in build.SEATED]
    assert candidates.to_sign
    assert jury.to_sign
    assert certifier.get(path).content.startswith(b"%PDF")
    assert signed_in(house.people["pauline"]).get(path).status_code == 403


def test_without_hours_a_session_of_several_days_is_signed_as_one(house):
    found = build.session(house, [build.candidate(house)], blocks=BC1)
    found.ends_on = found.starts_on + dt.timedelta(days=2)
    sittings = sittings_of(found)
    for one in sittings:
        one.session = found
    (part,) = attendance_sheet(found, record_facts(found.record_code), seat_lines(found), sittings).sections
    assert part.title.startswith("Sans heure encore, du ")
