"""The sheets of a private notebook."""

from entremise.practice.models.sheets import Sheet

__all__ = ["Sheet"]
