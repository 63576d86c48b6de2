"""Who acts on each request, and what must be done before anything else."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from entremise.accounts.gate import HAS_SECOND_FACTOR, SECOND_FACTOR_DONE
from entremise.accounts.queries import actor_of, choose, memberships_of
from entremise.accounts.services import second_factor, sessions
from entremise.core.time import now

ORGANISATION_KEY = "organisation"
SEEN_EVERY = timedelta(minutes=5)

Handler = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """``request.actor`` is an Actor, or None for someone not signed in or belonging nowhere.

    ``request.membership`` and ``request.memberships`` carry the organisations: two queries in all.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.actor, request.membership, request.memberships = None, None, []
        if request.user.is_authenticated:
            request.memberships = memberships_of(request.user)
            request.membership = choose(request.memberships, request.session.get(ORGANISATION_KEY))
            if request.membership is not None:
                request.actor = actor_of(request.membership, getattr(request, "request_id", uuid.uuid4().hex))
            self._mark_seen(request)
        return self.get_response(request)

    @staticmethod
    def _mark_seen(request: Any) -> None:
        seen_at = getattr(request.session, "seen_at", None)
        if seen_at is not None and now() - seen_at > SEEN_EVERY:
            sessions.mark_seen(request.session.session_key)


class GateMiddleware:
    """Nothing opens before the second factor, for those who have one or whose role needs one.

    Pages that need no account stay open, and those marked with ``gate.before_second_factor``.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The page to go through first, or None."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if getattr(view, "before_second_factor", False):
            return None
        if name := self._missing(request):
            return self._send(request, name)
        if request.actor is None:
            return render(request, "accounts/no_organisation.html", status=403)
        return None

    @staticmethod
    def _missing(request: Any) -> str:
        if request.session.get(SECOND_FACTOR_DONE):
            return ""
        if request.session.get(HAS_SECOND_FACTOR):
            return "accounts:second_factor_verify"
        required = request.actor is not None and second_factor.is_required(request.actor.roles)
        return "accounts:second_factor" if required else ""

    @staticmethod
    def _send(request: Any, name: str) -> HttpResponse:
        from django.urls import reverse  # addresses are loaded after the middleware

        path = request.get_full_path() if request.method == "GET" and not request.htmx else "/"
        url = reverse(name) + (f"?{urlencode({'next': path})}" if path != "/" else "")
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
