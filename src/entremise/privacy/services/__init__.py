"""Writes of the privacy core, for every module."""

from entremise.privacy.registry import Item, Part, register_part
from entremise.privacy.services.erasure import erase_persons, finish_erasures

__all__ = ["Item", "Part", "erase_persons", "finish_erasures", "register_part"]
