"""Reads of the offline protocol, each in its own file."""
