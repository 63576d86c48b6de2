"""A total along one axis, protected, in the order it is read."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from entremise.core.suppression import Mark, Row, hidden_row, protect_linked, suppress_row
from entremise.interventions.enums import Slot
from entremise.statistics.definitions import DEFINITIONS
from entremise.statistics.queries import words
from entremise.statistics.queries.facts import Facts, Sources
from entremise.statistics.report import Breakdown, Line

NOT_GIVEN = ""
_WHOLE = "Trop peu pour être ventilé : le détail permettrait de retrouver un petit nombre."
_QPV = {"qpv": "Lieux d’un quartier prioritaire (QPV)", "ailleurs": "Autres lieux, ou code QPV non renseigné"}
_QPV_HIDDEN = "Non imprimé : à côté des lieux, ce détail ferait connaître un petit nombre."
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Axis:
    """What a breakdown needs: its definition, the counts of both periods, the words of each code."""

    definition: str
    now: Counts
    before: Counts
    label: Callable[[str], str]
    order: Sequence[str] = ()


def breakdown(axis: Axis, now: Row | None = None, before: Row | None = None) -> Breakdown:
    """The lines that may be read. ``now`` and ``before`` are marks already decided, in the order of ``codes_of``."""
    codes = codes_of(axis)
    now = now or suppress_row([axis.now.get(code, 0) for code in codes])
    before = before or suppress_row([axis.before.get(code, 0) for code in codes])
    title = DEFINITIONS[axis.definition].label
    if now.whole:
        return Breakdown(axis.definition, title, (), _WHOLE)
    lines = [_line(axis, code, now.marks[index], before, index) for index, code in enumerate(codes)]
    return Breakdown(axis.definition, title, tuple(sorted((line for line in lines if line), key=_rank)))


def codes_of(axis: Axis) -> list[str]:
    """Every code met in one period or the other, in the order of the list, then by name."""
    rank = {code: index for index, code in enumerate(axis.order)}
    met = {code for counts in (axis.now, axis.before) for code, count in counts.items() if count}
    return sorted(met, key=lambda code: (rank.get(code, len(rank)), code == NOT_GIVEN, axis.label(code), code))


def _line(axis: Axis, code: str, mark: Mark, before: Row, index: int) -> Line | None:
    value = axis.now.get(code, 0)
    past, past_mark = axis.before.get(code, 0), before.marks[index]
    if not value and (before.whole or not past):
        return None  # a zero beside a list that is not printed would tell that it is not zero there
    return Line(
        code=code,
        label=axis.label(code),
        value=words.visible(value, mark),
        shown=words.shown(value, mark),
        previous=None if before.whole else words.visible(past, past_mark),
        previous_shown=words.MASKED if before.whole else words.shown(past, past_mark),
        note=words.note(mark),
    )


def _rank(line: Line) -> tuple[int, int]:
    """Largest first; then the masked, the small and the empty ones, each in the order of the list."""
    if line.value:
        return 0, -line.value
    return {words.MASKED: 1, words.SMALL: 2}.get(line.shown, 3), 0


def act_axes(sources: Sources) -> list[Axis]:
    """Every axis of acts that stands alone; places and types of space go together (``place_axes``)."""
    now, before = sources.now.acts, sources.before.acts
    slots = dict(Slot.choices)
    return [
        _listed(sources, "registre", "L1", now.by_register, before.by_register),
        Axis("creneau", now.by_slot, before.by_slot, lambda code: slots.get(code, code), list(slots)),
        _listed(sources, "origine", "L2", now.by_origin, before.by_origin, "Non renseignée"),
        _listed(sources, "public", "L8", now.by_public, before.by_public),
        _listed(sources, "resultat", "L18", now.by_outcome, before.by_outcome),
    ]


def heads_axes(sources: Sources) -> list[Axis]:
    """People by gender, people and contacts by age band."""
    now, before = sources.now, sources.before
    return [
        _listed(sources, "genre", "L7", now.acts.by_gender, before.acts.by_gender),
        _listed(sources, "tranche_age", "L6", now.acts.by_age_band, before.acts.by_age_band),
        _listed(sources, "contacts_tranche", "L6", now.rounds.contacts_by_band, before.rounds.contacts_by_band),
    ]


def _listed(sources: Sources, definition: str, reference: str, now: Counts, before: Counts, empty: str = "") -> Axis:
    choices = sources.labels[reference]
    name = empty or "Non communiqué"
    return Axis(
        definition,
        now,
        before,
        lambda code: choices.label(code) if code else name,
        [code for code, _ in choices.offered],
    )


def place_breakdowns(sources: Sources) -> list[Breakdown]:
    """By residence and by type of space, protected together: one may give the other away."""
    places, spaces = place_axes(sources)
    rows = [_linked(sources, facts, codes_of(places), codes_of(spaces)) for facts in (sources.now, sources.before)]
    made = [
        breakdown(places, rows[0][0], rows[1][0]),
        breakdown(spaces, rows[0][1], rows[1][1]),
    ]
    return [*made, _in_qpv(sources, rows[0], rows[1])] if sources.scope.qpv_sites else made


def _in_qpv(sources: Sources, now: tuple[Row, Row], before: tuple[Row, Row]) -> Breakdown:
    """In a priority neighbourhood or elsewhere, by the place: printed where it adds nothing to the two other lists.

    It groups their lines: beside a list of places with a hidden line, it could give that line away.
    """
    counts = [
        _summed(("qpv" if site in sources.scope.qpv_sites else "ailleurs", n) for site, n in facts.acts.by_site.items())
        for facts in (sources.now, sources.before)
    ]
    axis = Axis("qpv", counts[0], counts[1], lambda code: _QPV[code], list(_QPV))
    codes = codes_of(axis)
    rows = [
        suppress_row([count.get(code, 0) for code in codes])
        if all(mark is Mark.SHOWN for row in linked for mark in row.marks)
        else hidden_row(len(codes), Mark.SHOWN)
        for count, linked in zip(counts, (now, before), strict=True)
    ]
    made = breakdown(axis, rows[0], rows[1])
    return replace(made, note=_QPV_HIDDEN) if made.note else made


def place_axes(sources: Sources) -> tuple[Axis, Axis]:
    """Acts by what may be named of their place, and by type of space."""
    scope, labels = sources.scope, sources.labels["L4"]
    names = {str(key): name for key, name in scope.place_of.values()}
    places = [
        _summed((str(scope.place_of[site][0]), count) for site, count in facts.acts.by_site.items())
        for facts in (sources.now, sources.before)
    ]
    spaces = [
        _summed((scope.space_of[site], count) for site, count in facts.acts.by_site.items())
        for facts in (sources.now, sources.before)
    ]
    return (
        Axis("lieu", places[0], places[1], lambda code: names.get(code, code)),
        Axis("espace", spaces[0], spaces[1], labels.label, [code for code, _ in labels.offered]),
    )


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for code, count in pairs:
        sums[code] = sums.get(code, 0) + count
    return sums


def _linked(sources: Sources, facts: Facts, places: list[str], spaces: list[str]) -> tuple[Row, Row]:
    place_rank = {code: index for index, code in enumerate(places)}
    space_rank = {code: index for index, code in enumerate(spaces)}
    crossing: dict[tuple[int, int], int] = {}
    for site, place in _named_places(sources):
        pair = place_rank.get(place, -1), space_rank.get(sources.scope.space_of[site], -1)
        if min(pair) >= 0:  # places and types without any act in either period are zero, and known to be
            crossing[pair] = crossing.get(pair, 0) + facts.acts.by_site.get(site, 0)
    return protect_linked(crossing, sizes=(len(places), len(spaces)))


def _named_places(sources: Sources) -> Iterable[tuple[uuid.UUID, str]]:
    return ((site, str(key)) for site, (key, _) in sources.scope.place_of.items())
