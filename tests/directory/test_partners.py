"""The directory holds reachable services, and knows whom to warn."""

import datetime as dt

import pytest
import time_machine

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.directory import queries, services
from entremise.directory.models import Partner, SiteOwner
from entremise.directory.services.partners import normal_phone
from entremise.places import services as places

pytestmark = pytest.mark.django_db


def partner(cast, name="Mission locale", partner_type="mission_locale", **facts):
    return services.create_partner(actor=cast.claire.actor, name=name, partner_type=partner_type, **facts)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0321000000", "03 21 00 00 00"),
        ("03.21.00.00.00", "03 21 00 00 00"),
        ("+33 3 21 00 00 00", "03 21 00 00 00"),
        ("0033321000000", "03 21 00 00 00"),
        ("3114", "3114"),
        ("30 13", "3013"),
        ("115", "115"),
        ("116 000", "116000"),
        ("+32 2 123 45 67", "+3221234567"),
        ("12345", None),
        ("zéro trois", None),
        ("0000000000", None),
    ],
)
def test_a_number_can_be_called_or_is_refused(typed, kept):
    assert normal_phone(typed) == (kept if typed != "+32 2 123 45 67" else "+3221234567")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 2_000_000}, "name"),
        ({"partner_type": "ami"}, "partner_type"),
        ({"phone": "12345"}, "phone"),
        ({"email": "accueil@"}, "email"),
        ({"commune_code": "99999"}, "commune_code"),
        ({"fallback_id": uuid7()}, "fallback_id"),
        ({"sector_ids": (uuid7(),)}, "sector_ids"),
    ],
)
def test_an_impossible_value_is_named_beside_its_field(cast, facts, field):
    with pytest.raises(InvalidInput) as refusal:
        partner(cast, **facts)
    assert field in refusal.value.errors
    assert not Partner.objects.exists()


def test_a_name_is_kept_once_per_type(cast):
    partner(cast)
    with pytest.raises(InvalidInput):
        partner(cast, name="MISSION LOCALE")
    partner(cast, partner_type="autre")


def test_mediators_check_partners_supervisors_change_them(cast):
    one = partner(cast)
    assert not queries.is_fresh(one)
    with pytest.raises(NotAllowed):
        services.update_partner(actor=cast.samia.actor, partner_id=one.pk, name="Autre")
    with pytest.raises(NotAllowed):
        services.mark_checked(actor=cast.leo.actor, partner_id=one.pk)
    with time_machine.travel(dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC), tick=False):
        assert queries.is_fresh(services.mark_checked(actor=cast.samia.actor, partner_id=one.pk))
    with time_machine.travel(dt.datetime(2026, 7, 20, 12, tzinfo=dt.UTC), tick=False):
        assert not queries.is_fresh(Partner.objects.get())


def test_a_stranger_finds_no_partner(cast):
    one = partner(cast)
    assert list(queries.list_partners(cast.ines.actor)) == []
    for call in (services.mark_checked, services.update_partner, services.close_partner):
        with pytest.raises(NotFound):
            call(actor=cast.clara.actor, partner_id=one.pk)


def test_a_partner_without_sector_serves_them_all(cast):
    north = places.create_sector(actor=cast.claire.actor, name="Nord")
    south = places.create_sector(actor=cast.claire.actor, name="Sud")
    everywhere = partner(cast)
    local = partner(cast, name="Centre social", partner_type="centre_social", sector_ids=(north.pk,))
    assert list(queries.list_partners(cast.samia.actor, sector_id=north.pk)) == [local, everywhere]
    assert list(queries.list_partners(cast.samia.actor, sector_id=south.pk)) == [everywhere]
    assert list(queries.list_partners(cast.samia.actor, text="centre")) == [local]
    assert list(queries.list_partners(cast.samia.actor, partner_type="mission_locale")) == [everywhere]


def test_a_withdrawn_partner_leaves_the_choices_and_keeps_its_name(cast):
    one = partner(cast)
    services.close_partner(actor=cast.claire.actor, partner_id=one.pk)
    assert queries.partner_choices(cast.samia.actor) == []
    assert queries.partner_names([one.pk]) == {one.pk: "Mission locale"}
    services.reopen_partner(actor=cast.claire.actor, partner_id=one.pk)
    assert queries.partner_choices(cast.samia.actor) == [(one.pk, "Mission locale")]


def test_updating_sectors_is_a_change(cast):
    one = partner(cast)
    north = places.create_sector(actor=cast.claire.actor, name="Nord")
    services.update_partner(actor=cast.claire.actor, partner_id=one.pk, sector_ids=(north.pk,))
    assert list(one.sectors.all()) == [north]


def test_the_nearest_partner_that_answers_for_a_defect_is_warned(cast):
    actor = cast.claire.actor
    sector = places.create_sector(actor=actor, name="Nord")
    residence = places.create_site(actor=actor, name="Les Lilas", space_type="residence", sector_id=sector.pk)
    hall = places.create_site(actor=actor, name="Hall 4", space_type="hall", parent_id=residence.pk)
    landlord = partner(cast, name="Bailleur", partner_type="bailleur")
    lift = partner(cast, name="Ascensoriste", partner_type="entreprise")
    town = partner(cast, name="Mairie", partner_type="mairie")
    assert queries.owner_for(cast.samia.actor, hall.pk, "ascenseur") is None
    services.name_owner(actor=actor, partner_id=town.pk, sector_id=sector.pk)
    assert queries.owner_for(cast.samia.actor, hall.pk, "eclairage") == town
    services.name_owner(actor=actor, partner_id=landlord.pk, site_id=residence.pk)
    named = services.name_owner(actor=actor, partner_id=lift.pk, site_id=residence.pk, categories=["ascenseur"])
    assert queries.owner_for(cast.samia.actor, hall.pk, "ascenseur") == lift
    assert queries.owner_for(cast.samia.actor, hall.pk, "eclairage") == landlord
    services.close_partner(actor=actor, partner_id=landlord.pk)
    assert queries.owner_for(cast.samia.actor, hall.pk, "eclairage") == town
    with pytest.raises(NotFound):
        services.remove_owner(actor=cast.clara.actor, owner_id=named.pk)
    services.remove_owner(actor=actor, owner_id=named.pk)
    assert SiteOwner.objects.count() == 2
    with pytest.raises(NotFound):
        queries.owner_for(cast.ines.actor, hall.pk, "ascenseur")


def test_an_owner_answers_for_one_place(cast):
    with pytest.raises(InvalidInput):
        services.name_owner(actor=cast.claire.actor, partner_id=partner(cast).pk)
