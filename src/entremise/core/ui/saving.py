"""A form and its service: what the service refuses stands beside the field, with what was typed."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from entremise.core.errors import InvalidInput

T = TypeVar("T")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def saved(form: forms.Form, write: Callable[[], T], names: Mapping[str, str] | None = None) -> T | None:
    """What ``write`` made of a valid form, or None: not sent, not valid, or refused by the service."""
    if not form.is_valid():
        return None
    try:
        return write()
    except InvalidInput as refusal:
        refuse(form, refusal, names)
        return None


def refuse(form: forms.Form, refusal: InvalidInput, names: Mapping[str, str] | None = None) -> None:
    """Put a service's refusal beside the fields it names (``names`` maps those that differ)."""
    for named, reasons in refusal.errors.items():
        field = (names or {}).get(named, named)
        for reason in reasons:
            form.add_error(field if field in form.fields else None, reason)


def act(request: HttpRequest, write: Callable[[], object], done: str, to: str, *args: Any) -> HttpResponse:
    """A one-button form: run the service, say what was done (nothing if empty) or what is missing, go back."""
    try:
        write()
        if done:
            messages.success(request, done)
    except InvalidInput as refusal:
        messages.error(request, refusal.sentences)
    return redirect(to, *args)


def read_again(form: forms.Form, version: int) -> None:
    """What the page shows next answers for this version: someone wrote meanwhile, and both are shown.

    Without it, sending again would be refused for ever.
    """
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data[form.add_prefix("base_version")] = str(version)
    form.data = data
