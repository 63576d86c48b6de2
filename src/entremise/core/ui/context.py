"""What the page frame needs to know about the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch
from django.utils.crypto import salted_hmac

from entremise.core.ui.frame import head_parts


def installation(request: HttpRequest) -> dict[str, object]:
    """``is_demo``: the frame warns that people and places are invented. ``sign_in_url``: where a lost session leads.

    ``head_parts``: templates that modules put in the head of signed-in pages. ``who`` tells whether the same person
    still acts in the same organisation when a form is sent. ``body_limit``: bytes of a form that the server reads.
    """
    return {
        "is_demo": settings.DEMO,
        "sign_in_url": _sign_in_url(),
        "who": who(request),
        "body_limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "head_parts": head_parts() if getattr(request, "actor", None) else [],
    }


def who(request: HttpRequest) -> str:
    """The person and organisation acting, as one value that means nothing elsewhere; "" for nobody."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    return salted_hmac("entremise.who", f"{actor.user_id}:{actor.organisation_id}").hexdigest()[:16]


def _sign_in_url() -> str:
    try:
        return resolve_url(settings.LOGIN_URL)
    except NoReverseMatch:
        return ""
