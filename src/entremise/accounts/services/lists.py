"""What an organisation changes in the closed lists, always under a national code."""

import secrets

from django.db import transaction

from entremise.accounts.events import ListItemChanged, SensitiveAllowed, SensitiveWithdrawn
from entremise.accounts.models import ListItem, SensitiveOption
from entremise.accounts.queries import choices_for
from entremise.accounts.sensitive import is_registered
from entremise.accounts.services.text import clean_line
from entremise.core import nomenclature
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish

SHORTEST_REASON, LONGEST_REASON = 20, 2000


@transaction.atomic
def rename_item(*, actor: Actor, reference: str, code: str, label: str) -> ListItem:
    """Give an item the organisation's own words; an empty label gives a national item its own back."""
    require(actor, "accounts.manage_lists")
    item = _item(actor, reference, code)
    if not label.strip() and code in _national(reference):
        item.label = ""
    else:
        item.label = _free_label(actor, reference, label, but=code)
    return _save(actor, item, "rename")


@transaction.atomic
def hide_item(*, actor: Actor, reference: str, code: str) -> ListItem:
    """Stop offering an item; what was recorded with it keeps it. One item at least stays offered."""
    require(actor, "accounts.manage_lists")
    item = _item(actor, reference, code)
    offered = [known for known, _ in choices_for(actor.organisation_id, reference)[reference].offered]
    if offered == [code]:
        raise InvalidInput({FORM: ["C’est le dernier élément proposé : gardez-en au moins un dans la liste."]})
    item.is_hidden = True
    return _save(actor, item, "hide")


@transaction.atomic
def show_item(*, actor: Actor, reference: str, code: str) -> ListItem:
    """Offer a hidden item again."""
    require(actor, "accounts.manage_lists")
    item = _item(actor, reference, code)
    item.is_hidden = False
    return _save(actor, item, "show")


@transaction.atomic
def complete_item(*, actor: Actor, reference: str, parent: str, label: str) -> ListItem:
    """Add a finer item under a national code: reports still count it under that code."""
    require(actor, "accounts.manage_lists")
    if parent not in _national(reference):
        raise InvalidInput({"parent": ["Choisissez l’élément national que vous précisez."]})
    text = _free_label(actor, reference, label)
    code = f"{parent}.local{secrets.token_hex(3)}"
    return _save(
        actor,
        ListItem(organisation_id=actor.organisation_id, list_reference=reference, code=code, label=text),
        "complete",
    )


@transaction.atomic
def allow_sensitive(*, actor: Actor, reference: str, code: str, reason: str) -> SensitiveOption:
    """The data protection officer lets a sensitive value be recorded, and says why."""
    require(actor, "accounts.manage_sensitive")
    if not is_registered(reference, code):
        raise NotFound("sensitive value")
    text = _reason(reason)
    current = SensitiveOption.objects.visible_to(actor).filter(list_reference=reference, code=code, withdrawn_at=None)
    if current.exists():
        raise InvalidInput({FORM: ["Cette valeur est déjà autorisée."]})
    option = SensitiveOption.objects.create(
        organisation_id=actor.organisation_id,
        list_reference=reference,
        code=code,
        reason=text,
        decided_by_id=actor.member_id,  # type: ignore[misc]
    )
    publish(SensitiveAllowed(actor=actor, target_id=option.pk, codes={"list": reference, "code": code}))
    return option


@transaction.atomic
def withdraw_sensitive(*, actor: Actor, reference: str, code: str) -> None:
    """The value is no longer kept; what was recorded meanwhile follows its own retention."""
    require(actor, "accounts.manage_sensitive")
    option = (
        SensitiveOption.objects.visible_to(actor).filter(list_reference=reference, code=code, withdrawn_at=None).first()
    )
    if option is None:
        raise NotFound("sensitive option")
    option.withdrawn_at = now()
    option.save()
    publish(SensitiveWithdrawn(actor=actor, target_id=option.pk, codes={"list": reference, "code": code}))


def _reason(reason: str) -> str:
    text = " ".join(reason.split())
    if "\x00" in text or len(text) > LONGEST_REASON:
        raise InvalidInput({"reason": [f"Gardez un motif lisible, de {LONGEST_REASON} signes au plus."]})
    if len(text) < SHORTEST_REASON:
        raise InvalidInput(
            {"reason": [f"Dites en {SHORTEST_REASON} signes au moins pourquoi cette donnée est nécessaire."]}
        )
    return text


def _national(reference: str) -> list[str]:
    try:
        known = nomenclature.get(reference)
    except KeyError:
        raise NotFound("list")
    if not known.editable:
        raise InvalidInput({FORM: ["Cette liste est fixée par un texte : elle ne se modifie pas."]})
    return list(known.choices.values)


def _item(actor: Actor, reference: str, code: str) -> ListItem:
    """The organisation's change of an item, new for a national code; NotFound for any other code."""
    national = _national(reference)
    if "\x00" in code:
        raise NotFound("item")
    item = ListItem.objects.visible_to(actor).filter(list_reference=reference, code=code).first()
    if item is None and code not in national:
        raise NotFound("item")
    return item or ListItem(organisation_id=actor.organisation_id, list_reference=reference, code=code)


def _free_label(actor: Actor, reference: str, label: str, but: str = "") -> str:
    text = clean_line(label, field="label", name="le libellé", longest=120)
    labels = choices_for(actor.organisation_id, reference)[reference].labels
    if text.casefold() in {known.casefold() for code, known in labels.items() if code != but}:
        raise InvalidInput({"label": ["Ce libellé existe déjà dans la liste, peut-être masqué."]})
    return text


def _save(actor: Actor, item: ListItem, verb: str) -> ListItem:
    item.save()
    codes = {"list": item.list_reference, "code": item.code, "verb": verb}
    publish(ListItemChanged(actor=actor, target_id=item.pk, codes=codes))
    return item
