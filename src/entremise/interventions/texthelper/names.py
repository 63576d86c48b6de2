"""Names of people, told from those of streets and schools."""

import re
from typing import Any

from entremise.interventions.texthelper.text import DIGITS, WINDOW, WORD, Candidate, Folded, words_before


class Names:
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

    def read(self, folded: Folded, word: str, start: int, end: int) -> Candidate | None:
        """A name that begins with this word, or None."""
        found = None
        if word in self.titles:
            found = self._titled(folded, word, start, end)
        if found is None and word in self.known:
            found = self._given(folded, word, start, end)
        if found is None and (word in self.groups or word in self.kin):
            after = self.after_group if word in self.groups else self.after_kin
            match = after.match(folded.text, end)
            found = Candidate(start, match.end(), "name", word) if match else None
        return None if found is None or self._is_place(folded.low, start) else found

    def _titled(self, folded: Folded, word: str, start: int, end: int) -> Candidate | None:
        if word in self.capital_titles and not folded.text[start].isupper():
            return None
        match = self.after_title.match(folded.text, end)
        if match:
            said = folded.low[end : match.end()]
            words = WORD.findall(said)
            if not self.functions.isdisjoint(words):
                return None
            couple = words[0] in {"et", "ou"} or "&" in said
            return Candidate(start, match.end(), "name", self.couple if couple else self.titles[word])
        short = self.after_short_title.match(folded.low, end) if word in self.short_titles else None
        if short and short.group(1) not in self.stop and short.group(1) not in self.functions:
            return Candidate(start, short.end(), "name", self.titles[word])
        return None

    def _given(self, folded: Folded, word: str, start: int, end: int) -> Candidate | None:
        text = folded.text
        if text[start - 1 : start] == "-" or text[end : end + 1] in DIGITS:
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
        return Candidate(start, follow.end() if follow else end, "name", self.given_say)

    def _surname_start(self, folded: Folded, start: int) -> int:
        """Where "DURAND Karim" begins; an acronym in capitals is no surname."""
        first = max(0, start - WINDOW)
        match = self.before_given.search(folded.text[first:start])
        if match and match.group().strip().lower() not in self.acronyms and not folded.text[start + 1].isupper():
            return first + match.start()
        return start

    def _compound_end(self, low: str, end: int) -> int:
        """Where ``jean-pierre`` ends; -1 when a part is no given name (``marie-galante``)."""
        while low[end : end + 1] == "-":
            part = WORD.match(low, end + 1)
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
