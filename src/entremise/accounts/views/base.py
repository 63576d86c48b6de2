"""What every page of this module shares."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from entremise.accounts.models import User
from entremise.core.errors import InvalidInput
from entremise.core.ui.saving import refuse


def person(request: HttpRequest) -> User:
    """The signed-in account (login is required on every page that calls this)."""
    return cast(User, request.user)


def request_id(request: HttpRequest) -> str:
    """The identifier that the log and the journal share."""
    return getattr(request, "request_id", "")


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where to go on after signing in: an address of this site only."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else default


def attempt(form: forms.Form, write: Callable[[dict[str, Any]], object]) -> bool:
    """Run a service with the form's values; False when the form or the service refuses, errors in place."""
    if not form.is_valid():
        return False
    try:
        write(form.cleaned_data)
    except InvalidInput as refusal:
        refuse(form, refusal)
        return False
    return True


def refused(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form again, with what was typed and what to correct."""
    return render(request, template, context, status=422)
