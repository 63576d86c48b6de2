"""Writes of this module, and what the modules above give it."""

from entremise.intercultural.calls import set_source as set_number_source

__all__ = ["set_number_source"]
