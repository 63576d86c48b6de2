"""What happens to records. Codes and counts only."""

from entremise.journal.events import Event


class RecordLoaded(Event):
    """A record was put in the register of this installation, or brought up to date."""

    name = "competence_record.loaded"
    target_type = "competence_record"
