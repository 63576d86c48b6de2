"""The rules file, compiled, and one reading of a text with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from entremise.interventions.texthelper.names import Names
from entremise.interventions.texthelper.numbers import nir_is_plausible
from entremise.interventions.texthelper.text import (
    DIGITS,
    LETTERS,
    WORD,
    Candidate,
    Folded,
    extend_back,
    fold_table,
    words_after,
    words_before,
)

CONTEXT = 3  # words before that may excuse it


@dataclass(frozen=True)
class Phrase:
    regex: re.Pattern[str] | None  # None for a single word
    length: int
    entry: dict[str, Any]


class Rules:
    """The rules file, compiled. Every step has its twin in ``texthelper_reading.js``."""

    def __init__(self, source: dict[str, Any]) -> None:
        self.limit: int = source["max_findings"]
        self.kinds: dict[str, dict[str, Any]] = source["kinds"]
        self.person: dict[str, str] = source["person"]
        self.table = fold_table(source["fold"])
        self.patterns = [(rule, re.compile(rule["regex"])) for rule in source["patterns"]]
        self.names = Names(source["names"], self.fold)
        self.phrases = self._phrases(source["words"])
        self.triggers = frozenset(self.phrases) | self.names.triggers

    def _phrases(self, entries: list[dict[str, Any]]) -> dict[str, list[Phrase]]:
        phrases: dict[str, list[Phrase]] = {}
        seen: set[str] = set()
        for entry in entries:
            for word in entry["words"]:
                low = self.fold(word).low
                parts = WORD.findall(low)
                if low in seen:
                    continue
                seen.add(low)
                source = "[ '-]{1,3}".join(parts) + f"(?![{LETTERS}0-9])"
                regex = re.compile(source) if len(parts) > 1 else None
                phrases.setdefault(parts[0], []).append(Phrase(regex, len(low), entry))
        for found in phrases.values():
            found.sort(key=lambda phrase: -phrase.length)
        return phrases

    def fold(self, text: str) -> Folded:
        """Accents, apostrophes, spaces and dashes reduced to plain ones; combining marks left out."""
        plain = text if text.isascii() and "\t" not in text else text.translate(self.table)
        offsets = None
        if len(plain) != len(text):
            offsets = [index for index, sign in enumerate(text) if self.table.get(ord(sign), sign)]
        return Folded(plain, plain.lower(), offsets)

    def by_pattern(self, folded: Folded) -> Iterator[Candidate]:
        """Numbers, addresses, initials: regular expressions that both engines read alike."""
        for rule, regex in self.patterns:
            count = 0
            for match in regex.finditer(folded.text if rule["on"] == "text" else folded.low):
                if rule.get("check") == "nir" and not nir_is_plausible(match.group()):
                    continue
                start = extend_back(folded.low if rule["on"] == "low" else folded.text, match.start(), rule)
                yield Candidate(start, match.end(), rule["kind"], rule["say"])
                count += 1
                if count == self.limit:
                    break

    def by_word(self, folded: Folded) -> Iterator[Candidate]:
        """Names, and the words of the lists."""
        count, triggers = 0, self.triggers
        for match in WORD.finditer(folded.low):
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

    def _listed(self, low: str, word: str, start: int, end: int) -> Candidate | None:
        for phrase in self.phrases.get(word, ()):
            if phrase.regex is not None:
                match = phrase.regex.match(low, start)
                if not match:
                    continue
                stop = match.end()
            elif low[end : end + 1] in DIGITS:
                continue
            else:
                stop = end
            entry = phrase.entry
            before = words_before(low, start)
            if not set(entry.get("not_after", ())).isdisjoint(before[-CONTEXT:]):
                continue
            if not set(entry.get("not_before", ())).isdisjoint(words_after(low, stop)):
                continue
            return Candidate(start, stop, entry["kind"], self._say(entry, before))
        return None

    def _say(self, entry: dict[str, Any], before: list[str]) -> str:
        if entry.get("person") and before and before[-1] in self.person:
            return self.person[before[-1]]
        return str(entry["say"])
