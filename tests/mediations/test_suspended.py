"""Who withdraws on their fiche, or objects to being followed, is in no talks any more; mediators learn that alone."""

import pytest
from django.urls import reverse

from entremise.core.errors import InvalidInput
from entremise.core.time import today
from entremise.mediations import services
from entremise.mediations.models import Case, CaseAlert, Consent, MediationAgreement, Party, Signature
from entremise.mediations.queries import facts_of
from entremise.privacy.services import withdraw_agreement
from entremise.privacy.services.restriction import accept_opposition
from tests.mediations import build
from tests.privacy.build import asked
from tests.privacy.people import agreement

pytestmark = pytest.mark.django_db


def first_party(case) -> Party:
    return Party.objects.get(case=case, letter="A")


def objects(cast, party) -> None:
    accept_opposition(actor=cast.dora.actor, request_id=asked(cast, kind="opposition", person=party.person).pk)


def withdraws(cast, party) -> None:
    given = agreement(cast, party.person, purpose="mediation")
    withdraw_agreement(actor=cast.samia.actor, person_id=party.person_id, agreement_id=given.pk)


@pytest.mark.parametrize("leave", [objects, withdraws])
@pytest.mark.parametrize("stage", ["pleniere", "options", "accord"])
def test_the_talks_stop_and_the_mediators_are_warned_without_a_ground_or_a_name(cast, signed_in, leave, stage):
    case = build.at_stage(cast, stage)
    place = services.name_mediator(actor=cast.samia.actor, case_id=case.pk, member_id=cast.paul.member.pk)
    services.declare_link(actor=cast.paul.actor, place_id=place.pk, link="aucun")
    leave(cast, first_party(case))
    case = Case.objects.get(pk=case.pk)
    assert case.stage == "engagement"
    assert not facts_of(case).consents
    warned = CaseAlert.objects.all()
    assert {one.member_id for one in warned} == {cast.samia.member.pk, cast.paul.member.pk}
    assert {(one.reason, one.by_id) for one in warned} == {("suspendue", None)}
    for who in (cast.samia, cast.paul):
        page = signed_in(who).get(reverse("mediations:case", args=[case.pk])).content.decode()
        told = page.split("Vous êtes prévenu")[1].split("</form>")[0]
        assert "Les échanges sont suspendus" in told
        for word in ("Awa", "oppos", "Partie A", "retir", "Dora"):
            assert word not in told
    with pytest.raises(InvalidInput):
        build.move(cast, case, "pleniere")
    with pytest.raises(InvalidInput):
        build.session(cast, case, "navette", "B")


def test_the_coordinator_reads_the_stage_and_no_warning(cast, signed_in):
    case = build.at_stage(cast, "pleniere")
    objects(cast, first_party(case))
    page = signed_in(cast.claire).get(reverse("mediations:case", args=[case.pk])).content.decode()
    assert "Accord pour entrer en médiation" in page
    assert "suspendus" not in page


def test_what_was_signed_on_a_draft_falls_and_a_concluded_agreement_stays(cast):
    from tests.mediations.test_agreements import concluded, drafted, signed

    case = build.at_stage(cast, "accord")
    drafted(cast, case)
    signed(cast, case)
    gone = first_party(case)
    objects(cast, gone)
    assert not Signature.objects.filter(party=gone).exists()
    assert MediationAgreement.objects.filter(concluded_at=None).exists()
    kept = concluded(cast)
    objects(cast, first_party(kept))
    kept.refresh_from_db()
    assert (kept.stage, kept.agreed_on) == ("suivi", today())
    with pytest.raises(InvalidInput):
        build.move(cast, kept, "accord")


def test_where_nothing_was_agreed_yet_the_mediators_are_warned_not_to_approach_them(cast):
    case = build.at_stage(cast, "contact")
    objects(cast, first_party(case))
    assert [one.reason for one in CaseAlert.objects.all()] == ["suspendue"]
    assert Case.objects.get(pk=case.pk).stage == "contact"


def test_neither_the_other_mediations_nor_the_closed_ones_of_others_are_touched(cast):
    case, other = build.at_stage(cast, "pleniere"), build.at_stage(cast, "pleniere")
    services.close_case(actor=cast.samia.actor, case_id=other.pk, outcome="dialogue_retabli")
    before = Consent.objects.filter(case=other, withdrawn_at=None).count()
    objects(cast, first_party(case))
    assert not CaseAlert.objects.filter(case=other).exists()
    assert Consent.objects.filter(case=other, withdrawn_at=None).count() == before


def test_another_purpose_withdrawn_changes_nothing(cast):
    case = build.at_stage(cast, "pleniere")
    one = first_party(case)
    given = agreement(cast, one.person)
    withdraw_agreement(actor=cast.samia.actor, person_id=one.person_id, agreement_id=given.pk)
    assert Case.objects.get(pk=case.pk).stage == "pleniere"
    assert not CaseAlert.objects.exists()


@pytest.mark.parametrize("reason", ["suspendue", "coffre_ferme", "autre"])
def test_a_coordinator_does_not_say_what_the_software_says(cast, reason):
    case = build.opened(cast)
    with pytest.raises(InvalidInput):
        services.warn_mediators(actor=cast.claire.actor, case_id=case.pk, reason=reason)
