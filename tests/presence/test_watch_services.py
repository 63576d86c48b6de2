"""Observations name nobody; defects live their life and occupied places are never defects."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from entremise.accounts.services import complete_item, set_contact_email
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now, today
from entremise.directory.services import create_partner, name_owner
from entremise.presence import queries, services, tasks
from entremise.presence.enums import DEFECT_STEPS, TELLING_WATCH, DefectStatus, LogKind
from entremise.presence.models import Defect, DefectStep, LogEntry, Observation

pytestmark = pytest.mark.django_db


def queue():
    """The queue of the tests, which keeps what is put in it."""
    return tasks.send_defect_notice.get_backend()


def _report(cast, ground, person=None, **fields):
    fields = {"site_id": ground.hall.pk, "category": "eclairage"} | fields
    return services.report_defect(actor=(person or cast.samia).actor, team_id=cast.team.pk, **fields)


def _observe(cast, ground, person=None, **fields):
    fields = {"site_id": ground.square.pk, "watch_type": "ambiance"} | fields
    return services.observe(actor=(person or cast.samia).actor, team_id=cast.team.pk, **fields)


@pytest.mark.parametrize("watch_type", sorted(TELLING_WATCH))
def test_the_log_does_not_put_a_rare_trait_beside_a_place(cast, ground, watch_type):
    _observe(cast, ground, watch_type=watch_type, text="Trois habitants en parlent")
    (line,) = queries.day_log(cast.paul.actor, cast.team.pk, today())
    label = Observation.objects.get().watch_type
    assert line.entry.site_label == "Place des Marronniers"
    assert label not in line.words.detail
    assert "Trois habitants" not in line.words.detail
    assert line.words.detail.startswith("Constaté")


def test_an_observation_is_kept_with_its_reliability(cast, ground, out):
    seen = _observe(cast, ground, reliability="rumeur", round_id=out.pk, text="مرحبا 🎺")
    assert (seen.round, seen.reliability, Observation.objects.get().text) == (out, "rumeur", "مرحبا 🎺")
    assert LogEntry.objects.get(kind=LogKind.OBSERVATION).text == ""


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"watch_type": "delinquance"}, "watch_type"),
        ({"reliability": "certain"}, "reliability"),
        ({"text": "x" * 2_000_000}, "text"),
        ({"text": "\x00"}, "text"),
        ({"observed_at": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, "observed_at"),
    ],
)
def test_an_impossible_observation_leaves_nothing(cast, ground, wrong, field):
    with pytest.raises(InvalidInput) as refusal:
        _observe(cast, ground, **wrong)
    assert field in refusal.value.errors
    assert not Observation.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("write", ["report_defect", "observe"])
def test_what_a_round_brings_back_belongs_to_its_team(cast, ground, out, write):
    """A record with the round of one team and the log of another would be read by neither."""
    facts = {"site_id": ground.hall.pk, "round_id": out.pk}
    facts |= {"category": "eclairage"} if write == "report_defect" else {"watch_type": "ambiance"}
    with pytest.raises(InvalidInput, match="Équipe du soir") as refusal:
        getattr(services, write)(actor=cast.claire.actor, team_id=cast.other_team.pk, **facts)
    assert list(refusal.value.errors) == ["team_id"]
    assert not LogEntry.objects.filter(team_id=cast.other_team.pk).exists()
    assert getattr(services, write)(actor=cast.claire.actor, team_id=cast.team.pk, **facts).round == out
    with pytest.raises(NotFound):
        getattr(services, write)(actor=cast.hugo.actor, team_id=cast.other_team.pk, **facts)


@pytest.mark.parametrize("page", ["presence:report", "presence:observe"])
def test_the_round_of_another_team_is_said_beside_the_team(cast, ground, out, signed_in, page):
    facts = {"category": "eclairage", "urgency": "normal", "watch_type": "ambiance", "reliability": "observe"}
    answer = signed_in(cast.claire).post(
        reverse(page), facts | {"site_id": ground.hall.pk, "round_id": out.pk, "team_id": cast.other_team.pk}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["team_id"]


def test_watch_is_not_opened_by_others(cast, ground):
    seen, defect = _observe(cast, ground), _report(cast, ground)
    for person in (cast.ines, cast.hugo, cast.leo):
        with pytest.raises(NotFound):
            queries.get_observation(person.actor, seen.pk)
    with pytest.raises(NotFound):
        queries.get_defect(cast.ines.actor, defect.pk)
    assert queries.get_defect(cast.hugo.actor, defect.pk) == defect, "teams share defects, so as not to report twice"
    with pytest.raises(NotFound):
        _observe(cast, ground, site_id=ground.foreign_site.pk)
    with pytest.raises(NotFound):
        _report(cast, ground, site_id=ground.foreign_site.pk)
    with pytest.raises(NotFound):
        _report(cast, ground, cast.clara)
    with pytest.raises(NotAllowed):
        services.advance_defect(actor=cast.leo.actor, defect_id=defect.pk, status="accuse")
    with pytest.raises(NotFound):
        services.advance_defect(actor=cast.clara.actor, defect_id=defect.pk, status="accuse")


@pytest.mark.parametrize("category", ["squat", "vehicule"])
def test_an_occupied_place_or_vehicle_is_never_a_defect(cast, ground, category):
    with pytest.raises(InvalidInput, match="observation de veille sociale"):
        _report(cast, ground, category=category)
    assert not Defect.objects.exists()
    assert _report(cast, ground, category=category, empty_confirmed=True).category == category


def test_a_finer_word_of_the_organisation_keeps_occupied_places_out(cast, ground):
    code = complete_item(actor=cast.alban.actor, reference="L21", parent="squat", label="Cave ouverte").code
    with pytest.raises(InvalidInput) as refusal:
        _report(cast, ground, category=code)
    assert list(refusal.value.errors) == ["empty_confirmed"]
    assert not Defect.objects.exists()


@pytest.mark.parametrize("start", DefectStatus.values)
@pytest.mark.parametrize("wanted", DefectStatus.values)
def test_only_the_steps_of_the_life_of_a_defect_are_taken(cast, ground, start, wanted):
    defect = _report(cast, ground)
    Defect.objects.update(status=start)
    if wanted in DEFECT_STEPS[start]:
        assert services.advance_defect(actor=cast.paul.actor, defect_id=defect.pk, status=wanted).status == wanted
        assert DefectStep.objects.filter(defect=defect).count() == 2
    else:
        with pytest.raises(InvalidInput) as refusal:
            services.advance_defect(actor=cast.paul.actor, defect_id=defect.pk, status=wanted)
        assert refusal.value.errors["status"][0].endswith(".")
        assert DefectStep.objects.filter(defect=defect).count() == 1


def test_steps_keep_their_dates_and_must_follow_the_report(cast, ground):
    defect = _report(cast, ground)
    with pytest.raises(InvalidInput):
        services.advance_defect(
            actor=cast.paul.actor, defect_id=defect.pk, status="accuse", at=now() - dt.timedelta(days=1)
        )
    with time_machine.travel(now() + dt.timedelta(days=2), tick=False):
        services.advance_defect(actor=cast.paul.actor, defect_id=defect.pk, status="en_cours", note="Devis demandé")
    with time_machine.travel(now() + dt.timedelta(days=3, hours=1), tick=False):
        done = services.advance_defect(actor=cast.paul.actor, defect_id=defect.pk, status="resolu")
    assert done.days == 3
    assert done.acknowledged_at < done.resolved_at
    assert [step.note for step in queries.steps_of(done)] == ["", "Devis demandé", ""]
    (line,) = queries.day_log(cast.samia.actor, cast.team.pk, today())
    assert line.words.state_label == "Résolu, constaté"


def test_a_defect_seen_again_says_how_many_times(cast, ground):
    for days in (70, 40, 10):
        with time_machine.travel(now() - dt.timedelta(days=days)):
            _report(cast, ground)
    _report(cast, ground)
    (line,) = queries.day_log(cast.samia.actor, cast.team.pk, today())
    assert "3e fois en deux mois" in line.words.detail
    assert line.words.state_label == "À transmettre"


@pytest.fixture
def owner(cast, ground):
    """The landlord answers for lighting in the hall."""
    partner = create_partner(
        actor=cast.claire.actor, name="Bailleur des Lilas", partner_type="bailleur", email="agence@exemple.test"
    )
    name_owner(actor=cast.claire.actor, partner_id=partner.pk, site_id=ground.hall.pk)
    return partner


def test_the_owner_reads_the_category_and_the_place_alone(cast, ground, owner):
    defect = _report(cast, ground, description="La voisine du deux a peur le soir", urgency="urgent")
    assert (defect.owner_id, defect.owner_label) == (owner.pk, "Bailleur des Lilas")
    assert tasks.send_defect_notice.func(str(defect.pk), str(cast.organisation.pk)) == "sent"
    (message,) = mail.outbox
    assert message.to == ["agence@exemple.test"]
    for word in ("Éclairage", "Hall 4, allée des Lilas", defect.reference, "Passage commun"):
        assert word in message.subject + message.body
    assert "voisine" not in message.subject + message.body
    assert "Samia" not in message.body
    defect.refresh_from_db()
    assert defect.notified_at is not None
    (line,) = queries.day_log(cast.samia.actor, cast.team.pk, today())
    assert (line.words.state_label, "message envoyé" in line.words.detail) == ("Accusé de réception attendu", True)


def test_the_message_is_queued_with_identifiers_only(cast, ground, owner):
    queue().clear()
    defect = _report(cast, ground, description="secret")
    services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="relance", note="secret")
    services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="accuse")
    queued = [result.args for result in queue().results]
    assert queued == [[str(defect.pk), str(cast.organisation.pk)]] * 2
    tasks.send_defect_notice.func(*queued[0])
    assert "Rappel" not in mail.outbox[0].subject


def test_the_owner_answers_to_the_organisation_or_is_told_that_nobody_reads_the_sending_address(cast, ground, owner):
    defect = _report(cast, ground)
    alone = tasks.notice(defect, "agence@exemple.test")
    assert (alone.reply_to, "ne reçoit pas de réponse" in alone.body) == ([], True)
    set_contact_email(actor=cast.alban.actor, contact_email=" contact@passage-commun.test ")
    answered = tasks.notice(defect, "agence@exemple.test")
    assert answered.reply_to == ["contact@passage-commun.test"]
    assert "contact@passage-commun.test" in answered.body
    assert "ne reçoit pas de réponse" not in answered.body


def test_a_reminder_says_it_is_one(cast, ground, owner):
    defect = _report(cast, ground)
    services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="relance")
    tasks.send_defect_notice.func(str(defect.pk), str(cast.organisation.pk))
    assert "Rappel" in mail.outbox[0].subject


def test_without_a_known_owner_nothing_is_sent_and_it_is_said(cast, ground):
    defect = _report(cast, ground)
    assert tasks.send_defect_notice.func(str(defect.pk), str(cast.organisation.pk)) == "no_address"
    with pytest.raises(InvalidInput, match="annuaire"):
        services.request_notice(actor=cast.samia.actor, defect_id=defect.pk)
    services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="sans_suite")
    assert tasks.send_defect_notice.func(str(defect.pk), str(cast.organisation.pk)) == "nothing_to_send"
    assert tasks.send_defect_notice.func(str(defect.pk), str(cast.other_organisation.pk)) == "nothing_to_send"
    assert mail.outbox == []


def test_the_message_can_be_asked_for_again(cast, ground):
    defect = _report(cast, ground)
    partner = create_partner(actor=cast.claire.actor, name="Ville", partner_type="mairie", email="voirie@exemple.test")
    name_owner(actor=cast.claire.actor, partner_id=partner.pk, site_id=ground.hall.pk)
    queue().clear()
    assert services.request_notice(actor=cast.samia.actor, defect_id=defect.pk).owner_label == "Ville"
    assert len(queue().results) == 1
    services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="sans_suite")
    with pytest.raises(InvalidInput, match="clos"):
        services.request_notice(actor=cast.samia.actor, defect_id=defect.pk)
