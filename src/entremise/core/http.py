"""The request as pages receive it, once the middlewares have passed."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from entremise.core.actor import Actor


class Request(HttpRequest):
    """A signed-in person's request. For annotations: Django makes the object, middlewares fill it."""

    actor: Actor
    htmx: HtmxDetails
    request_id: str
