"""Members and teams."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts import presets
from entremise.accounts.enums import Job, Role
from entremise.accounts.forms.members import ContactForm, MemberFilterForm, MemberForm, TeamFilterForm, TeamForm
from entremise.accounts.queries import (
    display_name,
    get_member,
    get_organisation,
    get_team,
    is_expired,
    list_invitations,
    list_members,
)
from entremise.accounts.services import members as service
from entremise.accounts.services import organisations as team_service
from entremise.accounts.views.base import attempt, refused
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import act


@require_GET
def members(request: Any) -> HttpResponse:
    """Who works here, by name; the invitations still open above."""
    actor = request.actor
    require(actor, "accounts.view_members")
    form = MemberFilterForm(request.GET, actor=actor)
    may_invite = can(actor, "accounts.invite") or actor.has_role(Role.ADMINISTRATEUR)
    invitations = list(list_invitations(actor)) if may_invite else []
    context = {
        "form": form,
        "page": paginate(request, form.lines()),
        "former": form.former,
        "invitations": [(one, is_expired(one), _role_labels(one.roles)) for one in invitations],
        "may_invite": may_invite,
    }
    return render(request, "accounts/members.html", context)


def _role_labels(codes: list[str]) -> list[str]:
    return [Role(code).label for code in Role.values if code in codes]


@require_http_methods(["GET", "POST"])
def member(request: Any, pk: uuid.UUID) -> HttpResponse:
    """Roles, teams, departure."""
    actor = request.actor
    require(actor, "accounts.view_members")
    found = get_member(actor, pk)
    may_change = can(actor, "accounts.manage_members") and found.left_at is None
    form = MemberForm.of(actor, found) if request.method == "GET" else MemberForm(request.POST, actor=actor)
    context = {
        "member": found,
        "name": display_name(found),
        "roles": _role_labels(found.roles),
        "form": form,
        "may_change": may_change,
        "is_self": found.pk == actor.member_id,
    }
    if request.method == "GET":
        return render(request, "accounts/member.html", context)
    require(actor, "accounts.manage_members")

    def write(data: dict[str, Any]) -> None:
        teams = [uuid.UUID(team) for team in data["teams"]]
        service.change_member(actor=actor, member_id=pk, roles=data["roles"], team_ids=teams)

    if not attempt(form, write):
        return refused(request, "accounts/member.html", context)
    messages.success(request, "Les rôles et les équipes sont enregistrés.")
    return redirect("accounts:member", pk)


@require_http_methods(["GET", "POST"])
def member_leave(request: Any, pk: uuid.UUID) -> HttpResponse:
    """What a departure does, then the departure."""
    actor = request.actor
    found = get_member(actor, pk)
    require(actor, "accounts.end_membership", found)
    is_self = found.pk == actor.member_id
    if request.method == "GET":
        context = {"member": found, "name": display_name(found), "is_self": is_self}
        return render(request, "accounts/member_leave.html", context)
    done = "Le départ est enregistré : le compte est fermé ici, ses sessions aussi."
    to = ("/",) if is_self else ("accounts:member", pk)
    return act(request, lambda: service.end_membership(actor=actor, member_id=pk), done, *to)


@require_GET
def teams(request: Any) -> HttpResponse:
    """Every team, with its job and its size."""
    require(request.actor, "accounts.view_teams")
    form = TeamFilterForm(request.GET, actor=request.actor)
    context = {
        "form": form,
        "page": paginate(request, form.listed()),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_change": can(request.actor, "accounts.manage_teams"),
    }
    return render(request, "accounts/teams.html", context)


@require_http_methods(["GET", "POST"])
def organisation_contact(request: Any) -> HttpResponse:
    """The address to which those the organisation writes to may answer."""
    actor = request.actor
    require(actor, "accounts.manage_teams")
    found = get_organisation(actor.organisation_id)
    form = ContactForm(request.POST if request.method == "POST" else None)
    form.initial["contact_email"] = found.contact_email
    if request.method == "GET":
        return render(request, "accounts/organisation_contact.html", {"form": form})
    if not attempt(form, lambda data: team_service.set_contact_email(actor=actor, **data)):
        return refused(request, "accounts/organisation_contact.html", {"form": form})
    messages.success(request, "L’adresse de contact est enregistrée.")
    return redirect("accounts:teams")


@require_http_methods(["GET", "POST"])
def team_new(request: Any) -> HttpResponse:
    """Create a team."""
    require(request.actor, "accounts.manage_teams")
    form = TeamForm(request.POST or None)
    if request.method == "GET":
        return render(request, "accounts/team_form.html", {"form": form, "team": None})
    if not attempt(form, lambda data: team_service.create_team(actor=request.actor, **data)):
        return refused(request, "accounts/team_form.html", {"form": form, "team": None})
    messages.success(request, "L’équipe est créée. Donnez-la maintenant à ses membres.")
    return redirect("accounts:teams")


@require_http_methods(["GET", "POST"])
def team(request: Any, pk: uuid.UUID) -> HttpResponse:
    """What a team's job gives, who is in it; name and job for those who may change them."""
    actor = request.actor
    require(actor, "accounts.view_teams")
    found = get_team(actor, pk)
    form = (
        TeamForm(request.POST) if request.method == "POST" else TeamForm(initial={"name": found.name, "job": found.job})
    )
    context = {
        "team": found,
        "form": form,
        "preset": presets.table(found.job),
        "job_label": Job(found.job).label,
        "names": sorted(display_name(one) for one in list_members(actor, team_ids=[found.pk])),
        "may_change": can(actor, "accounts.manage_teams"),
    }
    if request.method == "GET":
        return render(request, "accounts/team.html", context)
    require(actor, "accounts.manage_teams")
    if not attempt(form, lambda data: team_service.change_team(actor=actor, team_id=pk, **data)):
        return refused(request, "accounts/team.html", context)
    messages.success(request, "L’équipe est enregistrée.")
    return redirect("accounts:team", pk)


@require_POST
def team_close(request: Any, pk: uuid.UUID) -> HttpResponse:
    """Stop offering a team."""
    done = "L’équipe est fermée : elle n’est plus proposée, ce qu’elle a noté reste."
    return act(request, lambda: team_service.close_team(actor=request.actor, team_id=pk), done, "accounts:teams")


@require_POST
def team_reopen(request: Any, pk: uuid.UUID) -> HttpResponse:
    """Offer it again."""
    done = "L’équipe est rouverte."
    return act(request, lambda: team_service.reopen_team(actor=request.actor, team_id=pk), done, "accounts:teams")
