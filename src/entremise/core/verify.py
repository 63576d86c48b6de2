"""The register of what `entremise verify` checks; each module adds its own in ``apps.py``."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was checked, whether it holds, and a French sentence."""

    name: str
    holds: bool
    sentence: str


Check = Callable[[], Finding]
_checks: dict[str, Check] = {}
_live: set[str] = set()


def register(name: str, check: Check, *, live: bool = False) -> None:
    """Add a check under a name that orders the report.

    ``live`` for one that asks whether the work goes on (a worker that keeps the hour): a copy at rest cannot hold it.
    """
    _checks[name] = check
    if live:
        _live.add(name)


def run(*, at_rest: bool = False) -> list[Finding]:
    """Every check, in order of name; one that raises is a fault, not a crash. ``at_rest``: without the live ones."""
    findings = []
    for name, check in sorted(_checks.items()):
        if at_rest and name in _live:
            continue
        try:
            findings.append(check())
        except Exception as error:
            findings.append(Finding(name, False, f"contrôle impossible : {type(error).__name__}"))
    return findings
