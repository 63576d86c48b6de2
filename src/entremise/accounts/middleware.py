"""Puts ``request.actor`` on every request of a signed-in person."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from entremise.accounts.queries import actor_for

ORGANISATION_KEY = "organisation"


class ActorMiddleware:
    """``request.actor`` is an Actor, or None for someone not signed in or belonging nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.actor = actor_for(  # type: ignore[attr-defined]
                request.user,
                request.session.get(ORGANISATION_KEY),
                getattr(request, "request_id", uuid.uuid4().hex),
            )
        return self.get_response(request)
