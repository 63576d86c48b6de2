"""The letter that tells a candidate their results."""

from collections.abc import Sequence

from entremise.accounts.queries import get_organisation
from entremise.certification.models import Candidate, ExamSession
from entremise.certification.queries.results import Acquired
from entremise.competences.queries import RecordFacts
from entremise.core.ui.formats import long_date
from entremise.documents.services import Document, ReportColumn, ReportTable, Section

_KEPT = "Un bloc acquis l’est à vie. Les autres peuvent se passer à une autre session, par une autre voie s’il le faut."


def for_candidate(
    session: ExamSession, record: RecordFacts, person: Candidate, results: Sequence[Acquired]
) -> Document:
    """What the jury decided of each block, as the minutes and their addenda say it; why, and what to do next."""
    titles = {block.code: block.title for block in record.blocks}
    rows = [[titles.get(one.block_code, one.block_code), one.outcome.label] for one in results]
    columns = [ReportColumn("Bloc"), ReportColumn("Résultat")]
    sections = [Section("Vos résultats", [_KEPT], tables=[ReportTable("Décision du jury", columns, rows)])]
    for one in results:
        if not one.is_acquired and one.result.outcome == one.outcome:
            said = [f"Motif : {one.result.reason}", f"Conseil du jury : {one.result.advice}"]
            sections.append(Section(titles.get(one.block_code, one.block_code), said))
    meta = [
        ("À", f"{person.name}, dossier {person.reference}"),
        ("Certification", f"{record.code}, {record.title}"),
        ("Session", long_date(session.ends_on)),
        ("Procès-verbal", results[0].minutes_number),
    ]
    body = get_organisation(session.organisation_id).name
    return Document(title="Notification de résultats", subtitle=body, meta=meta, sections=sections)
