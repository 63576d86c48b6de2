"""The copy of an agreement for one party: what never changes in their language beside French, the rest as written.

Nothing is translated by a machine: free words in another language are marked to be interpreted.
"""

import datetime as dt
import unicodedata
from typing import Any

from entremise.accounts.queries import get_organisation
from entremise.core.time import local
from entremise.documents.services import can_draw, render_pdf
from entremise.intercultural.queries import PaperTexts
from entremise.mediations.enums import SignatureManner
from entremise.mediations.models import Case, MediationAgreement, Party
from entremise.mediations.queries.cases import name_of
from entremise.mediations.strokes import as_svg, strokes_of

INK = "#1b2a2f"
_SAID = {SignatureManner.ECRAN: "ecran", SignatureManner.PAPIER: "papier", SignatureManner.PAROLE: "parole"}


def can_print(texts: PaperTexts) -> bool:
    """False when no font of this machine draws the script of this language."""
    return can_draw("".join(texts.said.values()))


def to_pdf(
    case: Case, known: MediationAgreement, parties: list[Party], reader: Party, own: PaperTexts, french: PaperTexts
) -> bytes:
    """The tagged PDF of one party's copy."""
    data = content(case, known, parties, reader, own, french)
    drawings = {
        f"signature-{one.party.letter}": as_svg(strokes_of(one.drawing), INK)
        for one in known.signatures.all()
        if one.drawing
    }
    title = f"{own.said[data['kind']]} · {case.reference}"
    return render_pdf("agreement", data, title=title, lang=own.lang, drawings=drawings)


def content(
    case: Case, known: MediationAgreement, parties: list[Party], reader: Party, own: PaperTexts, french: PaperTexts
) -> dict[str, Any]:
    """What the template is given. ``kind`` names the title; ``marked``: free words are to be interpreted."""
    return {
        "lang": own.lang,
        "dir": own.direction,
        "mark": own.mark,
        "kind": "titre" if known.concluded_at else "projet",
        "own": dict(own.said),
        "french": None if own.is_source else dict(french.said),
        "marked": own.lang != french.lang,
        "organisation": get_organisation(case.organisation_id).name,
        "reader": reader.letter,
        "date": _day(known.concluded_at or known.drafted_at),
        "reference": case.reference,
        "parties": [
            {
                "letter": one.letter,
                "name": _free(name_of(one)),
                "empowered": _free(one.empowered) if one.empowered else None,
            }
            for one in parties
        ],
        "context": _free(known.context),
        "difficulty": _free(known.difficulty) if known.difficulty else None,
        "undertakings": [
            {
                "letter": one.party.letter if one.party else "",
                "what": _free(one.what),
                "due": _day(one.due_on),
                "checked": _free(one.checked_how),
            }
            for one in known.undertakings.all()
        ],
        "signatures": _signatures(known, parties, own),
    }


def _signatures(known: MediationAgreement, parties: list[Party], own: PaperTexts) -> list[dict[str, Any]]:
    signed = {one.party_id: one for one in known.signatures.all()}
    found = []
    for party in parties:
        one = signed.get(party.pk)
        found.append(
            {
                "letter": party.letter,
                "name": _free(name_of(party)),
                "said": _SAID[SignatureManner(one.manner)] if one else "a_signer",
                "date": _day(one.signed_at) if one else "",
                "drawing": f"signature-{party.letter}" if one and one.drawing else "",
                "alt": f"{own.said['signatures']} : {own.said['partie']} {party.letter}",
            }
        )
    return found


def _free(text: str) -> dict[str, str]:
    """Words as they were written, with the direction of their first letter: Arabic and French stand in one paper."""
    first = next((unicodedata.bidirectional(sign) for sign in text if sign.isalpha()), "L")
    rtl = first in ("R", "AL")
    return {"text": text, "dir": "rtl" if rtl else "ltr", "lang": "ar" if rtl else "fr"}


def _day(value: dt.date) -> str:
    """Digits, that every reader of the languages offered knows."""
    day = local(value).date() if isinstance(value, dt.datetime) else value
    return day.strftime("%d/%m/%Y")
