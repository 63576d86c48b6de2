"""The work queue of this module. Arguments are identifiers."""

import uuid

from entremise.core.tasks import task
from entremise.documents.events import ExportRequested, ExportRestarted
from entremise.documents.services.preparation import write_file
from entremise.journal.events import subscribe


@task()
def prepare_file(file_id: str) -> None:
    """Prepare a requested list."""
    write_file(uuid.UUID(file_id))


def _enqueue(event: ExportRequested | ExportRestarted) -> None:
    prepare_file.enqueue(str(event.target_id))


def subscribe_all() -> None:
    """Put the work in the queue in the transaction of the request, so that neither goes without the other."""
    subscribe(ExportRequested, _enqueue)
    subscribe(ExportRestarted, _enqueue)
