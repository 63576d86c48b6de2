"""Rounds, observations and technical defects as spreadsheets, with the filters and the order of their pages.

No name of a colleague and no free text: what the team wrote stays with the team.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from entremise.accounts.queries import choices_for, list_teams
from entremise.core.actor import Actor
from entremise.core.nomenclature import national
from entremise.documents.exports import Export
from entremise.documents.services import Column, Params
from entremise.documents.tables import Kind
from entremise.places.queries import site_names
from entremise.presence.enums import TELLING_WATCH, DefectStatus, RoundKind, RoundStatus
from entremise.presence.filters import DefectFilters, ObservationFilters, RoundFilters
from entremise.presence.queries import contacts_of_rounds, list_defects, list_observations, list_rounds, sites_of_rounds

CHUNK = 500
Rows = Iterator[Sequence[Any]]
Source = Callable[[Actor, Params], QuerySet]


def _packets(rows: QuerySet) -> Iterator[list[Any]]:
    """The rows by packets, so that a long list never stands whole in memory."""
    found = rows.iterator(chunk_size=CHUNK)
    while packet := list(islice(found, CHUNK)):
        yield packet


def _counted(source: Source) -> Callable[[Actor, Params], int]:
    return lambda actor, params: int(source(actor, params).order_by().count())


def _teams(actor: Actor) -> dict[uuid.UUID, str]:
    return {team.pk: team.name for team in list_teams(actor, with_closed=True)}


def _rounds(actor: Actor, params: Params) -> QuerySet:
    return RoundFilters(actor, params).listed(list_rounds(actor))


def _round_rows(actor: Actor, params: Params) -> Rows:
    for packet in _packets(_rounds(actor, params)):
        ids = [outing.pk for outing in packet]
        contacts, sites = contacts_of_rounds(ids), sites_of_rounds(ids)
        for outing in packet:
            yield (
                outing.begins_at,
                str(RoundKind(outing.kind).label),
                outing.sector.name if outing.sector else "",
                outing.team.name,
                outing.ended_at,
                outing.minutes,
                sites.get(outing.pk, 0),
                contacts.get(outing.pk, 0),
                str(RoundStatus(outing.status).label),
            )


def _observations(actor: Actor, params: Params) -> QuerySet:
    return ObservationFilters(actor, params).listed(list_observations(actor)).defer("text")


def _observation_rows(actor: Actor, params: Params) -> Rows:
    lists, teams = choices_for(actor.organisation_id, "L25", "L26"), _teams(actor)
    for packet in _packets(_observations(actor, params)):
        names = site_names({row.site_id for row in packet})
        for row in packet:
            telling = national(row.watch_type) in TELLING_WATCH
            yield (
                row.observed_at,
                names[row.site_id],
                "Sur la fiche" if telling else lists["L25"].label(row.watch_type),
                lists["L26"].label(row.reliability),
                teams.get(row.team_id, ""),
            )


def _defects(actor: Actor, params: Params) -> QuerySet:
    return DefectFilters(actor, params).listed(list_defects(actor)).defer("description")


def _defect_rows(actor: Actor, params: Params) -> Rows:
    lists, teams = choices_for(actor.organisation_id, "L21", "L23"), _teams(actor)
    for packet in _packets(_defects(actor, params)):
        names = site_names({row.site_id for row in packet})
        for row in packet:
            yield (
                row.reference,
                row.reported_at,
                lists["L21"].label(row.category),
                names[row.site_id],
                lists["L23"].label(row.urgency),
                str(DefectStatus(row.status).label),
                row.owner_label,
                row.notified_at,
                row.acknowledged_at,
                row.resolved_at,
                row.days,
                teams.get(row.team_id, ""),
            )


ROUNDS = Export(
    "Tournées et permanences",
    "presence.view_log",
    (
        Column("Début", Kind.DATETIME, 17),
        Column("Nature", width=26),
        Column("Secteur", width=24),
        Column("Équipe", width=22),
        Column("Fin", Kind.DATETIME, 17),
        Column("Durée", Kind.DURATION, 9),
        Column("Lieux", Kind.NUMBER, 8),
        Column("Contacts", Kind.NUMBER, 10),
        Column("État", width=14),
    ),
    _round_rows,
    _counted(_rounds),
    (
        ("Contacts", "Rencontres comptées ; la même personne saluée deux fois compte deux fois."),
        ("Lieux", "Lieux différents où l’équipe s’est arrêtée."),
        ("Durée", "De l’ouverture à la fin notée ; vide tant que la tournée n’est pas terminée."),
    ),
)
OBSERVATIONS = Export(
    "Observations",
    "presence.view_log",
    (
        Column("Moment", Kind.DATETIME, 17),
        Column("Lieu", width=32),
        Column("Type", width=34),
        Column("Fiabilité", width=24),
        Column("Équipe", width=22),
    ),
    _observation_rows,
    _counted(_observations),
    (
        ("Sur la fiche", "À côté d’un lieu, ce type pourrait désigner quelqu’un : il ne se lit que sur la fiche."),
        ("Ce qui ne sort pas", "Le texte des observations et le nom de leurs auteurs."),
    ),
)
DEFECTS = Export(
    "Signalements techniques",
    "presence.view_defects",
    (
        Column("Référence", width=11),
        Column("Signalé", Kind.DATETIME, 17),
        Column("Catégorie", width=30),
        Column("Lieu", width=32),
        Column("Urgence", width=18),
        Column("État", width=20),
        Column("Gestionnaire", width=28),
        Column("Prévenu", Kind.DATETIME, 17),
        Column("Accusé de réception", Kind.DATETIME, 17),
        Column("Résolu, constaté", Kind.DATETIME, 17),
        Column("Délai en jours", Kind.NUMBER, 10),
        Column("Équipe", width=22),
    ),
    _defect_rows,
    _counted(_defects),
    (
        ("Délai", "Jours entiers du signalement à la réparation constatée par l’équipe, ou à aujourd’hui."),
        ("Ce qui ne sort pas", "Les précisions écrites pour l’équipe et le nom de leurs auteurs."),
    ),
)
