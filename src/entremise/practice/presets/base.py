"""What a layout of a sheet is made of. A layout is data: adding one is a few lines, no table and no page change."""

from dataclasses import dataclass, field

from entremise.practice.enums import Kind

LONGEST = 10_000  # characters of one answer: several pages, and no file by mistake


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. ``code`` names its answer in the sheet for ever.

    ``wanted`` is how many answers make the question complete (0: it may stay empty); ``second`` is the label of the
    second text of a pair; ``longest`` how many characters are kept; ``starts`` says what of a record fills it at the
    start: ``facts``.
    """

    code: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    wanted: int = 0
    second: str = ""
    starts: str = ""
    longest: int = LONGEST


@dataclass(frozen=True, kw_only=True)
class Part:
    """A step of a layout. ``side_by_side`` puts its questions in columns where the screen allows."""

    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    side_by_side: bool = False


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A way to look again at one's own practice; ``source`` says whose it is."""

    code: str
    name: str
    lead: str
    source: str
    parts: tuple[Part, ...]
    offered: bool = True  # False: made by the product, never started by hand

    questions: dict[str, Question] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        found = {question.code: question for part in self.parts for question in part.questions}
        if len(found) != sum(len(part.questions) for part in self.parts):
            raise ValueError(f"the layout {self.code} has two questions of the same code")
        object.__setattr__(self, "questions", found)
