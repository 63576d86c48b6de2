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


def register(name: str, check: Check) -> None:
    """Add a check under a name that orders the report."""
    _checks[name] = check


def run() -> list[Finding]:
    """Every check, in order of name; one that raises is a fault, not a crash."""
    findings = []
    for name, check in sorted(_checks.items()):
        try:
            findings.append(check())
        except Exception as error:
            findings.append(Finding(name, False, f"contrôle impossible : {type(error).__name__}"))
    return findings
