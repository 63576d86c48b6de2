"""The request as pages receive it, once the middlewares have passed."""

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from entremise.core.actor import Actor


class Request(HttpRequest):
    """A signed-in person's request. For annotations: Django makes the object, middlewares fill it."""

    actor: Actor
    htmx: HtmxDetails
    request_id: str


def as_file(content: bytes | str, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file to save under this name, or, ``inline``, to look at first; no cache keeps it."""
    shown = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)
