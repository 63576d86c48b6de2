"""The vaults of ``tests/matrix_world.py``: on each side a case whose every text is marked for its mediator alone."""

from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.mediations import services
from entremise.mediations.commands import OpenCase, PartyFacts, SessionFacts

KINDS = {"case_id": "case", "party_id": "party", "session_id": "session", "note_id": "note"}
AUDIENCES = {"coffre": {"samia"}, "coffre-etranger": {"ines"}}


def fill(world) -> None:
    """A case in each organisation, conducted by one mediator of the team."""
    _side(world.own, world.cast.samia, world.cast.team.pk, "MARQUE-coffre-FIN")
    _side(world.foreign, world.cast.ines, world.cast.foreign_team.pk, "MARQUE-coffre-etranger-FIN")


def _side(side, person, team, mark: str) -> None:
    actor = person.actor
    opening = OpenCase(
        id=uuid7(), team_id=team, origin="habitant", asked_on=today(), asked_by=mark, subject=f"Le bruit. {mark}"
    )
    case = services.open_case(actor=actor, command=opening)
    sides = [
        PartyFacts(kind="groupe", label=mark, representation="soutenue", supporter=mark),
        PartyFacts(kind="institution", label=mark, empowered=mark),
    ]
    parties = [services.add_party(actor=actor, case_id=case.pk, facts=facts) for facts in sides]
    held = SessionFacts(kind="information", happened_at=now(), minutes=30, present=("A",), place=mark)
    session = services.record_session(actor=actor, case_id=case.pk, facts=held)
    told = {"kind": "fait", "session_id": session.pk, "party_id": parties[0].pk}
    note = services.write_note(actor=actor, case_id=case.pk, text=mark, **told)
    services.correct_note(
        actor=actor, case_id=case.pk, note_id=note.pk, kind="enjeu", text=f"{mark} relu", base_version=1
    )
    for party_id, content in ((parties[0].pk, {"mesore": mark}), (None, {"salle": mark})):
        services.write_sheet(actor=actor, case_id=case.pk, party_id=party_id, content=content, base_version=0)
    side |= {"case": [case.pk], "party": [parties[0].pk], "session": [session.pk], "note": [note.pk]}
