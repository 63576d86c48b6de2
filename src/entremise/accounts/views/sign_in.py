"""Signing in, signing out, choosing the organisation."""

import uuid
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from entremise.accounts import device
from entremise.accounts.enums import Limit
from entremise.accounts.forms.access import SignInForm
from entremise.accounts.gate import HAS_SECOND_FACTOR, SECOND_FACTOR_DONE, before_second_factor
from entremise.accounts.middleware import ORGANISATION_KEY
from entremise.accounts.models import User
from entremise.accounts.queries import limited_until, second_factor_of
from entremise.accounts.services import sign_in as service
from entremise.accounts.services.organisations import enter_organisation
from entremise.accounts.sessions import DEVICE_KEY, OPENED_KEY
from entremise.accounts.views.base import person, refused, request_id, safe_next
from entremise.core.errors import NotFound
from entremise.core.time import local, now

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 - a path, not a secret
WRONG = "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux, ou demandez un nouveau mot de passe."


def open_session(request: HttpRequest, user: User, *, backend: str, method: str, factor_done: bool = False) -> None:
    """Sign in, and note in the session what the gate and the list of sessions need."""
    login(request, user, backend=backend)
    request.session[DEVICE_KEY] = device.label(request)
    request.session[OPENED_KEY] = now().isoformat()
    request.session[HAS_SECOND_FACTOR] = second_factor_of(user) is not None
    if factor_done:
        request.session[SECOND_FACTOR_DONE] = True
    service.record_sign_in(user=user, method=method, request_id=request_id(request))


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Address and password; one message for whatever does not fit."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/sign_in.html", _context(request, form))
    if not form.is_valid():
        return refused(request, "accounts/sign_in.html", _context(request, form))
    client, data = device.client_mark(request), form.cleaned_data
    user = service.check_credentials(request=request, email=data["email"], password=data["password"], client=client)
    if user is None:
        form.add_error(None, WRONG)
        if until := limited_until(Limit.SIGN_IN, client):
            return _locked(request, form, until)
        return refused(request, "accounts/sign_in.html", _context(request, form))
    open_session(request, user, backend=PASSWORD_BACKEND, method="password")
    return redirect(safe_next(request))


def lockout(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """What django-axes answers with once an account is locked for this machine."""
    address_hash = (credentials or {}).get("email_hash", "")
    last = AccessAttempt.objects.filter(username=address_hash, ip_address=device.client_mark(request))
    attempt = last.order_by("-attempt_time").first()
    start = attempt.attempt_time if attempt else now()
    service.record_lock(address_hash=address_hash)
    return _locked(request, SignInForm(request.POST), start + timedelta(hours=settings.AXES_COOLOFF_TIME))


def _locked(request: HttpRequest, form: SignInForm, until: Any) -> HttpResponse:
    form.is_valid()
    for name in list(form.errors):
        del form.errors[name]
    context = _context(request, form) | {"until": local(until + timedelta(minutes=1))}
    return render(request, "accounts/sign_in.html", context, status=429)


def _context(request: HttpRequest, form: SignInForm) -> dict[str, Any]:
    return {
        "form": form,
        "until": None,
        "next": safe_next(request, ""),
        "has_proconnect": settings.PROCONNECT is not None,
    }


@require_POST
@before_second_factor
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close this session; with ProConnect, go through its own sign-out."""
    from entremise.accounts.views.proconnect import sign_out_address  # only where it is configured

    service.record_sign_out(user=person(request), request_id=request_id(request))
    target = sign_out_address(request)
    logout(request)
    messages.info(request, "Vous êtes déconnecté.")
    return redirect(target or "accounts:sign_in")


@require_http_methods(["GET", "POST"])
def switch(request: Any) -> HttpResponse:
    """The organisations one belongs to; choosing one changes nothing but where one acts."""
    if request.method == "GET":
        return render(request, "accounts/switch.html", {"memberships": request.memberships})
    try:
        chosen = uuid.UUID(request.POST.get("organisation", ""))
    except ValueError:
        raise NotFound("organisation")
    organisation = enter_organisation(actor=request.actor, organisation_id=chosen)
    request.session[ORGANISATION_KEY] = str(organisation.pk)
    messages.success(request, f"Vous travaillez maintenant pour {organisation.name}.")
    return redirect("/")
