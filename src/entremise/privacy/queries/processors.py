"""The list of processors."""

import uuid

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.privacy.models import Processor


def list_processors(actor: Actor) -> "QuerySet[Processor]":
    """The processors of the organisation."""
    return Processor.objects.visible_to(actor)


def get_processor(actor: Actor, processor_id: uuid.UUID) -> Processor:
    """One processor; NotFound for another organisation's."""
    return get_one(list_processors(actor).filter(pk=processor_id))
