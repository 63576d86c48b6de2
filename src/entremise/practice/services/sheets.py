"""Writing one's own sheets. The only actor is the author; every refusal for someone else is a NotFound."""

import datetime as dt
import json
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish
from entremise.practice.commands import Answers, Reread, Value, WriteSheet
from entremise.practice.enums import Done, Kind
from entremise.practice.events import SheetChanged, SheetDeleted, SheetOpened, SheetsExported
from entremise.practice.models import Sheet
from entremise.practice.presets import LAYOUTS, LONGEST, Layout, Question
from entremise.practice.queries.sheets import get_sheet, missing
from entremise.practice.services.guard import require_open

REREAD_AFTER = dt.timedelta(days=30)
TITLE_LENGTH = 120
PAIRS = 8
TOO_LONG = "Ce texte dépasse {} signes : raccourcissez-le, ou partagez-le entre deux réponses."


def write_sheet(*, actor: Actor, command: WriteSheet) -> Sheet:
    """Begin a sheet. Raises InvalidInput with every fault at once."""
    require(actor, "practice.keep_sheets")
    require_open(actor)
    layout = LAYOUTS.get(command.layout)
    if layout is None or not layout.offered:
        raise InvalidInput({FORM: ["Ce modèle n’existe plus. Choisissez-en un autre."]})
    return add_sheet(actor=actor, author_id=actor.user_id, command=command)


@transaction.atomic
def add_sheet(*, actor: Actor, author_id: uuid.UUID | None, command: WriteSheet) -> Sheet:
    """Put a sheet in someone's notebook; the callers checked that it is theirs to receive."""
    assert author_id is not None  # only a person keeps a notebook
    sheet = Sheet(author_id=author_id, layout=command.layout)
    _fill(sheet, command)
    sheet.save(force_insert=True)
    publish(SheetOpened(actor=actor, target_id=sheet.pk))
    return sheet


@transaction.atomic
def change_sheet(*, actor: Actor, sheet_id: uuid.UUID, command: WriteSheet) -> Sheet:
    """Write one's sheet again. Raises Conflict when it was changed elsewhere (another window) since it was read."""
    require_open(actor)
    sheet = get_sheet(actor, sheet_id)
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if command.base_version != sheet.version:
        raise Conflict("the sheet was written again elsewhere")
    _fill(sheet, command)
    sheet.version += 1
    sheet.save()
    publish(SheetChanged(actor=actor, target_id=sheet.pk))
    return sheet


@transaction.atomic
def reread_sheet(*, actor: Actor, sheet_id: uuid.UUID, command: Reread) -> Sheet:
    """Say, thirty days later or when one likes, whether it was done. Saying it again replaces what was said."""
    require_open(actor)
    sheet = get_sheet(actor, sheet_id)
    words = clean(command.words)
    errors = {"words": [TOO_LONG.format(LONGEST)]} if len(words) > LONGEST else {}
    if command.done not in Done.values:
        errors["done"] = ["Choisissez une réponse."]
    if errors:
        raise InvalidInput(errors)
    sheet.rereading = json.dumps({"done": command.done, "words": words}, ensure_ascii=False)
    sheet.reread_at = now()
    sheet.save()
    publish(SheetChanged(actor=actor, target_id=sheet.pk))
    return sheet


@transaction.atomic
def delete_sheet(*, actor: Actor, sheet_id: uuid.UUID) -> None:
    """Remove one of one's own sheets, at once."""
    require_open(actor)
    sheet = get_sheet(actor, sheet_id)
    identifier = sheet.pk
    sheet.delete()
    publish(SheetDeleted(actor=actor, target_id=identifier))


@transaction.atomic
def record_export(*, actor: Actor, sheet_id: uuid.UUID | None, face: str) -> None:
    """Keep that a sheet, or the whole notebook, was taken away by its author."""
    require_open(actor)
    assert actor.user_id is not None
    publish(SheetsExported(actor=actor, target_id=sheet_id or actor.user_id, codes={"face": face}))


def _fill(sheet: Sheet, command: WriteSheet) -> None:
    layout = LAYOUTS[sheet.layout]
    title = clean(command.title)
    answers, errors = _checked(layout, command.answers)
    if len(title) > TITLE_LENGTH:
        errors["title"] = [f"Ce titre dépasse {TITLE_LENGTH} signes : raccourcissez-le."]
    if not answers and not title:
        errors[FORM] = ["Il n’y a rien à enregistrer : répondez à une question au moins."]
    if command.finish:
        errors |= {code: [why] for code, why in missing(layout, answers).items() if code not in errors}
    if errors:
        raise InvalidInput(errors)
    sheet.title, sheet.content = title, json.dumps(answers, ensure_ascii=False)
    sheet.changed_at = now()
    if command.finish and sheet.finished_at is None:
        sheet.finished_at, sheet.reread_on = now(), today() + REREAD_AFTER


def _checked(layout: Layout, answers: Answers) -> tuple[Answers, dict[str, list[str]]]:
    """The answers the layout asks for, cleaned; those of no question are left out."""
    kept: Answers = {}
    errors: dict[str, list[str]] = {}
    for code, question in layout.questions.items():
        value, too_long = _clean(question, answers.get(code))
        if too_long:
            errors[code] = [TOO_LONG.format(question.longest)]
        if value:
            kept[code] = value
    return kept, errors


def _clean(question: Question, value: Value | None) -> tuple[Value, bool]:
    """What is kept of an answer, and whether a text of it is too long."""
    if value is None:
        return "", False
    if question.kind == Kind.PAIRS:
        pairs = [[clean(str(pair[0])), clean(str(pair[1]))] for pair in value]
        pairs = [pair for pair in pairs if any(pair)][:PAIRS]
        return pairs, any(len(text) > question.longest for pair in pairs for text in pair)
    if question.kind in (Kind.CHOICES, Kind.COMPETENCES):
        known = dict(question.choices)
        codes = [str(code) for code in value]
        return [code for code in codes if question.kind == Kind.COMPETENCES or code in known], False
    text = clean(str(value))
    if question.kind == Kind.CHOICE:
        return (text if text in dict(question.choices) else ""), False
    return text, len(text) > question.longest
