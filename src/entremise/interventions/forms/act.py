"""The one page where an act is noted or corrected, phone first: three answers, the rest folded."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from entremise.accounts.queries import ListChoices
from entremise.core.errors import FORM, InvalidInput
from entremise.core.nomenclature import national
from entremise.core.time import local
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, Counter, DateTimeInput, SearchSelect, Steps
from entremise.interventions.commands import ActContent
from entremise.interventions.enums import Link, Tension, Visibility
from entremise.interventions.forms.catalogue import OUTCOME, QUESTIONS, REGISTERS, Question
from entremise.interventions.forms.fields import NOT_A_NUMBER, HeadsField, PlainText
from entremise.interventions.presets import CONFLICT_REGISTERS
from entremise.interventions.queries import Habits
from entremise.interventions.services.checks import TEXTS, too_long
from entremise.interventions.services.texts import clean
from entremise.presence.enums import Reception

NO_ANSWER = ("", "Sans réponse")
NOT_LISTED = "Cette réponse n’est pas dans la liste. Choisissez une des réponses proposées."
_USUAL_DURATIONS = (15, 30, 45, 60)
_TENSION = [*((str(step.value), f"{step.value} · {step.label}") for step in Tension), NO_ANSWER]
Sites = list[tuple[str, list[tuple[uuid.UUID, str]]]]
CONFLICT_FIELDS = (
    "conflict_kind",
    "conflict_objects",
    "party_a",
    "party_b",
    "history",
    "tension_before",
    "tension_after",
    "link",
)


def _words(rows: int) -> forms.Textarea:
    """A text that the page's helper reads before it is kept."""
    return forms.Textarea(attrs={"rows": rows, "data-text-helper": True})


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the page offers to this person: registers, colleagues and threads are those of ``team_id``."""

    lists: dict[str, ListChoices]
    sites: Sites
    teams: list[tuple[str, str]]
    team_id: str
    colleagues: list[tuple[str, str]]
    threads: list[tuple[str, str]] = field(default_factory=list)
    registers: Sequence[str] = ()
    not_kept: Sequence[str] = ()  # labels of the danger signs that are shown and not recorded
    not_offered: frozenset[tuple[str, str]] = frozenset()  # (list, code) of the other sensitive values
    habits: Habits = field(default_factory=Habits)


class ActForm(forms.Form):
    """Fields bear the names of the command's, so that a service's refusal lands beside the right one."""

    keeps_what_was_held = False

    site_id = forms.TypedChoiceField(
        label="Lieu",
        coerce=uuid.UUID,
        widget=SearchSelect,
        error_messages={"required": "Choisissez le lieu.", "invalid_choice": "Choisissez un lieu de la liste."},
    )
    occurred_at = MomentField(
        label="Début",
        widget=DateTimeInput,
        error_messages={
            "required": "Indiquez quand l’intervention a commencé.",
            "invalid": "Cette date ou cette heure ne se lit pas. Écrivez par exemple 20/11/2026 19:42.",
        },
    )
    second_author_id = forms.TypedChoiceField(
        label="Avec", required=False, coerce=uuid.UUID, empty_value=None, help_text="Le second auteur de la fiche."
    )
    tension_before = forms.TypedChoiceField(
        label="Tension en arrivant", required=False, coerce=int, empty_value=None, choices=_TENSION, widget=Steps
    )
    tension_after = forms.TypedChoiceField(
        label="Tension en repartant", required=False, coerce=int, empty_value=None, choices=_TENSION, widget=Steps
    )
    link = forms.ChoiceField(
        label="Le lien entre les parties",
        required=False,
        choices=[*Link.choices, NO_ANSWER],
        widget=ChipRadio,
    )
    party_a = PlainText(
        label="Partie A", required=False, widget=_words(1), help_text="Sans nom : « une voisine », « trois jeunes »."
    )
    party_b = PlainText(label="Partie B", required=False, widget=_words(1))
    narrative = PlainText(
        label="En quelques mots",
        required=False,
        widget=_words(3),
        help_text=(
            "500 caractères, les faits, sans nom ni numéro. La dictée du clavier peut envoyer votre voix à son éditeur."
        ),
    )
    people_count = forms.IntegerField(
        label="Nombre de personnes", required=False, widget=Counter, error_messages={"invalid": NOT_A_NUMBER}
    )
    first_meeting = forms.ChoiceField(
        label="Première rencontre", required=False, choices=[*Reception.choices, NO_ANSWER], widget=ChipRadio
    )
    duration_choice = forms.TypedChoiceField(
        label="Durée", required=False, coerce=int, empty_value=None, widget=ChipRadio
    )
    duration_minutes = forms.IntegerField(
        label="Autre durée, en minutes",
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": NOT_A_NUMBER},
    )
    visibility = forms.ChoiceField(
        label="Qui peut lire cette fiche",
        choices=Visibility.choices,
        widget=ChipRadio,
        error_messages={"required": "Choisissez qui peut lire la fiche."},
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        for name in ("second_author_id", "tension_before", "tension_after", "link", "first_meeting", "visibility"):
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED
        self._offer("site_id", [("", "Choisir un lieu"), *choices.sites])
        self._offer("second_author_id", [("", "Seul ou seule"), *choices.colleagues])
        self._offer("duration_choice", self._durations())
        for question in (REGISTERS, OUTCOME, *QUESTIONS):
            self.fields[question.name] = self._chips(question)
        for name, reference, label in (("ages", "L6", "Par âge"), ("genders", "L7", "Par genre")):
            self.fields[name] = HeadsField(bands=choices.lists[reference].offered, label=label)

    def _offer(self, name: str, offered: Sequence[Any]) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    def _durations(self) -> list[tuple[str, str]]:
        minutes = sorted({*_USUAL_DURATIONS, *self.choices.habits.durations})
        return [*((str(value), f"{value} min") for value in minutes), NO_ANSWER]

    def _chips(self, question: Question) -> forms.Field:
        offered = self._offered(question)
        usual = list(question.usual) if question is not REGISTERS else list(self.choices.registers)
        frequent = self.choices.habits.first(question.reference, usual, question.visible)
        known = {code for code, _ in offered}
        kind = ChipCheckboxes if question.many else ChipRadio
        required = question in (REGISTERS, OUTCOME)
        shown = [code for code in frequent if code in known]
        if not question.many and not required:
            offered = [*offered, NO_ANSWER]
            shown.append("")  # in sight, or the fold that hides it would always stand open
        widget = kind(frequent=shown)
        widget.visible = question.visible
        field_type = forms.MultipleChoiceField if question.many else forms.ChoiceField
        empty = "Dites ce qui s’est passé." if question is REGISTERS else "Choisissez le résultat."
        return field_type(
            label=question.label,
            help_text=question.help_text,
            choices=offered,
            required=required,
            widget=widget,
            error_messages={"required": empty, "invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED},
        )

    def _offered(self, question: Question) -> list[tuple[str, str]]:
        """The list as the organisation sees it, the team's registers alone, plus what a corrected act holds."""
        choices = self.choices.lists[question.reference]
        refused = self.choices.not_offered
        offered = [pair for pair in choices.offered if (question.reference, national(pair[0])) not in refused]
        if question is REGISTERS:
            offered = [pair for pair in offered if national(pair[0]) in self.choices.registers]
        if not self.keeps_what_was_held:
            return offered
        held = self.initial.get(question.name) or ()
        held = [held] if isinstance(held, str) else held
        present = {code for code, _ in offered}
        return [*offered, *((code, choices.label(code)) for code in held if code not in present)]

    def clean(self) -> dict[str, Any]:
        """A duration typed prevails over a duration tapped; a text too long is said with whatever else is missing."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("duration_minutes") is None and "duration_minutes" not in self.errors:
            cleaned["duration_minutes"] = cleaned.get("duration_choice")
        for name in TEXTS:
            if said := too_long(name, clean(cleaned.get(name) or "")):
                self.add_error(name, said)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The content for a command. What a hidden block held is left out: nobody saw it being sent."""
        found = {name: self.cleaned_data[name] for name in ActContent.__dataclass_fields__ if name in self.fields}
        found = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
        if not any(national(code) in CONFLICT_REGISTERS for code in found["registers"]):
            for name in CONFLICT_FIELDS:
                found.pop(name)
        return found

    def refuse(self, invalid: InvalidInput) -> None:
        """Put each refusal of a service beside its field."""
        for name, errors in invalid.errors.items():
            target = name if name in self.fields and not self.fields[name].widget.is_hidden else None
            for error in errors:
                self.add_error(target if name != FORM else None, error)

    def wrong_among(self, names: Sequence[str]) -> bool:
        """True when one of these fields has an error: its fold opens."""
        return any(name in self.errors for name in names)

    @staticmethod
    def initial_of(values: Mapping[str, Any]) -> dict[str, Any]:
        """Initial values of the page for these values of a content."""
        initial = {name: value for name, value in values.items() if value is not None}
        for name in ("ages", "genders"):
            initial[name] = HeadsField.initial_of(initial.get(name, ()))
        for name in ("tension_before", "tension_after"):
            if name in initial:
                initial[name] = str(initial[name])
        initial.setdefault("visibility", Visibility.EQUIPE)
        return initial


class RecordForm(ActForm):
    """Noting: the identifier makes sending twice harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    team_id = forms.TypedChoiceField(label="Équipe", coerce=uuid.UUID)
    round_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    duplicated_from_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    thread_id = forms.TypedChoiceField(label="Fil", required=False, coerce=uuid.UUID, empty_value=None)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, choices=choices, **options)
        self._offer("team_id", choices.teams)
        self._offer("thread_id", [("", "Aucun fil"), *choices.threads])
        self.initial.setdefault("team_id", choices.team_id)
        if len(choices.teams) == 1:
            self.fields["team_id"].widget = forms.HiddenInput()

    @classmethod
    def typed_so_far(cls, data: Any, choices: Choices) -> "RecordForm":
        """What was typed, not yet judged, with what another team offers."""
        fields = cls(choices=choices).fields
        return cls(
            initial={name: field.widget.value_from_datadict(data, {}, name) for name, field in fields.items()},
            choices=choices,
        )

    def values(self) -> dict[str, Any]:
        """The content, and what the act hangs on."""
        hung = ("id", "team_id", "round_id", "thread_id", "duplicated_from_id")
        return super().values() | {name: self.cleaned_data[name] for name in hung}


class CorrectForm(ActForm):
    """Correcting: the version read is sent back, so that two corrections never overwrite each other."""

    keeps_what_was_held = True
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """The content; the page shows minutes, so the same minute is the same instant."""
        found, known = super().values(), self.initial.get("occurred_at")
        if known and local(known).replace(second=0, microsecond=0) == local(found["occurred_at"]):
            found["occurred_at"] = known
        return found
