"""Neutral words: what an agreement does not say of anyone."""

from entremise.core.text import fold
from entremise.interventions.texthelper import find
from entremise.mediations.presets import BLAME, BLAMING_KINDS


def blaming(text: str) -> list[str]:
    """The words that judge someone, in their order, each once; the same helper reads field notes."""
    found = [one.word for one in find(text) if one.kind in BLAMING_KINDS]
    found += [word for word in text.replace("’", " ").replace("'", " ").split() if fold(word) in BLAME]
    return list(dict.fromkeys(word.strip(".,;:!? ") for word in found))


def refusal(text: str) -> str:
    """The sentence that refuses a text with such words, or an empty one."""
    words = blaming(text)
    if not words:
        return ""
    said = ", ".join(f"« {word} »" for word in words)
    return f"Dites ce que chacun fera, sans juger personne : remplacez {said}."
