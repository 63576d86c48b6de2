"""The record of competences, sheets of one author on each side, for ``tests/matrix_world.py``."""

import uuid

from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.practice.commands import Reread, WriteSheet
from entremise.practice.services import sheets

KINDS = {"sheet_id": "sheet", "source_id": "act"}
TEXTS = {"record_code": "RNCP41674", "layout": "incident", "source_kind": "intervention"}
AUDIENCES = {"carnet": {"samia"}, "carnet-etranger": {"ines"}}


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


def fill(world) -> None:
    """The record that the product ships; a sheet of a mediator here, one of a mediator there."""
    load_shipped_records(actor=system_actor())
    world.own["sheet"] = [_sheet(world.cast.samia, "MARQUE-carnet-FIN")]
    world.foreign["sheet"] = [_sheet(world.cast.ines, "MARQUE-carnet-etranger-FIN")]
