"""The attendance sheet of a session, to be signed on paper: each passage, each member of the jury, day by day."""

import datetime as dt
from collections.abc import Sequence

from entremise.accounts.queries import get_organisation
from entremise.certification.models import ExamSession, Sitting
from entremise.certification.queries.sessions import SITS, SeatLine
from entremise.certification.queries.timetables import slot_of
from entremise.competences.queries import RecordFacts
from entremise.core.time import local
from entremise.core.ui.formats import clock, long_date
from entremise.documents.services import Document, ReportColumn, ReportTable, Section


def attendance_sheet(
    session: ExamSession, record: RecordFacts, seats: Sequence[SeatLine], sittings: Sequence[Sitting]
) -> Document:
    """A part for each day that has hours, in the order of passage; then those who have none yet."""
    days: dict[dt.date | None, list[Sitting]] = {}
    for one in sorted(sittings, key=_placed):
        days.setdefault(_day(one), []).append(one)
    sitting_members = [line for line in seats if line.seat.state in SITS]
    sections = [
        Section(_title(session, day), tables=[_candidates(found), _members(sitting_members)])
        for day, found in days.items()
    ]
    meta = [
        ("Certification", f"{record.code}, {record.title}"),
        ("Lieu", session.place),
        ("Modalité", session.get_modality_display()),
    ]
    body = get_organisation(session.organisation_id).name
    return Document(title="Feuille d’émargement", subtitle=body, meta=meta, sections=sections)


def _placed(sitting: Sitting) -> tuple[bool, str, int]:
    slot = slot_of(sitting)
    return slot is None, slot.starts_at.isoformat() if slot else "", sitting.rank


def _day(sitting: Sitting) -> dt.date | None:
    slot = slot_of(sitting)
    if slot is not None:
        return local(slot.starts_at).date()
    return sitting.session.starts_on if sitting.session.starts_on == sitting.session.ends_on else None


def _title(session: ExamSession, day: dt.date | None) -> str:
    if day is not None:
        return long_date(day).capitalize()
    return f"Sans heure encore, du {long_date(session.starts_on)} au {long_date(session.ends_on)}"


def _candidates(sittings: Sequence[Sitting]) -> ReportTable:
    rows = []
    for one in sittings:
        slot = slot_of(one)
        hour = ", ".join(filter(None, [clock(slot.starts_at), slot.room])) if slot else "à venir"
        rows.append([f"{one.candidate.name} ({one.candidate.reference})", hour, one.block_code, ""])
    columns = [ReportColumn(title) for title in ("Candidat", "Heure, salle", "Bloc", "Signature")]
    return ReportTable("Candidats", columns, rows, to_sign=True)


def _members(seats: Sequence[SeatLine]) -> ReportTable:
    rows = [[line.name, line.seat.get_kind_display() + (", préside" if line.presides else ""), ""] for line in seats]
    columns = [ReportColumn(title) for title in ("Membre du jury", "Qualité", "Signature")]
    return ReportTable("Jury", columns, rows, to_sign=True)
