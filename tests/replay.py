"""What a function writes in an empty database, written again without running it.

The cast is made by the real services, once: making it for each test was a third of the whole run. Then the very
statements they sent are sent again, in the same order, with the same values.
"""

import copy
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections

ALIASES = ("default", "keys")
WRITES = ("INSERT", "UPDATE", "DELETE")


class Replay:
    """``replay()`` answers what ``build()`` answered, with its rows in place. Only inside a test's transaction."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self.build = build
        self.statements: list[tuple[str, str, Any]] = []
        self.made: Any = None

    def __call__(self) -> Any:
        """A copy of what was made, so that a test may change its own."""
        if self.made is None:
            self._record()
        else:
            for alias, sql, values in self.statements:
                with connections[alias].cursor() as cursor:
                    cursor.execute(sql, values)
        return copy.deepcopy(self.made)

    def _record(self) -> None:
        self.statements.clear()
        with ExitStack() as stack:
            for alias in ALIASES:
                stack.enter_context(connections[alias].execute_wrapper(self._note))
            self.made = self.build()

    def _note(self, execute: Any, sql: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(WRITES):
            assert not many, "only single statements are sent again"
            self.statements.append((context["connection"].alias, sql, values))
        return execute(sql, values, many, context)
