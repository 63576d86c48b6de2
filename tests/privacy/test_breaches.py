"""Breaches: the short report, the 72 hours, the history, who sees what."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse

from entremise.accounts.models import Member
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import local, now
from entremise.journal.models import Entry
from entremise.presence.queries import waiting_for
from entremise.privacy import personal_accountability as personal
from entremise.privacy import tasks_accountability as tasks
from entremise.privacy.models import Breach, BreachRevision
from entremise.privacy.queries.breaches import clock_of, history_of
from entremise.privacy.services import breaches as services
from entremise.privacy.services.breaches import BreachFacts

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
SECRET = "Le téléphone de l’équipe est resté dans le bus"


@pytest.fixture
def breach(cast):
    return services.report_breach(actor=cast.samia.actor, kind="appareil", description=SECRET, done="Ligne coupée")


def facts(breach, **changes) -> BreachFacts:
    known = {
        "found_at": breach.found_at,
        "natures": ("confidentialite",),
        "risk": "aucun",
        "description": SECRET,
        "measures": "Ligne coupée, téléphone effacé à distance",
        "not_notified": "Téléphone chiffré, aucun risque",
        "not_informed": "Aucun risque",
    }
    return BreachFacts(**{**known, **changes})


def test_a_report_is_sealed_and_journalled_without_a_word(cast, breach):
    with connection.cursor() as cursor:
        cursor.execute("SELECT description, measures FROM privacy_breach")
        assert all(stored.startswith("e1.") for stored in cursor.fetchone())
    entry = Entry.objects.get(name="breach.reported")
    assert (entry.target_id, entry.payload["codes"]) == (breach.pk, {"kind": "appareil"})


@pytest.mark.parametrize("who", ["samia", "claire", "alban", "dora", "leo", "hugo"])
def test_anyone_reports_from_one_short_form_and_finds_it_in_the_menu(cast, signed_in, who):
    client = signed_in(getattr(cast, who))
    address = reverse("privacy:breach_report")
    assert address in client.get("/").content.decode()
    answer = client.post(
        address, {"kind": "courriel", "description": "Liste envoyée à la mauvaise adresse"}, follow=True
    )
    assert "C’est transmis sous la référence" in answer.content.decode()
    assert Breach.objects.get().kind == "courriel"


@pytest.mark.parametrize(
    "typed", ["", "x" * 2001, "a\x00b", "مرحبا 👋 \u202e", "y" * 2_000_000], ids=["empty", "long", "nul", "rtl", "2MB"]
)
def test_a_report_keeps_what_was_typed_when_it_is_refused(cast, signed_in, typed):
    answer = signed_in(cast.samia).post(reverse("privacy:breach_report"), {"kind": "", "description": typed})
    assert answer.status_code == 422
    assert "Choisissez ce qui ressemble le plus" in answer.content.decode()
    assert typed.replace("\x00", "") in answer.content.decode().replace("\x00", "")
    assert not Breach.objects.exists()


def test_a_report_of_tomorrow_is_refused(cast):
    with pytest.raises(InvalidInput) as refusal:
        services.report_breach(actor=cast.samia.actor, kind="autre", found_at=now() + HOUR)
    assert "found_at" in refusal.value.errors


def test_the_officer_is_written_to_without_a_word_of_the_report(cast, breach):
    assert tasks.send_breach_notice.func(str(breach.pk), "reported") == 1
    message = mail.outbox[0]
    assert message.to == ["dora@exemple.test"]
    assert breach.reference in message.body
    assert str(breach.pk) in message.body
    assert not {SECRET, "Samia", "appareil", "téléphone"} & set(message.body.splitlines())
    assert "bus" not in message.body


def test_without_an_officer_the_administrator_is_written_to_and_follows(cast, breach, signed_in):
    assert reverse("privacy:breach_edit", args=[breach.pk]) not in _page(signed_in(cast.alban), breach)
    Member.objects.filter(pk=cast.dora.member.pk).update(left_at=now())
    tasks.send_breach_notice.func(str(breach.pk), "reported")
    assert mail.outbox[0].to == ["alban@exemple.test"]
    assert reverse("privacy:breach_edit", args=[breach.pk]) in _page(signed_in(cast.alban), breach)
    services.correct_breach(actor=cast.alban.actor, breach_id=breach.pk, facts=facts(breach))


def _page(client, breach) -> str:
    return client.get(reverse("privacy:breach", args=[breach.pk])).content.decode()


@pytest.mark.parametrize("who", ["samia", "claire", "alban", "leo"])
def test_only_the_officer_writes(cast, breach, who):
    actor = getattr(cast, who).actor
    for write in (services.close_breach, services.reopen_breach):
        with pytest.raises(NotAllowed):
            write(actor=actor, breach_id=breach.pk)
    with pytest.raises(NotAllowed):
        services.correct_breach(actor=actor, breach_id=breach.pk, facts=facts(breach))
    with pytest.raises(NotAllowed):
        services.set_aside_breach(actor=actor, breach_id=breach.pk, reason="Rien dedans")


def test_another_organisation_s_breach_does_not_exist(cast, signed_in):
    theirs = services.report_breach(actor=cast.ines.actor, kind="autre")
    with pytest.raises(NotFound):
        services.close_breach(actor=cast.dora.actor, breach_id=theirs.pk)
    assert signed_in(cast.dora).get(reverse("privacy:breach", args=[theirs.pk])).status_code == 404


def test_the_auditor_reads_the_register_without_its_words(cast, breach, signed_in):
    services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach))
    html = _page(signed_in(cast.leo), breach)
    assert breach.reference in html
    assert SECRET not in html
    assert "Téléphone chiffré" not in html
    assert "Samia" not in html
    exported = signed_in(cast.leo).post(reverse("documents:export", args=["violations"]))
    assert exported.status_code == 200
    assert SECRET in _page(signed_in(cast.dora), breach)


def test_the_clock_runs_from_the_finding_and_stops_at_a_decision(cast, breach):
    assert clock_of(breach).kind == "wait"
    for hours, kind, late in ((47, "wait", False), (49, "bad", False), (73, "bad", True)):
        with time_machine.travel(breach.found_at + hours * HOUR, tick=False):
            assert (clock_of(breach).kind, clock_of(breach).is_late) == (kind, late)
    done = services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach))
    assert not clock_of(done).is_running
    assert waiting_for(cast.dora.actor) == []


def test_the_clock_is_shown_on_the_first_page_of_the_officer_alone(cast, breach, signed_in):
    item = next(item for item in waiting_for(cast.dora.actor) if item.kind == "privacy.breaches")
    assert (item.count, item.url) == (1, reverse("privacy:breach", args=[breach.pk]))
    assert "72" in item.detail
    assert "violation de données à décider" in signed_in(cast.dora).get("/").content.decode()
    assert all(item.kind != "privacy.breaches" for item in waiting_for(cast.alban.actor))


def test_the_tick_recalls_once_before_the_end_and_once_after(cast, breach):
    assert services.warn_deadlines() == 0
    for hours, expected in ((49, 1), (50, 0), (73, 1), (200, 0)):
        with time_machine.travel(breach.found_at + hours * HOUR, tick=False):
            assert services.warn_deadlines() == expected
    names = [entry.payload["codes"] for entry in Entry.objects.filter(name="breach.deadline_near").order_by("sequence")]
    assert names == [{"late": False}, {"late": True}]


def test_a_late_notice_asks_for_its_reason(cast, breach):
    with time_machine.travel(breach.found_at + 80 * HOUR, tick=False):
        late = facts(breach, notified_at=now() - HOUR, not_notified="", risk="risque")
        with pytest.raises(InvalidInput) as refusal:
            services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=late)
        assert set(refusal.value.errors) == {"late_reason"}
        given = facts(breach, notified_at=now() - HOUR, not_notified="", risk="risque", late_reason="Fermeture d’août")
        done = services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=given)
    assert clock_of(done).is_late


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"began_at": dt.timedelta(hours=2)}, "began_at"),
        ({"risk": "eleve"}, "not_notified"),
        ({"risk": "inconnu"}, "risk"),
        ({"natures": ("rien",)}, "natures"),
        ({"persons_count": -1}, "persons_count"),
        ({"measures": "a\x00"}, "measures"),
        ({"notified_at": dt.timedelta(0)}, "not_notified"),
        ({"informed_at": dt.timedelta(days=-2)}, "informed_at"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, breach, changes, field):
    moments = {
        name: breach.found_at + value if isinstance(value, dt.timedelta) else value for name, value in changes.items()
    }
    with pytest.raises(InvalidInput) as refusal:
        services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach, **moments))
    assert field in refusal.value.errors


def test_a_correction_keeps_what_it_replaces_and_is_never_rewritten(cast, breach):
    services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach))
    services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach, description="Autre texte"))
    changes = history_of(breach, with_words=True)
    assert [change.verb for change in changes] == ["signalement", "correction", "correction"]
    assert ("ce qui s’est passé", SECRET, "Autre texte") in changes[-1].words
    assert all(change.words == [] for change in history_of(breach, with_words=False))
    row = BreachRevision.objects.last()
    row.verb = "autre"
    with pytest.raises(RuntimeError):
        row.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM privacy_breachrevision WHERE words <> ''")
        assert all(stored.startswith("e1.") for (stored,) in cursor.fetchall())


def test_it_is_closed_only_when_complete_then_reopened(cast, breach, signed_in):
    client = signed_in(cast.dora)
    answer = client.post(reverse("privacy:breach_close", args=[breach.pk]), follow=True)
    assert "Dites le risque pour les personnes." in answer.content.decode()
    services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach))
    client.post(reverse("privacy:breach_close", args=[breach.pk]))
    breach.refresh_from_db()
    assert breach.state == "close"
    with pytest.raises(InvalidInput):
        services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach, risk="risque"))
    client.post(reverse("privacy:breach_reopen", args=[breach.pk]))
    breach.refresh_from_db()
    assert (breach.state, breach.closed_at) == ("en_cours", None)


def test_a_report_set_aside_says_why_and_stays(cast, breach, signed_in):
    client, address = signed_in(cast.dora), reverse("privacy:breach_set_aside", args=[breach.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert "Téléphone vide" in client.post(address, {"reason": "Téléphone vide"}, follow=True).content.decode()
    breach.refresh_from_db()
    assert (breach.state, clock_of(breach).is_running) == ("ecartee", False)


def test_the_form_completes_a_breach_and_keeps_what_was_typed(cast, breach, signed_in):
    client, address = signed_in(cast.dora), reverse("privacy:breach_edit", args=[breach.pk])
    typed = {"found_at": "2026-99-99", "description": "مرحبا 👋", "natures": ["integrite"]}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "2026-99-99" in answer.content.decode()
    assert "مرحبا 👋" in answer.content.decode()
    found = breach.found_at.astimezone().strftime("%Y-%m-%dT%H:%M")
    assert client.post(address, typed | {"found_at": found}).status_code in {302, 422}


def test_the_list_filters_sorts_and_asks_the_same_queries_for_one_or_three(
    cast, breach, signed_in, django_assert_max_num_queries
):
    client, address = signed_in(cast.dora), reverse("privacy:breaches")
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    aside = services.report_breach(actor=cast.paul.actor, kind="courriel")
    services.report_breach(actor=cast.claire.actor, kind="perte")
    services.set_aside_breach(actor=cast.dora.actor, breach_id=aside.pk, reason="Liste publique")
    with django_assert_max_num_queries(len(one)):
        assert client.get(address).content.decode().count('<th scope="row">') == 3
    for query, count in (
        ("etat=horloge", 2),
        ("etat=ecartee", 1),
        ("quoi=perte", 1),
        ("risque=eleve", 0),
        ("tri=etat", 3),
    ):
        assert client.get(f"{address}?{query}").content.decode().count('<th scope="row">') == count
    assert client.get(f"{address}?du=0001-01-01&au=9999-12-31").status_code == 200


def test_words_of_old_breaches_are_erased_and_the_dates_stay(cast, breach):
    services.correct_breach(actor=cast.dora.actor, breach_id=breach.pk, facts=facts(breach))
    services.close_breach(actor=cast.dora.actor, breach_id=breach.pk)
    rule = personal.BREACHES
    assert list(rule.due(cast.organisation.pk, now() - HOUR)) == []
    due = rule.due(cast.organisation.pk, now() + HOUR)
    assert [row.pk for row in due] == [breach.pk]
    assert rule.apply([breach.pk]) == 1
    assert rule.apply([breach.pk]) == 0
    found = Breach.objects.get()
    assert (found.description, found.found_at, found.risk) == ("", breach.found_at, "aucun")
    assert not BreachRevision.objects.exclude(words="").exists()
    with pytest.raises(InvalidInput):
        services.reopen_breach(actor=cast.dora.actor, breach_id=breach.pk)


def test_the_form_sent_back_unchanged_changes_nothing(cast, breach, signed_in):
    client, address = signed_in(cast.dora), reverse("privacy:breach_edit", args=[breach.pk])
    shown = local(breach.found_at).strftime("%Y-%m-%dT%H:%M")
    assert shown in client.get(address).content.decode()
    same = {"found_at": shown, "description": breach.description, "measures": breach.measures}
    assert client.post(address, same).status_code == 302
    assert BreachRevision.objects.count() == 1
    breach.refresh_from_db()
    assert breach.state == "signalee"
