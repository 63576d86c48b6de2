"""Places, partners, owners and conventions of the demonstration, recorded by their usual services."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from entremise.demonstration import places as invented
from entremise.demonstration import texts
from entremise.demonstration.people import House
from entremise.directory.services.owners import name_owner
from entremise.directory.services.partners import create_partner
from entremise.places.services import create_sector, create_site
from entremise.statistics.commands import ConventionFacts
from entremise.statistics.enums import FunderKind, Template
from entremise.statistics.services.conventions import record_convention

TECHNICAL = ("eclairage", "voirie", "mobilier", "aire_jeux", "encombrants")


@dataclass
class Scene:
    """Identifiers by name."""

    sectors: dict[str, uuid.UUID] = field(default_factory=dict)
    sites: dict[str, uuid.UUID] = field(default_factory=dict)
    partners: dict[str, uuid.UUID] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)  # name of a place: what texts make sense there


def places(house: House) -> Scene:
    """Where the teams go, recorded by the coordinator."""
    scene = Scene()
    _places(house, scene)
    return scene


def around(house: House, scene: Scene, today: dt.date) -> None:
    """With whom they work: partners lately checked, conventions."""
    _partners(house, scene)
    _conventions(house, scene, today)


def _places(house: House, scene: Scene) -> None:
    claire = house.actors["claire"]
    for sector, sites in invented.SECTORS.items():
        scene.sectors[sector] = create_sector(actor=claire, name=sector).pk
        for rank, (name, space, parent, commune) in enumerate(sites):
            scene.settings[name] = texts.SETTINGS.get(space, "")
            scene.sites[name] = create_site(
                actor=claire,
                name=name,
                space_type=space,
                sector_id=scene.sectors[sector],
                parent_id=scene.sites[parent] if parent else None,
                commune_code=commune,
                qpv_code=invented.QPV.get(sector, ""),
                position=rank,
            ).pk


def _partners(house: House, scene: Scene) -> None:
    claire = house.actors["claire"]
    for name, kind, phone, email, hours, instead, sectors in invented.PARTNERS:
        scene.partners[name] = create_partner(
            actor=claire,
            name=name,
            partner_type=kind,
            phone=phone,
            email=email,
            hours=hours,
            call_instead=instead,
            sector_ids=tuple(scene.sectors[sector] for sector in sectors),
        ).pk
    landlord, town, carrier = (scene.partners[invented.PARTNERS[rank][0]] for rank in (0, 2, 3))
    for residence in ("Résidence des Peupliers", "Résidence du Rouet"):
        name_owner(actor=claire, partner_id=landlord, site_id=scene.sites[residence])
    name_owner(actor=claire, partner_id=carrier, site_id=scene.sites["Ligne T (exemple)"])
    for sector in ("Les Tisserands", "Centre et ligne T", "Écoles"):
        name_owner(actor=claire, partner_id=town, sector_id=scene.sectors[sector], categories=TECHNICAL)


def _conventions(house: House, scene: Scene, today: dt.date) -> None:
    start = dt.date(today.year - 1, 1, 1)
    end = dt.date(today.year + 1, 12, 31)
    residences = ("Résidence des Peupliers", "Résidence du Rouet")
    conventions = [
        ConventionFacts(
            funder_name="Foyers du Rouet (exemple)",
            funder_kind=FunderKind.BAILLEUR,
            number="2025-FR-07",
            starts_on=start,
            ends_on=end,
            template=Template.NOTE_BAILLEUR,
            site_ids=tuple(scene.sites[name] for name in residences),
        ),
        ConventionFacts(
            funder_name="Préfecture, adulte-relais (exemple)",
            funder_kind=FunderKind.PREFECTURE,
            number="AR-072-0000",
            starts_on=start,
            ends_on=end,
            template=Template.BILAN_ADULTE_RELAIS,
            planned_registers=("presence_active", "mise_en_relation", "incomprehensions"),
            post="Médiatrice sociale, quartier des Tisserands",
            missions="Présence de proximité, accès aux droits, lien entre les familles et l’école.",
        ),
        ConventionFacts(
            funder_name="Lignes du Maine (exemple)",
            funder_kind=FunderKind.TRANSPORTEUR,
            number="LT-2026",
            starts_on=start,
            ends_on=end,
            template=Template.RAPPORT_ACTIVITE,
            site_ids=(scene.sites["Ligne T (exemple)"],),
        ),
    ]
    for facts in conventions:
        record_convention(actor=house.actors["claire"], facts=facts)
