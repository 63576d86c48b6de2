"""One's own account."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.enums import Role
from entremise.accounts.forms.access import EmailChangeForm, NameForm, PasswordChangeForm
from entremise.accounts.queries import (
    confidences_closed_until,
    count_recovery_codes,
    list_sessions,
    second_factor_of,
)
from entremise.accounts.services import passwords, profile, second_factor, sessions
from entremise.accounts.views.base import attempt, person, refused
from entremise.core.ui.saving import act


@require_GET
@never_cache
def home(request: Any) -> HttpResponse:
    """Name, address, password, second factor, sessions, organisations."""
    user = person(request)
    roles = [Role(code).label for code in Role.values if code in request.actor.roles]
    context = {
        "user": user,
        "roles": roles,
        "has_second_factor": second_factor_of(user) is not None,
        "is_required": second_factor.is_required(request.actor.roles),
        "codes_left": count_recovery_codes(user),
        "confidences_closed_until": confidences_closed_until(user.pk),
        "sessions": list_sessions(user, request.session.session_key),
    }
    return render(request, "accounts/profile.html", context)


def _edit(
    request: HttpRequest, form: forms.Form, kind: str, write: Callable[[dict[str, Any]], object], done: str
) -> HttpResponse:
    context = {"form": form, "kind": kind}
    if request.method != "POST":
        return render(request, "accounts/profile_edit.html", context)
    if not attempt(form, write):
        return refused(request, "accounts/profile_edit.html", context)
    messages.success(request, done)
    return redirect("accounts:profile")


@require_http_methods(["GET", "POST"])
def edit_name(request: Any) -> HttpResponse:
    """How colleagues read one's name."""
    user = person(request)
    form = NameForm(request.POST or None, initial={"display_name": user.display_name})
    change = {"actor": request.actor, "user": user}
    return _edit(request, form, "name", lambda data: profile.change_name(**change, **data), "Votre nom est enregistré.")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def edit_email(request: Any) -> HttpResponse:
    """Ask for another address."""
    form = EmailChangeForm(request.POST or None)
    change = {"actor": request.actor, "user": person(request)}
    done = "Un lien part vers la nouvelle adresse : ouvrez-le pour la confirmer. D’ici là, rien ne change."
    return _edit(request, form, "email", lambda data: profile.request_email_change(**change, **data), done)


@require_http_methods(["GET", "POST"])
@never_cache
def email_link(request: Any, token: str) -> HttpResponse:
    """The link received at the new address, opened while signed in."""
    user = person(request)
    if request.method == "GET" and profile.is_email_link(user, token):
        return render(request, "accounts/email_confirm.html", {"address": user.new_email})
    if request.method == "POST" and profile.confirm_email(actor=request.actor, user=user, token=token):
        messages.success(request, "Votre nouvelle adresse est en place.")
        return redirect("accounts:profile")
    return render(request, "accounts/link_closed.html", {"kind": "email"}, status=410)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def edit_password(request: Any) -> HttpResponse:
    """A new password; the other sessions close."""
    user = person(request)

    def write(data: dict[str, Any]) -> None:
        key = request.session.session_key
        passwords.change_password(
            actor=request.actor, user=user, current=data["current"], new=data["new"], session_key=key
        )
        update_session_auth_hash(request, user)

    done = "Votre mot de passe est changé. Vos autres sessions sont fermées."
    return _edit(request, PasswordChangeForm(request.POST or None), "password", write, done)


@require_POST
def session_close(request: Any, reference: str) -> HttpResponse:
    """Close one session."""
    close = {"actor": request.actor, "user": person(request), "reference": reference}
    return act(request, lambda: sessions.close_session(**close), "La session est fermée.", "accounts:profile")


@require_POST
def sessions_close_others(request: Any) -> HttpResponse:
    """Close all but this one."""
    close = {"actor": request.actor, "user": person(request), "current_key": request.session.session_key}
    done = "Toutes vos autres sessions sont fermées."
    return act(request, lambda: sessions.close_other_sessions(**close), done, "accounts:profile")
