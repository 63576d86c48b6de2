"""Setting up, proving and removing the second factor."""

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.forms.access import CodeForm, PasswordConfirmForm
from entremise.accounts.gate import HAS_SECOND_FACTOR, SECOND_FACTOR_DONE, before_second_factor, is_passed
from entremise.accounts.models import User
from entremise.accounts.queries import count_recovery_codes, pending_second_factor_of, second_factor_of
from entremise.accounts.services import second_factor as service
from entremise.accounts.views.base import attempt, person, refused, safe_next
from entremise.core.actor import Actor, system_actor
from entremise.core.ui.saving import act

ISSUER = "Entremise"


def acting(request: Any) -> Actor:
    """The actor, or the account alone for someone who belongs nowhere yet."""
    return request.actor or Actor(
        organisation_id=system_actor().organisation_id, user_id=request.user.pk, request_id=request.request_id
    )


@require_GET
@never_cache
@before_second_factor
def home(request: HttpRequest) -> HttpResponse:
    """What the second factor is, and the next gesture: start, scan, or manage."""
    user = person(request)
    if second_factor_of(user) is not None and not is_passed(request):
        return redirect("accounts:second_factor_verify")
    return render(request, "accounts/second_factor.html", _context(request, user, CodeForm()))


def _context(request: Any, user: User, form: CodeForm) -> dict[str, Any]:
    pending = pending_second_factor_of(user)
    return {
        "form": form,
        "next": safe_next(request, ""),
        "is_on": second_factor_of(user) is not None,
        "is_required": request.actor is not None and service.is_required(request.actor.roles),
        "may_leave": is_passed(request) and not _is_missing(request),
        "drawing": _drawing(service.authenticator_address(pending, issuer=ISSUER)) if pending else "",
        "typed_secret": service.typed_secret(pending) if pending else "",
        "codes_left": count_recovery_codes(user),
    }


def _is_missing(request: Any) -> bool:
    required = request.actor is not None and service.is_required(request.actor.roles)
    return required and not request.session.get(SECOND_FACTOR_DONE)


def _drawing(address: str) -> SafeString:
    """The QR code as inline SVG: paths and classes only, nothing the page's policy would refuse."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=4,
        light="white",
        svgclass="qr",
        lineclass=None,
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn here from our own address


@require_POST
@before_second_factor
def begin(request: Any) -> HttpResponse:
    """Draw a secret and show it."""
    if not is_passed(request):
        return redirect("accounts:second_factor_verify")
    target = "accounts:second_factor"
    return act(request, lambda: service.begin(actor=acting(request), user=person(request)), "Scannez le code.", target)


@require_POST
@never_cache
@before_second_factor
def confirm(request: Any) -> HttpResponse:
    """A first code turns it on. The recovery codes come in this answer only: they are kept nowhere readable."""
    user, form, codes = person(request), CodeForm(request.POST), []
    if not is_passed(request):
        return redirect("accounts:second_factor_verify")

    def write(data: dict[str, Any]) -> None:
        key = request.session.session_key
        codes.extend(service.confirm(actor=acting(request), user=user, code=data["code"], session_key=key))

    if not attempt(form, write):
        return refused(request, "accounts/second_factor.html", _context(request, user, form))
    _pass(request)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": safe_next(request)})


@require_http_methods(["GET", "POST"])
@never_cache
@before_second_factor
def verify(request: Any) -> HttpResponse:
    """The code asked at sign-in."""
    user = person(request)
    if is_passed(request):
        return redirect(safe_next(request))
    form = CodeForm(request.POST or None)
    context = {"form": form, "next": safe_next(request, ""), "shown_code": ""}
    if settings.DEMO and (factor := second_factor_of(user)):
        context["shown_code"] = service.next_code(factor)
    if request.method != "POST":
        return render(request, "accounts/second_factor_verify.html", context)
    if not attempt(form, lambda data: service.verify(actor=acting(request), user=user, code=data["code"])):
        return refused(request, "accounts/second_factor_verify.html", context)
    _pass(request)
    if count_recovery_codes(user) < 3:
        messages.warning(request, "Il vous reste peu de codes de secours : renouvelez-les depuis « Mon compte ».")
    return redirect(safe_next(request))


def _pass(request: HttpRequest) -> None:
    request.session.cycle_key()  # the session now opens more than it did
    request.session[SECOND_FACTOR_DONE] = True
    request.session[HAS_SECOND_FACTOR] = True


@require_POST
@never_cache
@sensitive_post_parameters("password")
def renew_codes(request: Any) -> HttpResponse:
    """Ten new recovery codes, in this answer only."""
    user, form, codes = person(request), PasswordConfirmForm(request.POST), []

    def write(data: dict[str, Any]) -> None:
        codes.extend(service.renew_recovery_codes(actor=request.actor, user=user, password=data["password"]))

    if not attempt(form, write):
        context = {"form": form, "verb": "codes"}
        return refused(request, "accounts/second_factor_password.html", context)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": "/"})


@require_POST
@sensitive_post_parameters("password")
def disable(request: Any) -> HttpResponse:
    """Turn it off, with the password."""
    user, form = person(request), PasswordConfirmForm(request.POST)
    if not attempt(form, lambda data: service.disable(actor=request.actor, user=user, password=data["password"])):
        return refused(request, "accounts/second_factor_password.html", {"form": form, "verb": "disable"})
    request.session.pop(SECOND_FACTOR_DONE, None)
    request.session[HAS_SECOND_FACTOR] = False
    messages.success(request, "Le second facteur est retiré de votre compte.")
    return redirect("accounts:profile")


@require_GET
def ask_codes(request: HttpRequest) -> HttpResponse:
    """The password, before new recovery codes."""
    context = {"form": PasswordConfirmForm(), "verb": "codes"}
    return render(request, "accounts/second_factor_password.html", context)


@require_GET
def ask_disable(request: HttpRequest) -> HttpResponse:
    """The password, before removing the second factor."""
    context = {"form": PasswordConfirmForm(), "verb": "disable"}
    return render(request, "accounts/second_factor_password.html", context)
