"""Members, teams, departures."""

import pytest

from entremise.accounts import presets, queries, services
from entremise.accounts.enums import Job, Role
from entremise.accounts.models import Member, Session, Team, User
from entremise.core.actor import system_actor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_the_list_filters_by_role_team_and_presence(cast, signed_in):
    client = signed_in(cast.claire)
    assert "Samia" in client.get("/membres").content.decode()
    assert "Ines" not in client.get("/membres").content.decode()
    page = client.get("/membres?role=dpd").content.decode()
    assert "Dora" in page
    assert "Samia" not in page
    page = client.get(f"/membres?equipe={cast.other_team.pk}").content.decode()
    assert "Hugo" in page
    assert "Samia" not in page
    services.end_membership(actor=cast.alban.actor, member_id=cast.hugo.member.pk)
    assert "Hugo" not in client.get("/membres").content.decode()
    page = client.get("/membres?presence=anciens").content.decode()
    assert "a quitté l’organisation" in page
    assert "Hugo" not in page


@pytest.mark.parametrize(
    "query",
    ["role=roi", "equipe=1", "equipe=%00", "equipe=01a2073d-7854-77cd-9f1b-0d0a7a5e4258", "presence=x", "page=-1"],
)
def test_an_unreadable_filter_breaks_nothing(cast, signed_in, query):
    assert signed_in(cast.alban).get(f"/membres?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/membres", "/equipes"])
def test_lists_cost_the_same_at_one_and_many_rows(cast, signed_in, path, django_assert_num_queries):
    client = signed_in(cast.dora)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get(path)
    setup = system_actor(cast.organisation.pk)
    for number in range(3):
        team = services.create_team(actor=setup, name=f"Équipe {number}", job=Job.EMPLOI)
        user = services.get_or_create_user(email=f"m{number}@exemple.test", display_name=f"M{number}")
        services.add_member(actor=setup, user=user, team_ids=[team.pk])
    with django_assert_num_queries(len(first)):
        client.get(path)


def test_mediators_do_not_open_the_list(cast, signed_in):
    assert signed_in(cast.samia).get("/membres").status_code == 403
    assert signed_in(cast.samia).get("/equipes").status_code == 403


def test_an_administrator_changes_roles_and_teams(cast, signed_in):
    client = signed_in(cast.alban)
    path = f"/membres/{cast.samia.member.pk}"
    assert client.get(path).status_code == 200
    response = client.post(path, {"roles": ["encadrant", "mediateur"], "teams": [str(cast.other_team.pk)]})
    assert response["Location"] == path
    member = Member.objects.get(pk=cast.samia.member.pk)
    assert (member.roles, list(member.teams.all())) == (["encadrant", "mediateur"], [cast.other_team])
    assert Entry.objects.filter(name="member.changed", target_id=member.pk).count() == 1


@pytest.mark.parametrize("data", [{"roles": []}, {"roles": ["roi"]}, {"roles": ["dpd"], "teams": ["1"]}])
def test_impossible_roles_or_teams_are_refused(cast, signed_in, data):
    assert signed_in(cast.alban).post(f"/membres/{cast.samia.member.pk}", data).status_code == 422


def test_nobody_changes_their_own_roles(cast, signed_in):
    client = signed_in(cast.alban)
    path = f"/membres/{cast.alban.member.pk}"
    response = client.post(path, {"roles": ["administrateur", "dpd"]})
    assert response.status_code == 422
    assert "autre administrateur" in response.content.decode()
    assert client.post(path, {"roles": ["administrateur"], "teams": [str(cast.team.pk)]}).status_code == 302


def test_only_an_administrator_changes_others(cast, signed_in):
    for person in (cast.claire, cast.dora, cast.leo, cast.samia):
        with pytest.raises(NotAllowed):
            services.change_member(
                actor=person.actor, member_id=cast.paul.member.pk, roles=[Role.MEDIATEUR], team_ids=[]
            )
        assert signed_in(person).post(f"/membres/{cast.paul.member.pk}", {"roles": ["dpd"]}).status_code == 403


def test_someone_of_another_organisation_does_not_exist(cast, signed_in):
    client = signed_in(cast.clara)
    for path in (
        f"/membres/{cast.samia.member.pk}",
        f"/membres/{cast.samia.member.pk}/depart",
        f"/equipes/{cast.team.pk}",
    ):
        assert client.get(path).status_code == 404
    for path in (f"/membres/{cast.samia.member.pk}/depart",):
        assert client.post(path).status_code == 404
    with pytest.raises(NotFound):
        queries.get_member(cast.clara.actor, cast.samia.member.pk)


def test_leaving_closes_sessions_and_account_and_keeps_the_function(cast, signed_in):
    client = signed_in(cast.samia)
    assert client.get("/mon-compte").status_code == 200
    services.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    assert client.get("/mon-compte").status_code == 302
    user = User.objects.get(pk=cast.samia.user.pk)
    assert not user.is_active
    assert not user.has_usable_password()
    assert queries.member_names([cast.samia.member.pk])[cast.samia.member.pk].startswith("Médiateur ou médiatrice")
    assert {"member.left", "account.closed", "session.closed"} <= set(Entry.objects.values_list("name", flat=True))
    services.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)  # twice changes nothing


def test_leaving_one_of_two_organisations_keeps_the_account(cast):
    services.add_member(actor=system_actor(cast.other_organisation.pk), user=cast.samia.user)
    services.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    assert User.objects.get(pk=cast.samia.user.pk).is_active


def test_the_last_administrator_cannot_leave_nor_lose_the_role(cast, signed_in):
    client = signed_in(cast.alban)
    client.post(f"/membres/{cast.alban.member.pk}/depart")
    assert Member.objects.get(pk=cast.alban.member.pk).left_at is None
    with pytest.raises(InvalidInput):
        services.change_member(
            actor=system_actor(cast.organisation.pk), member_id=cast.alban.member.pk, roles=["lecteur"], team_ids=[]
        )
    services.add_member(
        actor=cast.alban.actor,
        user=services.get_or_create_user(email="z@exemple.test", display_name="Z"),
        roles=[Role.ADMINISTRATEUR],
    )
    client.post(f"/membres/{cast.alban.member.pk}/depart")
    assert Member.objects.get(pk=cast.alban.member.pk).left_at is not None


def test_one_may_leave_by_oneself_and_not_make_others_leave(cast, signed_in):
    client = signed_in(cast.samia)
    assert client.post(f"/membres/{cast.paul.member.pk}/depart").status_code == 403
    assert client.get(f"/membres/{cast.samia.member.pk}/depart").status_code == 200
    assert client.post(f"/membres/{cast.samia.member.pk}/depart").status_code == 302
    assert not Session.objects.filter(user=cast.samia.user).exists()


def test_someone_who_left_is_not_changed_but_invited_again(cast, signed_in):
    services.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    with pytest.raises(InvalidInput):
        services.change_member(actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["mediateur"], team_ids=[])
    assert signed_in(cast.alban).get(f"/membres/{cast.samia.member.pk}").status_code == 200


def test_a_team_is_created_renamed_closed_and_reopened(cast, signed_in):
    client = signed_in(cast.alban)
    assert client.get("/equipes/nouvelle").status_code == 200
    assert client.post("/equipes/nouvelle", {"name": "Gare", "job": "transports"})["Location"] == "/equipes"
    team = Team.objects.get(name="Gare")
    assert client.post(f"/equipes/{team.pk}", {"name": "Gare nord", "job": "transports"}).status_code == 302
    client.post(f"/equipes/{team.pk}/fermer")
    assert not queries.list_teams(cast.alban.actor).filter(pk=team.pk).exists()
    client.post(f"/equipes/{team.pk}/fermer")
    services.create_team(actor=cast.alban.actor, name="gare NORD", job=Job.TRANSPORTS)
    client.post(f"/equipes/{team.pk}/rouvrir")
    team.refresh_from_db()
    assert not team.is_active  # the name was taken meanwhile
    services.change_team(
        actor=cast.alban.actor, team_id=Team.objects.get(name="gare NORD").pk, name="Quai", job="transports"
    )
    client.post(f"/equipes/{team.pk}/rouvrir")
    team.refresh_from_db()
    assert team.is_active
    names = list(Entry.objects.filter(target_id=team.pk).order_by("sequence").values_list("name", flat=True))
    assert names == ["team.created", "team.changed", "team.closed", "team.reopened"]


@pytest.mark.parametrize(
    "data",
    [
        {"name": "", "job": "emploi"},
        {"name": "x" * 121, "job": "emploi"},
        {"name": "équipe DU soir", "job": "emploi"},
        {"name": "Quai", "job": ""},
        {"name": "Quai", "job": "roi"},
        {"name": "Qu\x00ai", "job": "emploi"},
        {"name": "\u202eQuai", "job": "emploi"},
        {"name": "x" * 2_000_000, "job": "emploi"},
    ],
)
def test_an_impossible_team_is_refused_and_what_was_typed_kept(cast, signed_in, data):
    response = signed_in(cast.alban).post("/equipes/nouvelle", data)
    assert response.status_code == 422
    if data["name"] == "Quai":
        assert 'value="Quai"' in response.content.decode()


@pytest.mark.parametrize("verb", ["fermer", "rouvrir"])
def test_only_an_administrator_closes_and_reopens(cast, signed_in, verb):
    assert signed_in(cast.claire).post(f"/equipes/{cast.team.pk}/{verb}").status_code == 403
    assert signed_in(cast.claire).post(f"/equipes/{cast.team.pk}", {"name": "X", "job": "emploi"}).status_code == 403


def test_street_work_and_specialised_prevention_are_anonymous(cast):
    assert queries.is_anonymous_team(cast.other_team.pk)
    assert not queries.is_anonymous_team(cast.team.pk)


def test_a_job_s_preset_is_filled_by_upper_modules_and_shown(cast, signed_in, monkeypatch):
    monkeypatch.setattr(presets, "_codes", presets.defaultdict(dict))
    presets.declare(Job.ESPACES_PUBLICS, "registers", [("conflit", "Régulation des conflits")])
    presets.declare(Job.ESPACES_PUBLICS, "registers", ["veille"])
    assert presets.codes(Job.ESPACES_PUBLICS, "registers") == ["conflit", "veille"]
    assert presets.codes(Job.EMPLOI, "cards") == []
    assert "Régulation des conflits" in signed_in(cast.claire).get(f"/equipes/{cast.team.pk}").content.decode()
    with pytest.raises(ValueError, match="unknown preset"):
        presets.declare("roi", "registers", [])
    with pytest.raises(ValueError, match="unknown preset"):
        presets.codes(Job.EMPLOI, "x")


def test_an_organisation_s_siret_and_nature_are_checked():
    for wrong in ({"siret": "123"}, {"siret": "1" * 13 + "é"}, {"kind": "roi"}, {"name": " "}):
        with pytest.raises(InvalidInput):
            services.create_organisation(**({"name": "Rive"} | wrong))
    assert services.create_organisation(name="Rive", siret="123 456 789 00012").siret == "12345678900012"


def test_the_administrator_gives_the_address_that_owners_answer_to(cast, signed_in):
    client = signed_in(cast.alban)
    assert "/equipes/contact" in client.get("/equipes").content.decode()
    assert client.post("/equipes/contact", {"contact_email": "contact@passage-commun.test"}).status_code == 302
    cast.organisation.refresh_from_db()
    assert cast.organisation.contact_email == "contact@passage-commun.test"
    assert "contact@passage-commun.test" in client.get("/equipes/contact").content.decode()
    entry = Entry.objects.get(name="organisation.contact_changed")
    assert "passage-commun.test" not in f"{entry.payload}"
    client.post("/equipes/contact", {"contact_email": ""})
    cast.organisation.refresh_from_db()
    assert cast.organisation.contact_email == ""


@pytest.mark.parametrize(
    "typed", ["contact", "a@b.test\nBcc: c@d.test", "x" * 3000 + "@exemple.test", "contact\x00@exemple.test"]
)
def test_an_address_that_cannot_be_one_is_refused_and_stays_typed(cast, signed_in, typed):
    answer = signed_in(cast.alban).post("/equipes/contact", {"contact_email": typed})
    assert answer.status_code == 422
    assert typed.split("\x00")[0][:40].split("\n")[0] in answer.content.decode()
    cast.organisation.refresh_from_db()
    assert cast.organisation.contact_email == ""


def test_only_the_administrator_changes_the_address_of_contact(cast, signed_in):
    assert signed_in(cast.claire).get("/equipes/contact").status_code == 403
    with pytest.raises(NotAllowed):
        services.set_contact_email(actor=cast.claire.actor, contact_email="moi@exemple.test")
