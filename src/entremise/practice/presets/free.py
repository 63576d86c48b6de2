"""A free note, and the page of an analysis meeting that everyone chose to keep."""

from entremise.practice.presets.base import Layout, Part, Question
from entremise.practice.presets.closing import CLOSING

FREE = Layout(
    code="libre",
    name="Note libre",
    lead="Une page blanche, et la même fin que les autres.",
    source="Entremise",
    parts=(
        Part(
            title="Ma note",
            questions=(Question(code="story", label="Ce que je veux garder", starts="facts", wanted=1),),
        ),
        CLOSING,
    ),
)

MEETING = Layout(
    code="seance",
    name="Page d’une séance d’analyse",
    lead="Ce que le groupe a choisi, tous ensemble, de garder ; vous seul lisez cet exemplaire.",
    source="Séance d’analyse de pratiques (GEASE)",
    offered=False,
    parts=(
        Part(
            title="La page de la séance",
            questions=(Question(code="story", label="Ce que le groupe a écrit", longest=1_000_000, wanted=1),),
        ),
        CLOSING,
    ),
)
