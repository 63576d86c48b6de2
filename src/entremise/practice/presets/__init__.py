"""The layouts of sheets and the phases of meetings: data, in the order they are offered."""

from entremise.practice.presets.base import LONGEST, Layout, Part, Question
from entremise.practice.presets.closing import USUAL_COMPETENCES
from entremise.practice.presets.explicitation import EXPLICITATION
from entremise.practice.presets.free import FREE, MEETING
from entremise.practice.presets.gease import PHASES, Phase
from entremise.practice.presets.gibbs import GIBBS
from entremise.practice.presets.incident import INCIDENT

LAYOUTS: dict[str, Layout] = {layout.code: layout for layout in (INCIDENT, GIBBS, EXPLICITATION, FREE, MEETING)}
FIRST = INCIDENT

__all__ = [
    "FIRST",
    "LAYOUTS",
    "LONGEST",
    "MEETING",
    "PHASES",
    "USUAL_COMPETENCES",
    "Layout",
    "Part",
    "Phase",
    "Question",
]
