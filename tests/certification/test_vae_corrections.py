"""A result told to the national service, then changed by an addendum: shown until a person has it mended there."""

import json

import pytest
import time_machine

from entremise.certification.commands import AddendumFacts
from entremise.certification.enums import VaeStepKind
from entremise.certification.models import Sitting, VaeCorrection, VaeDossier, VaeSend, VaeStep
from entremise.certification.national import SendKind
from entremise.certification.queries.vae_corrections import to_correct
from entremise.certification.services.minutes import add_addendum
from entremise.certification.services.vae_corrections import mark_corrected
from entremise.certification.services.vae_decisions import name_service_id
from entremise.certification.services.vae_jury import result_of
from entremise.certification.vae_waiting import vae_waiting
from entremise.competences.queries import record_facts
from entremise.core.errors import NotAllowed, NotFound
from entremise.core.time import now
from entremise.journal.queries import events_of
from tests.certification import build, build_vae

pytestmark = pytest.mark.django_db
TWO = build.BLOCKS[:2]
WHOLE = "SUCCES_TOTAL_CERTIFICATION_PARTIELLE"
PARTIAL = "SUCCES_PARTIEL_CERTIFICATION_PARTIELLE"
DIFFERS = "Le résultat transmis n’est plus le bon"


@pytest.fixture
def house(db):
    return build.house()


def heard(house, person, blocks=TWO, refused=()):
    """One jury for this candidate, its minutes sealed."""
    return build.sealed(house, [person], blocks=blocks, refused=refused)


@pytest.fixture
def told(house):
    """A candidate by the VAE, two blocks acquired; the service took the result."""
    person = build_vae.candidate(house, blocks=TWO)
    identifier = "5f0c0c0e-7d5b-4a57-9c52-6f0e6b1d2a11"
    build_vae.ready(house, person)
    name_service_id(actor=house.boss, candidate_id=person.pk, service_id=identifier)
    found = heard(house, person)
    VaeSend.objects.filter(kind=SendKind.RESULT).update(sent_at=now())
    return person, found


def addendum(house, found, outcome, rank=0):
    sitting = Sitting.objects.filter(session=found).order_by("rank")[rank]
    facts = AddendumFacts(text="Erreur de report sur le bloc.", sitting_id=sitting.pk, outcome=outcome)
    return add_addendum(actor=house.boss, session_id=found.pk, facts=facts)


def test_a_result_that_changed_is_shown_everywhere_until_somebody_says_it_is_mended(house, told, signed_in):
    person, found = told
    client, page = signed_in(house.people["celine"]), f"/certification/candidats/{person.pk}/vae"
    assert DIFFERS not in client.get(page).content.decode()
    addendum(house, found, "not_acquired")
    shown = client.get(page).content.decode()
    assert DIFFERS in shown
    assert "révoquer" in shown
    assert "À faire corriger là-bas" in client.get("/certification/vae/service").content.decode()
    assert [one.kind for one in vae_waiting(house.boss)].count("certification.vae_corrections") == 1
    correction = VaeCorrection.objects.get()
    assert f"{page}/corrections/{correction.pk}" in shown
    theirs = signed_in(house.people["camille"]).get(page).content.decode()
    assert DIFFERS in theirs
    assert f"/corrections/{correction.pk}" not in theirs
    client.post(f"{page}/corrections/{correction.pk}")
    assert DIFFERS not in client.get(page).content.decode()
    assert not [one for one in vae_waiting(house.boss) if one.kind == "certification.vae_corrections"]
    correction.refresh_from_db()
    assert correction.done_by_id == house.people["celine"].member.pk
    assert {"what": "corrected"} in [one.codes for one in events_of(correction.dossier_id, ["vae_dossier.changed"])]
    assert list(VaeStep.objects.values_list("kind", flat=True).order_by("at"))[-2:] == ["to_correct", "corrected"]
    assert client.post(f"{page}/corrections/{correction.pk}").status_code == 404


def test_an_addendum_that_changes_no_result_of_the_service_says_nothing(house, told):
    _, found = told
    add_addendum(actor=house.boss, session_id=found.pk, facts=AddendumFacts(text="Le lieu était la salle 3."))
    addendum(house, found, "acquired")
    assert not VaeCorrection.objects.exists()
    assert VaeSend.objects.filter(kind=SendKind.RESULT).count() == 1


def test_a_second_addendum_that_gives_the_told_result_back_closes_it(house, told):
    _, found = told
    addendum(house, found, "not_acquired")
    addendum(house, found, "acquired")
    assert not VaeCorrection.objects.exists()


def test_once_mended_what_was_mended_is_what_the_service_holds(house, told):
    person, found = told
    addendum(house, found, "not_acquired")
    mark_corrected(actor=house.boss, candidate_id=person.pk, correction_id=VaeCorrection.objects.get().pk)
    addendum(house, found, "acquired")
    assert [(one.told, one.present) for one in VaeCorrection.objects.filter(done_at=None)] == [(PARTIAL, WHOLE)]
    assert len(to_correct(house.boss)) == 1


@pytest.mark.parametrize("refusal", ["", "closed", "conflict"])
def test_what_has_not_left_is_told_anew(house, told, refusal):
    _, found = told
    VaeSend.objects.filter(kind=SendKind.RESULT).update(sent_at=None, refusal=refusal, attempts=bool(refusal))
    addendum(house, found, "not_acquired")
    assert not VaeCorrection.objects.exists()
    left = VaeSend.objects.get(kind=SendKind.RESULT)
    assert json.loads(left.payload) == {"resultat": PARTIAL}
    assert (left.attempts, left.refusal) == (0, "")


def test_after_a_silence_it_may_have_been_taken_so_a_person_looks(house, told):
    _, found = told
    VaeSend.objects.filter(kind=SendKind.RESULT).update(sent_at=None, refusal="timeout", attempts=1)
    addendum(house, found, "not_acquired")
    assert VaeCorrection.objects.count() == 1


def test_the_result_of_a_later_jury_is_compared_too_and_never_with_what_came_after(house):
    person = build_vae.candidate(house, blocks=TWO)
    build_vae.ready(house, person)
    name_service_id(actor=house.boss, candidate_id=person.pk, service_id="5f0c0c0e-7d5b-4a57-9c52-6f0e6b1d2a11")
    first = heard(house, person, refused=TWO[1:])
    build_vae.validation_sent(house, person)
    build_vae.checked(house, person)
    second = heard(house, person, blocks=TWO[1:])
    VaeSend.objects.filter(kind=SendKind.RESULT).update(sent_at=now())
    addendum(house, first, "acquired")  # says again what the minutes say: the later block does not count in it
    assert not VaeCorrection.objects.exists()
    addendum(house, first, "not_acquired")
    changed = {one.session_id: (one.told, one.present) for one in VaeCorrection.objects.all()}
    assert set(changed) == {first.pk, second.pk}
    assert changed[second.pk] == (WHOLE, PARTIAL)


def test_of_two_juries_sealed_at_one_instant_only_one_counts_the_other(house):
    person = build_vae.candidate(house, blocks=TWO)
    with time_machine.travel(now(), tick=False):
        build_vae.ready(house, person)
        first = heard(house, person, blocks=TWO[:1])
        build_vae.validation_sent(house, person)
        build_vae.checked(house, person)
        second = heard(house, person, blocks=TWO[1:])
    dossier, record = VaeDossier.objects.get(candidate=person), record_facts("RNCP41674")
    assert {result_of(dossier, one, record).value for one in (first, second)} == {PARTIAL, WHOLE}


def test_only_the_certifier_says_it_is_mended(house, told):
    person, found = told
    addendum(house, found, "not_acquired")
    asked = {"candidate_id": person.pk, "correction_id": VaeCorrection.objects.get().pk}
    for name in ("camille", "farid", "pauline"):
        with pytest.raises((NotAllowed, NotFound)):
            mark_corrected(actor=house.people[name].actor, **asked)
    with pytest.raises(NotFound):
        mark_corrected(actor=build.house("Autre jury", "-b").boss, **asked)
    assert VaeDossier.objects.filter(corrections__done_at=None).exists()
    assert VaeStepKind.TO_CORRECT in set(VaeStep.objects.values_list("kind", flat=True))
