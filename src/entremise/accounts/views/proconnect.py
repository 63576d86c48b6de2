"""Signing in through ProConnect."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from entremise.accounts.middleware import ORGANISATION_KEY
from entremise.accounts.proconnect import SECOND_FACTOR_LEVELS, ProConnectBackend, Refused, RequestView
from entremise.accounts.views.sign_in import open_session
from entremise.core.crypto import open_text, seal_text
from entremise.keys.services import INSTALLATION

BACKEND = "entremise.accounts.proconnect.ProConnectBackend"
TOKEN_KEY, STATES_KEY = "proconnect_token", "oidc_states"


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Off to ProConnect, when the installation has it."""
    if settings.PROCONNECT is None:
        raise Http404
    return RequestView.as_view()(request)


@login_not_required
@never_cache
@require_GET
def callback(request: Any) -> HttpResponse:
    """Back from ProConnect: signed in, or a page that says why not."""
    if settings.PROCONNECT is None:
        raise Http404
    state = request.session.get(STATES_KEY, {}).pop(request.GET.get("state", ""), None)
    request.session.modified = True
    if state is None or "code" not in request.GET:
        return _refused(request, "failed")
    backend = ProConnectBackend()
    try:
        user = backend.authenticate(request, nonce=state["nonce"], code_verifier=state.get("code_verifier"))
    except Refused as refusal:
        return _refused(request, refusal.reason)
    if user is None:
        return _refused(request, "failed")
    following = request.session.get("oidc_login_next") or "/"
    strong = backend.id_claims["acr"] in SECOND_FACTOR_LEVELS
    open_session(request, user, backend=BACKEND, method="proconnect", factor_done=strong)
    request.session[ORGANISATION_KEY] = str(request.organisation_id)
    request.session[TOKEN_KEY] = seal_text(INSTALLATION, backend.id_token, "proconnect")
    return redirect(following)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "accounts/proconnect_refused.html", {"reason": reason}, status=403)


def sign_out_address(request: HttpRequest) -> str:
    """Where to go to close ProConnect's own session too; empty for the other sign-ins."""
    sealed = request.session.get(TOKEN_KEY)
    if settings.PROCONNECT is None or not sealed:
        return ""
    query = {
        "id_token_hint": open_text(sealed, "proconnect"),
        "state": secrets.token_urlsafe(32),
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("accounts:proconnect_signed_out")),
    }
    return f"{settings.PROCONNECT['end_session_endpoint']}?{urlencode(query)}"


@login_not_required
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Back from ProConnect's sign-out; our session was closed before leaving."""
    return redirect("accounts:sign_in")
