"""Points at what a field note does not need: names, numbers, sensitive words, judgements.

The rules live in one file, ``static/interventions/texthelper_rules.json``, that the page reads too:
``static/interventions/texthelper.js`` follows this module step by step, and a test compares both.
In the page nothing leaves the browser; here the same reading serves services that must not pass
an identifying text on. The author always decides: a finding is a question, never a refusal.

Nothing is stored and nothing is logged. Findings may be counted (``count_by_kind``).
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

RULES_FILE = Path(__file__).parent / "static" / "interventions" / "texthelper_rules.json"

_LETTERS = "a-zœæ"
_WORD = re.compile(f"[{_LETTERS}]+")
_TOKEN = re.compile(f"[{_LETTERS}0-9]+")
_CLAUSE_END = re.compile(r"[.;!?\n,:()]")
_WINDOW = 60  # characters read on either side of a word to know its context
_CONTEXT = 3  # words before that may excuse it
_BACK_MAX = 64  # longest local part of an e-mail address
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True)
class Finding:
    """A passage to look at again: ``text[start:end] == word``; an empty suggestion means "leave it out"."""

    kind: str
    start: int
    end: int
    word: str
    suggestion: str
    explanation: str


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    kind: str
    suggestion: str


@dataclass(frozen=True)
class _Folded:
    """The text without accents and with plain apostrophes and spaces; ``offsets`` when lengths differ."""

    text: str
    low: str
    offsets: list[int] | None

    def original(self, index: int, length: int) -> int:
        """The place, in the author's text, of a place in the folded one."""
        if self.offsets is None:
            return index
        return self.offsets[index] if index < len(self.offsets) else length


@dataclass(frozen=True)
class _Phrase:
    regex: re.Pattern[str] | None  # None for a single word
    length: int
    entry: dict[str, Any]


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


def count_by_kind(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each kind: the only thing that may be kept about findings."""
    return dict(Counter(finding.kind for finding in findings))


def kind_labels() -> dict[str, str]:
    """The French label of each kind."""
    return {kind: words["label"] for kind, words in _rules().kinds.items()}


@cache
def _rules() -> "_Rules":
    return _Rules(json.loads(RULES_FILE.read_text(encoding="utf-8")))


class _Rules:
    """The rules file, compiled. Every step has its twin in ``texthelper.js``."""

    def __init__(self, source: dict[str, Any]) -> None:
        self.limit: int = source["max_findings"]
        self.kinds: dict[str, dict[str, Any]] = source["kinds"]
        self.person: dict[str, str] = source["person"]
        self.table = _fold_table(source["fold"])
        self.patterns = [(rule, re.compile(rule["regex"])) for rule in source["patterns"]]
        self.names = _Names(source["names"], self.fold)
        self.phrases = self._phrases(source["words"])
        self.triggers = frozenset(self.phrases) | self.names.triggers

    def _phrases(self, entries: list[dict[str, Any]]) -> dict[str, list[_Phrase]]:
        phrases: dict[str, list[_Phrase]] = {}
        seen: set[str] = set()
        for entry in entries:
            for word in entry["words"]:
                low = self.fold(word).low
                parts = _WORD.findall(low)
                if low in seen:
                    continue
                seen.add(low)
                source = "[ '-]{1,3}".join(parts) + f"(?![{_LETTERS}0-9])"
                regex = re.compile(source) if len(parts) > 1 else None
                phrases.setdefault(parts[0], []).append(_Phrase(regex, len(low), entry))
        for found in phrases.values():
            found.sort(key=lambda phrase: -phrase.length)
        return phrases

    def fold(self, text: str) -> _Folded:
        """Accents, apostrophes, spaces and dashes reduced to plain ones; combining marks left out."""
        plain = text if text.isascii() and "\t" not in text else text.translate(self.table)
        offsets = None
        if len(plain) != len(text):
            offsets = [index for index, sign in enumerate(text) if self.table.get(ord(sign), sign)]
        return _Folded(plain, plain.lower(), offsets)

    def by_pattern(self, folded: _Folded) -> Iterator[_Candidate]:
        """Numbers, addresses, initials: regular expressions that both engines read alike."""
        for rule, regex in self.patterns:
            count = 0
            for match in regex.finditer(folded.text if rule["on"] == "text" else folded.low):
                if rule.get("check") == "nir" and not nir_is_plausible(match.group()):
                    continue
                start = _extend_back(folded.low if rule["on"] == "low" else folded.text, match.start(), rule)
                yield _Candidate(start, match.end(), rule["kind"], rule["say"])
                count += 1
                if count == self.limit:
                    break

    def by_word(self, folded: _Folded) -> Iterator[_Candidate]:
        """Names, and the words of the lists."""
        count, triggers = 0, self.triggers
        for match in _WORD.finditer(folded.low):
            word = match.group()
            if word not in triggers:
                continue
            found = self.names.read(folded, word, match.start(), match.end())
            found = found or self._listed(folded.low, word, match.start(), match.end())
            if found:
                yield found
                count += 1
                if count == self.limit:
                    break

    def _listed(self, low: str, word: str, start: int, end: int) -> _Candidate | None:
        for phrase in self.phrases.get(word, ()):
            if phrase.regex is not None:
                match = phrase.regex.match(low, start)
                if not match:
                    continue
                stop = match.end()
            elif low[end : end + 1] in _DIGITS:
                continue
            else:
                stop = end
            entry = phrase.entry
            before = words_before(low, start)
            if not set(entry.get("not_after", ())).isdisjoint(before[-_CONTEXT:]):
                continue
            if not set(entry.get("not_before", ())).isdisjoint(_words_after(low, stop)):
                continue
            return _Candidate(start, stop, entry["kind"], self._say(entry, before))
        return None

    def _say(self, entry: dict[str, Any], before: list[str]) -> str:
        if entry.get("person") and before and before[-1] in self.person:
            return self.person[before[-1]]
        return str(entry["say"])


class _Names:
    """How people are named in a note: a title, a given name, a family, a relative and an initial."""

    def __init__(self, source: dict[str, Any], fold: Any) -> None:
        self.titles: dict[str, str] = source["titles"]
        self.capital_titles = frozenset(source["capital_titles"])
        self.short_titles = frozenset(source["short_titles"])
        self.couple: str = source["couple"]
        self.given_say: str = source["given_say"]
        self.given = frozenset(source["given"])
        self.capital_only = frozenset(source["capital_only"])
        self.ambiguous = frozenset(source["ambiguous"])
        self.known = self.given | self.ambiguous
        self.groups, self.kin = frozenset(source["groups"]), frozenset(source["kin"])
        self.functions, self.stop = frozenset(source["functions"]), frozenset(source["title_stop"])
        self.places, self.links = frozenset(source["places"]), frozenset(source["links"])
        self.acronyms = frozenset(source["acronyms"])
        for name in ("before_given", "after_title", "after_short_title", "after_given", "after_group", "after_kin"):
            setattr(self, name, re.compile(source[name]))
        self.triggers = self.known | frozenset(self.titles) | self.groups | self.kin

    before_given: re.Pattern[str]
    after_title: re.Pattern[str]
    after_short_title: re.Pattern[str]
    after_given: re.Pattern[str]
    after_group: re.Pattern[str]
    after_kin: re.Pattern[str]

    def read(self, folded: _Folded, word: str, start: int, end: int) -> _Candidate | None:
        """A name that begins with this word, or None."""
        found = None
        if word in self.titles:
            found = self._titled(folded, word, start, end)
        if found is None and word in self.known:
            found = self._given(folded, word, start, end)
        if found is None and (word in self.groups or word in self.kin):
            after = self.after_group if word in self.groups else self.after_kin
            match = after.match(folded.text, end)
            found = _Candidate(start, match.end(), "name", word) if match else None
        return None if found is None or self._is_place(folded.low, start) else found

    def _titled(self, folded: _Folded, word: str, start: int, end: int) -> _Candidate | None:
        if word in self.capital_titles and not folded.text[start].isupper():
            return None
        match = self.after_title.match(folded.text, end)
        if match:
            said = folded.low[end : match.end()]
            words = _WORD.findall(said)
            if not self.functions.isdisjoint(words):
                return None
            couple = words[0] in {"et", "ou"} or "&" in said
            return _Candidate(start, match.end(), "name", self.couple if couple else self.titles[word])
        short = self.after_short_title.match(folded.low, end) if word in self.short_titles else None
        if short and short.group(1) not in self.stop and short.group(1) not in self.functions:
            return _Candidate(start, short.end(), "name", self.titles[word])
        return None

    def _given(self, folded: _Folded, word: str, start: int, end: int) -> _Candidate | None:
        text = folded.text
        if text[start - 1 : start] == "-" or text[end : end + 1] in _DIGITS:
            return None
        end = self._compound_end(folded.low, end)
        if end < 0:
            return None
        capital = text[start].isupper()
        follow = self.after_given.match(text, end) if capital else None
        if word in self.ambiguous and not follow:
            return None
        if word in self.capital_only and not capital:
            return None
        if capital:
            start = self._surname_start(folded, start)
        return _Candidate(start, follow.end() if follow else end, "name", self.given_say)

    def _surname_start(self, folded: _Folded, start: int) -> int:
        """Where "DURAND Karim" begins; an acronym in capitals is no surname."""
        first = max(0, start - _WINDOW)
        match = self.before_given.search(folded.text[first:start])
        if match and match.group().strip().lower() not in self.acronyms and not folded.text[start + 1].isupper():
            return first + match.start()
        return start

    def _compound_end(self, low: str, end: int) -> int:
        """Where ``jean-pierre`` ends; -1 when a part is no given name (``marie-galante``)."""
        while low[end : end + 1] == "-":
            part = _WORD.match(low, end + 1)
            if part is None or part.group() not in self.known:
                return -1
            end = part.end()
        return end

    def _is_place(self, low: str, start: int) -> bool:
        """True for the name of a street, a school, a hall: "collège Victor Hugo"."""
        for word in reversed(words_before(low, start)):
            if word in self.places:
                return True
            if word not in self.links and word not in self.known:
                return False
        return False


def words_before(low: str, start: int) -> list[str]:
    """The words of the same clause before a place, read over a short window."""
    first = max(0, start - _WINDOW)
    window = _CLAUSE_END.split(low[first:start])[-1]
    words = _TOKEN.findall(window)
    return words[1:] if first > 0 and len(window) == start - first else words


def _words_after(low: str, end: int) -> list[str]:
    window = _CLAUSE_END.split(low[end : end + _WINDOW])[0]
    return _TOKEN.findall(window)[:1]


def _extend_back(text: str, start: int, rule: dict[str, Any]) -> int:
    signs, limit = rule.get("back", ""), start - rule.get("back_max", _BACK_MAX)
    while start > 0 and start > limit and text[start - 1] in signs:
        start -= 1
    return start


def nir_is_plausible(written: str) -> bool:
    """True for 13 digits, or 15 whose last two are the key: 97 - (number mod 97), Corsica as 19 and 18."""
    signs = re.sub(r"[^0-9ab]", "", written.lower())
    if len(signs) == 13:
        return True
    number = signs[:13].replace("2a", "19").replace("2b", "18")
    return len(signs) == 15 and number.isdigit() and 97 - int(number) % 97 == int(signs[13:])


def _fold_table(special: dict[str, str]) -> dict[int, str]:
    table = {ord(sign): plain for sign, plain in special.items()}
    for first, last in ((0xC0, 0x24F), (0x1E00, 0x1EFF)):
        for code in range(first, last + 1):
            base = unicodedata.normalize("NFD", chr(code))[0]
            if base != chr(code):
                table.setdefault(code, base)
    for code in range(0x300, 0x370):
        table[code] = ""
    return table
