"""Writing the register of processing: each edit is a new version, kept whole."""

from django.db import IntegrityError, transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.journal.services import publish
from entremise.privacy.events_accountability import RegisterExported, RegisterWritten
from entremise.privacy.models import RegisterVersion
from entremise.privacy.queries.declared import get_declared
from entremise.privacy.queries.register import (
    HOUSE_FIELDS,
    SHEET_FIELDS,
    Words,
    current_version,
    read_words,
    stored_declarations,
)
from entremise.privacy.services.checks import Errors, checked_text, refuse

SAME = "Rien n’a changé depuis la dernière version : rien à enregistrer."
OVERTAKEN = (
    "Une version {number} a été enregistrée pendant que vous écriviez. Votre texte est gardé ci-dessous : "
    "relisez la version {number}, reprenez ce qui manque, puis enregistrez de nouveau."
)


def write_house(*, actor: Actor, base: int, **texts: str) -> RegisterVersion:
    """A new version with the organisation's own fields (the keys of ``HOUSE_FIELDS``).

    ``base`` is the number of the version one started from, 0 for none: an older one is refused, nothing is lost.
    Raises InvalidInput (the fields, or the form).
    """
    require(actor, "privacy.write_register")
    errors: Errors = {}
    house = {name: checked_text(errors, name, texts.get(name, "")) for name in HOUSE_FIELDS}
    refuse(errors)
    return _save(actor, base, house=house)


def write_sheet(*, actor: Actor, code: str, base: int, **texts: str) -> RegisterVersion:
    """A new version with the organisation's words on one processing (the keys of ``SHEET_FIELDS``)."""
    require(actor, "privacy.write_register")
    get_declared(actor.organisation_id, code)
    errors: Errors = {}
    sheet = {name: checked_text(errors, name, texts.get(name, "")) for name in SHEET_FIELDS}
    refuse(errors)
    return _save(actor, base, sheet=(code, sheet))


def confirm_register(*, actor: Actor, base: int) -> RegisterVersion:
    """A new version with the same words: the code's new sentences were read again and are kept with it."""
    require(actor, "privacy.write_register")
    return _save(actor, base)


@transaction.atomic
def record_export(*, actor: Actor, face: str, number: int) -> None:
    """Note that the register left, as which kind of file."""
    require(actor, "privacy.view_register")
    publish(RegisterExported(actor=actor, target_id=actor.organisation_id, codes={"face": face, "version": number}))


def _save(
    actor: Actor, base: int, *, house: dict[str, str] | None = None, sheet: tuple[str, dict[str, str]] | None = None
) -> RegisterVersion:
    last = current_version(actor)
    known, number = read_words(last), last.number if last else 0
    if base != number:
        raise InvalidInput({FORM: [OVERTAKEN.format(number=number)]})
    sheets = {**known.sheets, sheet[0]: sheet[1]} if sheet else known.sheets
    words = Words(known.house if house is None else house, sheets)
    declared = stored_declarations(actor.organisation_id)
    if last is not None and words.dumped() == known.dumped() and last.declared == declared:
        raise InvalidInput({FORM: [SAME]})
    try:
        return _keep(actor, number + 1, words, declared)
    except IntegrityError:  # two people saved at once: the second one reads the first before writing over it
        raise InvalidInput({FORM: [OVERTAKEN.format(number=number + 1)]}) from None


@transaction.atomic
def _keep(actor: Actor, number: int, words: Words, declared: list) -> RegisterVersion:
    version = RegisterVersion.objects.create(
        organisation_id=actor.organisation_id,
        number=number,
        author_id=actor.member_id,  # type: ignore[misc] # a person writes: the permission asks a role
        declared=declared,
        words=words.dumped(),
    )
    publish(RegisterWritten(actor=actor, target_id=version.pk, codes={"version": number}))
    return version
