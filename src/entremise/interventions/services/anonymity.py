"""Teams whose public must never be identifiable: what identifies someone is refused, not advised against."""

import uuid

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.interventions import texthelper
from entremise.interventions.commands import ActContent

TEXTS = ("narrative", "party_a", "party_b")
LONGEST = 4000  # characters; a longer text is refused for its length before it is read


def findings(actor: Actor, team_id: uuid.UUID, content: ActContent) -> dict[str, list[str]]:
    """Errors by field when an anonymous team's text holds what identifies someone; empty for the others."""
    written = [name for name in TEXTS if getattr(content, name)]
    if not written or not actor.in_batch(("accounts.anonymous", team_id), lambda: is_anonymous(team_id)):
        return {}
    sentences = {name: identifying(getattr(content, name)) for name in written}
    return {name: [sentence] for name, sentence in sentences.items() if sentence}


def is_anonymous(team_id: uuid.UUID) -> bool:
    """True when the team's job forbids identifying anyone (street work, specialised prevention)."""
    return accounts.is_anonymous_team(team_id)


def objection(team_id: uuid.UUID, text: str) -> str:
    """Why an anonymous team may not keep this text, wherever it is written; empty for the others."""
    return identifying(text) if is_anonymous(team_id) else ""


def identifying(text: str) -> str:
    """Why a text cannot be kept by an anonymous team, or an empty string."""
    found = texthelper.identifying(texthelper.find(text[:LONGEST]))
    if not found:
        return ""
    kind = texthelper.kind_labels()[found[0].kind].lower()
    return (
        f"« {found[0].word} » : {kind}. Votre équipe ne garde rien qui permette de reconnaître quelqu’un. "
        "Remplacez ces mots, par exemple par « une personne », puis enregistrez de nouveau."
    )
