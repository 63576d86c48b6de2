"""Partners: create, change, check, close."""

import re
import uuid
from dataclasses import asdict, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.text import fold, one_line
from entremise.core.time import now, today
from entremise.directory import events
from entremise.directory.commands import PartnerFacts
from entremise.directory.models import Partner
from entremise.directory.queries import get_partner
from entremise.journal.services import publish
from entremise.places.queries import get_commune, list_sectors

_LENGTHS = {"name": 160, "address": 240, "hours": 400, "call_instead": 240, "note": 400}
_COLUMNS = tuple(field for field in PartnerFacts.__dataclass_fields__ if field != "sector_ids")

Errors = dict[str, list[str]]


def normal_phone(text: str) -> str | None:
    """The number as kept: "01 23 45 67 89", a short number "3114", or "+33 …"; None when it is no number."""
    digits = re.sub(r"[\s.\-()/\u00a0\u202f]", "", text)
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
    if re.fullmatch(r"1[578]|11[0-9]|1[0-9]{3}|3[0-9]{3}|11[68]\d{3}", digits):
        return digits
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    if re.fullmatch(r"\+33[1-9]\d{8}", digits):
        return normal_phone("0" + digits[3:])
    return digits if re.fullmatch(r"\+[1-9]\d{7,14}", digits) else None


def checked_facts(actor: Actor, facts: PartnerFacts, own: Partner | None = None) -> PartnerFacts:
    """The facts, cleaned; raises InvalidInput with every error found. ``own`` is the partner being changed."""
    errors: Errors = {}
    cleaned: dict[str, Any] = {}
    for field, longest in _LENGTHS.items():
        text = one_line(getattr(facts, field))
        if len(text) > longest:
            errors[field] = [f"{longest} signes au plus ; ce texte en compte {len(text)}."]
            text = ""
        cleaned[field] = text
    facts = replace(facts, **cleaned)
    if not facts.name and "name" not in errors:
        errors["name"] = ["Donnez le nom du service ou de l’organisme."]
    _check_type(actor, facts, errors, own)
    facts = _check_contacts(facts, errors)
    _check_links(actor, facts, errors, own)
    if not errors:
        _check_unique(actor, facts, errors, own)
    if errors:
        raise InvalidInput(errors)
    return facts


def _check_type(actor: Actor, facts: PartnerFacts, errors: Errors, own: Partner | None) -> None:
    known = choices_for(actor.organisation_id, "L20")["L20"].labels
    if facts.partner_type not in known and not (own and own.partner_type == facts.partner_type):
        errors["partner_type"] = ["Choisissez le type de partenaire dans la liste."]


def _check_contacts(facts: PartnerFacts, errors: Errors) -> PartnerFacts:
    phone = normal_phone(facts.phone) if facts.phone.strip() else ""
    if phone is None:
        errors["phone"] = ["Ce numéro ne peut pas être appelé. Écrivez dix chiffres, un numéro court, ou +33…"]
    email = facts.email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            errors["email"] = ["Cette adresse est incomplète. Elle s’écrit accueil@organisme.fr."]
    return replace(facts, phone=phone or "", email=email, commune_code=facts.commune_code.strip().upper())


def _check_links(actor: Actor, facts: PartnerFacts, errors: Errors, own: Partner | None) -> None:
    if facts.commune_code and get_commune(facts.commune_code) is None:
        errors["commune_code"] = ["Cette commune n’est pas dans la liste nationale. Cherchez-la par son nom."]
    others = Partner.objects.visible_to(actor).exclude(pk=own.pk if own else None)
    if facts.fallback_id and not others.filter(pk=facts.fallback_id).exists():
        errors["fallback_id"] = ["Ce partenaire n’existe pas. Choisissez-en un autre dans la liste."]
    known = list_sectors(actor, active_only=False).filter(pk__in=facts.sector_ids).count()
    if known != len(set(facts.sector_ids)):
        errors["sector_ids"] = ["Un de ces secteurs n’existe pas. Choisissez dans la liste."]


def _check_unique(actor: Actor, facts: PartnerFacts, errors: Errors, own: Partner | None) -> None:
    twins = Partner.objects.visible_to(actor).filter(partner_type=facts.partner_type, search_name=fold(facts.name))
    if twins.exclude(pk=own.pk if own else None).exists():
        errors["name"] = ["Un partenaire de ce type porte déjà ce nom (il est peut-être retiré)."]


@transaction.atomic
def create_partner(*, actor: Actor, checked: bool = False, **facts: Any) -> Partner:
    """A new partner; the keywords are the fields of ``PartnerFacts``. ``checked``: verified today."""
    require(actor, "directory.manage")
    wanted = checked_facts(actor, PartnerFacts(**facts))
    partner = Partner(organisation_id=actor.organisation_id, checked_at=today() if checked else None)
    _fill(partner, wanted)
    publish(events.PartnerCreated(actor=actor, target_id=partner.pk, codes={"type": partner.partner_type}))
    return partner


@transaction.atomic
def update_partner(*, actor: Actor, partner_id: uuid.UUID, **changes: Any) -> Partner:
    """Change some facts of a partner; the others stay."""
    require(actor, "directory.manage")
    partner = get_partner(actor, partner_id)
    current = facts_of(partner)
    wanted = checked_facts(actor, replace(current, **changes), own=partner)
    before, after = asdict(current), asdict(wanted)
    changed = [name for name in before if before[name] != after[name]]
    if changed:
        _fill(partner, wanted)
        publish(events.PartnerUpdated(actor=actor, target_id=partner.pk, codes={"fields": sorted(changed)}))
    return partner


def facts_of(partner: Partner) -> PartnerFacts:
    """The sheet as it stands."""
    sectors = tuple(sorted(partner.sectors.values_list("pk", flat=True)))
    return PartnerFacts(sector_ids=sectors, **{column: getattr(partner, column) for column in _COLUMNS})


def _fill(partner: Partner, facts: PartnerFacts) -> None:
    for column in _COLUMNS:
        setattr(partner, column, getattr(facts, column))
    partner.save()
    partner.sectors.set(facts.sector_ids)  # type: ignore[arg-type]  # UUID keys


@transaction.atomic
def mark_checked(*, actor: Actor, partner_id: uuid.UUID) -> Partner:
    """Say that the sheet was checked today (a call was made, the service answered)."""
    require(actor, "directory.check")
    partner = get_partner(actor, partner_id)
    partner.checked_at = today()
    partner.save()
    publish(events.PartnerChecked(actor=actor, target_id=partner.pk))
    return partner


def close_partner(*, actor: Actor, partner_id: uuid.UUID) -> Partner:
    """Take a partner out of the choices; what was recorded with it stays."""
    return _set_active(actor, partner_id, False)


def reopen_partner(*, actor: Actor, partner_id: uuid.UUID) -> Partner:
    """Put a partner back among the choices."""
    return _set_active(actor, partner_id, True)


@transaction.atomic
def _set_active(actor: Actor, partner_id: uuid.UUID, is_active: bool) -> Partner:
    require(actor, "directory.manage")
    partner = get_partner(actor, partner_id)
    if partner.is_active != is_active:
        partner.is_active, partner.closed_at = is_active, None if is_active else now()
        partner.save()
        publish(events.PartnerUpdated(actor=actor, target_id=partner.pk, codes={"is_active": is_active}))
    return partner
