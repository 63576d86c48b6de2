"""The process of a formal mediation, as data: stages, ways from one to another, and what each way asks.

Source: study of the trade §3.4 (practice, Fiutak's wheel, law 95-125 of 8 February 1995). Nothing here reads the
database: ``next_steps`` and ``refusals`` take plain ``Facts``, so that a test walks every path.
"""

from dataclasses import dataclass
from enum import StrEnum

from entremise.mediations.enums import Ground, Outcome, ShownOutcome, Stage

ORDER = tuple(Stage)
OPTIONAL = frozenset({Stage.NAVETTE, Stage.PLENIERE})  # one of the two is enough; the page says which was passed over


class Guard(StrEnum):
    """What a way asks before it opens."""

    TWO_PARTIES = "deux_parties"
    FREE_MEDIATOR = "mediateur_sans_lien"
    ADMISSIBLE = "recevable"
    CONTACTED = "parties_contactees"
    INTERVIEWED = "parties_entendues"
    CONSENTS = "accords_vivants"
    CONCLUDED = "accord_conclu"


MISSING = {
    Guard.TWO_PARTIES: "Il faut au moins deux parties.",
    Guard.FREE_MEDIATOR: "Un médiateur du dossier doit d’abord déclarer qu’il n’a aucun lien avec une partie.",
    Guard.ADMISSIBLE: "Dites d’abord que rien n’interdit la médiation.",
    Guard.CONTACTED: "Chaque partie doit avoir été contactée.",
    Guard.INTERVIEWED: "Chaque partie doit avoir eu un entretien à part, où le cadre lui a été expliqué.",
    Guard.CONSENTS: "Chaque partie doit être d’accord, aujourd’hui, pour être en médiation.",
    Guard.CONCLUDED: "L’accord doit être conclu avec chaque partie.",
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is true of a mediation now. ``concluded``: an agreement was concluded with every party."""

    parties: int = 0
    free_mediator: bool = False
    admissible: bool = False
    contacted: bool = False
    interviewed: bool = False
    consents: bool = False
    concluded: bool = False

    def holds(self, guard: Guard) -> bool:
        """True when nothing is missing for this guard."""
        known = {
            Guard.TWO_PARTIES: self.parties >= 2,
            Guard.FREE_MEDIATOR: self.free_mediator,
            Guard.ADMISSIBLE: self.admissible,
            Guard.CONTACTED: self.contacted,
            Guard.INTERVIEWED: self.interviewed,
            Guard.CONSENTS: self.consents,
            Guard.CONCLUDED: self.concluded,
        }
        return known[guard]


_ENTERED = (Guard.TWO_PARTIES, Guard.FREE_MEDIATOR, Guard.ADMISSIBLE)
_TALKING = (*_ENTERED, Guard.CONTACTED, Guard.INTERVIEWED, Guard.CONSENTS)

# (from, to): what must hold. Going forward only; one may go back to any stage already behind.
FORWARD: dict[tuple[Stage, Stage], tuple[Guard, ...]] = {
    (Stage.SAISINE, Stage.RECEVABILITE): (),
    (Stage.RECEVABILITE, Stage.CONTACT): _ENTERED,
    (Stage.CONTACT, Stage.ENTRETIENS): (*_ENTERED, Guard.CONTACTED),
    (Stage.ENTRETIENS, Stage.ENGAGEMENT): (*_ENTERED, Guard.CONTACTED, Guard.INTERVIEWED),
    (Stage.ENGAGEMENT, Stage.NAVETTE): _TALKING,
    (Stage.ENGAGEMENT, Stage.PLENIERE): _TALKING,
    (Stage.NAVETTE, Stage.PLENIERE): _TALKING,
    (Stage.NAVETTE, Stage.OPTIONS): _TALKING,
    (Stage.PLENIERE, Stage.OPTIONS): _TALKING,
    (Stage.OPTIONS, Stage.ACCORD): _TALKING,
    (Stage.ACCORD, Stage.SUIVI): (*_TALKING, Guard.CONCLUDED),
}

# Stages where the parties talk: a party that takes its agreement back brings the mediation back before them.
NEEDS_CONSENT = frozenset({Stage.NAVETTE, Stage.PLENIERE, Stage.OPTIONS, Stage.ACCORD})
MEDIATED = frozenset({Stage.NAVETTE, Stage.PLENIERE})

_ALWAYS = frozenset({Outcome.RELAIS, Outcome.PERDU_VUE, Outcome.RESOLU_SEUL, Outcome.RETRAIT_MEDIATEUR})
_MET = frozenset(ORDER[ORDER.index(Stage.CONTACT) : ORDER.index(Stage.CLOTURE)])
# How each stage may end. Grounds that forbid a mediation close it from any stage, by ``outcome_of_ground``.
ENDINGS: dict[Stage, frozenset[Outcome]] = {
    stage: _ALWAYS
    | (frozenset({Outcome.DIALOGUE_RETABLI, Outcome.DESISTEMENT, Outcome.REFUS}) if stage in _MET else frozenset())
    for stage in ORDER[:-1]
}
AGREED = frozenset({Outcome.ACCORD_TOTAL, Outcome.ACCORD_PARTIEL})
_NEVER_SAID = frozenset(
    {Outcome.HORS_CADRE, Outcome.DANGER, Outcome.DESISTEMENT, Outcome.REFUS, Outcome.RETRAIT_MEDIATEUR}
)
_DANGERS = frozenset(
    {
        Ground.VIOLENCES_COUPLE,
        Ground.VIOLENCES_GRAVES,
        Ground.MINEUR_DANGER,
        Ground.EMPRISE,
        Ground.ALTERCATION_EN_COURS,
        Ground.HARCELEMENT,
    }
)


def is_forward(source: Stage, target: Stage) -> bool:
    """True when the target comes after the source."""
    return ORDER.index(target) > ORDER.index(source)


def refusals(source: Stage, target: Stage, facts: Facts) -> list[str]:
    """Why this way is shut, in French; empty when it is open. A way that does not exist is shut."""
    if source == Stage.CLOTURE or target in (source, Stage.CLOTURE):
        return ["Cette médiation est close." if source == Stage.CLOTURE else "Choisissez une autre étape."]
    if not is_forward(source, target):
        # An agreement may be taken back during the follow-up: the talks are not taken up again without it.
        return [MISSING[Guard.CONSENTS]] if target in NEEDS_CONSENT and not facts.consents else []
    guards = FORWARD.get((source, target))
    if guards is None:
        return ["Cette étape ne suit pas celle-ci : aucune n’est sautée."]
    return [MISSING[guard] for guard in guards if not facts.holds(guard)]


def next_steps(source: Stage) -> list[Stage]:
    """The stages that may follow, in order."""
    return [target for first, target in FORWARD if first == source]


def former_steps(source: Stage) -> list[Stage]:
    """The stages one may go back to, the nearest first."""
    return [] if source == Stage.CLOTURE else list(reversed(ORDER[: ORDER.index(source)]))


def passed_over(source: Stage, target: Stage) -> list[Stage]:
    """The optional stages that this way leaves aside, so that the page says so."""
    between = ORDER[ORDER.index(source) + 1 : ORDER.index(target)]
    return [stage for stage in between if stage in OPTIONAL]


def endings(stage: Stage, facts: Facts) -> list[Outcome]:
    """How a mediation may be closed from here, in the order of the list."""
    allowed = ENDINGS.get(stage, frozenset())
    if facts.concluded and stage in (Stage.ACCORD, Stage.SUIVI):
        allowed = allowed | AGREED
    return [outcome for outcome in Outcome if outcome in allowed]


def shown(outcome: Outcome) -> ShownOutcome:
    """What everyone but the case's mediators reads."""
    return ShownOutcome.PAS_ADAPTE if outcome in _NEVER_SAID else ShownOutcome(outcome.value)


def outcome_of_ground(ground: Ground) -> Outcome:
    """How a forbidding ground closes a mediation."""
    if ground == Ground.CONFLIT_INTERET:
        return Outcome.RETRAIT_MEDIATEUR
    return Outcome.DANGER if ground in _DANGERS else Outcome.HORS_CADRE


def after_withdrawal(stage: Stage) -> Stage:
    """Where a mediation stands once a party took its agreement back: before the talks, or where it was."""
    return Stage.ENGAGEMENT if stage in NEEDS_CONSENT else stage
