"""The only door to the work queue (Django's own API from 6.0 on; a backport until then).

A task's arguments are identifiers and codes, never personal text: queue rows live long.
"""

from django_tasks import task

__all__ = ["task"]
