"""Periodic work of this module."""

from entremise.documents.services import purge_expired, restart_stalled


def tick() -> str:
    """Begin again what a dead worker left, erase what has lapsed."""
    restarted, erased = restart_stalled(), purge_expired()
    return f"{restarted} exports repris, {erased} fichiers effacés"
