"""Vermersch's explicitation: one single moment, described from inside, without asking why."""

from entremise.practice.presets.base import Layout, Part, Question
from entremise.practice.presets.closing import CLOSING

EXPLICITATION = Layout(
    code="explicitation",
    name="Explicitation",
    lead="Un seul moment, revécu pas à pas : ce que j’ai fait, à quoi je l’ai vu. « Comment », jamais « pourquoi ».",
    source="D’après l’entretien d’explicitation de Pierre Vermersch",
    parts=(
        Part(
            title="1. Choisir un moment",
            lead="Une minute ou deux, une seule fois, la vôtre. Prenez le temps de laisser revenir.",
            questions=(
                Question(
                    code="story", label="Le moment", starts="facts", wanted=1, help="Où, quand, juste avant quoi."
                ),
                Question(code="senses", label="Ce que je voyais, entendais, sentais"),
            ),
        ),
        Part(
            title="2. L’action",
            lead="Dans l’ordre : ce que j’ai fait en premier, puis, puis encore.",
            questions=(
                Question(code="actions", label="Ce que j’ai fait, geste après geste", wanted=1),
                Question(
                    code="signs", label="À quoi j’ai vu que…", help="Les signes que j’ai pris, ce qui m’a fait décider."
                ),
                Question(code="end", label="Comment je savais que c’était fini"),
            ),
        ),
        Part(
            title="3. Autour de l’action",
            questions=(
                Question(code="context", label="Le contexte"),
                Question(code="aims", label="Ce que je cherchais"),
                Question(code="knowledge", label="Ce que je savais et qui a servi"),
                Question(code="judgement", label="Ce que j’en pense, à part de ce que j’ai fait"),
            ),
        ),
        CLOSING,
    ),
)
