"""From counts to a report that may be read."""

from entremise.core.suppression import THRESHOLD
from entremise.core.time import today
from entremise.core.ui.formats import hours
from entremise.interventions.enums import Register
from entremise.presence.queries import DefectLine
from entremise.statistics.definitions import DEFINITIONS
from entremise.statistics.enums import Template
from entremise.statistics.models import Convention
from entremise.statistics.queries import conflicts, words
from entremise.statistics.queries.breakdowns import (
    act_axes,
    breakdown,
    codes_of,
    heads_axes,
    place_breakdowns,
)
from entremise.statistics.queries.facts import Facts, Sources, gather
from entremise.statistics.queries.scope import Scope
from entremise.statistics.report import COMPARED, Breakdown, DefectRow, Figure, Line, Report, uncompared

# The order of reading: the landlord begins with places, the State with missions and publics.
_ORDER = {
    Template.NOTE_BAILLEUR: ("espace", "lieu", "registre", "resultat", "creneau", "origine", "public"),
    Template.BILAN_ADULTE_RELAIS: ("registre", "public", "qpv", "origine", "resultat", "lieu", "espace", "creneau"),
    Template.RAPPORT_ACTIVITE: ("registre", "lieu", "espace", "qpv", "creneau", "origine", "public", "resultat"),
}
_HEADS = ("genre", "tranche_age", "contacts_tranche")
# What only some are told: a landlord has no use for the gender of people, nor for what the State calls a QPV.
_NOT_FOR = {Template.NOTE_BAILLEUR: {"genre", "qpv"}}


def make_report(scope: Scope, convention: Convention | None) -> Report:
    """The report of a scope: exact totals, small numbers hidden, nothing finer than a residence."""
    sources = gather(scope)
    template = Template(convention.template) if convention else Template.RAPPORT_ACTIVITE
    hidden = _NOT_FOR.get(template, set())
    found = {part.definition: part for part in _breakdowns(sources) if part.definition not in hidden}
    if not sources.now.acts.by_gender:
        found.pop("genre", None)  # a team that never notes it is not shown an empty card
    calming, tension = _conflicts(sources, found)
    made = Report(
        title=f"{template.label} · {scope.period.label}",
        subtitle=_subtitle(sources, convention),
        template=template.value,
        period_label=scope.period.label,
        previous_label=scope.previous.label,
        made_on=today().isoformat(),
        meta=_meta(scope, convention),
        figures=_figures(sources),
        calming=calming,
        tension=tension,
        breakdowns=tuple(found[code] for code in (*_ORDER[template], *_HEADS) if code in found),
        defects=_defects(sources),
        missions=_missions(convention, found["registre"]),
        notes=_notes(convention),
    )
    return uncompared(made, sources.lacking) if sources.lacking else made


def _breakdowns(sources: Sources) -> list[Breakdown]:
    made = [*place_breakdowns(sources), *(breakdown(axis) for axis in heads_axes(sources))]
    for axis in act_axes(sources):
        if axis.definition != "resultat":
            made.append(breakdown(axis))
            continue
        codes = codes_of(axis)
        rows = [conflicts.outcome_marks(facts.acts, codes)[0] for facts in (sources.now, sources.before)]
        made.append(breakdown(axis, *rows))
    return made


def _conflicts(sources: Sources, found: dict[str, Breakdown]) -> tuple[Figure, Figure]:
    axis = next(axis for axis in act_axes(sources) if axis.definition == "resultat")
    codes = codes_of(axis)
    known = tuple(
        conflicts.known_conflicts(facts.acts, conflicts.outcome_marks(facts.acts, codes)[1], registers)
        for facts, registers in ((sources.now, found["registre"]), (sources.before, _past(found["registre"])))
    )
    arguments = (sources.now.acts, sources.before.acts, (known[0], known[1]), sources.scope.previous.label)
    return conflicts.calming(*arguments), conflicts.tension(*arguments)


def _past(registers: Breakdown) -> Breakdown:
    """The same list read for the previous period, to know which of its lines are hidden."""
    lines = tuple(Line(line.code, line.label, line.previous, line.previous_shown) for line in registers.lines)
    return Breakdown(registers.definition, registers.title, lines)


def _figures(sources: Sources) -> tuple[Figure, ...]:
    now, before = sources.now, sources.before
    return (
        _figure("presence", hours(now.rounds.minutes), hours(before.rounds.minutes), _unclosed(now)),
        _figure("tournees", words.count(now.rounds.rounds), words.count(before.rounds.rounds)),
        _figure("contacts", _hidden(now.rounds.contacts), _hidden(before.rounds.contacts)),
        _figure("interventions", _hidden(now.acts.total), _hidden(before.acts.total)),
        _figure("personnes", _hidden(now.acts.people), _hidden(before.acts.people), _known(now)),
    )


def _figure(code: str, value: str, previous: str, note: str = "") -> Figure:
    return Figure(code, DEFINITIONS[code].label, value, previous, note)


def _hidden(value: int) -> str:
    return words.SMALL if 0 < value < THRESHOLD else words.count(value)


def _unclosed(facts: Facts) -> str:
    if not facts.rounds.unclosed:
        return ""
    many = "tournées encore ouvertes, dont la durée n’est pas comptée"
    return (
        f"Sans {words.plural(facts.rounds.unclosed, 'tournée encore ouverte, dont la durée n’est pas comptée', many)}."
    )


def _known(facts: Facts) -> str:
    """For how many acts the number of people was noted, unless that would give a small number away."""
    known, total = facts.acts.people_known, facts.acts.total
    missing = total - known
    if not total or not missing:
        return ""
    if known < THRESHOLD or missing < THRESHOLD:
        return "Nombre noté pour une partie des interventions seulement."
    return f"Nombre noté pour {words.count(known)} interventions sur {words.count(total)}."


def _defects(sources: Sources) -> tuple[DefectRow, ...]:
    labels = sources.labels["L21"]
    before = {line.category: line for line in sources.before.defects}
    now = {line.category: line for line in sources.now.defects}
    rows = [
        _defect(code, labels.label(code), now.get(code), before.get(code)) for code in dict.fromkeys([*now, *before])
    ]
    return tuple(sorted(rows, key=lambda row: (-row.reported, row.label)))


def _defect(code: str, label: str, now: DefectLine | None, before: DefectLine | None) -> DefectRow:
    return DefectRow(
        code=code,
        label=label,
        reported=now.reported if now else 0,
        solved=now.solved if now else 0,
        delay=words.days(now.median_delay_days if now else None),
        previous_reported=before.reported if before else 0,
    )


def _missions(convention: Convention | None, registers: Breakdown) -> tuple[Line, ...]:
    """Planned missions beside what was done, with the marks of the list of registers."""
    if convention is None or not convention.planned_registers:
        return ()
    done = {line.code: line for line in registers.lines}
    names = dict(Register.choices)
    past = {line.previous_shown for line in registers.lines}
    now = Line("", "", None, words.MASKED) if registers.note else Line("", "", 0, "0")
    before = (None, words.MASKED) if registers.note or past == {words.MASKED} else (0, "0")
    return tuple(
        done.get(code) or Line(code, names.get(code, code), now.value, now.shown, *before)
        for code in convention.planned_registers
    )


def _subtitle(sources: Sources, convention: Convention | None) -> str:
    rounds = sources.now.rounds
    where = _where(sources.scope, convention)
    presence = f"{words.plural(rounds.rounds, 'tournée', 'tournées')}, {hours(rounds.minutes)} de présence"
    return f"{where} · {presence}"


def _where(scope: Scope, convention: Convention | None) -> str:
    if convention is None or scope.site_ids is None:
        return "Tous les lieux de l’organisation"
    return words.listed(sorted({name for _, name in scope.place_of.values()}))


def _meta(scope: Scope, convention: Convention | None) -> tuple[tuple[str, str], ...]:
    days = f"du {scope.period.start:%d/%m/%Y} au {scope.period.end:%d/%m/%Y}"
    compared = f"du {scope.previous.start:%d/%m/%Y} au {scope.previous.end:%d/%m/%Y}"
    meta = [("Période", days), (COMPARED, compared)]
    if convention is not None:
        meta.insert(0, ("Financeur", convention.funder_name))
        if convention.number:
            meta.append(("Convention", convention.number))
        meta.append(("Durée", f"du {convention.starts_on:%d/%m/%Y} au {convention.ends_on:%d/%m/%Y}"))
    if scope.qpv_codes:
        meta.append(("Quartiers prioritaires", ", ".join(scope.qpv_codes)))
    return tuple(meta)


def _notes(convention: Convention | None) -> tuple[str, ...]:
    notes = [DEFINITIONS["petits_nombres"].text, DEFINITIONS["financeurs"].text]
    if convention is not None and convention.registers:
        notes.append("Seules comptent les interventions qui relèvent des registres de la convention.")
    if convention is not None:
        notes.append("Mois entiers : le premier et le dernier mois de la convention comptent en entier.")
    return tuple(notes)
