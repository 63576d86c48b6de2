"""Letters to a party, in its language beside French: who writes, that it is free. Not a word of the dispute."""

from typing import Any

from entremise.accounts.queries import get_organisation
from entremise.core.time import today
from entremise.documents.services import render_pdf
from entremise.intercultural.queries import PaperTexts
from entremise.mediations.models import Case

FIRST = ("organisation", "rencontre", "gratuit", "libre", "confidence", "accompagne")
# What is left at a door: nobody who reads it learns why someone came.
NOTICE = ("passe", "tranquille")


def first_letter(case: Case, mediators: str, own: PaperTexts, french: PaperTexts) -> dict[str, Any]:
    """The first letter to a party."""
    return _letter(case, mediators, "titre", FIRST, own, french)


def passage_notice(case: Case, mediators: str, own: PaperTexts, french: PaperTexts) -> dict[str, Any]:
    """The notice of passage."""
    return _letter(case, mediators, "avis", NOTICE, own, french)


def to_pdf(letter: dict[str, Any]) -> bytes:
    """The tagged PDF."""
    return render_pdf("letter", letter, title=letter["title"]["own"], lang=letter["lang"])


def _letter(
    case: Case, mediators: str, title: str, names: tuple[str, ...], own: PaperTexts, french: PaperTexts
) -> dict[str, Any]:
    organisation = get_organisation(case.organisation_id)

    def both(name: str) -> dict[str, str]:
        told = {"own": own.said[name], "french": "" if own.is_source else french.said[name]}
        return {side: words.replace("{organisation}", organisation.name) for side, words in told.items()}

    reply = [(both("repondre"), organisation.contact_email)] if organisation.contact_email else []
    return {
        "lang": own.lang,
        "dir": own.direction,
        "mark": own.mark,
        "title": both(title),
        "organisation": organisation.name,
        "date": today().strftime("%d/%m/%Y"),
        "lines": [both(name) for name in names],
        "signed": mediators,
        "reply": [*reply, (both("rappeler"), case.reference)],
    }
