"""What a mediator hands to a party who asks what is kept of them."""

import uuid
from collections.abc import Collection, Sequence

from entremise.accounts.queries import get_organisation
from entremise.core.time import today
from entremise.core.ui.formats import long_date
from entremise.documents.services import Document, Section
from entremise.mediations.models import Case, Party
from entremise.mediations.queries.extract import Extract, Fact

WITHHELD = (
    "Ce qu’une autre partie a confié, et ce qui est noté d’elle ou de l’ensemble, ne vous est pas remis : cela "
    "concerne quelqu’un d’autre (RGPD, article 15.4)."
)
YOURS = "Ce papier est à vous, et il parle de vous : gardez-le en lieu sûr."


def extract(case: Case, party: Party, found: Extract, without: Collection[uuid.UUID]) -> Document:
    """The extract, the notes in ``without`` left out and said to be."""
    notes = [one for one in found.notes if one.pk not in without]
    told: list[Fact] = []
    for one in notes:
        told += [(one.title, one.text), *one.former]
    left = len(found.notes) - len(notes)
    said = [WITHHELD, *([f"{left} note{'s' if left > 1 else ''} de plus, pour la même raison."] if left else []), YOURS]
    parts = (
        ("Vous dans cette médiation", found.party),
        ("Votre accord pour entrer", found.consents),
        ("Les séances où vous étiez", found.sessions),
        ("Ce qui est noté de vous", told),
        ("Ce que le médiateur a préparé pour vous", found.preparation),
        ("L’accord", found.agreement),
        ("Ce que vous avez dit au suivi", found.answers),
    )
    return Document(
        title="Ce qui est gardé de vous dans cette médiation",
        subtitle=f"{get_organisation(case.organisation_id).name}. Remis à la partie {party.letter}",
        meta=[("Date", long_date(today())), ("Référence", case.reference)],
        sections=[
            *(Section(title, _lines(facts)) for title, facts in parts if facts),
            Section("Ce qui n’est pas ici", said),
        ],
    )


def _lines(facts: Sequence[Fact]) -> list[str]:
    return [f"{label}\N{NO-BREAK SPACE}: {value}" for label, value in facts]
