"""Each rule of the modules below: what goes, what stays."""

import datetime as dt

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from entremise.accounts import services as accounts
from entremise.accounts.models import Member, Session, User
from entremise.accounts.queries import display_name
from entremise.core import personal, verify
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.directory.models import Partner
from entremise.directory.services.partners import close_partner, create_partner
from entremise.documents.tasks import prepare_file
from entremise.interventions.models import CharterRefusal
from entremise.journal.models import Entry, Seal
from entremise.journal.services import seal_days
from entremise.places.services import create_site
from entremise.presence import services as presence
from entremise.presence.enums import DefectStatus
from entremise.presence.models import Acknowledgement, Defect, DefectStep, LogEntry, Observation
from entremise.privacy.enums import RequestOutcome
from entremise.privacy.models import DataRequest
from entremise.privacy.services.retention import run_rule
from entremise.statistics.models import Convention, ReportDraft
from tests.cast import build as build_cast
from tests.retention import carry_out

pytestmark = pytest.mark.django_db
REAL = dt.datetime.now(dt.UTC)
START = dt.datetime(2026, 11, 20, 19, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(START, tick=False):
        yield


@pytest.fixture
def hall(cast):
    return create_site(actor=cast.claire.actor, name="Hall 12", space_type="hall")


def later(days):
    return time_machine.travel(START + dt.timedelta(days=days), tick=False)


def test_the_log_loses_its_words_after_a_year_and_keeps_its_lines(cast, hall):
    team, here = cast.team.pk, cast.organisation.pk
    entry = presence.leave_instruction(actor=cast.samia.actor, team_id=team, text="Repasser jeudi.")
    presence.acknowledge(actor=cast.paul.actor, entry_id=entry.pk)
    presence.observe(actor=cast.samia.actor, team_id=team, site_id=hall.pk, watch_type="ambiance", text="Calme.")
    lines = LogEntry.objects.count()
    with later(364):
        assert carry_out("main-courante", here) == 0
        assert carry_out("observations", here) == 0
    with later(366):
        assert carry_out("main-courante", cast.other_organisation.pk) == 0
        assert carry_out("main-courante", here) == 1
        assert carry_out("observations", here) == 1
    assert LogEntry.objects.count() == lines
    assert LogEntry.objects.get(pk=entry.pk).text == ""
    assert not Acknowledgement.objects.exists()
    assert Observation.objects.get().watch_type == "ambiance"


def test_a_defect_loses_its_words_a_year_after_its_repair_or_two_after_its_report(cast, hall):
    facts = {"actor": cast.samia.actor, "team_id": cast.team.pk, "site_id": hall.pk, "category": "eclairage"}
    solved = presence.report_defect(**facts, description="Deux lampes.")
    left = presence.report_defect(**facts, description="Trois lampes.")
    presence.advance_defect(
        actor=cast.samia.actor, defect_id=solved.pk, status=DefectStatus.RESOLU, note="Réparé par le gardien."
    )
    with later(366):
        assert carry_out("signalements", cast.organisation.pk) == 1
    assert Defect.objects.get(pk=solved.pk).description == ""
    assert Defect.objects.get(pk=left.pk).description == "Trois lampes."
    assert not DefectStep.objects.filter(defect=solved).exclude(note="").exists()
    with later(731):
        assert carry_out("signalements", cast.organisation.pk) == 1


def test_a_closed_account_goes_and_the_act_keeps_the_function_of_its_author(cast):
    accounts.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    with later(181):
        assert carry_out("comptes-fermes") == 0
    with later(183):
        assert carry_out("comptes-fermes") == 1
    assert not User.objects.filter(pk=cast.samia.user.pk).exists()
    member = Member.objects.get(pk=cast.samia.member.pk)
    assert member.user is None
    assert display_name(member) == "Médiateur ou médiatrice (a quitté l’organisation)"


def test_someone_who_still_works_elsewhere_is_not_forgotten(cast):
    accounts.add_member(
        actor=accounts_system(cast.other_organisation.pk), user=cast.samia.user, team_ids=[cast.foreign_team.pk]
    )
    accounts.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    with later(800):
        assert carry_out("comptes-fermes") == 0


def accounts_system(organisation_id):
    from entremise.core.actor import system_actor

    return system_actor(organisation_id)


def test_expired_sessions_go_the_same_night(cast, signed_in):
    signed_in(cast.samia)
    assert carry_out("sessions") == 0
    with later(1):
        assert carry_out("sessions") == 1
    assert not Session.objects.exists()


def test_finished_work_leaves_the_queue_after_two_weeks_and_waiting_work_stays(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done, failed, waiting = (prepare_file.enqueue(str(uuid7())) for _ in range(3))
    rows = DBTaskResult.objects
    rows.filter(pk=done.id).update(status="SUCCESSFUL", finished_at=now())
    rows.filter(pk=failed.id).update(status="FAILED", finished_at=now(), traceback="ValueError")
    with later(13):
        assert carry_out("travaux-finis") == 0
    with later(15):
        assert carry_out("travaux-finis") == 2
    assert [str(row.pk) for row in DBTaskResult.objects.all()] == [waiting.id]


def test_a_withdrawn_partner_loses_its_contacts_after_a_year_not_its_name(cast):
    facts = {"name": "Agence", "partner_type": "bailleur", "phone": "0102030405", "note": "Demander l’accueil."}
    partner = create_partner(actor=cast.claire.actor, **facts)
    with later(1):
        close_partner(actor=cast.claire.actor, partner_id=partner.pk)
    with later(365):
        assert carry_out("partenaires-retires", cast.organisation.pk) == 0
    with later(367):
        assert carry_out("partenaires-retires", cast.organisation.pk) == 1
    kept = Partner.objects.get()
    assert (kept.name, kept.phone, kept.note) == ("Agence", "", "")


def test_texts_of_conventions_and_reports_go(cast):
    convention = Convention.objects.create(
        organisation=cast.organisation,
        funder_name="Ville",
        funder_kind="commune",
        starts_on=today() - dt.timedelta(days=300),
        ends_on=today(),
        post="Médiatrice",
    )
    ReportDraft.objects.create(
        organisation=cast.organisation,
        convention=convention,
        period_start=today() - dt.timedelta(days=30),
        period_end=today(),
        situations="Une famille et l’école.",
    )
    with later(367):
        assert carry_out("conventions", cast.organisation.pk) == 1
        assert carry_out("textes-bilans", cast.organisation.pk) == 0
    with later(732):
        assert carry_out("textes-bilans", cast.organisation.pk) == 1
    convention.refresh_from_db()
    assert (convention.post, convention.funder_name) == ("", "Ville")


def test_the_words_of_a_refused_request_and_of_a_rights_request_go(cast):
    CharterRefusal.objects.create(
        organisation=cast.organisation,
        author=cast.samia.member,
        asked_on=today(),
        asker_type="bailleur",
        kind="nom",
        principle="confidentialite",
        circumstances="Au téléphone.",
    )
    DataRequest.objects.create(
        organisation=cast.organisation,
        kind="acces",
        match="inconnue",
        received_on=today(),
        channel="courrier",
        words="Je voudrais savoir.",
        due_on=today(),
        status="close",
        answered_on=today(),
        outcome=RequestOutcome.values[-1],
        recorded_by=cast.samia.member,
    )
    with later(367):
        assert carry_out("demandes-refusees", cast.organisation.pk) == 1
        assert carry_out("demandes-de-droits", cast.organisation.pk) == 1
    assert DataRequest.objects.get().words == ""
    assert CharterRefusal.objects.get().kind == "nom"


# --- the journal ----------------------------------------------------------------------------------------------------


def test_whole_sealed_days_leave_the_journal_their_seals_stay_and_the_chain_still_holds(db):
    with time_machine.travel(REAL - dt.timedelta(days=400), tick=False):  # the database's own clock guards the journal
        cast = build_cast()
    for days in (399, 398, 380, 10):
        with time_machine.travel(REAL - dt.timedelta(days=days), tick=False):
            for _ in range(3):
                presence.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="x")
    with time_machine.travel(REAL, tick=False):
        seal_days()
        sealed, events = Seal.objects.count(), Entry.objects.count()
        run = run_rule(personal.rule("journal"), None)
        assert (run.done, run.organisation_id) == (4, None)
        assert Seal.objects.count() == sealed
        assert Entry.objects.count() == 4  # the last three, and the run itself
        assert events > 12
        findings = {found.name: found for found in verify.run() if found.name.startswith("journal")}
        assert all(found.holds for found in findings.values())
        assert "purgés" in findings["journal.chaine"].sentence
        assert run_rule(personal.rule("journal"), None) is None


def test_a_younger_event_is_never_due(cast):
    with time_machine.travel(now() - dt.timedelta(days=366), tick=False):
        accounts.create_team(actor=accounts_system(cast.organisation.pk), name="Autre", job="transports")
    seal_days()
    assert not personal.rule("journal").due(None, now() - dt.timedelta(days=366)).exists()
