"""Gibbs's cycle: six steps, from what happened to what will be done."""

from entremise.practice.presets.base import Layout, Part, Question
from entremise.practice.presets.closing import CLOSING

GIBBS = Layout(
    code="gibbs",
    name="Analyse guidée",
    lead="Six pas, du récit au plan d’action. Pour un moment dont on veut tirer quelque chose.",
    source="D’après le cycle de Graham Gibbs (1988)",
    parts=(
        Part(
            title="1. Description",
            questions=(Question(code="story", label="Ce qui s’est passé", starts="facts", wanted=1, help="Sans nom."),),
        ),
        Part(
            title="2. Ressentis",
            questions=(Question(code="feelings", label="Ce que j’ai pensé et ressenti, avant, pendant, après"),),
        ),
        Part(
            title="3. Évaluation",
            side_by_side=True,
            questions=(
                Question(code="good", label="Ce qui a aidé"),
                Question(code="bad", label="Ce qui a gêné"),
            ),
        ),
        Part(
            title="4. Analyse",
            questions=(
                Question(code="analysis", label="Comment je le comprends", wanted=1),
                Question(code="intention", label="Mon intention à ce moment-là"),
            ),
        ),
        Part(title="5. Conclusion", questions=(Question(code="otherwise", label="Ce que j’aurais pu faire d’autre"),)),
        Part(
            title="6. Plan d’action",
            questions=(Question(code="plan", label="Si cela se représente", help="Ce que je ferai, avec qui, quand."),),
        ),
        CLOSING,
    ),
)
