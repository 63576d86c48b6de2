"""Reads of the privacy core, for every module."""
