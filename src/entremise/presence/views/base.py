"""What every view of presence shares."""

import functools
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from entremise.core.errors import NotAllowed
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import saved

View = Callable[..., HttpResponse]
T = TypeVar("T")


def needs(permission: str) -> Callable[[View], View]:
    """The role, before anything is read: 403 for those who do not have it."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def inner(request: Request, *args: Any, **options: Any) -> HttpResponse:
            if request.actor is None:
                raise NotAllowed(permission)
            require(request.actor, permission)
            return view(request, *args, **options)

        return inner

    return wrap


def submitted(
    request: Request, form: forms.Form, action: Callable[..., T], *, without: tuple[str, ...] = (), **fields: Any
) -> T | None:
    """What the service made of a valid form, or None; its refusals stand beside the fields."""
    if request.method != "POST" or not form.is_valid():
        return None
    typed = {name: value for name, value in form.cleaned_data.items() if name not in without}
    return saved(form, partial(action, actor=request.actor, **typed, **fields))


def form_page(
    request: Request, form: forms.Form, *, template: str = "presence/form.html", **context: Any
) -> HttpResponse:
    """A form, or the same with its errors and what was typed (422)."""
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
