"""Reads of this module."""

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.documents.models import GeneratedFile

SHOWN = 30


def list_files(actor: Actor) -> "QuerySet[GeneratedFile]":
    """The latest exports that the actor asked for, newest first."""
    return GeneratedFile.objects.visible_to(actor).order_by("-created_at")[:SHOWN]
