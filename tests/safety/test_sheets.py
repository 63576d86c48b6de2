"""An incident sheet is for the staff: its author, those concerned, the coordinators; never the rest, never a funder."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.core.time import now, today
from entremise.interventions.queries.after import list_actions
from entremise.journal.models import Entry
from entremise.safety import services
from entremise.safety.models import Debrief, IncidentSheet
from entremise.safety.personal import DEBRIEFS, SHEETS
from entremise.safety.queries import sheets as queries
from entremise.safety.services.sheets import SheetFacts

pytestmark = pytest.mark.django_db
WORDS = "Un objet lancé depuis l’étage, sans blessé."


def facts(**changes) -> SheetFacts:
    return SheetFacts(**({"kind": "menace", "happened_at": now(), "facts": WORDS} | changes))


def write(person, **changes):
    return services.write_sheet(actor=person.actor, facts=facts(**changes))


def html(answer) -> str:
    return answer.content.decode()


def test_the_author_those_concerned_and_the_coordinator_read_it_and_nobody_else(cast, signed_in):
    sheet = write(cast.samia, person_ids=(cast.hugo.member.pk,))
    for name, person in cast.people().items():
        answer = signed_in(person).get(reverse("safety:sheet", args=[sheet.pk]))
        assert (answer.status_code == 200) == (name in {"samia", "hugo", "claire"}), name
    assert list(queries.list_sheets(cast.paul.actor)) == []


def test_the_words_are_sealed_and_the_journal_has_none(cast):
    sheet = write(cast.samia)
    assert WORDS not in str(IncidentSheet.objects.values_list("facts", flat=True).get())
    (entry,) = Entry.objects.filter(target_id=sheet.pk)
    assert entry.payload["codes"] == {"kind": "menace"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "racaille"),
        ("facts", ""),
        ("facts", "x" * 2_000_000),
        ("done", "\x00"),
        ("happened_at", now() + dt.timedelta(days=1)),
        ("happened_at", dt.datetime(1970, 1, 1, tzinfo=dt.UTC)),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(cast, field, value):
    with pytest.raises(InvalidInput) as refusal:
        write(cast.samia, **{field: value})
    assert field in refusal.value.errors
    assert not IncidentSheet.objects.exists()


def test_a_person_or_a_place_of_others_cannot_be_named(cast, ground):
    with pytest.raises(InvalidInput):
        write(cast.samia, person_ids=(cast.ines.member.pk,))
    with pytest.raises(NotFound):
        write(cast.samia, site_id=ground.foreign_site.pk)


def test_its_author_corrects_it_unless_it_changed_meanwhile(cast):
    sheet = write(cast.samia)
    services.correct_sheet(actor=cast.samia.actor, sheet_id=sheet.pk, facts=facts(kind="insulte"), version=1)
    with pytest.raises(Conflict):
        services.correct_sheet(actor=cast.samia.actor, sheet_id=sheet.pk, facts=facts(), version=1)
    with pytest.raises(InvalidInput):
        services.correct_sheet(actor=cast.claire.actor, sheet_id=sheet.pk, facts=facts(), version=2)


def test_the_follow_up_is_dates_and_offers_and_the_coordinator_closes(cast):
    sheet = write(cast.samia)
    with pytest.raises(InvalidInput):
        services.follow_sheet(actor=cast.samia.actor, sheet_id=sheet.pk, support=[], close=True)
    with pytest.raises(InvalidInput):
        services.follow_sheet(
            actor=cast.samia.actor, sheet_id=sheet.pk, support=["x"], complaint_on=today() + dt.timedelta(days=1)
        )
    closed = services.follow_sheet(
        actor=cast.claire.actor, sheet_id=sheet.pk, support=["ecoute"], complaint_on=today(), close=True
    )
    assert (closed.support, closed.complaint_on, closed.closed_by_id) == (["ecoute"], today(), cast.claire.member.pk)
    with pytest.raises(InvalidInput):
        services.follow_sheet(actor=cast.claire.actor, sheet_id=sheet.pk, support=[])


def test_the_form_starts_from_an_alert_and_keeps_what_was_typed(cast, ground, signed_in):
    alert = services.raise_alert(actor=cast.samia.actor, site_id=ground.hall.pk)
    client = signed_in(cast.samia)
    address = f"{reverse('safety:sheet_write')}?alerte={alert.pk}"
    assert str(ground.hall.pk) in html(client.get(address))
    data = {"kind": "insulte", "happened_at": "", "facts": "مشهد 👀 שלום", "team_id": cast.team.pk}
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert "مشهد 👀 שלום" in html(refused)
    sent = client.post(address, data | {"happened_at": "2026-11-01T10:00", "person_ids": [cast.samia.member.pk]})
    assert sent.status_code == 302
    sheet = IncidentSheet.objects.get()
    assert (sheet.alert_id, sheet.facts) == (alert.pk, "مشهد 👀 שלום")


def test_an_alert_one_may_not_see_starts_nothing(cast, signed_in):
    alert = services.raise_alert(actor=cast.samia.actor)
    address = f"{reverse('safety:sheet_write')}?alerte={alert.pk}"
    assert signed_in(cast.hugo).get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_few_queries_whatever_its_length(cast, ground, signed_in, rows, django_assert_max_num_queries):
    for _ in range(rows):
        write(cast.samia, site_id=ground.hall.pk, person_ids=(cast.samia.member.pk,))
    client = signed_in(cast.claire)
    with django_assert_max_num_queries(12):
        page = html(client.get(reverse("safety:sheets"), {"nature": "menace", "tri": "nature"}))
    assert page.count('data-label="Nature"') == rows


def test_the_employer_counts_without_pointing_at_anyone(cast, signed_in):
    for kind, times in (("menace", 6), ("insulte", 7), ("agression", 1)):
        for _ in range(times):
            write(cast.samia, kind=kind)
    counts = queries.counts_of(cast.alban.actor)
    kinds = {line.label: line.shown for line in counts.kinds}
    assert kinds["Agression"] == "< 5"
    assert "masqué" in kinds.values()  # or the total would give the small one away
    assert counts.total == "14"
    assert signed_in(cast.alban).get(reverse("safety:counts")).status_code == 200
    for name in ("samia", "dora", "leo"):
        assert signed_in(getattr(cast, name)).get(reverse("safety:counts")).status_code == 403


def test_a_coordinator_counts_their_own_teams(cast):
    for _ in range(5):
        write(cast.samia)
    assert queries.counts_of(cast.claire.actor).total == "5"
    assert queries.counts_of(cast.clara.actor).total == "0"


def test_a_debriefing_is_for_those_who_were_there_and_the_coordinator(cast, signed_in):
    debrief = services.hold_debrief(
        actor=cast.samia.actor, facts=WORDS, lived="Secoués, entiers.", person_ids=[cast.samia.member.pk]
    )
    for name, person in cast.people().items():
        answer = signed_in(person).get(reverse("safety:debrief", args=[debrief.pk]))
        assert (answer.status_code == 200) == (name in {"samia", "claire"}), name
    assert "Secoués" not in str(Debrief.objects.values_list("lived", flat=True).get())


def test_a_debriefing_starts_from_a_sheet_in_one_gesture(cast, signed_in):
    sheet = write(cast.samia, person_ids=(cast.paul.member.pk,))
    client = signed_in(cast.samia)
    address = f"{reverse('safety:debrief_hold')}?fiche={sheet.pk}"
    assert "checked" in html(client.get(address))
    data = {"facts": WORDS, "person_ids": [cast.paul.member.pk], "support": ["ecoute"], "team_id": cast.team.pk}
    assert client.post(address, data | {"facts": ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    debrief = Debrief.objects.get()
    assert (debrief.subject_type, debrief.subject_id) == ("fiche", sheet.pk)
    assert "Débriefing" in html(signed_in(cast.paul).get(reverse("safety:debriefs")))


def test_a_lesson_becomes_a_dated_action_that_names_nobody(cast, signed_in):
    debrief = services.hold_debrief(actor=cast.samia.actor, facts=WORDS, person_ids=[cast.hugo.member.pk])
    client, address = signed_in(cast.samia), reverse("safety:lesson", args=[debrief.pk])
    data = {"text": "Arriver à deux par la place.", "owner_id": cast.paul.member.pk, "due_on": today()}
    assert client.post(address, data | {"text": "Appeler Mme Durand au 06 12 34 56 78"}).status_code == 422
    assert client.post(address, data).status_code == 302
    (action,) = list_actions(cast.paul.actor)
    assert (action.origin, action.text) == ("lecon", "Arriver à deux par la place.")
    other_team = signed_in(cast.hugo)
    assert "Une leçon" not in html(other_team.get(reverse("safety:debrief", args=[debrief.pk])))
    assert other_team.post(address, data | {"owner_id": cast.hugo.member.pk}).status_code == 404


def test_the_words_leave_after_their_time_and_the_counts_stay(cast):
    sheet, debrief = write(cast.samia), services.hold_debrief(actor=cast.samia.actor, facts=WORDS)
    later = now() + dt.timedelta(days=1)
    for rule, pk in ((SHEETS, sheet.pk), (DEBRIEFS, debrief.pk)):
        assert list(rule.due(cast.organisation.pk, later).values_list("pk", flat=True)) == [pk]
        assert rule.apply([pk]) == 1
        assert list(rule.due(cast.organisation.pk, later)) == []
    sheet.refresh_from_db()
    assert (sheet.facts, sheet.kind) == ("", "menace")
    few = queries.counts_of(cast.claire.actor)
    assert (few.total, few.kinds, few.months) == ("< 5", [], [])
