"""How every sheet ends: the principle at stake, what is kept, what changes, what is to be learned."""

from entremise.interventions.reference.enums import Principle
from entremise.practice.enums import Kind
from entremise.practice.presets.base import Part, Question

# In sight before the others: what a moment of practice most often shows (block 2 of the record).
USUAL_COMPETENCES = tuple(f"RNCP41674-C{number}" for number in (5, 6, 7, 8, 9, 11))

CLOSING = Part(
    title="Ce que j’en fais",
    questions=(
        Question(
            code="principles",
            label="Le principe qui était en jeu",
            kind=Kind.CHOICES,
            choices=tuple(Principle.choices),
            help="Charte de la médiation sociale (2001).",
        ),
        Question(code="keep", label="Ce que je garde"),
        Question(code="change", label="Ce que je change", help="La prochaine fois, concrètement."),
        Question(code="training", label="Ce que j’aurais besoin d’apprendre", kind=Kind.LINE),
        Question(code="competences", label="Les compétences que ce moment met en jeu", kind=Kind.COMPETENCES),
    ),
)
