"""An agreement: precise, dated, withdrawn at any time, never rewritten."""

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction

from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.time import today
from entremise.directory.services.partners import create_partner
from entremise.journal.models import Entry
from entremise.privacy.models import Agreement
from entremise.privacy.queries import AgreementState, states_of
from entremise.privacy.queries.agreements import agreement_lines, list_agreements
from entremise.privacy.queries.persons import facts_of
from entremise.privacy.services import NoAgreement, correct_person, require_agreement, withdraw_agreement
from tests.privacy.people import agreement, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone(cast):
    return person(cast)


@pytest.fixture
def partner(cast):
    return create_partner(actor=cast.claire.actor, name="Mission locale", partner_type="mission_locale")


def _withdraw(cast, someone, given):
    return withdraw_agreement(actor=cast.paul.actor, person_id=someone.pk, agreement_id=given.pk)


def test_what_needs_an_agreement_is_refused_before_it_and_at_once_after_its_withdrawal(cast, someone):
    with pytest.raises(NoAgreement):
        require_agreement(someone.pk, "suivi")
    given = agreement(cast, someone)
    assert require_agreement(someone.pk, "suivi") == given
    _withdraw(cast, someone, given)
    with pytest.raises(NoAgreement):
        require_agreement(someone.pk, "suivi")
    agreement(cast, someone)
    assert require_agreement(someone.pk, "suivi").pk != given.pk


def test_an_agreement_for_one_recipient_is_worth_nothing_for_another(cast, someone, partner):
    other = create_partner(actor=cast.claire.actor, name="Bailleur", partner_type="bailleur")
    agreement(cast, someone, purpose="partage", partner_id=partner.pk)
    agreement(cast, someone, purpose="partage", recipient_label="L’infirmière du collège")
    assert require_agreement(someone.pk, "partage", partner.pk)
    assert require_agreement(someone.pk, "partage", "l'infirmiere du college")
    for wrong in (other.pk, None, "la mairie"):
        with pytest.raises(NoAgreement):
            require_agreement(someone.pk, "partage", wrong)
    with pytest.raises(NoAgreement):
        require_agreement(someone.pk, "mediation", partner.pk)


def test_the_withdrawal_is_published_in_the_same_transaction(cast, someone, partner):
    given = agreement(cast, someone, purpose="partage", partner_id=partner.pk)
    with pytest.raises(RuntimeError), transaction.atomic():
        _withdraw(cast, someone, given)
        raise RuntimeError("the rest failed")
    assert not Entry.objects.filter(name="agreement.withdrawn").exists()
    assert require_agreement(someone.pk, "partage", partner.pk)
    _withdraw(cast, someone, given)
    entry = Entry.objects.get(name="agreement.withdrawn")
    assert (entry.target_id, entry.payload["codes"]["partner"]) == (someone.pk, str(partner.pk))


def test_withdrawn_twice_it_is_withdrawn_once(cast, someone):
    given = agreement(cast, someone)
    assert _withdraw(cast, someone, given).pk == _withdraw(cast, someone, given).pk
    assert Entry.objects.filter(name="agreement.withdrawn").count() == 1


def test_history_is_only_ever_added_to(cast, someone):
    given = agreement(cast, someone)
    _withdraw(cast, someone, given)
    given.happened_on = today() - dt.timedelta(days=1)
    for attempt in (
        given.save,
        given.delete,
        Agreement.objects.all().delete,
        lambda: Agreement.objects.update(kind="donne"),
    ):
        with pytest.raises(TypeError):
            attempt()
    lines = agreement_lines(list_agreements(cast.samia.actor, someone))
    assert [(line.is_withdrawal, line.is_in_force) for line in lines] == [(True, False), (False, False)]


def test_the_state_is_computed_from_the_events(cast, someone):
    never = person(cast)
    given = agreement(cast, someone)
    assert states_of([someone.pk, never.pk], "suivi") == {
        someone.pk: AgreementState.GIVEN,
        never.pk: AgreementState.NEVER,
    }
    _withdraw(cast, someone, given)
    assert states_of([someone.pk], "suivi")[someone.pk] == AgreementState.WITHDRAWN
    agreement(cast, someone)
    assert states_of([someone.pk], "suivi")[someone.pk] == AgreementState.GIVEN


def test_withdrawing_the_follow_up_lifts_the_date_to_see_the_person_again(cast):
    someone = person(cast, see_again_on=today())
    given = agreement(cast, someone)
    _withdraw(cast, someone, given)
    someone.refresh_from_db()
    assert someone.see_again_on is None
    correct = partial(correct_person, actor=cast.samia.actor, person_id=someone.pk)
    with pytest.raises(InvalidInput, match="retiré son accord"):
        correct(base_version=1, facts=replace(facts_of(someone), see_again_on=today()))
    someone = correct(base_version=1, facts=replace(facts_of(someone), birth_year=1990))  # their right, agreed or not
    agreement(cast, someone)
    assert correct(base_version=2, facts=replace(facts_of(someone), see_again_on=today())).see_again_on == today()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"purpose": "tout"}, "purpose"),
        ({"purpose": "partage"}, "partner_id"),
        ({"purpose": "image"}, "recipient_label"),
        ({"purpose": "autre", "recipient_label": "x" * 81}, "recipient_label"),
        ({"manner": "clin-d-oeil"}, "manner"),
        ({"manner": "mandat", "mandate_by": "Sa mère"}, "mandate_quality"),
        ({"manner": "mandat", "mandate_quality": "parent"}, "mandate_by"),
        ({"language": "klingon"}, "language"),
        ({"interpreter": ""}, "interpreter"),
        ({"happened_on": dt.date(2100, 1, 1)}, "happened_on"),
        ({"happened_on": dt.date(1999, 1, 1)}, "happened_on"),
    ],
)
def test_what_is_missing_or_impossible_is_refused_beside_its_field(cast, someone, values, field):
    with pytest.raises(InvalidInput) as refusal:
        agreement(cast, someone, **values)
    assert field in refusal.value.errors


def test_the_same_agreement_is_not_given_twice(cast, someone):
    agreement(cast, someone)
    with pytest.raises(InvalidInput) as refusal:
        agreement(cast, someone)
    assert list(refusal.value.errors) == [FORM]


def test_an_anonymous_team_names_no_mandate_holder(cast):
    someone = person(cast, by=cast.hugo, team_id=cast.other_team.pk)
    mandate = {"manner": "mandat", "mandate_quality": "parent"}
    with pytest.raises(InvalidInput):
        agreement(cast, someone, by=cast.hugo, mandate_by="Fatou", **mandate)
    assert agreement(cast, someone, by=cast.hugo, **mandate).mandate_by == ""


def test_a_stranger_neither_gives_nor_withdraws(cast, someone):
    given = agreement(cast, someone)
    for stranger in (cast.ines, cast.hugo, cast.dora):
        with pytest.raises(NotFound):
            agreement(cast, someone, by=stranger)
        with pytest.raises(NotFound):
            withdraw_agreement(actor=stranger.actor, person_id=someone.pk, agreement_id=given.pk)
