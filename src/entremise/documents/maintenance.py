"""Periodic work of this module; what has lapsed is erased by its retention rule."""

from entremise.documents.services import restart_stalled, tidy


def tick() -> str:
    """Begin again what a dead worker left, give up what was never prepared."""
    restarted = restart_stalled()
    tidy()
    return f"{restarted} exports repris"
