"""The codes of competences: a code once given names the same competence for ever."""

from collections.abc import Mapping, Sequence

from entremise.core.text import fold

Lines = Sequence[tuple[str, str]]


def codes_for(known: Mapping[str, tuple[str, str]], told: Lines) -> list[str]:
    """The code of each (block, text) of ``told``; ``known`` is code → (block, text) of what already has one.

    The same words of the same block keep their code; then, within a block that kept its number of lines, what only
    changed its words keeps the code of its place; the rest takes numbers never used.
    """
    given: list[str] = [""] * len(told)
    left = dict(known)
    for index, (block, text) in enumerate(told):
        code = next((one for one, (its, words) in left.items() if its == block and fold(words) == fold(text)), "")
        if code:
            given[index] = code
            del left[code]
    for block in dict.fromkeys(block for block, _ in told):
        free = [code for code, (its, _) in left.items() if its == block]
        places = [index for index, (its, _) in enumerate(told) if its == block and not given[index]]
        if len(free) == len(places):
            for index, code in zip(places, free, strict=True):
                given[index] = code
    last = max((int(code[1:]) for code in known if code[1:].isdecimal()), default=0)
    for index, code in enumerate(given):
        if not code:
            last += 1
            given[index] = f"C{last}"
    return given
