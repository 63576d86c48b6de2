"""An agreement says who does what, when and how it is checked, in words that judge nobody; each party signs."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core.errors import Conflict, InvalidInput
from entremise.core.time import today
from entremise.mediations import services
from entremise.mediations.commands import AgreementFacts, Answer, UndertakingFacts
from entremise.mediations.exports import papers
from entremise.mediations.models import Case, FollowUp, MediationAgreement, Party, Signature
from tests.mediations import build

pytestmark = pytest.mark.django_db
DRAWING = "10,90 80,40 150,120;200,60 260,90"


def facts(**values) -> AgreementFacts:
    told = {"party": "A", "what": "Baisser le son après 22 h", "due_on": today(), "checked_how": "Un appel samedi"}
    undertaking = UndertakingFacts(**(told | values.pop("undertaking", {})))
    known = {"kind": "ecrit", "context": "Le son du soir gêne, et chacun veut vivre chez soi.", "read_aloud": True}
    return AgreementFacts(**(known | {"undertakings": (undertaking,)} | values))


def drafted(cast, case, base_version=0, **values):
    return services.draft_agreement(
        actor=cast.samia.actor, case_id=case.pk, facts=facts(**values), base_version=base_version
    )


def signed(cast, case, manner="parole"):
    for one in Party.objects.filter(case=case):
        told = {"party_id": one.pk, "manner": manner, "drawing": DRAWING}
        services.sign_agreement(actor=cast.samia.actor, case_id=case.pk, **told)


def concluded(cast):
    case = build.at_stage(cast, "accord")
    drafted(cast, case)
    signed(cast, case)
    services.conclude_agreement(actor=cast.samia.actor, case_id=case.pk)
    return Case.objects.get(pk=case.pk)


def test_a_concluded_agreement_plans_its_three_looks(cast):
    case = concluded(cast)
    assert case.stage == "suivi"
    assert case.agreed_on == today()
    planned = [(one.due_on - today()).days for one in FollowUp.objects.order_by("due_on")]
    assert planned == [7, 30, 90]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"undertaking": {"due_on": None}}, "undertakings-0-due_on"),
        ({"undertaking": {"due_on": dt.date(2020, 1, 1)}}, "undertakings-0-due_on"),
        ({"undertaking": {"checked_how": ""}}, "undertakings-0-checked_how"),
        ({"undertaking": {"what": ""}}, "undertakings-0-what"),
        ({"undertaking": {"what": "Le coupable se tait"}}, "undertakings-0-what"),
        ({"undertaking": {"what": "x" * 2_000_000}}, "undertakings-0-what"),
        ({"undertaking": {"party": "Z"}}, "undertakings-0-party"),
        ({"context": "Monsieur est agressif et c’est sa faute"}, "context"),
        ({"context": ""}, "context"),
        ({"undertakings": ()}, "__all__"),
        ({"kind": "serment"}, "kind"),
    ],
)
def test_what_cannot_be_checked_or_blames_is_refused(cast, values, field):
    case = build.at_stage(cast, "accord")
    with pytest.raises(InvalidInput) as refusal:
        drafted(cast, case, **values)
    assert field in refusal.value.errors
    assert not MediationAgreement.objects.exists()


def test_it_is_not_concluded_without_each_word_nor_after_a_withdrawal(cast):
    case = build.at_stage(cast, "accord")
    drafted(cast, case)
    first, second = Party.objects.filter(case=case)
    services.sign_agreement(actor=cast.samia.actor, case_id=case.pk, party_id=first.pk, manner="parole")
    with pytest.raises(InvalidInput):
        services.conclude_agreement(actor=cast.samia.actor, case_id=case.pk)
    services.withdraw_consent(actor=cast.samia.actor, case_id=case.pk, party_id=first.pk)
    assert not Signature.objects.exists()
    with pytest.raises(InvalidInput):
        services.sign_agreement(actor=cast.samia.actor, case_id=case.pk, party_id=second.pk, manner="papier")
    assert Case.objects.get(pk=case.pk).agreed_on is None


def test_changing_the_draft_asks_for_every_word_again_and_never_overwrites(cast):
    case = build.at_stage(cast, "accord")
    drafted(cast, case)
    signed(cast, case)
    drafted(cast, case, base_version=1, context="Le son, le soir.")
    assert not Signature.objects.exists()
    with pytest.raises(Conflict):
        drafted(cast, case, base_version=1)


def test_it_is_read_aloud_before_it_is_signed(cast):
    case = build.at_stage(cast, "accord")
    drafted(cast, case, read_aloud=False)
    with pytest.raises(InvalidInput):
        signed(cast, case)


def test_an_agreement_that_does_not_hold_is_talked_over_again(cast):
    case = concluded(cast)
    look = FollowUp.objects.order_by("due_on").first()
    said = [Answer(party="B", link="en_partie", misunderstanding="en_partie", face=2, heard="oui")]
    services.record_follow_up(
        actor=cast.samia.actor, case_id=case.pk, follow_up_id=look.pk, kept="a_renegocier", answers=said
    )
    build.move(cast, case, "accord")
    drafted(cast, case, undertaking={"what": "Baisser le son après 21 h"})
    with pytest.raises(InvalidInput):  # the former agreement is no longer the one in force
        services.close_case(actor=cast.samia.actor, case_id=case.pk, outcome="accord_total")
    signed(cast, case)
    services.conclude_agreement(actor=cast.samia.actor, case_id=case.pk)
    services.close_case(actor=cast.samia.actor, case_id=case.pk, outcome="accord_total")
    assert FollowUp.objects.filter(done_on=None).count() == 0


def test_the_stage_report_has_no_agreement_and_no_party(cast, signed_in):
    case = concluded(cast)
    said = str(papers.stage_report(case, "Suivi de l’accord", "Samia"))
    for word in ("Awa", "Marc", "Baisser", "22 h"):
        assert word not in said
    client = signed_in(cast.claire)
    assert client.get(reverse("mediations:stage_report", args=[case.pk]))["Content-Type"] == "application/pdf"
    first = Party.objects.first()
    assert client.get(reverse("mediations:agreement_copy", args=[case.pk, first.pk])).status_code == 403


def test_the_draft_keeps_what_was_typed(cast, signed_in):
    case = build.at_stage(cast, "accord")
    client, url = signed_in(cast.samia), reverse("mediations:draft_agreement", args=[case.pk])
    told = {"base_version": "0", "rows": "4", "kind": "ecrit", "context": "Le son du soir."}
    told |= {"undertakings-0-party": "A", "undertakings-0-what": "Baisser le son", "undertakings-0-checked_how": ""}
    page = client.post(url, told)
    assert page.status_code == 422
    assert "un engagement sans date ne se vérifie pas" in page.content.decode()
    assert "Baisser le son" in page.content.decode()
    more = client.post(url, told | {"encore": "oui"})
    assert more.status_code == 200
    assert "Engagement 5" in more.content.decode()
    assert not MediationAgreement.objects.exists()
    told |= {"undertakings-0-due_on": str(today()), "undertakings-0-checked_how": "Un appel", "read_aloud": "on"}
    assert "Faire signer" in client.post(url, told, follow=True).content.decode()
