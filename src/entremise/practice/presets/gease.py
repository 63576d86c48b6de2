"""The phases of an analysis meeting (GEASE): how long each lasts, and who may write in it."""

from dataclasses import dataclass

from entremise.practice.enums import GroupRole

_ALL = frozenset(GroupRole)
_SPEAKERS = _ALL - {GroupRole.OBSERVATEUR}


@dataclass(frozen=True)
class Phase:
    """One phase. ``writers`` are the roles that may add to the shared page while it lasts."""

    code: str
    title: str
    minutes: int
    text: str
    writers: frozenset[GroupRole]


PHASES = (
    Phase(
        "cadre",
        "Cadre et rôles",
        5,
        "Ce qui se dit ici reste ici. On ne nomme personne, on ne juge pas, chacun peut se taire.",
        frozenset({GroupRole.ANIMATEUR}),
    ),
    Phase(
        "expose",
        "Exposé",
        10,
        "L’exposant raconte la situation et pose sa question. On l’écoute sans l’interrompre.",
        frozenset({GroupRole.EXPOSANT, GroupRole.ANIMATEUR}),
    ),
    Phase(
        "questions",
        "Questions",
        20,
        "Des questions pour comprendre ce qui s’est passé. Pas de conseil, pas d’interprétation.",
        _SPEAKERS,
    ),
    Phase(
        "hypotheses",
        "Hypothèses",
        20,
        "Chacun propose des façons de comprendre. L’exposant écoute et se tait.",
        _SPEAKERS - {GroupRole.EXPOSANT},
    ),
    Phase(
        "reaction",
        "Réaction de l’exposant",
        5,
        "L’exposant dit ce qu’il retient. Les autres écoutent.",
        frozenset({GroupRole.EXPOSANT}),
    ),
    Phase(
        "synthese",
        "Ce qu’on apprend",
        10,
        "Ce que chacun emporte pour sa pratique ; l’observateur dit comment le groupe a travaillé.",
        _ALL,
    ),
)
