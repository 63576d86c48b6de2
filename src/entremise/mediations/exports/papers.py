"""What is handed over on paper: a PDF that no cache keeps, the stage of a case."""

from django.http import HttpResponse

from entremise.accounts.queries import get_organisation
from entremise.core.http import as_file
from entremise.core.ui.formats import long_date
from entremise.documents.services import Document, Section, to_pdf
from entremise.mediations.models import Case


def as_pdf(document: Document, case: Case) -> HttpResponse:
    """The document as a tagged PDF."""
    return handed(to_pdf(document), case)


def handed(content: bytes, case: Case) -> HttpResponse:
    """A PDF stored by no cache; its name tells the reference and nothing else."""
    return as_file(content, "application/pdf", f"{case.reference}.pdf", inline=True)


def stage_report(case: Case, stage: str, mediators: str) -> Document:
    """The stage and the dates, for whoever referred the case: nothing of what was confided, and no agreement."""
    told = [
        ("Demandée le", case.asked_on),
        ("Premier contact", case.first_contact_on),
        ("Première séance", case.mediated_on),
        ("Close le", case.closed_at),
    ]
    meta = [("Référence", case.reference), ("Étape", stage), ("Médiateurs", mediators or "à désigner")]
    meta += [(label, long_date(value)) for label, value in told if value]
    meta += [("Issue", case.get_outcome_display())] if case.outcome else []
    kept = "Ce qui se dit en médiation reste aux parties et à leurs médiateurs. L’accord, s’il y en a un, est à elles."
    return Document(
        title="Point d’étape d’une médiation",
        subtitle=get_organisation(case.organisation_id).name,
        meta=meta,
        sections=[Section("Ce que ce point ne dit pas", [kept])],
    )
