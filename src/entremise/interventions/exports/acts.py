"""The list of acts as a spreadsheet: codes in words, no text about anyone, no name of a colleague."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.core.time import local
from entremise.documents.services import Column, Export, Params
from entremise.documents.tables import Kind
from entremise.interventions.enums import Link, Status, Visibility
from entremise.interventions.filters import ActFilterForm
from entremise.interventions.models import Intervention, InterventionCode
from entremise.interventions.queries import list_interventions
from entremise.places.queries import site_names

EXPORT = "interventions"
CHUNK = 500
# Public, language and danger stay out: beside a place and an hour they would point at someone.
_MANY = ("L1", "L13", "L10", "L11", "L17", "L19", "L20")
_ONE = {"outcome": "L18", "origin": "L2", "contact_mode": "L3", "conflict_kind": "L12", "history": "L14"}

COLUMNS = (
    Column("Référence", width=11),
    Column("Début", Kind.DATETIME, 17),
    Column("Lieu", width=32),
    Column("Équipe", width=20),
    Column("Registres", width=32),
    Column("Résultat", width=24),
    Column("Durée", Kind.DURATION, 9),
    Column("Personnes", Kind.NUMBER, 10),
    Column("Origine", width=24),
    Column("Mode de contact", width=20),
    Column("Type de conflit", width=24),
    Column("Objet du conflit", width=28),
    Column("Antériorité", width=18),
    Column("Tension en arrivant", Kind.NUMBER, 10),
    Column("Tension en repartant", Kind.NUMBER, 10),
    Column("Lien", width=14),
    Column("Demande", width=28),
    Column("Thèmes", width=28),
    Column("Actions", width=32),
    Column("Suites", width=24),
    Column("Partenaires", width=24),
    Column("État", width=12),
    Column("Visibilité", width=24),
)
DEFINITIONS = (
    ("Intervention", "Acte de médiation daté et situé. Ce n’est pas une personne."),
    ("Personnes", "Nombre de personnes présentes ; la même personne rencontrée deux fois compte deux fois."),
    ("Tension", "De 0 (calme) à 5 (violence physique), notée en arrivant et en repartant."),
    ("Ce qui ne sort pas", "Récits, parties, public, langue, signaux de danger et noms des auteurs."),
)


def _acts(actor: Actor, params: Params) -> Any:
    form = ActFilterForm(params, actor=actor)
    return list_interventions(actor, form.filters(params.get("tri", "")))


def count(actor: Actor, params: Params) -> int:
    """How many lines the export will have."""
    return int(_acts(actor, params).order_by().count())


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines, read by packets so that a long list never stands whole in memory."""
    lists = accounts.choices_for(actor.organisation_id, *_MANY, *_ONE.values())
    teams = {team.pk: team.name for team in accounts.list_teams(actor)}
    acts = _acts(actor, params).iterator(chunk_size=CHUNK)
    while packet := list(islice(acts, CHUNK)):
        codes = _codes(packet)
        sites = site_names({act.site_id for act in packet})
        for act in packet:
            yield _row(act, codes[act.pk], lists, sites.get(act.site_id, ""), teams.get(act.team_id, ""))


def _codes(acts: Iterable[Intervention]) -> dict[uuid.UUID, dict[str, list[str]]]:
    found: dict[uuid.UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    kept = InterventionCode.objects.filter(intervention__in=[act.pk for act in acts], list_reference__in=_MANY)
    for act_id, reference, code in kept.order_by("rank").values_list("intervention_id", "list_reference", "code"):
        found[act_id][reference].append(code)
    return found


def _row(
    act: Intervention, codes: dict[str, list[str]], lists: dict[str, accounts.ListChoices], site: str, team: str
) -> Sequence[Any]:
    many = {reference: ", ".join(map(lists[reference].label, codes[reference])) for reference in _MANY}
    one = {name: _label(lists[reference], getattr(act, name)) for name, reference in _ONE.items()}
    return (
        act.reference,
        local(act.occurred_at),
        site,
        team,
        many["L1"],
        one["outcome"],
        act.duration_minutes,
        act.people_count,
        one["origin"],
        one["contact_mode"],
        one["conflict_kind"],
        many["L13"],
        one["history"],
        act.tension_before,
        act.tension_after,
        str(Link(act.link).label) if act.link else "",
        many["L10"],
        many["L11"],
        many["L17"],
        many["L19"],
        many["L20"],
        str(Status(act.status).label),
        str(Visibility(act.visibility).label),
    )


def _label(choices: accounts.ListChoices, code: str) -> str:
    return choices.label(code) if code else ""


export = Export("Interventions", "interventions.list", COLUMNS, rows, count, DEFINITIONS)
