"""What is sent to whom is awaited: a candidate, with their blocks in order; a member of the jury, with their seat."""

from collections.abc import Sequence

from entremise.accounts.queries import get_organisation
from entremise.certification.models import ExamSession, Seat, Sitting
from entremise.certification.queries.sessions import SeatLine
from entremise.certification.queries.timetables import slot_of
from entremise.competences.queries import RecordFacts
from entremise.core.ui.formats import clock, long_date, short_date
from entremise.documents.services import Document, ReportColumn, ReportTable, Section

_FREE = (
    "Si l’un d’eux est un proche, un collègue, quelqu’un que vous avez formé, accompagné ou reçu en stage, dites-le "
)
_FREE += "aussitôt : un autre membre siégera. Vous pouvez le déclarer vous-même depuis la page de la session."


def for_candidate(session: ExamSession, record: RecordFacts, sittings: Sequence[Sitting]) -> Document:
    """The convocation of a candidate: ``sittings`` are theirs, in order."""
    person = sittings[0].candidate
    titles = {block.code: block for block in record.blocks}
    rows = [[_hour(one), titles[one.block_code].title, titles[one.block_code].evaluation] for one in sittings]
    columns = [ReportColumn(title) for title in ("Jour, heure, salle", "Bloc", "Épreuve")]
    bring = ["Apportez une pièce d’identité. En cas d’empêchement, prévenez le certificateur dès que possible."]
    bring += [f"Aménagements notés à votre dossier : {person.accommodations}"] if person.accommodations else []
    sections = [Section("Vos passages", tables=[ReportTable("Ordre de passage", columns, rows)])]
    sections += [Section("Le jour venu", bring)]
    return _letter(session, record, person.name, f"Dossier {person.reference}", sections)


def _hour(sitting: Sitting) -> str:
    """When and where, in words; the place in the order while no hour is given."""
    slot = slot_of(sitting)
    if slot is None:
        return f"passage {sitting.rank}, heure à venir"
    return ", ".join(filter(None, [short_date(slot.starts_at), clock(slot.starts_at), slot.room]))


def for_juror(session: ExamSession, record: RecordFacts, line: SeatLine, sittings: Sequence[Sitting]) -> Document:
    """The convocation of a member of the jury, with the candidates' names, to look for a link before the day."""
    names = dict.fromkeys(one.candidate.name for one in sittings)
    starts = sorted(slot.starts_at for one in sittings if (slot := slot_of(one)))
    presides = " Vous présidez le jury." if line.presides else ""
    sections = [
        Section(
            "Votre siège", [f"Vous siégez comme : {Seat(kind=line.seat.kind).get_kind_display().lower()}.{presides}"]
        ),
        *([Section("Premier passage", [f"Le {long_date(starts[0])} à {clock(starts[0])}."])] if starts else []),
        Section("Les candidats", [", ".join(names) + ".", _FREE]),
    ]
    return _letter(session, record, line.name, "Membre du jury", sections)


def _letter(session: ExamSession, record: RecordFacts, name: str, quality: str, sections: list[Section]) -> Document:
    one_day = session.starts_on == session.ends_on
    first, last = long_date(session.starts_on), long_date(session.ends_on)
    meta = [
        ("À", f"{name}, {quality}"),
        ("Certification", f"{record.code}, {record.title}"),
        ("Date", first if one_day else f"du {first} au {last}"),
        ("Lieu", session.place),
        ("Modalité", session.get_modality_display()),
    ]
    body = get_organisation(session.organisation_id).name
    return Document(title="Convocation", subtitle=body, meta=meta, sections=sections)
