"""Points at what a field note does not need: names, numbers, sensitive words, judgements.

The rules live in one file, ``static/interventions/texthelper_rules.json``, that the page reads too:
``static/interventions/texthelper_*.js`` follow this folder step by step, and a test compares both.
In the page nothing leaves the browser; here the same reading serves services that must not pass
an identifying text on. The author always decides: a finding is a question, never a refusal.

Nothing is stored and nothing is logged. Findings may be counted (``count_by_kind``).
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entremise.interventions.texthelper.numbers import nir_is_plausible
from entremise.interventions.texthelper.reading import Rules

__all__ = [
    "RULES_FILE",
    "Finding",
    "count_by_kind",
    "find",
    "identifying",
    "kind_labels",
    "nir_is_plausible",
    "pseudonymised",
]

READINGS = 5  # a suggestion is never itself a name: two are enough, but a wrong rule must not loop
LEFT_OUT = "[…]"
RULES_FILE = Path(__file__).parent.parent / "static" / "interventions" / "texthelper_rules.json"


@dataclass(frozen=True)
class Finding:
    """A passage to look at again: ``text[start:end] == word``; an empty suggestion means "leave it out"."""

    kind: str
    start: int
    end: int
    word: str
    suggestion: str
    explanation: str


def find(text: str) -> list[Finding]:
    """Every passage to look at again, in order, without overlap; at most ``max_findings`` of them."""
    rules = _rules()
    folded = rules.fold(text)
    candidates = [*rules.by_pattern(folded), *rules.by_word(folded)]
    candidates.sort(key=lambda found: (found.start, -found.end))
    findings: list[Finding] = []
    last = 0
    for found in candidates:
        if found.start < last or len(findings) == rules.limit:
            continue
        last = found.end
        start, end = (folded.original(place, len(text)) for place in (found.start, found.end))
        explanation = rules.kinds[found.kind]["explanation"]
        findings.append(Finding(found.kind, start, end, text[start:end], found.suggestion, explanation))
    return findings


def identifying(findings: Iterable[Finding]) -> list[Finding]:
    """Those that point at one person: name, phone, email, address, nir, plate, birth."""
    kinds = _rules().kinds
    return [finding for finding in findings if kinds[finding.kind]["identifying"]]


def pseudonymised(text: str) -> str:
    """The text with what points at one person replaced by what the rules suggest, or by ``[…]``.

    Read again until nothing is left to replace: a finding may hide the next, and there is a limit to one reading.
    """
    for _ in range(READINGS):
        found = identifying(find(text))
        if not found:
            break
        for one in reversed(found):
            text = text[: one.start] + (one.suggestion or LEFT_OUT) + text[one.end :]
    return text


def count_by_kind(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each kind: the only thing that may be kept about findings."""
    return dict(Counter(finding.kind for finding in findings))


def kind_labels() -> dict[str, str]:
    """The French label of each kind."""
    return {kind: words["label"] for kind, words in _rules().kinds.items()}


@cache
def _rules() -> "Rules":
    return Rules(json.loads(RULES_FILE.read_text(encoding="utf-8")))
