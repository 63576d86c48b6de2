"""Needs of interpreting: the list of a team, and the totals by language with small numbers hidden."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.core.suppression import THRESHOLD, Mark, suppress_table
from entremise.intercultural.enums import Need
from entremise.intercultural.models import InterpreterUse
from entremise.intercultural.queries.languages import language_names


def list_uses(
    actor: Actor,
    *,
    language: str = "",
    kind: str = "",
    need: str = "",
    child: bool = False,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> QuerySet[InterpreterUse]:
    """The needs of one's teams, the latest first; an empty filter filters nothing."""
    require(actor, "intercultural.record_use")
    rows: QuerySet[InterpreterUse] = InterpreterUse.objects.visible_to(actor)
    exact = {"language": language, "kind": kind, "need": need}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    rows = rows.filter(child_translated=True) if child else rows
    rows = rows.filter(used_on__gte=first) if first else rows
    rows = rows.filter(used_on__lte=last) if last else rows
    return rows.order_by("-used_on", "-id")


def get_use(actor: Actor, use_id: uuid.UUID) -> InterpreterUse:
    """One need; NotFound outside one's own teams."""
    use: InterpreterUse | None = InterpreterUse.objects.visible_to(actor).filter(pk=use_id).first()
    if use is None:
        raise NotFound(str(use_id))
    return use


@dataclass(frozen=True)
class Line:
    """A language, and its counts as they may be written: a number, "< 5" or "masqué"."""

    language: str
    cells: tuple[str, ...]
    total: str


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Needs by language (rows) and answer (``headings``), with totals. ``hidden``: too few to be printed at all."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: tuple[str, ...]
    total: str
    children: str
    minutes: str
    cost: str
    hidden: bool

    @property
    def is_empty(self) -> bool:
        """True when nothing was noted in the period."""
        return not self.lines and not self.hidden


def count_uses(actor: Actor, *, first: dt.date, last: dt.date) -> Figures:
    """Needs of the organisation between two days, both included; two queries. Never beside a place."""
    require(actor, "intercultural.count_uses")
    rows = InterpreterUse.objects.counted_by(actor).filter(used_on__gte=first, used_on__lte=last).order_by()
    counts: Counter[tuple[str, str]] = Counter()
    for language, need, number in rows.values_list("language", "need").annotate(n=Count("id")):
        counts[language, need] = number
    sums = rows.aggregate(minutes=Sum("minutes"), cost=Sum("cost"))
    children = rows.filter(child_translated=True).count()
    return _figures(counts, children, sums["minutes"], sums["cost"])


def _figures(counts: Counter[tuple[str, str]], children: int, minutes: int | None, cost: Decimal | None) -> Figures:
    by_language: Counter[str] = Counter()
    for (language, _), number in counts.items():
        by_language[language] += number
    order = [language for language, _ in by_language.most_common()]
    cells = [[counts[language, need] for need in Need.values] for language in order]
    marks = suppress_table(cells) if cells else None
    total = sum(by_language.values())
    enough = total >= THRESHOLD
    names = language_names(order)
    return Figures(
        headings=tuple(str(label) for label in Need.labels),
        lines=tuple(
            Line(names[rank], tuple(map(_said, row, marks.cells[rank])), _said(sum(row), marks.rows[rank]))
            for rank, row in enumerate(cells)
        )
        if marks and not marks.whole
        else (),
        totals=tuple(_said(sum(column), marks.columns[rank]) for rank, column in enumerate(zip(*cells, strict=True)))
        if marks and not marks.whole
        else (),
        total=_said(total, marks.total) if marks else "0",
        children=_said(children, Mark.SMALL if 0 < children < THRESHOLD else Mark.SHOWN) if enough else "masqué",
        minutes=f"{minutes or 0}" if enough else "masqué",
        cost=f"{cost or 0:.2f}".replace(".", ",") if enough else "masqué",
        hidden=bool(marks and marks.whole),
    )


def _said(number: int, mark: Mark) -> str:
    return {Mark.SHOWN: str(number), Mark.SMALL: f"< {THRESHOLD}", Mark.MASKED: "masqué"}[mark]
