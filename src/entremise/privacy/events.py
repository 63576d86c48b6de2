"""What happens to followed persons. Codes and identifiers only."""

from entremise.journal.events import Event


class PersonErased(Event):
    """Rows emptied, key destroyed; ``codes`` hold the ground."""

    name = "person.erased"
    target_type = "person"
