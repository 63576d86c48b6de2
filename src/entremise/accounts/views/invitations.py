"""Invitations: sent from the members' page, accepted from the mail."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from entremise.accounts.enums import Role
from entremise.accounts.forms.access import JoinForm
from entremise.accounts.forms.members import InviteForm
from entremise.accounts.gate import is_passed
from entremise.accounts.middleware import ORGANISATION_KEY
from entremise.accounts.models import Invitation
from entremise.accounts.services import invitations as service
from entremise.accounts.views.base import attempt, person, refused, request_id
from entremise.accounts.views.sign_in import PASSWORD_BACKEND, open_session
from entremise.core.permissions import require
from entremise.core.ui.saving import act


@require_http_methods(["GET", "POST"])
def invite(request: Any) -> HttpResponse:
    """Who, to which roles and teams."""
    if not request.actor.has_role(Role.ADMINISTRATEUR):
        require(request.actor, "accounts.invite")
    form = InviteForm(request.POST or None, actor=request.actor)
    context = {"form": form}
    if request.method != "POST":
        return render(request, "accounts/invite.html", context)

    def write(data: dict[str, Any]) -> None:
        teams = [uuid.UUID(team) for team in data["teams"]]
        service.invite(actor=request.actor, email=data["email"], roles=data["roles"], team_ids=teams)

    if not attempt(form, write):
        return refused(request, "accounts/invite.html", context)
    messages.success(request, "L’invitation part dans la minute. Elle reste valable sept jours.")
    return redirect("accounts:members")


@require_POST
def resend(request: Any, pk: uuid.UUID) -> HttpResponse:
    """Send again, with a new link."""
    done = "L’invitation repart, avec un nouveau lien valable sept jours."
    return act(request, lambda: service.resend(actor=request.actor, invitation_id=pk), done, "accounts:members")


@require_POST
def revoke(request: Any, pk: uuid.UUID) -> HttpResponse:
    """Take it back."""
    done = "L’invitation est retirée : son lien n’ouvre plus rien."
    return act(request, lambda: service.revoke(actor=request.actor, invitation_id=pk), done, "accounts:members")


@login_not_required
@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "POST"])
def accept(request: Any, token: str) -> HttpResponse:
    """Create the account, or join with the one that is signed in."""
    found = service.find(token)
    if found.invitation is None:
        return render(request, "accounts/link_closed.html", {"kind": found.closed}, status=410)
    if request.user.is_authenticated:
        return _join_signed_in(request, found.invitation, token)
    form = JoinForm(request.POST or None)
    context = _context(found.invitation, form) | {"has_account": service.has_open_account(found.invitation)}
    if request.method != "POST" or context["has_account"]:
        return render(request, "accounts/invitation.html", context)
    return _create(request, form, token, context)


def _create(request: HttpRequest, form: JoinForm, token: str, context: dict[str, Any]) -> HttpResponse:
    joined = []

    def write(data: dict[str, Any]) -> None:
        rid = request_id(request)
        name, password = data["display_name"], data["new"]
        joined.append(
            service.accept_with_new_account(token=token, display_name=name, password=password, request_id=rid)
        )

    if not attempt(form, write):
        return refused(request, "accounts/invitation.html", context)
    user = joined[0].user
    assert user is not None  # it has just joined
    open_session(request, user, backend=PASSWORD_BACKEND, method="invitation")
    messages.success(request, f"Bienvenue. Vous travaillez maintenant pour {context['invitation'].organisation.name}.")
    return redirect("/")


def _join_signed_in(request: Any, invitation: Invitation, token: str) -> HttpResponse:
    if not is_passed(request):
        return redirect(f"{reverse('accounts:second_factor_verify')}?{urlencode({'next': request.path})}")
    form = JoinForm()
    context = _context(invitation, form) | {"has_account": True, "user_name": person(request).display_name}
    if request.method != "POST":
        return render(request, "accounts/invitation_join.html", context)

    def join() -> None:
        service.accept_with_account(token=token, user=person(request), request_id=request_id(request))
        request.session[ORGANISATION_KEY] = str(invitation.organisation_id)

    return act(request, join, f"Vous travaillez maintenant pour {invitation.organisation.name}.", "/")


def _context(invitation: Invitation, form: JoinForm) -> dict[str, Any]:
    roles = [Role(code).label for code in Role.values if code in invitation.roles]
    return {"invitation": invitation, "form": form, "roles": roles}
