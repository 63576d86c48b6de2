"""Files that follow operations."""

from entremise.sync.models import Receipt
from entremise.sync.services.memory import Memory


def attach_what_came(memory: Memory, receipt: Receipt) -> None:
    """Put the files that arrived before their operation with its record."""
