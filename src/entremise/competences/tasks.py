"""The work queue of this module. Arguments are identifiers."""

import uuid

from entremise.competences.events import ExportBrought
from entremise.competences.services import exports
from entremise.core.tasks import task
from entremise.journal.events import subscribe


@task()
def read_export(export_id: str) -> None:
    """Read an official export."""
    exports.read_export(uuid.UUID(export_id))


def _enqueue(event: ExportBrought) -> None:
    read_export.enqueue(str(event.target_id))


def subscribe_all() -> None:
    """Put the reading in the queue in the transaction that brought the export."""
    subscribe(ExportBrought, _enqueue)
