"""A sector, three places and an open round, in the first organisation; one place in the other."""

from dataclasses import dataclass

import pytest

from entremise.places.services import create_sector, create_site
from entremise.presence import services


@dataclass
class Ground:
    """Where the stories of these tests happen."""

    sector: object
    hall: object
    square: object
    station: object
    foreign_sector: object
    foreign_site: object


@pytest.fixture
def ground(cast):
    """Les Tisserands and its three places; a quay elsewhere."""
    sector = create_sector(actor=cast.claire.actor, name="Les Tisserands")
    there = create_sector(actor=cast.clara.actor, name="Le port")

    def site(name, space_type, position):
        return create_site(
            actor=cast.claire.actor, name=name, space_type=space_type, sector_id=sector.pk, position=position
        )

    return Ground(
        sector=sector,
        hall=site("Hall 4, allée des Lilas", "hall", 1),
        square=site("Place des Marronniers", "place", 2),
        station=site("Station Tisserands", "arret_station", 3),
        foreign_sector=there,
        foreign_site=create_site(actor=cast.clara.actor, name="Quai", space_type="hall", sector_id=there.pk),
    )


@pytest.fixture
def out(cast, ground):
    """A round that samia opened with paul in Les Tisserands."""
    return services.open_round(
        actor=cast.samia.actor,
        team_id=cast.team.pk,
        sector_id=ground.sector.pk,
        member_ids=[cast.paul.member.pk],
    )


@pytest.fixture
def stop(cast, ground, out):
    """The round stands in the hall."""
    return services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.hall.pk)
