"""The record of competences, sheets and meetings of each side, for ``tests/matrix_world.py``."""

import datetime as dt
import uuid

from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.time import now
from entremise.practice.commands import AskAttestation, Convene, GiveRoles, Reread, StateAiUse, WriteSheet
from entremise.practice.models import Meeting, Seat
from entremise.practice.presets import PHASES
from entremise.practice.services import attestations, meetings, pages, portfolio, sheets
from tests.practice import build_portfolio

KINDS = {"reflection_id": "reflection", "source_id": "act", "meeting_id": "meeting", "contribution_id": "contribution"}
KINDS |= {"evidence_id": "evidence", "line_id": "line", "attestation_id": "attestation", "snapshot_id": "snapshot"}
KINDS |= {"own_record_id": "act"}
TEXTS = {"record_code": "RNCP41674", "layout": "incident", "source_kind": "intervention"}
TEXTS |= {"evidence_kind": "act", "ledger_kind": "internship", "attestation_kind": "line"}
IN_MEETING = {"samia", "paul", "hugo"}
AUDIENCES = {
    "carnet": {"samia"},
    "carnet-etranger": {"ines"},
    "portfolio": {"samia"},
    "portfolio-etranger": {"ines"},
    "seance": IN_MEETING,
    "seance-etrangere": {"ines"},
}
# What is planted, and who may read it: looked for everywhere by ``tests/practice/test_secrecy.py``.
WORDS = {f"MARQUE-{name}-FIN": audience for name, audience in AUDIENCES.items()}
FILED = "TUFSUVVF"  # how the words of a deposited file begin, in the base 64 of its row


def _sheet(person, mark: str) -> uuid.UUID:
    """A sheet with the mark in every field that is typed."""
    command = WriteSheet(
        layout="incident",
        title=mark,
        answers={
            "story": mark,
            "reactions": mark,
            "my_frame": mark,
            "their_frame": mark,
            "hypotheses": [[mark, mark], [mark, mark]],
            "keep": mark,
            "training": mark,
        },
        finish=True,
    )
    found = sheets.write_sheet(actor=person.actor, command=command)
    sheets.reread_sheet(actor=person.actor, sheet_id=found.pk, command=Reread(done="oui", words=mark))
    return found.pk


def _portfolio(person, mark: str) -> dict[str, list[uuid.UUID]]:
    """A portfolio with the mark in all that it keeps, frozen; one link more waits for somebody."""
    told = {"title": mark, "text": mark, "reread": True}
    told |= {"file": b"%PDF-1.7 " + mark.encode(), "keeps_file": True}
    kept = build_portfolio.keep(person, kind="document", issuer=mark, file_name=mark, **told)
    stay = build_portfolio.line(person, place=mark, person=mark, tasks=mark)
    said = {"name": mark, "function": mark, "structure": mark, "words": mark}
    for kind, target in (("evidence", kept), ("line", stay), ("reuse", None)):
        build_portfolio.signed(person, kind, target, **said)
    portfolio.state_ai_use(actor=person.actor, command=StateAiUse(use="language", words=mark))
    frozen = portfolio.freeze_portfolio(actor=person.actor)
    asked = AskAttestation(kind="line", target_id=stay.pk)
    waiting, _ = attestations.ask_attestation(actor=person.actor, command=asked)
    found = {"evidence": kept, "line": stay, "attestation": waiting, "snapshot": frozen}
    return {kind: [row.pk] for kind, row in found.items()}


def _meeting(cast) -> tuple[uuid.UUID, uuid.UUID]:
    """A meeting under way in its third phase, with the mark on its page."""
    samia = cast.samia.actor
    command = Convene(planned_at=now(), member_ids=[cast.paul.member.pk, cast.hugo.member.pk])
    found = meetings.convene(actor=samia, command=command)
    for person in (cast.paul, cast.hugo):
        meetings.answer_invitation(actor=person.actor, meeting_id=found.pk, comes=True)
    seats = dict(found.seats.values_list("member_id", "pk"))
    roles = {seats[cast.samia.member.pk]: "animateur", seats[cast.paul.member.pk]: "exposant"}
    meetings.give_roles(actor=samia, meeting_id=found.pk, command=GiveRoles(roles=roles))
    meetings.open_meeting(actor=samia, meeting_id=found.pk)
    for rank in range([phase.code for phase in PHASES].index("questions")):
        pages.next_phase(actor=samia, meeting_id=found.pk, from_phase=rank)
    line = pages.contribute(actor=cast.hugo.actor, meeting_id=found.pk, text="MARQUE-seance-FIN")
    return found.pk, line.pk


def _foreign_meeting(cast) -> tuple[uuid.UUID, uuid.UUID]:
    """The same in the other organisation, where one mediator alone could sit."""
    opened = now() - dt.timedelta(minutes=20)
    found = Meeting.objects.create(
        organisation_id=cast.other_organisation.pk,
        convened_by_id=cast.ines.member.pk,
        planned_at=opened,
        opened_at=opened,
        phase_started_at=opened,
        phase=2,
    )
    Seat.objects.create(meeting=found, member_id=cast.ines.member.pk, role="participant", answer="oui")
    line = pages.contribute(actor=cast.ines.actor, meeting_id=found.pk, text="MARQUE-seance-etrangere-FIN")
    return found.pk, line.pk


def fill(world) -> None:
    """The record that the product ships; on each side a sheet of a mediator, a portfolio and a meeting."""
    load_shipped_records(actor=system_actor())
    world.own["reflection"] = [_sheet(world.cast.samia, "MARQUE-carnet-FIN")]
    world.foreign["reflection"] = [_sheet(world.cast.ines, "MARQUE-carnet-etranger-FIN")]
    world.own |= _portfolio(world.cast.samia, "MARQUE-portfolio-FIN")
    world.foreign |= _portfolio(world.cast.ines, "MARQUE-portfolio-etranger-FIN")
    for side, make in ((world.own, _meeting), (world.foreign, _foreign_meeting)):
        side["meeting"], side["contribution"] = ([found] for found in make(world.cast))
