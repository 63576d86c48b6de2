"""Several writes at the same moment, each in its own thread and on its own connection."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections


def at_once(calls: Sequence[Callable[[], Any]]) -> tuple[list[Any], list[Exception]]:
    """What the calls gave, and what they raised, in no order; they begin together."""
    barrier, found, failures = threading.Barrier(len(calls)), [], []

    def run(call: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            found.append(call())
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found, failures
