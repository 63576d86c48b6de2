"""Request log without personal text, and the refusals of services turned into pages."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from entremise.config import views
from entremise.core.errors import NotAllowed, NotFound

log = structlog.get_logger("entremise.request")

Handler = Callable[[HttpRequest], HttpResponse]


class RequestLogMiddleware:
    """One line a request: identifier, method, route name, status, milliseconds. Never the address's query."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.view_name if match else "",
            status=response.status_code,
            ms=round((time.perf_counter() - start) * 1000),
        )
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class PrivatePagesMiddleware:
    """Pages of someone signed in stay in no cache: on a shared computer, nothing is read again after signing out.

    A fragment and its page share an address, so every page says that it depends on who asks (HTMX or a browser).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["HX-Request"])
            if request.user.is_authenticated:
                response.setdefault("Cache-Control", "no-store")
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends to the sign-in page; a form sent by a browser whose session closed comes back whole instead.

    Nothing of it is stored: the page that answers carries it, in the browser that sent it. The form's protection
    against forgery has been checked before, so the words are those of this browser's own page.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """None for who is signed in; the page that keeps the form, or the way to the sign-in page."""
        way = super().process_view(request, view_func, view_args, view_kwargs)
        if way is None or getattr(request, "htmx", False):
            return way
        sent = views.sent_fields(request)
        return views.closed(request, sent) if any(name != views.CSRF_FIELD for name, _ in sent) else way


class RefusalMiddleware:
    """NotFound answers 404 and NotAllowed 403, whatever view raised them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal raised on purpose; any other error goes on."""
        if isinstance(exception, NotAllowed):
            return views.forbidden(request)
        if isinstance(exception, NotFound):
            return views.not_found(request, Http404())
        return None
