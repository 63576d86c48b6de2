"""What is handed over on paper: letters that say nothing of the dispute, the agreement of a party, the stage of a case.

French first. Where a party reads another language, what was written freely is marked to be interpreted: nothing is
translated by a machine.
"""

from django.http import HttpResponse

from entremise.accounts.queries import get_organisation
from entremise.core.time import today
from entremise.core.ui.formats import long_date
from entremise.documents.services import Document, ReportColumn, ReportTable, Section, to_pdf
from entremise.intercultural.queries import language_names
from entremise.mediations import presets
from entremise.mediations.models import Case, MediationAgreement, Party
from entremise.mediations.queries.cases import name_of

TO_INTERPRET = "[à interpréter] "


def as_pdf(document: Document, case: Case) -> HttpResponse:
    """The tagged PDF, stored by no cache; its name tells the reference and nothing else."""
    answer = HttpResponse(to_pdf(document), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{case.reference}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def agreement(case: Case, known: MediationAgreement | None, parties: list[Party], reader: Party) -> Document:
    """The copy of one party. Raises NotFound through the caller when nothing was written."""
    organisation = get_organisation(case.organisation_id)
    if known is None:
        return Document(title="Accord de médiation", sections=[Section("Rien n’est encore écrit", [])])
    mark = TO_INTERPRET if reader.language not in ("", "fr") else ""
    rows = [
        [
            f"Partie {one.party.letter}" if one.party else "Toutes les parties",
            mark + one.what,
            long_date(one.due_on),
            mark + one.checked_how,
        ]
        for one in known.undertakings.all()
    ]
    columns = [ReportColumn(title) for title in ("Qui", "Fait quoi", "À partir du", "Comment on le vérifie")]
    difficulty = known.difficulty or "Chacun peut rappeler le médiateur."
    language = ", ".join(language_names([reader.language])) if mark else ""
    meta = [("Date", long_date(known.concluded_at or known.drafted_at)), ("Référence", case.reference)]
    meta += [("Langue de lecture", f"{language} : un interprète lit ce qui est marqué")] if mark else []
    return Document(
        title="Accord de médiation" if known.concluded_at else "Projet d’accord de médiation",
        subtitle=f"{organisation.name}. Exemplaire de la partie {reader.letter}",
        meta=meta,
        sections=[
            Section("Les parties", [f"Partie {one.letter} : {name_of(one)}{_empowered(one)}." for one in parties]),
            Section("Ce qui nous a réunis", [mark + known.context]),
            Section("Ce que chacun fera", tables=[ReportTable("Engagements", columns, rows)]),
            Section("En cas de difficulté", [mark + difficulty]),
            Section("Le cadre", list(presets.FRAME)),
            Section("Signatures", _signatures(known, parties)),
        ],
    )


def _empowered(party: Party) -> str:
    return f", représentée par {party.empowered}" if party.empowered else ""


def _signatures(known: MediationAgreement, parties: list[Party]) -> list[str]:
    signed = {one.party_id: one for one in known.signatures.all()}
    lines = []
    for party in parties:
        found = signed.get(party.pk)
        said = f"{found.get_manner_display()}, {long_date(found.signed_at)}" if found else "à signer"
        lines.append(f"Partie {party.letter} : {said}.")
    return lines


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
