"""The short notice, in easy French: what is shown, read aloud or handed to a person before they agree."""

from dataclasses import dataclass

from entremise.accounts.queries import get_organisation
from entremise.core.actor import Actor
from entremise.core.personal import duration_label
from entremise.privacy.queries.durations import duration_of

CNIL = "CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07. Site : www.cnil.fr"


@dataclass(frozen=True)
class Part:
    """A question, and its answers: one idea a line."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """The notice of an organisation."""

    organisation: str
    title: str
    parts: tuple[Part, ...]


_WHAT_AND_WHO = (
    Part(
        "Quoi ?",
        (
            "Un numéro, à la place de votre nom.",
            "Votre année de naissance, votre commune, vos langues.",
            "Ce que vous demandez et ce que nous faisons ensemble.",
            "Votre nom ou votre téléphone : seulement s’il le faut.",
        ),
    ),
    Part(
        "Pourquoi ?",
        ("Pour vous aider dans la durée.", "Pour que vous n’ayez pas à tout répéter."),
    ),
    Part(
        "Qui peut lire ?",
        (
            "L’équipe qui vous suit.",
            "Personne d’autre sans votre accord : ni la mairie, ni le bailleur, ni une administration.",
            "Deux exceptions : quelqu’un est en grave danger, ou la justice nous y oblige.",
        ),
    ),
)
_RIGHTS = Part(
    "Vos droits",
    (
        "Vous pouvez dire oui ou non. Si vous dites non, nous vous parlons quand même.",
        "Vous pouvez changer d’avis quand vous voulez, sans dire pourquoi.",
        "Vous pouvez lire ce qui est noté, le faire corriger, le faire effacer.",
        "C’est gratuit. Nous répondons en un mois au plus.",
    ),
)


def notice_of(actor: Actor) -> Notice:
    """The notice as the rules of this installation make it true."""
    organisation = get_organisation(actor.organisation_id)
    kept = duration_of(actor.organisation_id, "personnes").days
    return Notice(
        organisation=organisation.name,
        title="Ce que nous notons sur vous",
        parts=(
            Part("Qui note ?", (f"L’équipe de médiation de {organisation.name}.",)),
            *_WHAT_AND_WHO,
            Part(
                "Combien de temps ?",
                (f"{duration_label(kept)} après notre dernier contact.", "Ensuite, c’est effacé."),
            ),
            _RIGHTS,
            Part("À qui demander ?", _whom(organisation.contact_email)),
        ),
    )


def _whom(email: str) -> tuple[str, ...]:
    officer = "À la personne qui protège les données (le délégué à la protection des données)"
    return (
        "À votre médiateur ou à votre médiatrice.",
        f"{officer} : {email}" if email else f"{officer}. Votre médiateur vous dit comment lui écrire.",
        f"Si la réponse ne vous va pas : {CNIL}",
    )
