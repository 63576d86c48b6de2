"""The log carries codes, never what would point at someone; instructions are read by name."""

import datetime as dt

import pytest

from entremise.accounts.enums import Role
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.presence import log, queries, services
from entremise.presence.enums import LogKind, LogVisibility
from entremise.presence.log import LogLine
from entremise.presence.models import LogEntry

pytestmark = pytest.mark.django_db


def _post(cast, person=None, **fields):
    person = person or cast.samia
    fields = {"kind": LogKind.EVENEMENT, "occurred_at": now(), "subject_type": "tests.act"} | fields
    return services.post_log_entry(actor=person.actor, team_id=cast.team.pk, **fields)


@pytest.mark.parametrize("key", ["language", "nationality", "gender", "text", "danger_signs"])
def test_a_line_refuses_what_would_point_at_someone(cast, key):
    with pytest.raises(ValueError, match=key):
        _post(cast, codes={key: "x"})
    entry = _post(cast, subject_id=uuid7())
    with pytest.raises(ValueError, match=key):
        services.update_log_entry(
            actor=cast.samia.actor, subject_type="tests.act", subject_id=entry.subject_id, codes={key: "x"}
        )


def test_lines_are_updated_and_withdrawn_with_their_record(cast, ground):
    subject = uuid7()
    _post(cast, subject_id=subject)
    before = queries.day_version(cast.paul.actor, cast.team.pk, today())
    services.update_log_entry(
        actor=cast.samia.actor, subject_type="tests.act", subject_id=subject, codes={"status": "validee"}
    )
    middle = queries.day_version(cast.paul.actor, cast.team.pk, today())
    assert services.withdraw_log_entry(actor=cast.samia.actor, subject_type="tests.act", subject_id=subject) == 1
    after = queries.day_version(cast.paul.actor, cast.team.pk, today())
    assert len({before, middle, after}) == 3
    assert queries.day_log(cast.paul.actor, cast.team.pk, today()) == []
    assert LogEntry.objects.get().codes == {"status": "validee"}
    with pytest.raises(TypeError):
        services.update_log_entry(actor=cast.samia.actor, subject_type="t", subject_id=subject, text="x")


def test_a_record_of_another_organisation_is_out_of_reach(cast):
    subject = uuid7()
    _post(cast, subject_id=subject)
    assert services.withdraw_log_entry(actor=cast.clara.actor, subject_type="tests.act", subject_id=subject) == 0


def test_the_log_is_read_by_the_team_alone(cast):
    _post(cast)
    for person in (cast.samia, cast.paul, cast.claire):
        assert len(queries.day_log(person.actor, cast.team.pk, today())) == 1
    for person in (cast.hugo, cast.ines, cast.clara, cast.alban, cast.dora, cast.leo):
        assert queries.day_log(person.actor, cast.team.pk, today()) == []
        assert queries.day_log(person.actor, None, today()) == []


def test_a_line_for_the_coordinators_is_theirs_and_its_authors(cast):
    entry = _post(cast, visibility=LogVisibility.SUPERVISION)
    assert [line.entry for line in queries.day_log(cast.claire.actor, cast.team.pk, today())] == [entry]
    assert [line.entry for line in queries.day_log(cast.samia.actor, cast.team.pk, today())] == [entry]
    assert queries.day_log(cast.paul.actor, cast.team.pk, today()) == []
    LogEntry.objects.update(second_author=cast.paul.member.pk)
    assert len(queries.day_log(cast.paul.actor, cast.team.pk, today())) == 1


def test_posting_in_a_team_that_is_not_ones_own_is_refused(cast):
    with pytest.raises(NotAllowed):
        _post(cast, cast.hugo)
    with pytest.raises(NotAllowed):
        _post(cast, cast.ines)
    with pytest.raises(ValueError, match="unheard"):
        _post(cast, kind="unheard")


def test_an_instruction_is_read_once_by_each_and_by_name(cast, ground):
    entry = services.leave_instruction(
        actor=cast.samia.actor, team_id=cast.team.pk, text="Repasser jeudi", site_id=ground.square.pk
    )
    assert list(queries.instructions_to_read(cast.paul.actor)) == [entry]
    assert not queries.instructions_to_read(cast.samia.actor).exists(), "not one's own"
    for _ in range(2):
        services.acknowledge(actor=cast.paul.actor, entry_id=entry.pk)
    assert not queries.instructions_to_read(cast.paul.actor).exists()
    (line,) = queries.day_log(cast.claire.actor, cast.team.pk, today())
    assert (line.readers, line.read_by_me, line.words.title) == (["Paul"], False, "Consigne de Samia")
    assert queries.instructions_for_sites(cast.paul.actor, [ground.square.pk])[ground.square.pk].text == entry.text
    for person in (cast.hugo, cast.ines):
        with pytest.raises(NotFound):
            services.acknowledge(actor=person.actor, entry_id=entry.pk)
    with pytest.raises(NotAllowed):
        services.acknowledge(actor=cast.dora.actor, entry_id=entry.pk)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_000_000, "a\x00b"])
def test_an_unreadable_instruction_is_refused_beside_its_field(cast, text):
    with pytest.raises(InvalidInput) as refusal:
        services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text=text)
    assert "text" in refusal.value.errors
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("text", ["Bruit 🎺 jeudi", "مرحبا بكم", "é" * 2000])
def test_any_script_is_kept_as_typed(cast, text):
    entry = services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text=text)
    assert LogEntry.objects.get(pk=entry.pk).text == text


def test_a_call_is_noted_at_its_hour(cast, ground):
    at = now() - dt.timedelta(hours=2)
    entry = services.note_call(actor=cast.samia.actor, team_id=cast.team.pk, text="Bruit au hall 4", occurred_at=at)
    assert (entry.kind, entry.occurred_at) == (LogKind.APPEL, at)
    with pytest.raises(InvalidInput):
        services.note_call(actor=cast.samia.actor, team_id=cast.team.pk, text="x", kind="incident")
    with pytest.raises(InvalidInput):
        services.note_call(
            actor=cast.samia.actor, team_id=cast.team.pk, text="x", occurred_at=now() + dt.timedelta(hours=1)
        )
    with pytest.raises(NotFound):
        services.note_call(actor=cast.samia.actor, team_id=cast.team.pk, text="x", site_id=ground.foreign_site.pk)


def test_an_instruction_is_withdrawn_by_its_author_or_a_coordinator(cast):
    first, second = (
        services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text=text) for text in "ab"
    )
    with pytest.raises(NotAllowed):
        services.withdraw_instruction(actor=cast.paul.actor, entry_id=first.pk)
    with pytest.raises(NotFound):
        services.withdraw_instruction(actor=cast.samia.actor, entry_id=_post(cast).pk)
    LogEntry.objects.filter(kind=LogKind.EVENEMENT).delete()
    services.withdraw_instruction(actor=cast.samia.actor, entry_id=first.pk)
    services.withdraw_instruction(actor=cast.claire.actor, entry_id=second.pk)
    assert queries.day_log(cast.paul.actor, None, today()) == []
    with pytest.raises(NotFound):
        queries.get_entry(cast.paul.actor, first.pk)


def test_a_registered_renderer_words_its_lines_and_a_chip_keeps_some(cast, monkeypatch):
    monkeypatch.setitem(log._renderers, "tests.act", lambda actor, lines: {e.pk: LogLine("Conflit") for e in lines})
    monkeypatch.setitem(
        log._filters, "conflit", log.LogFilter("conflit", "Conflits", lambda e: "conflit" in e.codes, 1)
    )
    _post(cast, codes={"conflit": 1})
    _post(cast)
    _post(cast, subject_type="unknown", kind=LogKind.INCIDENT)
    words = {line.words.title for line in queries.day_log(cast.paul.actor, None, today())}
    assert words == {"Conflit", "Incident"}
    assert len(queries.day_log(cast.paul.actor, None, today(), chip="conflit")) == 1
    assert len(queries.day_log(cast.paul.actor, None, today(), chip="inconnu")) == 3
    assert len(queries.day_log(cast.paul.actor, None, today(), kinds=[LogKind.INCIDENT])) == 1


def test_someone_who_left_keeps_a_function_in_the_log(cast):
    _post(cast)
    cast.samia.member.left_at = now()
    cast.samia.member.save()
    (line,) = queries.day_log(cast.paul.actor, None, today())
    assert line.entry.author_name.startswith(Role.MEDIATEUR.label)
