"""Sheets, and the meetings of analysis groups."""

from entremise.practice.models.meetings import Contribution, Meeting, Seat
from entremise.practice.models.sheets import Sheet

__all__ = ["Contribution", "Meeting", "Seat", "Sheet"]
