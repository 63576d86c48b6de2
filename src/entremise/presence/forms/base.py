"""What every form of presence shares: choices that start from the actor, refusals put beside their field."""

import uuid
from typing import Any

from django import forms

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.ui.widgets import SearchSelect
from entremise.places.queries import list_sectors, site_choices
from entremise.presence.queries.rounds import get_round
from entremise.presence.services.checks import TEXT_LIMIT

NO_NAME = "Pas de nom, d’origine, de langue ni de santé : un lieu, un fait, ce qu’il reste à faire."
UNKNOWN = "Ce choix n’existe plus. Choisissez dans la liste."


class TextField(forms.CharField):
    """A few sentences, in which the page points at what a note does not need (names, numbers, judgements)."""

    def __init__(self, *, label: str, required: bool = False, help_text: str = NO_NAME, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea({"rows": 3, "data-text-helper": True}))
        options.setdefault("max_length", TEXT_LIMIT)
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            error_messages={
                "required": "Écrivez une phrase.",
                "max_length": "Ce texte compte %(show_value)d signes ; gardez l’essentiel en %(limit_value)d.",
            },
            **options,
        )

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Without ``maxlength``: a browser would cut a dictated text without a word."""
        self.widget.attrs.pop("maxlength", None)
        return super().get_bound_field(form, field_name)


class ActorForm(forms.Form):
    """A form whose choices depend on who fills it."""

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        for name, field in self.fields.items():
            prepare = getattr(self, f"prepare_{name}", None)
            if prepare:
                prepare(field)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField | forms.TypedChoiceField):
                field.error_messages["invalid_choice"] = UNKNOWN

    def prepare_team_id(self, field: forms.TypedChoiceField) -> None:
        """The actor's teams; a single one is not asked."""
        self.teams = list(list_teams(self.actor, own_only=True))
        teams = [(team.pk, team.name) for team in self.teams]
        field.choices = teams
        if len(teams) == 1:
            field.widget = forms.HiddenInput()
            self.initial.setdefault("team_id", teams[0][0])
        elif teams:
            self.initial.setdefault("team_id", teams[0][0])

    def prepare_sector_id(self, field: forms.TypedChoiceField) -> None:
        """The organisation's sectors."""
        field.choices = [("", "Tous les secteurs"), *((one.pk, one.name) for one in list_sectors(self.actor))]

    def prepare_site_id(self, field: forms.TypedChoiceField) -> None:
        """The organisation's open places, by sector."""
        blank = "Choisissez un lieu" if field.required else "Aucun lieu en particulier"
        field.choices = [("", blank), *site_choices(self.actor)]

    def clean_round_id(self) -> Any:
        """The round of the page, when there is one; someone else's does not exist."""
        round_id = self.cleaned_data.get("round_id")
        return get_round(self.actor, round_id).pk if round_id else None


def identifier(value: Any) -> Any:
    """Choices hold UUIDs; what comes back from a page is their text."""
    return uuid.UUID(str(value))


def choice(label: str, *, required: bool = True, **options: Any) -> forms.TypedChoiceField:
    """A choice among records."""
    return forms.TypedChoiceField(
        label=label,
        required=required,
        coerce=identifier,
        empty_value=None,
        error_messages={"required": "Choisissez dans la liste."},
        **options,
    )


def site_field(*, required: bool = True, **options: Any) -> forms.TypedChoiceField:
    """A place."""
    return choice("Lieu", required=required, widget=SearchSelect(), **options)


def team_field() -> forms.TypedChoiceField:
    """The team that will read it."""
    return choice("Équipe")


def round_field() -> forms.UUIDField:
    """The round one comes from, kept from page to page."""
    return forms.UUIDField(required=False, widget=forms.HiddenInput())
