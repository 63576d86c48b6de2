"""Forms of members, teams, lists."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from entremise.accounts.enums import Job, Role
from entremise.accounts.forms.base import EmailField
from entremise.accounts.models import Member
from entremise.accounts.queries import WITHOUT_TEAM, MemberLine, list_teams, list_teams_with_size, member_lines
from entremise.core.actor import Actor
from entremise.core.ui.lists import asked_order
from entremise.core.ui.widgets import ChipCheckboxes


class _TeamsForm(forms.Form):
    """Roles and open teams of the actor's organisation (a supervisor offers their own teams to mediators)."""

    roles = forms.MultipleChoiceField(
        label="Rôles",
        choices=Role.choices,
        widget=ChipCheckboxes,
        error_messages={"required": "Choisissez au moins un rôle."},
    )
    teams = forms.TypedMultipleChoiceField(label="Équipes", required=False, widget=ChipCheckboxes)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_only = not actor.has_role(Role.ADMINISTRATEUR)
        teams: Any = self.fields["teams"]
        roles: Any = self.fields["roles"]
        teams.choices = [(str(team.pk), team.name) for team in list_teams(actor, own_only=own_only)]
        if own_only:
            roles.choices = [(Role.MEDIATEUR.value, Role.MEDIATEUR.label)]
            roles.initial = [Role.MEDIATEUR.value]
            if len(teams.choices) == 1:
                teams.initial = [teams.choices[0][0]]


class InviteForm(_TeamsForm):
    """Who to invite, to which roles and teams."""

    email = EmailField(help_text="Elle reçoit un lien valable sept jours, qui sert une fois.")
    field_order = ["email", "roles", "teams"]


class MemberForm(_TeamsForm):
    """Roles and teams of a member."""

    @classmethod
    def of(cls, actor: Actor, member: Member) -> "MemberForm":
        """Filled with what the member has."""
        teams = [str(team.pk) for team in member.teams.all()]
        return cls(actor=actor, initial={"roles": member.roles, "teams": teams})


class MemberFilterForm(forms.Form):
    """Filters of the members' list: codes and identifiers only."""

    role = forms.ChoiceField(label="Rôle", required=False)
    equipe = forms.ChoiceField(label="Équipe", required=False)
    presence = forms.ChoiceField(
        label="Présence", required=False, choices=[("", "Présents"), ("anciens", "Ont quitté l’organisation")]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        role: Any = self.fields["role"]
        team: Any = self.fields["equipe"]
        role.choices = [("", "Tous"), *Role.choices]
        team.choices = [
            ("", "Toutes"),
            (WITHOUT_TEAM, "Sans équipe"),
            *((str(one.pk), one.name) for one in list_teams(actor)),
        ]

    @property
    def former(self) -> bool:
        """True when those who left are asked for."""
        return self.is_valid() and self.cleaned_data["presence"] == "anciens"

    def lines(self) -> list[MemberLine]:
        """The members that match, in the order that was asked; unreadable filters keep everyone present."""
        chosen = self.cleaned_data if self.is_valid() else {}
        asked_team = chosen.get("equipe", "")
        team = uuid.UUID(asked_team) if asked_team not in ("", WITHOUT_TEAM) else None
        lines = member_lines(self.actor, role=chosen.get("role", ""), team_id=team, former=self.former)
        if asked_team == WITHOUT_TEAM:
            lines = [line for line in lines if not any(one.is_active for one in line.member.teams.all())]
        asked = self.data.get("tri", "")
        if asked.removeprefix("-") == "date":
            lines.sort(key=lambda line: (line.member.left_at if self.former else None) or line.member.joined_at)
        return lines[::-1] if asked in ("-nom", "-date") else lines


class TeamFilterForm(forms.Form):
    """Filters of the list of teams."""

    SORTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "nom": ("name", "pk"),
        "metier": ("job", "name", "pk"),
        "membres": ("size", "name", "pk"),
    }

    metier = forms.ChoiceField(label="Métier", required=False, choices=[("", "Tous"), *Job.choices])
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Toutes"), ("ouvertes", "Ouvertes"), ("fermees", "Fermées")]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def listed(self) -> QuerySet[Any]:
        """The teams that match, in the order that was asked: the open ones first by default."""
        self.is_valid()
        chosen = self.cleaned_data
        teams = list_teams_with_size(self.actor)
        if chosen.get("metier"):
            teams = teams.filter(job=chosen["metier"])
        if chosen.get("etat"):
            teams = teams.filter(is_active=chosen["etat"] == "ouvertes")
        if not self.data.get("tri"):
            return teams
        return teams.order_by(*asked_order(self.data, self.SORTS, "nom"))


class TeamForm(forms.Form):
    """Name and job of a team."""

    name = forms.CharField(
        label="Nom de l’équipe",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez le nom de l’équipe.", "max_length": "120 signes au plus."},
    )
    job = forms.ChoiceField(
        label="Métier",
        choices=[("", "Choisir…"), *Job.choices],
        help_text="Il règle les registres, les lieux et les fiches proposés.",
        error_messages={"required": "Choisissez un métier.", "invalid_choice": "Choisissez un métier dans la liste."},
    )


class ContactForm(forms.Form):
    """The address to which those the organisation writes to may answer."""

    contact_email = EmailField(
        label="Adresse de contact",
        help_text="Celle de la structure, pas d’une personne. Vide : les messages disent qu’on ne peut pas y répondre.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].required = False


class LabelForm(forms.Form):
    """The organisation's own words for an item; empty gives the national words back."""

    label = forms.CharField(
        label="Libellé", max_length=120, required=False, error_messages={"max_length": "120 signes au plus."}
    )


class CompleteForm(forms.Form):
    """A finer item under a national one."""

    parent = forms.ChoiceField(label="Précise l’élément national", error_messages={"required": "Choisissez l’élément."})
    label = forms.CharField(
        label="Libellé du nouvel élément",
        max_length=120,
        error_messages={"required": "Indiquez le libellé.", "max_length": "120 signes au plus."},
    )


class ReasonForm(forms.Form):
    """Why a sensitive value is needed."""

    reason = forms.CharField(
        label="Motif",
        max_length=2000,
        help_text="Finalité, base légale, ce que l’équipe ne pourrait pas faire sans cette donnée.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Indiquez le motif.", "max_length": "2000 signes au plus."},
    )
