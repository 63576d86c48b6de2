"""Reads of one's own sheets. There is no other reader."""

import json
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.competences.queries import competence_lines
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.core.ui.formats import short_date
from entremise.practice.commands import Answers, Value
from entremise.practice.enums import Done, Kind
from entremise.practice.models import Sheet
from entremise.practice.presets import LAYOUTS, Layout, Part, Question


def list_sheets(actor: Actor) -> QuerySet[Sheet]:
    """One's own sheets, the last written first."""
    require(actor, "practice.keep_sheets")
    return Sheet.objects.visible_to(actor).order_by("-changed_at", "-pk")


def to_reread(actor: Actor) -> QuerySet[Sheet]:
    """One's own finished sheets whose thirty days are over and that were not read again, the oldest first."""
    return list_sheets(actor).filter(reread_at=None, reread_on__lte=today()).order_by("reread_on", "pk")


def get_sheet(actor: Actor, sheet_id: uuid.UUID) -> Sheet:
    """One of one's own sheets; NotFound for any other, and for all of them while confidences are shut."""
    return get_one(list_sheets(actor).filter(pk=sheet_id))


def answers_of(sheet: Sheet) -> Answers:
    """What the sheet says, question by question."""
    return json.loads(sheet.content) if sheet.content else {}


def layout_of(sheet: Sheet) -> Layout:
    """The layout it was written with."""
    return LAYOUTS[sheet.layout]


def title_of(sheet: Sheet) -> str:
    """The title its author gave, else the layout and the day."""
    return sheet.title or f"{layout_of(sheet).name} du {short_date(sheet.written_at)}"


@dataclass(frozen=True)
class SheetLine:
    """A sheet in the list of its author."""

    sheet: Sheet
    title: str
    layout: str
    is_due: bool


def lines_of(sheets: list[Sheet]) -> list[SheetLine]:
    """Titles opened together: one question to the store of keys whatever the number."""
    open_together(sheets, "title")
    return [
        SheetLine(
            sheet,
            title_of(sheet),
            layout_of(sheet).name,
            sheet.reread_at is None and sheet.reread_on is not None and sheet.reread_on <= today(),
        )
        for sheet in sheets
    ]


@dataclass(frozen=True)
class Told:
    """An answer in words: ``texts`` for one text or a list of labels, ``pairs`` for pairs."""

    question: Question
    texts: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ToldPart:
    """A step of the layout and its answers; those left empty are not there."""

    part: Part
    answers: tuple[Told, ...]


def told(sheet: Sheet) -> list[ToldPart]:
    """The sheet as it is read and exported; steps without an answer are left out."""
    answers = answers_of(sheet)
    found = [
        ToldPart(
            part,
            tuple(_told(question, answers[question.code]) for question in part.questions if answers.get(question.code)),
        )
        for part in layout_of(sheet).parts
    ]
    return [part for part in found if part.answers]


def _told(question: Question, value: Value) -> Told:
    if question.kind == Kind.PAIRS:
        return Told(question, pairs=tuple((str(pair[0]), str(pair[1])) for pair in value))
    if question.kind == Kind.COMPETENCES:
        return Told(
            question, texts=tuple(f"{line.code} · {line.text}" for line in competence_lines(set(map(str, value))))
        )
    labels = dict(question.choices)
    if question.kind in (Kind.CHOICE, Kind.CHOICES):
        codes = [value] if isinstance(value, str) else value
        return Told(question, texts=tuple(labels.get(str(code), str(code)) for code in codes))
    return Told(question, texts=(str(value),))


def rereading_of(sheet: Sheet) -> tuple[str, str] | None:
    """(was it done, in words; what is said of it), once the sheet was read again."""
    if not sheet.rereading:
        return None
    found = json.loads(sheet.rereading)
    return Done(found["done"]).label, found["words"]


def missing(layout: Layout, answers: Answers) -> dict[str, str]:
    """What keeps a sheet from being finished: question code → sentence; empty when nothing does."""
    found = {}
    for question in layout.questions.values():
        value = answers.get(question.code) or []
        if question.kind == Kind.PAIRS and question.wanted:
            whole = [pair for pair in value if all(pair)]
            if len(whole) < question.wanted:
                found[question.code] = (
                    f"Écrivez-en {question.wanted} au moins, chacune avec la façon de la vérifier : "
                    "une seule ferait prendre une supposition pour l’autre."
                )
        elif question.wanted and not value:
            found[question.code] = (
                "Cette réponse manque pour terminer la fiche. Vous pouvez l’enregistrer sans la terminer."
            )
    return found
