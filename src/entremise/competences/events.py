"""What happens to records. Codes and counts only."""

from entremise.journal.events import Event


class RecordLoaded(Event):
    """A record was put in the register of this installation, or brought up to date."""

    name = "competence_record.loaded"
    target_type = "competence_record"


class BlockReread(Event):
    """A person found right how the competences of a block are split."""

    name = "competence_record.block_reread"
    target_type = "competence_record"


class DemandsWritten(Event):
    """The jury's seats and the prerequisites, as the record's words ask them, were written as counts."""

    name = "competence_record.demands_written"
    target_type = "competence_record"


class RecordConfirmed(Event):
    """A record taken from an export was confirmed: it may be used."""

    name = "competence_record.confirmed"
    target_type = "competence_record"


class RouteDecided(Event):
    """A certifier confirmed, or not, that a route is closed."""

    name = "competence_record.route_decided"
    target_type = "competence_record"


class CorrespondencesDecided(Event):
    """A certifier said which blocks of an older record count in this one."""

    name = "competence_record.correspondences_decided"
    target_type = "competence_record"


class ExportBrought(Event):
    """An official export was brought, to be read by the work queue."""

    name = "register_export.brought"
    target_type = "register_export"


class ExportRead(Event):
    """An official export was read, or refused."""

    name = "register_export.read"
    target_type = "register_export"
