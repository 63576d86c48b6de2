"""Calming and tension: what became of conflicts, with their denominator."""

from collections.abc import Sequence

from entremise.core.suppression import THRESHOLD, Mark, Row, protect_linked
from entremise.interventions.enums import CALMED, Register
from entremise.interventions.queries import ActFigures
from entremise.statistics.definitions import DEFINITIONS
from entremise.statistics.queries import words
from entremise.statistics.report import Breakdown, Figure

# Several registers are about conflicts; an act may have both.
CONFLICT_REGISTERS = (Register.CONFLIT_TEMPS_REEL, Register.CONFLIT_TEMPS_DIFFERE)
_CALMED, _OTHER, _NOT_A_CONFLICT = range(3)
_HIDDEN = "Trop peu de conflits, ou trop peu d’autres interventions, pour donner ce nombre sans en révéler un petit."


def outcome_marks(acts: ActFigures, outcomes: Sequence[str]) -> tuple[Row, Row]:
    """Marks of the outcomes, and of calmed conflicts, other conflicts and other acts, decided together.

    The number of calmed conflicts is a part of four outcomes: shown beside them, it could settle one.
    """
    crossing: dict[tuple[int, int], int] = {}
    for index, code in enumerate(outcomes):
        inside = acts.conflicts_by_outcome.get(code, 0)
        crossing[index, _CALMED if code in CALMED else _OTHER] = inside
        crossing[index, _NOT_A_CONFLICT] = acts.by_outcome.get(code, 0) - inside
    return protect_linked(crossing, sizes=(len(outcomes), 3))


def known_conflicts(acts: ActFigures, groups: Row, registers: Breakdown) -> bool:
    """True when the number of conflicts may be written: nothing beside it would give a small number away."""
    hidden = {line.code for line in registers.lines if line.value is None}
    if groups.whole or Mark.SMALL in (groups.total, groups.marks[_NOT_A_CONFLICT]):
        return False
    if acts.conflicts and (not registers.lines or hidden & set(CONFLICT_REGISTERS)):
        return False
    return groups.marks[_CALMED] is Mark.SHOWN and groups.marks[_OTHER] is Mark.SHOWN


def calming(now: ActFigures, before: ActFigures, known: tuple[bool, bool], previous_label: str) -> Figure:
    """ "31 conflits sur 44", and the same for the previous period."""
    label = DEFINITIONS["apaisement"].label
    past = _ratio(before) if known[1] else "nombre masqué"
    previous = f"{previous_label.capitalize()} : {past}."
    if not now.conflicts:
        return Figure("apaisement", label, "aucun conflit", previous)
    if not known[0]:
        return Figure("apaisement", label, "nombre masqué", previous, _HIDDEN)
    value = f"{words.plural(now.calmed, 'conflit', 'conflits')} sur {words.count(now.conflicts)}"
    note = (
        f"finissent apaisés, par un accord ou par un dialogue rétabli, soit {words.percent(now.calmed, now.conflicts)}."
    )
    return Figure("apaisement", label, value, previous, note)


def _ratio(acts: ActFigures) -> str:
    return f"{words.count(acts.calmed)} sur {words.count(acts.conflicts)}" if acts.conflicts else "aucun conflit"


def tension(now: ActFigures, before: ActFigures, known: tuple[bool, bool], previous_label: str) -> Figure:
    """Mean change of tension, with the number of conflicts it is known for."""
    label = DEFINITIONS["tension"].label
    past = _mean(before) if known[1] else ""
    previous = f"{previous_label.capitalize()} : {past or 'nombre masqué ou non mesuré'}."
    value = _mean(now) if known[0] else ""
    if not value:
        nothing = "non mesurée" if not now.tension_pairs else "nombre masqué"
        return Figure("tension", label, nothing, previous, "Il faut au moins cinq conflits mesurés pour la donner.")
    return Figure("tension", label, value, previous, _measured(now))


def _mean(acts: ActFigures) -> str:
    change = acts.tension_change
    if change is None or acts.tension_measured < THRESHOLD:
        return ""
    return words.decimal(float(change), signed=True)


def _measured(acts: ActFigures) -> str:
    missing = acts.conflicts - acts.tension_measured
    if not missing:
        return f"en moyenne, mesurée pour les {words.count(acts.conflicts)} conflits, sur une échelle de 0 à 5."
    if missing < THRESHOLD:
        return f"en moyenne, mesurée pour {words.count(acts.conflicts)} conflits sauf moins de cinq, de 0 à 5."
    return (
        f"en moyenne, mesurée pour {words.plural(acts.tension_measured, 'conflit', 'conflits')} "
        f"sur {words.count(acts.conflicts)}, sur une échelle de 0 à 5."
    )
