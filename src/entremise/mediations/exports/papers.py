"""What is handed over on paper: letters that say nothing of the dispute, the stage of a case."""

from django.http import HttpResponse

from entremise.accounts.queries import get_organisation
from entremise.core.time import today
from entremise.core.ui.formats import long_date
from entremise.documents.services import Document, Section, to_pdf
from entremise.mediations.models import Case, Party


def as_pdf(document: Document, case: Case) -> HttpResponse:
    """The document as a tagged PDF."""
    return handed(to_pdf(document), case)


def handed(content: bytes, case: Case) -> HttpResponse:
    """A PDF stored by no cache; its name tells the reference and nothing else."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{case.reference}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def first_letter(case: Case, party: Party, mediators: str) -> Document:
    """The first letter to a party: who writes, what is proposed, that it is free. Not a word of the dispute."""
    organisation = get_organisation(case.organisation_id)
    said = [
        f"Bonjour, je m’appelle {mediators}. Je travaille à {organisation.name}.",
        "Je voudrais vous rencontrer pour vous proposer mon aide. C’est gratuit.",
        "Vous êtes libre d’accepter ou de refuser. Vous pouvez arrêter quand vous voulez.",
        "Ce que vous me direz reste entre nous, sauf si quelqu’un est en danger.",
        "Vous pouvez venir avec une personne de votre choix, ou demander un interprète.",
    ]
    return Document(
        title="Une rencontre avec un médiateur",
        subtitle=organisation.name,
        meta=[("Date", long_date(today())), *_reply(organisation), ("À rappeler", case.reference)],
        sections=[Section("Ce que je vous propose", said)],
    )


def passage_notice(case: Case, mediators: str) -> Document:
    """What is left at a door: nobody who reads it learns why someone came."""
    organisation = get_organisation(case.organisation_id)
    said = [
        f"{mediators}, de {organisation.name}, est passé vous voir et ne vous a pas trouvé.",
        "Ce n’est ni urgent ni grave. Rappelez quand vous voulez, ou dites-nous de ne plus passer.",
    ]
    return Document(
        title="Avis de passage",
        subtitle=organisation.name,
        meta=[("Date", long_date(today())), *_reply(organisation), ("À rappeler", case.reference)],
        sections=[Section("Nous sommes passés", said)],
    )


def _reply(organisation) -> list[tuple[str, str]]:
    return [("Nous répondre", organisation.contact_email)] if organisation.contact_email else []


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
