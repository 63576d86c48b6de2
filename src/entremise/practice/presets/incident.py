"""The grid of critical incidents: two frames of reference meet, and the shock tells first about one's own."""

from entremise.practice.enums import ImageOfOther, Kind, SensitiveZone
from entremise.practice.presets.base import Layout, Part, Question
from entremise.practice.presets.closing import CLOSING

INCIDENT = Layout(
    code="incident",
    name="Grille d’incident critique",
    lead="Un malentendu, un choc, une gêne : partir de soi, puis chercher le cadre de l’autre, puis négocier.",
    source="D’après la méthode des chocs culturels de Margalit Cohen-Emerique",
    parts=(
        Part(
            title="1. Ce qui s’est passé",
            questions=(
                Question(
                    code="story",
                    label="Le récit",
                    starts="facts",
                    wanted=1,
                    help="Les faits, dans l’ordre, sans nom : « une mère », « le gardien », « un jeune ».",
                ),
                Question(
                    code="situation", label="Où, quand, dans quel contexte", help="Le lieu, le moment, l’ambiance."
                ),
            ),
        ),
        Part(
            title="2. Qui était là",
            side_by_side=True,
            lead="Rôles, places, liens entre eux et avec leurs groupes. On rencontre des personnes, pas des cultures.",
            questions=(
                Question(code="me", label="Moi"),
                Question(code="other", label="L’autre"),
            ),
        ),
        Part(
            title="3. Mes réactions",
            questions=(
                Question(code="reactions", label="Ce que j’ai ressenti, ce que j’ai fait", wanted=1),
                Question(
                    code="image",
                    label="L’image de l’autre qui s’en dégage",
                    kind=Kind.CHOICE,
                    choices=tuple(ImageOfOther.choices),
                    help="La mienne, en me relisant : elle parle de moi.",
                ),
                Question(
                    code="zones",
                    label="Les zones sensibles touchées",
                    kind=Kind.CHOICES,
                    choices=tuple(SensitiveZone.choices),
                ),
            ),
        ),
        Part(
            title="4. Deux cadres de référence",
            side_by_side=True,
            lead="Ce qui va de soi pour chacun : valeurs, règles, façons de faire, modèles du métier.",
            questions=(
                Question(code="my_frame", label="Mon cadre", wanted=1, help="Ce qui, chez moi, a été heurté."),
                Question(
                    code="their_frame", label="Son cadre", help="Ce que j’en sais vraiment, parce qu’on me l’a dit."
                ),
            ),
        ),
        Part(
            title="5. Mes hypothèses sur son cadre",
            lead="Deux au moins, pour ne pas s’arrêter à la première ; chacune avec la façon de la vérifier.",
            questions=(
                Question(
                    code="hypotheses",
                    label="Hypothèse",
                    second="Comment je la vérifie",
                    kind=Kind.PAIRS,
                    wanted=2,
                ),
            ),
        ),
        Part(
            title="6. Négocier",
            questions=(
                Question(code="issue", label="La question de fond que cela pose au métier"),
                Question(code="common", label="Les points d’accord possibles"),
                Question(
                    code="limits", label="Les limites", help="La loi, l’intégrité des personnes, le cadre de l’équipe."
                ),
                Question(code="next", label="La suite"),
            ),
        ),
        CLOSING,
    ),
)
