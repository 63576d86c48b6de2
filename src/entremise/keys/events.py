"""What happens to keys. Codes and counts only."""

from entremise.journal.events import Event


class KeyRotated(Event):
    """A scope has a new data key; ``codes`` hold the kind of scope."""

    name = "key.rotated"
    target_type = "data_key"


class KeyRemoved(Event):
    """A retired key that nothing needs any more was removed."""

    name = "key.removed"
    target_type = "data_key"


class MasterKeyChanged(Event):
    """Every data key is wrapped under the new master key; ``codes`` hold how many were."""

    name = "master_key.changed"
    target_type = "installation"
