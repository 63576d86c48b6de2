"""Invitations are the only way in: one use, seven days, revocable, and silent about people."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from entremise.accounts import services
from entremise.accounts.enums import Role
from entremise.accounts.models import Invitation, Member, User
from entremise.accounts.services import invitations
from entremise.config.logs import RouteOnly
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.journal.models import Entry
from tests.cast import PASSWORD
from tests.retention import carry_out

pytestmark = pytest.mark.django_db
EMAIL = "nora@exemple.test"
ANSWER = {"display_name": "Nora", "new": "quatre-mots-sans-rapport", "again": "quatre-mots-sans-rapport"}


def _invite(cast, roles=(Role.MEDIATEUR,), email=EMAIL, actor=None, teams=None):
    teams = [cast.team.pk] if teams is None else teams
    return services.invite(actor=actor or cast.alban.actor, email=email, roles=roles, team_ids=teams)


def test_the_mail_says_who_invites_and_nothing_about_anyone(cast, link):
    _invite(cast)
    body = mail.outbox[-1].body
    assert mail.outbox[-1].to == [EMAIL]
    assert "Passage commun" in body
    assert link().startswith("/invitation/")
    for word in ("Alban", "médiateur", "Équipe du soir", "samia"):
        assert word not in body


def test_accepting_creates_the_account_and_opens_a_session(cast, link):
    invitation = _invite(cast)
    client = Client()
    page = client.get(link())
    assert "Passage commun" in page.content.decode()
    response = client.post(link(), ANSWER)
    assert response["Location"] == "/"
    member = Member.objects.get(user=User.objects.by_email(EMAIL))
    assert (member.roles, list(member.teams.all())) == (["mediateur"], [cast.team])
    assert client.get("/mon-compte").status_code == 200
    invitation.refresh_from_db()
    assert invitation.email == ""
    names = set(Entry.objects.values_list("name", flat=True))
    assert {"invitation.sent", "invitation.accepted", "account.opened", "member.joined"} <= names


def test_a_link_serves_once(cast, link):
    _invite(cast)
    Client().post(link(), ANSWER)
    again = Client().post(link(), ANSWER)
    assert again.status_code == 410
    assert "déjà servi" in again.content.decode()


def test_a_link_lapses_after_seven_days_and_can_be_sent_again(cast, link, signed_in):
    with time_machine.travel(dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC), tick=False):
        invitation = _invite(cast)
        former = link()
    with time_machine.travel(dt.datetime(2026, 11, 8, 9, 1, tzinfo=dt.UTC), tick=False):
        assert "sept jours" in Client().get(former).content.decode()
        client = signed_in(cast.alban)
        assert "Expirée" in client.get("/membres").content.decode()
        client.post(f"/membres/invitations/{invitation.pk}/renvoyer")
        assert link() != former
        assert Client().get(link()).status_code == 200
        assert Client().get(former).status_code == 410


@pytest.mark.parametrize("token", ["faux", "a" * 500, "é", "%00"])
def test_an_altered_link_gets_a_plain_page(cast, token):
    response = Client().get(f"/invitation/{token}")
    assert response.status_code == 410
    assert "n’ouvre plus" in response.content.decode()


def test_a_revoked_invitation_opens_nothing_and_forgets_the_address(cast, link, signed_in):
    invitation = _invite(cast)
    signed_in(cast.alban).post(f"/membres/invitations/{invitation.pk}/retirer")
    assert Client().get(link()).status_code == 410
    invitation.refresh_from_db()
    assert invitation.email == ""
    _invite(cast)  # the address may be invited again


def test_someone_signed_in_joins_with_their_account_and_keeps_the_other(cast, link, signed_in):
    services.invite(actor=cast.alban.actor, email="ines@exemple.test", roles=["mediateur"], team_ids=[cast.team.pk])
    assert "déjà un compte" in Client().get(link()).content.decode()
    assert Client().post(link(), ANSWER).status_code == 200  # the form is not there: sign in first
    client = signed_in(cast.ines)
    assert "Ines" in client.get(link()).content.decode()
    assert client.post(link())["Location"] == "/"
    assert Member.objects.filter(user=cast.ines.user, left_at=None).count() == 2
    assert "Passage commun" in client.get("/mon-compte").content.decode()


def test_joining_waits_for_the_second_factor(cast, link, signed_in):
    services.invite(actor=cast.alban.actor, email="ines@exemple.test", roles=["mediateur"])
    client = signed_in(cast.ines)
    session = client.session
    session["second_factor_done"], session["has_second_factor"] = False, True
    session.save()
    assert client.post(link())["Location"].startswith("/second-facteur/code")


def test_joining_twice_is_refused(cast, link, signed_in):
    _invite(cast)
    client = signed_in(cast.samia)
    client.post(link())
    assert Member.objects.filter(user=cast.samia.user).count() == 1


def test_an_account_made_meanwhile_is_not_taken_over(cast, link):
    _invite(cast)
    token = link().rsplit("/", 1)[1]
    services.get_or_create_user(email=EMAIL, display_name="Nora")
    with pytest.raises(InvalidInput):
        invitations.accept_with_new_account(token=token, display_name="X", password=ANSWER["new"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"new": "court", "again": "court"}, "trop court"),
        ({"new": "password1234", "again": "password1234"}, "trop courant"),
        ({"again": "autre-chose-de-long"}, "diffèrent"),
        ({"display_name": ""}, "Indiquez votre nom"),
        ({"display_name": "\u202eNora"}, "signe invisible"),
        ({"display_name": "x" * 200}, "80 signes"),
        ({"display_name": "No\x00ra"}, "invisible"),
        ({"new": "nora@exemple.test", "again": "nora@exemple.test"}, "trop semblable"),
    ],
)
def test_bad_answers_are_refused_and_the_name_kept(cast, link, change, message):
    _invite(cast)
    response = Client().post(link(), ANSWER | change)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert not User.objects.by_email(EMAIL)
    if "display_name" not in change:
        assert 'value="Nora"' in page


def test_a_name_may_hold_an_emoji_or_arabic(cast, link):
    _invite(cast)
    assert Client().post(link(), ANSWER | {"display_name": "نورة 🌻"}).status_code == 302


def test_a_supervisor_invites_mediators_to_their_own_teams_only(cast):
    _invite(cast, actor=cast.claire.actor)
    for roles, teams in (
        ([Role.ENCADRANT], [cast.team.pk]),
        ([Role.MEDIATEUR, Role.DPD], [cast.team.pk]),
        ([Role.MEDIATEUR, Role.DPD], []),
    ):
        with pytest.raises(NotAllowed):
            _invite(cast, actor=cast.claire.actor, roles=roles, teams=teams, email="x@exemple.test")


@pytest.mark.parametrize("name", ["samia", "dora", "leo"])
def test_the_others_do_not_invite(cast, signed_in, name):
    person = getattr(cast, name)
    with pytest.raises(NotAllowed):
        _invite(cast, actor=person.actor)
    assert signed_in(person).get("/membres/inviter").status_code == 403


def test_teams_of_another_organisation_cannot_be_given(cast):
    with pytest.raises(InvalidInput):
        _invite(cast, teams=[cast.foreign_team.pk])


def test_another_organisation_s_invitation_does_not_exist(cast, signed_in):
    invitation = _invite(cast)
    with pytest.raises(NotFound):
        invitations.revoke(actor=cast.clara.actor, invitation_id=invitation.pk)
    client = signed_in(cast.clara)
    for verb in ("renvoyer", "retirer"):
        assert client.post(f"/membres/invitations/{invitation.pk}/{verb}").status_code == 404


def test_the_page_of_invitation_refuses_plainly_and_keeps_what_was_typed(cast, signed_in):
    client = signed_in(cast.alban)
    assert client.get("/membres/inviter").status_code == 200
    data = {"email": "nora", "roles": ["mediateur"], "teams": [str(cast.team.pk)]}
    response = client.post("/membres/inviter", data)
    assert response.status_code == 422
    assert 'value="nora"' in response.content.decode()
    assert client.post("/membres/inviter", {"email": EMAIL}).status_code == 422
    assert client.post("/membres/inviter", data | {"email": "samia@exemple.test"}).status_code == 422
    assert client.post("/membres/inviter", data | {"email": EMAIL})["Location"] == "/membres"
    assert client.post("/membres/inviter", data | {"email": EMAIL.upper()}).status_code == 422
    assert EMAIL in client.get("/membres").content.decode()


def test_an_administrator_with_a_second_role_still_needs_one_role_at_least(cast):
    with pytest.raises(InvalidInput):
        _invite(cast, roles=[])
    with pytest.raises(InvalidInput):
        _invite(cast, roles=["roi"])


def test_invitations_are_limited(cast, monkeypatch):
    from entremise.accounts.queries import LIMITS

    monkeypatch.setitem(LIMITS, "invitation", (1, dt.timedelta(hours=1)))
    invitation = _invite(cast)
    with pytest.raises(InvalidInput):
        _invite(cast, email="autre@exemple.test")
    with pytest.raises(InvalidInput):
        invitations.resend(actor=cast.alban.actor, invitation_id=invitation.pk)


def test_a_mail_that_leaves_after_a_revocation_sends_nothing(cast):
    assert invitations.renew_link(invitation_id=uuid7()) is None


def test_lapsed_addresses_are_erased_by_their_retention_rule(cast):
    with time_machine.travel(dt.datetime(2026, 10, 1, tzinfo=dt.UTC), tick=False):
        invitation = _invite(cast)
    with time_machine.travel(dt.datetime(2026, 11, 23, tzinfo=dt.UTC), tick=False):
        assert carry_out("invitations", cast.organisation.pk) == 1
    assert Invitation.objects.get(pk=invitation.pk).email == ""


def test_a_person_who_comes_back_finds_the_account_reopened(cast, link):
    services.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    _invite(cast, email="samia@exemple.test")
    assert Client().post(link(), ANSWER | {"display_name": "Samia"}).status_code == 302
    user = User.objects.by_email("samia@exemple.test")
    assert user.is_active
    assert not user.check_password(PASSWORD)
    assert Member.objects.get(user=user).left_at is None


def test_a_refused_link_does_not_stand_in_the_logs(cast, caplog):
    Client().get("/invitation/lien-secret")
    records = [record for record in caplog.records if record.name == "django.request"]
    assert records
    for record in records:
        RouteOnly().filter(record)
        assert "lien-secret" not in record.getMessage()
        assert "accounts:invitation" in record.getMessage()


def test_a_mediator_invited_without_a_team_is_asked_for_one_beside_the_field_and_the_address_stays(cast, signed_in):
    answers = {"email": EMAIL, "roles": [Role.MEDIATEUR.value]}
    response = signed_in(cast.claire).post("/membres/inviter", answers)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choisissez au moins une de vos équipes" in page
    assert f'value="{EMAIL}"' in page
    assert not Invitation.objects.exists()
    assert signed_in(cast.samia).post("/membres/inviter", answers).status_code == 403


def test_the_only_team_of_a_supervisor_is_chosen_already(cast, signed_in):
    cast.claire.member.teams.set([cast.team])
    page = signed_in(cast.claire).get("/membres/inviter").content.decode()
    assert re.search(rf'value="{cast.team.pk}"[^>]*checked', page)
