"""Entremise: the working tool of the médiateur social et interculturel."""

__version__ = "0.1.0"
