"""The first page of those who read no log teaches their gestures, and says what waits for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entremise.accounts import services
from entremise.accounts.enums import Role
from entremise.accounts.models import Invitation
from entremise.accounts.queries import actor_for
from entremise.core.actor import system_actor
from entremise.core.time import now
from tests.interventions.build import site

pytestmark = pytest.mark.django_db


def _home(signed_in, person):
    return signed_in(person).get("/").content.decode()


def test_an_administrator_of_an_empty_organisation_learns_where_to_begin(cast, signed_in):
    fresh = services.create_organisation(name="Nouvelle maison")
    services.add_member(actor=system_actor(fresh.pk), user=cast.alban.user, roles=[Role.ADMINISTRATEUR])
    client = signed_in(cast.alban)
    client.post("/organisation", {"organisation": str(fresh.pk)})
    page = client.get("/").content.decode()
    for words in ("Vos premiers gestes", "Aucune équipe", "Vous êtes seul ici", "Aucun lieu", "Aucun partenaire"):
        assert words in page
    for address in ("/equipes/nouvelle", "/membres/inviter", "/lieux/secteurs", "/lieux/import", "/listes"):
        assert f'href="{address}"' in page
    assert page.index("Créer les équipes") < page.index("Inviter les personnes") < page.index("Dire où")
    assert "Rien ne vous attend." in page


def test_what_is_done_is_counted_and_the_page_stops_teaching(cast, signed_in):
    site(cast.claire)
    page = _home(signed_in, cast.alban)
    assert "2 équipes ouvertes" in page
    assert "1 lieu ouvert" in page
    assert "Ce que vous faites ici" not in page  # the directory is still empty


def test_what_nobody_settled_waits_for_the_administrator(cast, signed_in):
    services.create_team(actor=cast.alban.actor, name="Équipe de nuit", job="espaces_publics")
    services.invite(actor=cast.alban.actor, email="nora@exemple.test", roles=["mediateur"], team_ids=[cast.team.pk])
    Invitation.objects.update(expires_at=now())
    cast.hugo.member.teams.clear()
    page = " ".join(_home(signed_in, cast.alban).split())
    for words in ("1</strong> invitation expirée", "1</strong> personne sans équipe", "1</strong> équipe sans membre"):
        assert words in page
    unplaced = signed_in(cast.alban).get("/membres", {"equipe": "aucune"}).content.decode()
    assert ">Hugo<" in unplaced
    assert ">Samia<" not in unplaced
    assert "personne sans équipe" not in _home(signed_in, cast.leo)


def test_each_role_is_shown_its_own_gestures_and_only_pages_it_may_open(cast, signed_in):
    expected = {"alban": "Créer les équipes", "dora": "Décider des données sensibles", "leo": "Lire un bilan"}
    for name, title in expected.items():
        person = getattr(cast, name)
        page = _home(signed_in, person)
        assert title in page
        assert not [other for other in expected.values() if other != title and other in page]
        main = page.split('id="gestes"')[1].split("</section>")[0]
        for address in [piece.split('"')[0] for piece in main.split('href="')[1:]]:
            assert signed_in(person).get(address).status_code == 200, (name, address)


def test_a_mediator_without_a_team_is_told_whom_to_ask(cast, signed_in):
    cast.samia.member.teams.clear()
    assert actor_for(cast.samia.user, cast.organisation.pk).team_ids == frozenset()
    page = _home(signed_in, cast.samia)
    assert "Vous n’êtes encore dans aucune équipe" in page
    assert "premiers gestes" not in page


def test_the_first_page_costs_the_same_however_many_there_are(cast, signed_in):
    def cost():
        client = signed_in(cast.alban)
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        return len(captured)

    before = cost()
    for number in range(3):
        services.create_team(actor=cast.alban.actor, name=f"Équipe {number}", job="espaces_publics")
        site(cast.claire, f"Hall {number}")
    assert cost() == before
