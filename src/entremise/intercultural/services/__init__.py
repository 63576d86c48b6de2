"""Writes of this module, by entity, and what the modules above give it."""

from entremise.intercultural.calls import set_source as set_number_source
from entremise.intercultural.links import set_act_source
from entremise.intercultural.services.reviews import review_texts
from entremise.intercultural.services.uses import correct_use, record_use, remove_use
from entremise.intercultural.services.voices import keep_voice, remove_voice

__all__ = [
    "correct_use",
    "keep_voice",
    "record_use",
    "remove_use",
    "remove_voice",
    "review_texts",
    "set_act_source",
    "set_number_source",
]
