"""What every page of this module does first: nothing opens while confidences are shut."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from entremise.accounts.queries import confidences_closed_until
from entremise.core.http import Request

View = Callable[..., HttpResponse]


def confided(view: View) -> View:
    """Say until when it is shut instead of showing anything; nothing stays in the browser's cache."""

    @wraps(view)
    @never_cache
    def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        until = confidences_closed_until(request.actor.user_id)
        if until is not None:
            return render(request, "practice/shut.html", {"until": until}, status=403)
        return view(request, *args, **kwargs)

    return opened
