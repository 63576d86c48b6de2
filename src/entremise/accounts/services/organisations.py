"""Organisations and teams."""

import uuid

from django.db import transaction

from entremise.accounts.enums import Job, OrganisationKind
from entremise.accounts.events import (
    OrganisationContactChanged,
    OrganisationCreated,
    OrganisationEntered,
    TeamChanged,
    TeamClosed,
    TeamCreated,
    TeamReopened,
)
from entremise.accounts.models import Organisation, Team
from entremise.accounts.queries import get_organisation, get_team, list_organisations_of
from entremise.accounts.services.text import clean_email, clean_line
from entremise.core.actor import Actor, system_actor
from entremise.core.crypto import fingerprint
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.journal.services import publish
from entremise.keys.services import organisation_scope


@transaction.atomic
def create_organisation(
    *, name: str, kind: str = OrganisationKind.ASSOCIATION, siret: str = "", commune_code: str = ""
) -> Organisation:
    """A new organisation without members; done by the operator (command line), never from a page."""
    name = clean_line(name, field="name", name="le nom de l’organisation", longest=160)
    if kind not in OrganisationKind.values:
        raise InvalidInput({"kind": [f"La nature est à choisir parmi : {', '.join(OrganisationKind.values)}."]})
    siret = "".join(siret.split())
    if siret and not (siret.isascii() and siret.isdigit() and len(siret) == 14):
        raise InvalidInput({"siret": ["Le SIRET compte 14 chiffres."]})
    organisation = Organisation.objects.create(name=name, kind=kind, siret=siret, commune_code=commune_code)
    publish(OrganisationCreated(actor=system_actor(organisation.pk, "command"), target_id=organisation.pk))
    return organisation


def take_turn(organisation_id: uuid.UUID) -> None:
    """Wait until nobody else of this organisation is taking a number, and keep others waiting until it is written.

    Called in the transaction that writes. Rows may still be added under the organisation meanwhile (``no_key``);
    SQLite takes the whole database for writing as the transaction begins.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


@transaction.atomic
def set_contact_email(*, actor: Actor, contact_email: str) -> Organisation:
    """The address to which those the organisation writes to may answer; empty when there is none.

    Raises InvalidInput (contact_email).
    """
    require(actor, "accounts.manage_teams")
    address = clean_email(contact_email, field="contact_email") if contact_email.strip() else ""
    organisation = get_organisation(actor.organisation_id)
    scope = organisation_scope(organisation.pk)
    marks = [fingerprint(scope, value, "journal") for value in (organisation.contact_email, address)]
    organisation.contact_email = address
    organisation.save(update_fields=["contact_email"])
    changes = {"contact_email": (marks[0], marks[1])}
    publish(OrganisationContactChanged(actor=actor, target_id=organisation.pk, changes=changes))
    return organisation


@transaction.atomic
def enter_organisation(*, actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    """The organisation a person switches to; NotFound unless they belong to it. The view keeps the choice."""
    organisation = list_organisations_of(actor.user_id).filter(pk=organisation_id).first() if actor.user_id else None
    if organisation is None:
        raise NotFound("organisation")
    publish(OrganisationEntered(actor=actor, target_id=organisation.pk))
    return organisation


@transaction.atomic
def create_team(*, actor: Actor, name: str, job: str) -> Team:
    """A new team in the actor's organisation."""
    require(actor, "accounts.manage_teams")
    name = _free_name(actor, name)
    team = Team.objects.create(organisation_id=actor.organisation_id, name=name, job=_known_job(job))
    publish(TeamCreated(actor=actor, target_id=team.pk, codes={"job": str(job)}))
    return team


@transaction.atomic
def change_team(*, actor: Actor, team_id: uuid.UUID, name: str, job: str) -> Team:
    """Rename a team or change its job; what it recorded keeps the rules of its day."""
    require(actor, "accounts.manage_teams")
    team = get_team(actor, team_id)
    name = _free_name(actor, name, but=team)
    scope = organisation_scope(actor.organisation_id)
    marks = tuple(fingerprint(scope, value, "journal") for value in (team.name, name))
    codes = {"job": [team.job, str(_known_job(job))]}
    team.name, team.job = name, job
    team.save()
    publish(TeamChanged(actor=actor, target_id=team.pk, codes=codes, changes={"name": (marks[0], marks[1])}))
    return team


@transaction.atomic
def close_team(*, actor: Actor, team_id: uuid.UUID) -> Team:
    """Close a team: it is offered nowhere any more, and what it recorded stays."""
    require(actor, "accounts.manage_teams")
    team = get_team(actor, team_id)
    if team.is_active:
        team.is_active = False
        team.save()
        publish(TeamClosed(actor=actor, target_id=team.pk))
    return team


@transaction.atomic
def reopen_team(*, actor: Actor, team_id: uuid.UUID) -> Team:
    """Open a closed team again, unless another took its name."""
    require(actor, "accounts.manage_teams")
    team = get_team(actor, team_id)
    if not team.is_active:
        _free_name(actor, team.name, but=team)
        team.is_active = True
        team.save()
        publish(TeamReopened(actor=actor, target_id=team.pk))
    return team


def _known_job(job: str) -> str:
    if job not in Job.values:
        raise InvalidInput({"job": ["Choisissez un métier dans la liste."]})
    return job


def _free_name(actor: Actor, name: str, but: Team | None = None) -> str:
    name = clean_line(name, field="name", name="le nom de l’équipe", longest=120)
    others = Team.objects.visible_to(actor).filter(is_active=True).exclude(pk=but.pk if but else None)
    if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise InvalidInput({"name": ["Une équipe ouverte porte déjà ce nom : choisissez-en un autre."]})
    return name
