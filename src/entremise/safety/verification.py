"""What can be proved about the watch."""

import datetime as dt

from entremise.core import verify
from entremise.core.verify import Finding
from entremise.safety.queries.timers import overdue_timers

LATE = dt.timedelta(minutes=2)


def register() -> None:
    """Add this module's check to `entremise verify`."""
    verify.register("securite.minuteurs", check_timers, live=True)


def check_timers() -> Finding:
    """No timer may pass its hour without its alarm: a worker that stopped would leave someone alone."""
    late = overdue_timers(LATE).count()
    sentence = (
        f"{late} minuteurs échus sans alarme : l’ouvrier est arrêté" if late else "aucun minuteur échu sans alarme"
    )
    return Finding("securite.minuteurs", not late, sentence)
