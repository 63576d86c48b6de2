"""What a piece of evidence starts from: the record as it is, beside what may be said of it."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.utils.formats import date_format

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.reflection import starting_point
from entremise.core.time import local
from entremise.core.ui.formats import long_date
from entremise.interventions.queries import own_act, own_acts
from entremise.mediations.queries.gestures import gestures_of, own_cases, own_gestures
from entremise.places.queries import list_sites
from entremise.practice.enums import EvidenceKind, Grain
from entremise.practice.queries.sheets import answers_of, get_sheet, layout_of, title_of, told
from entremise.practice.saying import (
    ENOUGH,
    RARE,
    TOLD_LISTS,
    Said,
    Trait,
    gestures_that_may_be_said,
    most_that_may_be_said,
    safest_period,
)

NBSP = "\N{NO-BREAK SPACE}"
LABELS = {
    "L1": "Registre",
    "L4": "Type d’espace",
    "L10": "Demande",
    "L11": "Thème",
    "L13": "Objet du conflit",
    "L17": "Actions",
    "L18": "Résultat",
    "geste": "Mes gestes",
    "modele": "Modèle",
}
GESTURE, LAYOUT = "geste", "modele"
Fact = tuple[str, str]
_FEW_ACTS = (
    f"Vous avez signé ici moins de {ENOUGH} actes{NBSP}: quoi qu’elle dise, cette preuve désignerait celui-ci. "
    "Attendez d’en avoir signé d’autres, ou racontez votre façon de faire dans une fiche réflexive."
)
_ONE_CASE = (
    "C’est votre seule médiation formelle : dire qu’elle existe la désignerait. Racontez votre façon de conduire une "
    "médiation dans une fiche réflexive, sans cette situation."
)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A record and what may be said of it.

    ``facts`` and ``words``: the record as it is, for its author's eyes. ``said``: what the evidence may tell at most.
    ``names`` and ``words`` must not be found in its text (``copied`` False for words that are the author's alone).
    ``refusal``: why nothing at all may be told.
    """

    id: uuid.UUID | None = None
    title: str = ""
    facts: Sequence[Fact] = ()
    words: str = ""
    said: Said = field(default_factory=Said)
    left_out: Sequence[Trait] = ()
    coarser: bool = False
    compatible: int | None = None
    names: Sequence[str] = ()
    copied: bool = True
    competences: Sequence[str] = ()
    refusal: str = ""


def source_of(actor: Actor, kind: str, record_id: uuid.UUID | None, on: dt.date | None = None) -> Source:
    """What an evidence of this kind starts from; NotFound unless the record is the actor's own gesture."""
    if kind in _READERS:
        if record_id is None:
            raise NotFound(kind)
        return _READERS[EvidenceKind(kind)](actor, record_id)
    said = safest_period(on, _counter(actor)) if on else Said()
    return Source(said=said, coarser=said.grain not in (Grain.MONTH,) and on is not None, names=_place_names(actor))


def is_read_here(actor: Actor, kind: str, record_id: str) -> bool:
    """Whether what an evidence came from is the actor's to read in the organisation where they act now."""
    try:
        source_of(actor, kind, uuid.UUID(record_id) if record_id else None)
    except NotFound:
        return False
    return True


def hiding(actor: Actor) -> Callable[[str, Said], bool]:
    """Whether what an evidence of a kind says still suits enough of its author's records: some may have gone since.

    Five; two for the bare existence of a mediation; none for what no record tells. Mediations are read once for all.
    """
    count, each = _counter(actor), cache(lambda: _gestures_of_each(actor))

    def hidden(kind: str, said: Said) -> bool:
        if kind == EvidenceKind.MEDIATION:
            wanted = {code for reference, code in said.traits if reference == GESTURE}
            return sum(wanted <= one for one in each()) >= (ENOUGH if said.traits else RARE)
        compatible = count(said)
        return compatible >= ENOUGH or (kind != EvidenceKind.ACT and (compatible == 0 or said.grain == Grain.NONE))

    return hidden


def _counter(actor: Actor) -> Callable[[Said], int]:
    def count(said: Said) -> int:
        traits = [trait for trait in said.traits if trait[0] in TOLD_LISTS]
        return own_acts(actor, start=said.start, end=said.end, traits=traits).count()

    return count


def _act(actor: Actor, act_id: uuid.UUID) -> Source:
    act = own_act(actor, act_id)
    found = most_that_may_be_said(act.day, act.traits, _counter(actor))
    facts = (("Où", act.place), ("Quand", long_date(act.day)), *facts_of(actor, act.traits))
    return Source(
        id=act.id,
        title=f"Acte {act.reference}",
        facts=facts,
        words=act.words,
        said=found.said if found else Said(),
        left_out=found.left_out if found else (),
        coarser=bool(found and found.coarser),
        compatible=found.compatible if found else None,
        names=(act.place, act.reference, *_place_names(actor)),
        refusal="" if found else _FEW_ACTS,
    )


def _mediation(actor: Actor, case_id: uuid.UUID) -> Source:
    case, gestures = own_gestures(actor, case_id)
    mine = list(dict.fromkeys(gesture.what for gesture in gestures))
    found = gestures_that_may_be_said(mine, _gestures_of_each(actor))
    start = starting_point(actor, "mediation", case_id)
    kept, compatible = found or ([], None)
    return Source(
        id=case.pk,
        title=start.title,
        facts=start.facts,
        said=Said(traits=tuple((GESTURE, one) for one in kept)),
        left_out=[(GESTURE, one) for one in mine if one not in kept],
        coarser=True,
        compatible=compatible,
        names=(case.reference, *_place_names(actor)),
        refusal="" if found else _ONE_CASE,
    )


def _gestures_of_each(actor: Actor) -> list[set[str]]:
    return [{gesture.what for gesture in gestures_of(actor, case)} for case in own_cases(actor)]


def _sheet(actor: Actor, sheet_id: uuid.UUID) -> Source:
    sheet = get_sheet(actor, sheet_id)
    when = safest_period(local(sheet.written_at).date(), _counter(actor))
    layout = layout_of(sheet)
    parts = [
        (one.question.label, "\n".join([*one.texts, *(" · ".join(pair) for pair in one.pairs)]))
        for part in told(sheet)
        for one in part.answers
    ]
    chosen = answers_of(sheet).get("competences", [])
    return Source(
        id=sheet.pk,
        title=title_of(sheet),
        facts=parts,
        said=Said(when.grain, when.start, when.end, ((LAYOUT, layout.name),)),
        coarser=when.grain != Grain.MONTH,
        names=_place_names(actor),
        copied=False,
        competences=[str(one) for one in chosen] if isinstance(chosen, list) else [],
    )


_READERS: dict[EvidenceKind, Callable[[Actor, uuid.UUID], Source]] = {
    EvidenceKind.ACT: _act,
    EvidenceKind.MEDIATION: _mediation,
    EvidenceKind.SHEET: _sheet,
}


def _place_names(actor: Actor) -> list[str]:
    """Every place of the organisation whose name has several words: one word alone is too often a common one."""
    if actor.organisation_id is None:
        return []
    names = list_sites(actor, active_only=False).values_list("name", flat=True)
    return [name for name in names if " " in name.strip()]


def facts_of(actor: Actor, traits: Sequence[Trait]) -> list[Fact]:
    """Traits in words, a line a list, in the order they are worth reading."""
    lists = choices_for(actor.organisation_id, *TOLD_LISTS)
    found: dict[str, list[str]] = {}
    for reference, code in traits:
        label = lists[reference].label(code) if reference in lists else code
        found.setdefault(reference, []).append(label)
    order = [*TOLD_LISTS, GESTURE, LAYOUT]
    return [(LABELS[one], ", ".join(found[one])) for one in order if one in found]


def when_said(said: Said) -> str:
    """The period in words; empty when it is not told."""
    if said.start is None:
        return ""
    if said.grain == Grain.MONTH:
        return date_format(said.start, "F Y")
    if said.grain == Grain.YEAR:
        return f"année {said.start.year}"
    quarter = (said.start.month - 1) // 3 + 1
    return f"{'1er' if quarter == 1 else f'{quarter}e'} trimestre {said.start.year}"
