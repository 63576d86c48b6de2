"""Writes of the certification."""
