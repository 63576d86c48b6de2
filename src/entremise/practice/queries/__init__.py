"""Reads of one's own sheets and meetings, and of the fact that meetings took place."""
