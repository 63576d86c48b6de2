"""A form made from a layout: the answers as they are typed, question by question."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from entremise.competences.queries import competence_choices
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio
from entremise.practice.commands import Answers, Reread, Value, WriteSheet
from entremise.practice.enums import Done, Kind
from entremise.practice.presets import USUAL_COMPETENCES, Layout, Part, Question
from entremise.privacy.forms.base import PlainText

PAIR_ROWS = 4
_HELPED = {"data-text-helper": True, "rows": 4, "autocomplete": "off"}


@dataclass(frozen=True)
class ShownPart:
    """A step of the layout with its fields: single ones, and rows of two."""

    part: Part
    fields: list[BoundField]
    pairs: list[tuple[int, BoundField, BoundField]]


class SheetForm(forms.Form):
    """Every question of a layout; nothing is required to save, only to finish."""

    title = PlainText(
        label="Titre",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "data-text-helper": True}),
        help_text="Pour vous y retrouver. Sans nom.",
    )
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, layout: Layout, answers: Answers | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.layout = layout
        for question in layout.questions.values():
            for name, field in _fields(question):
                self.fields[name] = field
            self.initial.update(_initial(question, (answers or {}).get(question.code)))

    def parts(self) -> Iterator[ShownPart]:
        """The steps of the page, in order."""
        for part in self.layout.parts:
            single = [self[question.code] for question in part.questions if question.kind != Kind.PAIRS]
            pairs = [
                (row + 1, self[f"{question.code}_{row}_0"], self[f"{question.code}_{row}_1"])
                for question in part.questions
                if question.kind == Kind.PAIRS
                for row in range(PAIR_ROWS)
            ]
            yield ShownPart(part, single, pairs)

    def error_field(self, code: str) -> str:
        """The field where what is said of a question stands: the first of its rows for pairs."""
        return code if code in self.fields else f"{code}_0_0"

    def command(self, *, finish: bool) -> WriteSheet:
        """The command, once the form is valid."""
        return WriteSheet(
            layout=self.layout.code,
            title=self.cleaned_data["title"],
            answers={code: self._value(question) for code, question in self.layout.questions.items()},
            base_version=self.cleaned_data["base_version"],
            finish=finish,
        )

    def _value(self, question: Question) -> Value:
        if question.kind != Kind.PAIRS:
            return self.cleaned_data[question.code]
        rows = range(PAIR_ROWS)
        return [[self.cleaned_data[f"{question.code}_{row}_{side}"] for side in (0, 1)] for row in rows]


def _fields(question: Question) -> Iterator[tuple[str, forms.Field]]:
    common: dict[str, Any] = {"label": question.label, "required": False, "help_text": question.help}
    if question.kind == Kind.PAIRS:
        for row in range(PAIR_ROWS):
            for side, label in ((0, question.label), (1, question.second)):
                told = f"{label} {row + 1}" if side == 0 else label
                yield f"{question.code}_{row}_{side}", PlainText(label=told, required=False, widget=_text(3))
    elif question.kind == Kind.CHOICE:
        choices = [("", "Sans réponse"), *question.choices]
        yield question.code, forms.ChoiceField(choices=choices, widget=ChipRadio, **common)
    elif question.kind == Kind.CHOICES:
        widget = ChipCheckboxes(frequent=[code for code, _ in question.choices])
        yield question.code, forms.MultipleChoiceField(choices=question.choices, widget=widget, **common)
    elif question.kind == Kind.COMPETENCES:
        widget = ChipCheckboxes(frequent=USUAL_COMPETENCES)
        yield question.code, forms.MultipleChoiceField(choices=competence_choices, widget=widget, **common)
    elif question.kind == Kind.LINE:
        yield (
            question.code,
            PlainText(widget=forms.TextInput({"autocomplete": "off", "data-text-helper": True}), **common),
        )
    else:
        yield question.code, PlainText(widget=_text(6 if question.starts else 4), **common)


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(_HELPED | {"rows": rows})


def _initial(question: Question, value: Value | None) -> dict[str, Any]:
    if question.kind != Kind.PAIRS:
        return {} if value is None else {question.code: value}
    return {
        f"{question.code}_{row}_{side}": text for row, pair in enumerate(value or []) for side, text in enumerate(pair)
    }


class RereadForm(forms.Form):
    """Thirty days later."""

    done = forms.ChoiceField(label="Ce que je voulais changer, l’ai-je fait ?", choices=Done.choices, widget=ChipRadio)
    words = PlainText(label="Ce que j’en dis aujourd’hui", required=False, widget=_text(4))

    def command(self) -> Reread:
        """The command, once the form is valid."""
        return Reread(**self.cleaned_data)
