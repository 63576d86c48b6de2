"""The list of places holds only sensible places, of one organisation at a time."""

import pytest

from entremise.accounts import presets
from entremise.accounts.enums import Job
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.places import queries, services
from entremise.places.enums import SpaceType
from entremise.places.forms import SiteForm
from entremise.places.models import Commune, Sector, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def sector(cast):
    return services.create_sector(actor=cast.claire.actor, name="Les Tisserands")


@pytest.fixture
def residence(cast, sector):
    return services.create_site(
        actor=cast.claire.actor, name="Résidence des Lilas", space_type=SpaceType.RESIDENCE, sector_id=sector.pk
    )


def site(cast, name="Hall 4", space_type=SpaceType.HALL, **facts):
    return services.create_site(actor=cast.claire.actor, name=name, space_type=space_type, **facts)


def errors_of(cast, **facts):
    with pytest.raises(InvalidInput) as refusal:
        site(cast, **facts)
    return refusal.value.errors


def test_a_part_takes_the_sector_of_what_it_belongs_to(cast, sector, residence):
    assert site(cast, parent_id=residence.pk).sector_id == sector.pk


def test_a_mediator_reads_places_but_does_not_change_them(cast, residence):
    assert list(queries.list_sites(cast.samia.actor)) == [residence]
    with pytest.raises(NotAllowed):
        services.create_site(actor=cast.samia.actor, name="Hall", space_type=SpaceType.HALL)
    with pytest.raises(NotAllowed):
        services.create_sector(actor=cast.samia.actor, name="Nord")


def test_another_organisation_sees_nothing_and_touches_nothing(cast, sector, residence):
    assert list(queries.list_sites(cast.ines.actor)) == []
    for call in (queries.get_site, queries.get_sector):
        with pytest.raises(NotFound):
            call(cast.ines.actor, residence.pk if call is queries.get_site else sector.pk)
    with pytest.raises(NotFound):
        services.update_site(actor=cast.clara.actor, site_id=residence.pk, name="À nous")
    with pytest.raises(InvalidInput) as refusal:
        services.create_site(
            actor=cast.clara.actor, name="Hall", space_type="hall", sector_id=sector.pk, parent_id=residence.pk
        )
    assert set(refusal.value.errors) == {"sector_id", "parent_id"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "  \x00 "}, "name"),
        ({"name": "é" * 161}, "name"),
        ({"name": "x" * 2_000_000}, "name"),
        ({"space_type": "palais"}, "space_type"),
        ({"space_type": SpaceType.LOGEMENT, "address": "4 allée des Lilas"}, "address"),
        ({"commune_code": "99999"}, "commune_code"),
        ({"qpv_code": "QP059001"}, "qpv_code"),
        ({"iris_code": "12"}, "iris_code"),
        ({"position": -1}, "position"),
        ({"position": 100_000}, "position"),
        ({"parent_id": uuid7()}, "parent_id"),
        ({"sector_id": uuid7()}, "sector_id"),
    ],
)
def test_an_impossible_value_is_named_beside_its_field(cast, facts, field):
    assert field in errors_of(cast, **facts)
    assert not Site.objects.exists()


def test_an_iris_of_another_commune_is_refused(cast):
    Commune.objects.create(code="59350", name="Lille", search_name=" lille", kind="COM")
    assert "iris_code" in errors_of(cast, commune_code="59350", iris_code="595120101")
    assert site(cast, commune_code="59350", iris_code="593500101", qpv_code="qn05945m").qpv_code == "QN05945M"


@pytest.mark.parametrize("name", ["Point d’écoute 🙂", "محطة", "Arrêt <b>Gare</b>"])
def test_unusual_but_honest_names_are_kept(cast, name):
    assert site(cast, name=name).name == name


def test_the_same_name_twice_at_the_same_place_is_refused(cast, residence):
    site(cast, parent_id=residence.pk)
    assert "name" in errors_of(cast, name="HALL  4", parent_id=residence.pk)
    assert site(cast, name="Hall 4").parent_id is None


def test_a_site_is_neither_its_own_part_nor_more_than_three_levels_deep(cast, residence):
    building = site(cast, "Bâtiment B", SpaceType.PIED_IMMEUBLE, parent_id=residence.pk)
    hall = site(cast, parent_id=building.pk)
    assert "parent_id" in errors_of(cast, name="Palier", parent_id=hall.pk)
    line = site(cast, "Ligne T2", SpaceType.LIGNE)
    for moved, parent in ((residence, residence), (residence, hall), (residence, line)):
        with pytest.raises(InvalidInput):
            services.update_site(actor=cast.claire.actor, site_id=moved.pk, parent_id=parent.pk)


def test_closing_a_residence_closes_its_halls_and_keeps_them_readable(cast, residence):
    hall = site(cast, parent_id=residence.pk)
    services.close_site(actor=cast.claire.actor, site_id=residence.pk)
    assert not queries.list_sites(cast.samia.actor).exists()
    assert queries.list_sites(cast.samia.actor, active_only=False).count() == 2
    assert queries.site_names([hall.pk]) == {hall.pk: "Hall 4, résidence des Lilas"}
    services.reopen_site(actor=cast.claire.actor, site_id=hall.pk)
    assert list(queries.list_sites(cast.samia.actor)) == [hall]


def test_a_label_does_not_say_the_same_place_twice(cast, residence):
    parking = site(cast, "Parking des Lilas", SpaceType.PARKING_RESIDENCE, parent_id=residence.pk)
    line = site(cast, "Ligne T2", SpaceType.LIGNE)
    stop = site(cast, "Gare", SpaceType.ARRET_STATION, parent_id=line.pk)
    assert queries.site_names([parking.pk, stop.pk]) == {parking.pk: "Parking des Lilas", stop.pk: "Gare, ligne T2"}


def test_changing_nothing_writes_nothing(cast, residence):
    from entremise.journal.models import Entry

    before = Entry.objects.count()
    services.update_site(actor=cast.claire.actor, site_id=residence.pk, name="Résidence des Lilas")
    assert Entry.objects.count() == before
    services.update_site(actor=cast.claire.actor, site_id=residence.pk, name="Résidence des Iris")
    entry = Entry.objects.order_by("sequence").last()
    assert entry.payload["codes"] == {"fields": ["name"]}
    assert Site.objects.get(pk=residence.pk).search_name == "residence des iris"


def test_sites_follow_their_sector_their_parent_and_their_order(cast, sector, residence):
    line = site(cast, "Ligne T2", SpaceType.LIGNE, sector_id=sector.pk)
    second = site(cast, "Gare", SpaceType.ARRET_STATION, parent_id=line.pk, position=2)
    first = site(cast, "Parc", SpaceType.ARRET_STATION, parent_id=line.pk, position=1)
    tenth = site(cast, "Hall 10", parent_id=residence.pk)
    building = site(cast, "Bâtiment B", SpaceType.PIED_IMMEUBLE, parent_id=residence.pk)
    inside = site(cast, "Hall 4", parent_id=building.pk)
    online = site(cast, "Messagerie", SpaceType.NUMERIQUE)
    expected = [line, first, second, residence, building, inside, tenth, online]
    assert list(queries.list_sites(cast.samia.actor)) == expected
    assert [label for label, _ in queries.site_choices(cast.samia.actor)] == ["Les Tisserands", "Hors secteur"]
    assert list(queries.list_sites(cast.samia.actor, sector_id=sector.pk)) == expected[:-1]


def test_a_landlord_reads_nothing_finer_than_the_residence(cast, sector, residence):
    building = site(cast, "Bâtiment B", SpaceType.PIED_IMMEUBLE, parent_id=residence.pk)
    hall = site(cast, parent_id=building.pk)
    lone = site(cast, "Hall 12", sector_id=sector.pk)
    lost = site(cast, "Hall 13")
    found = queries.residence_of([hall.pk, lone.pk, lost.pk, residence.pk])
    assert found == {
        hall.pk: (residence.pk, "Résidence des Lilas"),
        residence.pk: (residence.pk, "Résidence des Lilas"),
        lone.pk: (sector.pk, "Les Tisserands"),
    }


def test_a_sector_is_named_once_and_can_be_closed(cast, sector):
    with pytest.raises(InvalidInput):
        services.create_sector(actor=cast.claire.actor, name="les tisserands")
    with pytest.raises(InvalidInput):
        services.create_sector(actor=cast.claire.actor, name=" ")
    services.rename_sector(actor=cast.claire.actor, sector_id=sector.pk, name="Les Tisserands", is_active=False)
    assert not queries.list_sectors(cast.samia.actor).exists()
    assert Sector.objects.visible_to(cast.ines.actor).count() == 0


def test_lists_take_one_query_whatever_their_length(cast, sector, residence, django_assert_num_queries):
    site(cast, parent_id=residence.pk)
    for _ in range(2):
        with django_assert_num_queries(1):
            queries.site_choices(cast.samia.actor)
        with django_assert_num_queries(1):
            queries.site_names([residence.pk])
        site(cast, name=f"Hall {Site.objects.count()}", parent_id=residence.pk)


def test_the_places_of_one_s_job_are_offered_first(cast):
    offered = dict(SiteForm(actor=cast.hugo.actor).fields["space_type"].choices[1:])
    assert "campement" not in dict(offered["Pour vos équipes"])  # prevention, not street work
    assert next(iter(dict(offered["Pour vos équipes"]))) == "place"
    assert "ligne" in dict(offered["Autres"])


def test_every_job_says_where_it_works():
    assert all(presets.codes(job, presets.PLACES) for job in Job.values)
