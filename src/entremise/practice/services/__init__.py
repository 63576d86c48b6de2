"""Writes on one's own sheets and on the meetings one sits in."""
