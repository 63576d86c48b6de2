"""Who conducts a case: two people, no link with a party; who is warned; what leaves the secret, and how."""

import pytest
from django.urls import reverse

from entremise.accounts.enums import NewWayIn
from entremise.accounts.services import close_confidences
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.mediations import services
from entremise.mediations.models import CaseAlert, CaseMediator, Disclosure
from entremise.mediations.queries import get_case, get_vault
from entremise.mediations.waiting import waiting_for
from tests.mediations import build

pytestmark = pytest.mark.django_db


def named(cast, case, by):
    return services.name_mediator(actor=by.actor, case_id=case.pk, member_id=cast.paul.member.pk)


def kinds(person):
    return {item.kind for item in waiting_for(person.actor)}


def test_a_co_mediator_enters_after_saying_they_have_no_link(cast, signed_in):
    case = build.opened(cast)
    build.party(cast, case)
    place = named(cast, case, cast.samia)
    with pytest.raises(NotFound):
        get_case(cast.paul.actor, case.pk)
    assert "mediations.invitations" in kinds(cast.paul)
    url = reverse("mediations:declare", args=[place.pk])
    client = signed_in(cast.paul)
    page = client.get(url).content.decode()
    assert "Awa Cissokho" in page
    assert build.SUBJECT not in page
    client.post(url, {"link": "aucun"})
    assert get_vault(cast.paul.actor, case.pk).subject == build.SUBJECT


def test_the_landlord_s_employee_steps_aside_and_reads_nothing(cast, signed_in):
    case = build.opened(cast)
    place = named(cast, case, cast.samia)
    signed_in(cast.paul).post(reverse("mediations:declare", args=[place.pk]), {"link": "emploi"})
    place.refresh_from_db()
    assert (place.entered_at, place.left_at is not None, place.link) == (None, True, "emploi")
    assert "emploi" not in str(CaseMediator.objects.filter(pk=place.pk).values().get())
    with pytest.raises(NotFound):
        get_case(cast.paul.actor, case.pk)


def test_a_succession_takes_two_people_and_then_the_successor_s_word(cast):
    case = build.opened(cast)
    services.leave_case(actor=cast.samia.actor, case_id=case.pk)
    with pytest.raises(NotFound):
        get_case(cast.samia.actor, case.pk)
    place = named(cast, case, cast.claire)
    with pytest.raises(NotFound):
        services.declare_link(actor=cast.paul.actor, place_id=place.pk, link="aucun")
    for someone in (cast.claire, cast.clara):
        with pytest.raises(NotFound):
            services.confirm_mediator(actor=someone.actor, place_id=place.pk)
    for someone in (cast.samia, cast.paul, cast.leo, cast.ines):
        with pytest.raises(NotAllowed):
            services.confirm_mediator(actor=someone.actor, place_id=place.pk)
    assert "mediations.successions" in kinds(cast.alban)
    services.confirm_mediator(actor=cast.alban.actor, place_id=place.pk)
    services.declare_link(actor=cast.paul.actor, place_id=place.pk, link="aucun")
    assert get_vault(cast.paul.actor, case.pk).subject == build.SUBJECT
    for someone in (cast.claire, cast.alban):
        with pytest.raises((NotAllowed, NotFound)):
            get_vault(someone.actor, case.pk)


@pytest.mark.parametrize("who", ["claire", "hugo", "ines", "samia"])
def test_only_another_mediator_of_the_team_is_named(cast, who):
    case = build.opened(cast)
    member = cast.people()[who].member.pk
    with pytest.raises(InvalidInput):
        services.name_mediator(actor=cast.samia.actor, case_id=case.pk, member_id=member)


def test_a_coordinator_warns_the_mediators_without_a_word(cast, signed_in):
    case = build.opened(cast)
    url = reverse("mediations:warn", args=[case.pk])
    signed_in(cast.claire).post(url, {"reason": "rappel", "text": "Le voisin a rappelé"})
    assert CaseAlert.objects.get().member_id == cast.samia.member.pk
    assert "mediations.alerts" in kinds(cast.samia)
    client = signed_in(cast.samia)
    assert "Vous êtes prévenu" in client.get(reverse("mediations:case", args=[case.pk])).content.decode()
    client.post(reverse("mediations:seen", args=[case.pk]))
    assert "mediations.alerts" not in kinds(cast.samia)
    assert signed_in(cast.samia).post(url, {"reason": "rappel"}).status_code == 403


def test_a_password_made_anew_shuts_one_vault_and_warns_the_co_mediators(cast):
    case = build.opened(cast)
    place = named(cast, case, cast.samia)
    services.declare_link(actor=cast.paul.actor, place_id=place.pk, link="aucun")
    close_confidences(actor=cast.samia.actor, user=cast.samia.user, by=NewWayIn.LINK)
    alert = CaseAlert.objects.get()
    assert (alert.member_id, alert.reason) == (cast.paul.member.pk, "coffre_ferme")
    assert get_vault(cast.paul.actor, case.pk).subject == build.SUBJECT
    with pytest.raises(NotAllowed):
        get_vault(cast.samia.actor, case.pk)
    with pytest.raises(NotAllowed):
        services.write_note(actor=cast.samia.actor, case_id=case.pk, kind="fait", text="Non")


def test_leaving_the_secret_takes_the_supervisor_and_tells_these_words_alone(cast, signed_in):
    case = build.opened(cast)
    asked = services.ask_disclosure(
        actor=cast.samia.actor,
        case_id=case.pk,
        ground="enfant",
        recipient="crip",
        words="Un enfant reste seul la nuit.",
        called_first=True,
    )
    assert "mediations.disclosures" in kinds(cast.claire)
    page = signed_in(cast.claire).get(reverse("mediations:case", args=[case.pk])).content.decode()
    assert "Un enfant reste seul la nuit." in page
    assert build.SUBJECT not in page
    for someone in (cast.samia, cast.paul, cast.alban, cast.ines):
        with pytest.raises((NotAllowed, NotFound)):
            services.decide_disclosure(
                actor=someone.actor, case_id=case.pk, disclosure_id=asked.pk, decision="acceptee"
            )
    url = reverse("mediations:decide", args=[case.pk, asked.pk])
    signed_in(cast.claire).post(url, {"decision": "acceptee"})
    signed_in(cast.claire).post(url, {"decision": "refusee"})
    found = Disclosure.objects.get()
    assert (found.decision, found.decided_by_id) == ("acceptee", cast.claire.member.pk)
