"""What a sheet may hold, with the sentence to show when it may not."""

import re
import uuid
from dataclasses import replace

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.text import fold, one_line
from entremise.places.commands import SiteFacts
from entremise.places.enums import SpaceType
from entremise.places.models import Commune, Sector, Site
from entremise.places.queries import MAX_DEPTH

Errors = dict[str, list[str]]

_QPV = re.compile(r"QN\d(\d|[AB])[0-9A-Z]{4}")
_IRIS = re.compile(r"\d[0-9AB]\d{7}")
MAX_POSITION = 999


def checked_line(errors: Errors, field: str, text: str, max_length: int, *, required: str = "") -> str:
    """One clean line; adds to ``errors`` when it is too long, or missing while ``required`` says what to do."""
    text = one_line(text)
    if required and not text:
        errors.setdefault(field, []).append(required)
    if len(text) > max_length:
        errors.setdefault(field, []).append(f"{max_length} signes au plus ; ce texte en compte {len(text)}.")
        return ""
    return text


def checked_facts(actor: Actor, facts: SiteFacts, own: Site | None = None) -> SiteFacts:
    """The facts, cleaned; raises InvalidInput with every error found. ``own`` is the site being changed."""
    errors: Errors = {}
    facts = replace(
        facts,
        name=checked_line(errors, "name", facts.name, 160, required="Donnez un nom au lieu."),
        address=checked_line(errors, "address", facts.address, 240),
        commune_code=facts.commune_code.strip().upper(),
        qpv_code=facts.qpv_code.strip().upper(),
        iris_code=facts.iris_code.strip().upper(),
    )
    _check_type(actor, facts, errors, own)
    _check_codes(facts, errors)
    facts = _check_family(actor, facts, errors, own)
    if not errors:
        _check_unique(actor, facts, errors, own)
    if errors:
        raise InvalidInput(errors)
    return facts


def _check_type(actor: Actor, facts: SiteFacts, errors: Errors, own: Site | None) -> None:
    known = choices_for(actor.organisation_id, "L4")["L4"].labels
    if facts.space_type not in known and not (own and own.space_type == facts.space_type):
        errors["space_type"] = ["Choisissez le type d’espace dans la liste."]
    if facts.space_type == SpaceType.LOGEMENT and facts.address:
        errors["address"] = ["L’adresse d’un domicile ne s’enregistre pas. Rattachez ce lieu à sa résidence."]


def _check_codes(facts: SiteFacts, errors: Errors) -> None:
    if facts.commune_code and not Commune.objects.filter(pk=facts.commune_code).exists():
        errors["commune_code"] = ["Cette commune n’est pas dans la liste nationale. Cherchez-la par son nom."]
    if facts.qpv_code and not _QPV.fullmatch(facts.qpv_code):
        errors["qpv_code"] = ["Un code de quartier prioritaire s’écrit QN suivi de six signes, par exemple QN05945M."]
    if facts.iris_code and not _IRIS.fullmatch(facts.iris_code):
        errors["iris_code"] = ["Un code IRIS compte neuf chiffres : la commune, puis quatre chiffres."]
    elif facts.iris_code and facts.commune_code and not facts.iris_code.startswith(facts.commune_code):
        errors["iris_code"] = ["Ce code IRIS n’appartient pas à la commune choisie."]
    if not 0 <= facts.position <= MAX_POSITION:
        errors["position"] = [f"Le rang va de 0 à {MAX_POSITION}."]


def _check_family(actor: Actor, facts: SiteFacts, errors: Errors, own: Site | None) -> SiteFacts:
    if facts.sector_id and not Sector.objects.visible_to(actor).filter(pk=facts.sector_id).exists():
        errors["sector_id"] = ["Ce secteur n’existe pas. Choisissez-le dans la liste."]
    if facts.parent_id is None:
        return facts
    parent = Site.objects.visible_to(actor).filter(pk=facts.parent_id).select_related("parent__parent").first()
    if parent is None:
        errors["parent_id"] = ["Ce lieu n’existe pas. Choisissez-le dans la liste."]
        return facts
    chain = _chain(parent)
    if own and own.pk in chain:
        errors["parent_id"] = ["Un lieu ne peut pas faire partie de lui-même."]
    elif len(chain) + _height(actor, own) > MAX_DEPTH:
        errors["parent_id"] = [f"{MAX_DEPTH} niveaux au plus (résidence, bâtiment, hall)."]
    return replace(facts, sector_id=facts.sector_id or parent.sector_id)


def _chain(site: Site) -> list[uuid.UUID]:
    chain = [site.pk]
    while site.parent is not None:
        site = site.parent
        chain.append(site.pk)
    return chain


def _height(actor: Actor, site: Site | None) -> int:
    if site is None:
        return 1
    parts = Site.objects.visible_to(actor).filter(parent=site)
    return 1 + max((_height(actor, part) for part in parts), default=0)


def _check_unique(actor: Actor, facts: SiteFacts, errors: Errors, own: Site | None) -> None:
    twins = Site.objects.visible_to(actor).filter(
        sector_id=facts.sector_id, parent_id=facts.parent_id, search_name=fold(facts.name)
    )
    if twins.exclude(pk=own.pk if own else None).exists():
        errors["name"] = ["Un lieu porte déjà ce nom au même endroit (il est peut-être fermé)."]
