"""A case from its saisine to its end, through the services."""

import pytest

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.journal.models import Entry
from entremise.mediations import services
from entremise.mediations.enums import Outcome, ShownOutcome, Stage
from entremise.mediations.models import Case, Party
from entremise.mediations.queries import get_case, get_vault, list_cases
from tests.mediations import build

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_its_saisine_to_a_dialogue_without_agreement(cast):
    case = build.at_stage(cast, Stage.PLENIERE)
    build.session(cast, case, "pleniere", "A", "B")
    services.close_case(actor=cast.samia.actor, case_id=case.pk, outcome="dialogue_retabli")
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.exact_outcome) == ("cloture", "dialogue_retabli", "dialogue_retabli")
    assert case.mediated_on is not None


@pytest.mark.parametrize("target", ["entretiens", "engagement", "pleniere", "options", "accord", "suivi", "cloture"])
def test_no_stage_is_skipped(cast, target):
    case = build.at_stage(cast, Stage.RECEVABILITE)
    with pytest.raises(InvalidInput):
        build.move(cast, case, target)
    assert Case.objects.get(pk=case.pk).stage == "recevabilite"


def test_going_back_to_the_admission_asks_to_judge_again(cast):
    case = build.at_stage(cast, Stage.CONTACT)
    build.move(cast, case, "saisine")
    assert Case.objects.get(pk=case.pk).accepted_on is None


def test_a_party_that_withdraws_in_the_middle_stops_the_talks_without_a_reason(cast):
    case = build.at_stage(cast, Stage.PLENIERE)
    first = Party.objects.get(case=case, letter="A")
    services.withdraw_consent(actor=cast.samia.actor, case_id=case.pk, party_id=first.pk)
    case.refresh_from_db()
    assert case.stage == Stage.ENGAGEMENT
    with pytest.raises(InvalidInput):
        build.move(cast, case, "pleniere")
    services.close_case(actor=cast.samia.actor, case_id=case.pk, outcome=Outcome.DESISTEMENT)
    case.refresh_from_db()
    assert case.outcome == ShownOutcome.PAS_ADAPTE


def test_a_forbidding_ground_stops_at_once_and_is_sealed(cast):
    case = build.at_stage(cast, Stage.ENTRETIENS)
    services.forbid_case(actor=cast.samia.actor, case_id=case.pk, ground="violences_couple")
    raw = Case.objects.filter(pk=case.pk).values().get()
    assert "violences" not in str(raw)
    assert raw["outcome"] == ShownOutcome.PAS_ADAPTE
    assert Case.objects.get(pk=case.pk).ground == "violences_couple"
    assert not Entry.objects.filter(payload__icontains="violences").exists()
    with pytest.raises(InvalidInput):
        build.move(cast, case, "saisine")


def test_its_mediators_alone_open_the_vault(cast):
    case = build.opened(cast)
    assert get_vault(cast.samia.actor, case.pk).subject == build.SUBJECT
    assert get_case(cast.claire.actor, case.pk).stage == Stage.SAISINE
    with pytest.raises(NotAllowed):
        get_vault(cast.claire.actor, case.pk)
    for other in (cast.paul, cast.hugo, cast.alban, cast.dora, cast.leo, cast.ines, cast.clara):
        with pytest.raises(NotFound):
            get_case(other.actor, case.pk)
        assert list(list_cases(other.actor)) == []


def test_the_same_person_may_be_a_party_elsewhere_and_neither_case_knows(cast):
    one, two = build.opened(cast), build.opened(cast, by=cast.paul)
    known = build.party(cast, one)
    services.add_party(
        actor=cast.paul.actor,
        case_id=two.pk,
        facts=build.PartyFacts(kind="personne", person_id=known.person_id),
    )
    assert set(list_cases(cast.samia.actor)) == {one}
    with pytest.raises(InvalidInput):
        services.add_party(
            actor=cast.samia.actor,
            case_id=one.pk,
            facts=build.PartyFacts(kind="personne", person_id=known.person_id),
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "institution", "label": "Bailleur"}, "empowered"),
        ({"kind": "groupe"}, "label"),
        ({"kind": "personne"}, "person_id"),
        ({"kind": "groupe", "label": "Jeunes", "is_minor": True}, "own_wish"),
        ({"kind": "groupe", "label": "Jeunes", "is_minor": True, "own_wish": "Jouer"}, "authority"),
        ({"kind": "groupe", "label": "x", "representation": "representee"}, "supporter"),
        ({"kind": "groupe", "label": "x" * 2_000_000}, "label"),
        ({"kind": "robot", "label": "x"}, "kind"),
        ({"kind": "groupe", "label": "x", "language": "xx"}, "language"),
    ],
)
def test_a_party_says_what_it_needs(cast, values, field):
    case = build.opened(cast)
    with pytest.raises(InvalidInput) as refusal:
        build.party(cast, case, **values)
    assert field in refusal.value.errors


def test_a_minor_whose_parents_must_not_be_told_enters_on_their_own_wish(cast):
    case = build.opened(cast)
    values = {"is_minor": True, "own_wish": "Qu’on me laisse jouer", "authority": "pas_contactee"}
    young = build.party(cast, case, kind="groupe", label="Le plus jeune", **values)
    assert build.consent(cast, case, young).party_id == young.pk


def test_a_minor_does_not_enter_against_parental_authority(cast):
    case = build.opened(cast)
    values = {"is_minor": True, "own_wish": "Venir", "authority": "refusee"}
    young = build.party(cast, case, kind="groupe", label="Le plus jeune", **values)
    with pytest.raises(InvalidInput):
        build.consent(cast, case, young)
