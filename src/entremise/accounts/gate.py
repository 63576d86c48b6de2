"""What the session remembers of the second factor, and the pages that come before it."""

from typing import Any, TypeVar

SECOND_FACTOR_DONE = "second_factor_done"
HAS_SECOND_FACTOR = "has_second_factor"

View = TypeVar("View")


def before_second_factor(view: View) -> View:
    """Mark a page that a signed-in person may open before the second factor (sign out, set it up, prove it)."""
    marked: Any = view
    marked.before_second_factor = True
    return view


def is_passed(request: Any) -> bool:
    """True when nothing is missing for the signed-in person to act."""
    session = request.session
    return bool(session.get(SECOND_FACTOR_DONE)) or not session.get(HAS_SECOND_FACTOR)
