"""What a sheet holds when it starts from a record: the facts, and the words whose names were taken out."""

from entremise.core.reflection import StartingPoint
from entremise.practice.commands import Answers
from entremise.practice.presets import Layout

NBSP = "\N{NO-BREAK SPACE}"


def start_answers(layout: Layout, start: StartingPoint) -> Answers:
    """The answers that the facts fill: those of the questions that say so."""
    lines = [f"{label}{NBSP}: {value}" for label, value in start.facts]
    text = "\n".join([*lines, *(("", start.words) if start.words else ())])
    return {code: text for code, question in layout.questions.items() if question.starts == "facts"}
