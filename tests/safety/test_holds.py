"""A legal hold on an incident sheet keeps its words, and what was noted around it."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core import personal
from entremise.core.errors import InvalidInput
from entremise.core.time import now, today
from entremise.privacy.services.holds import lift_hold, place_hold
from entremise.privacy.services.retention import run_rule
from entremise.safety import services
from entremise.safety.models import Alert, Debrief, IncidentSheet
from entremise.safety.services.sheets import SheetFacts

pytestmark = pytest.mark.django_db
WORDS = "Un objet lancé depuis l’étage, sans blessé."


def write(person, **links):
    facts = SheetFacts(kind="menace", happened_at=now(), facts=WORDS)
    return services.write_sheet(actor=person.actor, facts=facts, **links)


def held(cast, reference, **changes):
    told = {"kind": "incident", "reference": reference, "reason": "Plainte.", "until": today() + dt.timedelta(days=90)}
    return place_hold(actor=cast.dora.actor, **(told | changes))


def night(cast, code):
    """What the rule did and left, everything being due."""
    run = run_rule(personal.rule(code), cast.organisation.pk)
    return (run.done, run.held) if run else (0, 0)


def test_a_held_sheet_outlives_its_rule_and_the_others_do_not(cast):
    old = now() - dt.timedelta(days=5 * 365 + 10)
    sheet, other = write(cast.samia), write(cast.samia)
    IncidentSheet.objects.update(happened_at=old)
    hold = held(cast, sheet.reference)
    assert night(cast, "fiches-incident") == (1, 1)
    assert [IncidentSheet.objects.get(pk=one.pk).facts for one in (sheet, other)] == [WORDS, ""]
    lift_hold(actor=cast.dora.actor, hold_id=hold.pk)
    assert night(cast, "fiches-incident") == (1, 0)
    assert IncidentSheet.objects.get(pk=sheet.pk).facts == ""


def test_the_alert_and_the_debriefing_of_a_held_sheet_stay_with_it(cast):
    alert, other = (services.raise_alert(actor=person.actor) for person in (cast.samia, cast.paul))
    for one in (alert, other):
        services.close_alert(actor=cast.samia.actor, alert_id=one.pk, end="securite")
    sheet = write(cast.samia, alert_id=alert.pk)
    write(cast.samia, alert_id=alert.pk)
    about = {"subject_type": "fiche", "subject_id": sheet.pk}
    services.hold_debrief(actor=cast.samia.actor, facts=WORDS, **about)
    services.hold_debrief(actor=cast.samia.actor, facts=WORDS)
    held(cast, sheet.reference)
    old = now() - dt.timedelta(days=400)
    Alert.objects.update(raised_at=old)
    Debrief.objects.update(held_at=old)
    assert night(cast, "alertes-equipe") == (1, 1)
    assert night(cast, "debriefings") == (1, 1)
    assert Debrief.objects.get(subject_id=sheet.pk).facts == WORDS
    assert IncidentSheet.objects.get(pk=sheet.pk).alert_id == alert.pk


def test_the_officer_names_it_by_the_reference_its_page_shows_without_reading_it(cast, signed_in):
    sheet = write(cast.samia)
    address = reverse("safety:sheet", args=[sheet.pk])
    assert sheet.reference in signed_in(cast.samia).get(address).content.decode()
    assert held(cast, sheet.reference.lower().replace("-", " ")).target_id == sheet.pk
    assert signed_in(cast.dora).get(address).status_code == 404


def test_a_sheet_of_elsewhere_or_another_kind_is_not_found(cast):
    sheet, foreign = write(cast.samia), write(cast.ines)
    for facts in ({"reference": foreign.reference}, {"reference": sheet.reference, "kind": "mediation"}):
        with pytest.raises(InvalidInput) as refusal:
            held(cast, **({"reference": sheet.reference} | facts))
        assert "Aucune fiche" in str(refusal.value.errors["reference"])
