"""What people type: reviews of texts, voices, needs of interpreting."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.time import today
from entremise.core.ui.widgets import ChipRadio, DateInput
from entremise.intercultural.commands import ReviewedText, UseFacts
from entremise.intercultural.decks import Deck, keys_of
from entremise.intercultural.enums import InterpreterKind, MediatorForm, Modality, Understanding
from entremise.intercultural.models import CardReview, InterpreterUse
from entremise.intercultural.queries import language_choices
from entremise.intercultural.queries.cards import wording

CHOOSE = ("", "Choisir…")
_AREA = {"rows": 2}


class ReviewForm(forms.Form):
    """Every text of a card, beside its French: kept as it is or corrected, ticked once read."""

    reviewer_name = forms.CharField(
        label="Relu par",
        max_length=200,
        required=False,
        help_text="Le nom que la personne accepte de voir sous la carte : un prénom suffit.",
    )

    def __init__(self, *args: Any, deck: Deck, part: str, reviews: Mapping[str, CardReview], **options: Any) -> None:
        super().__init__(*args, **options)
        self.deck, self.keys, self.reviews = deck, keys_of(part), reviews
        attrs = {**_AREA, "lang": deck.lang, "dir": deck.direction}
        for key in self.keys:
            said = wording(deck, key, reviews.get(key))
            for form, words in ((MediatorForm.FEMININE, said.feminine), (MediatorForm.MASCULINE, said.masculine)):
                label = f"Texte, {MediatorForm(form).label.lower()}" if deck.texts[key].is_marked else "Texte"
                field = forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=attrs), initial=words)
                self.fields[_name(key, form)] = field
            self.fields[_name(key, "lu")] = forms.BooleanField(label="Relu : ce texte convient", required=False)
        self.order_fields([name for name in self.fields if name != "reviewer_name"] + ["reviewer_name"])

    def rows(self) -> list[dict[str, Any]]:
        """One row a text: its key, its fields, whether a review holds."""
        return [
            {
                "key": key,
                "texts": [self[_name(key, form)] for form in self._forms(key)],
                "read": self[_name(key, "lu")],
                "review": self.reviews.get(key),
                "anchor": key.replace(".", "-"),
            }
            for key in self.keys
        ]

    def _forms(self, key: str) -> tuple[str, ...]:
        return ("f", "m") if self.deck.texts[key].is_marked else ("m",)

    def texts(self) -> list[ReviewedText]:
        """The texts ticked as read."""
        typed = self.cleaned_data
        found = []
        for key in self.keys:
            if typed.get(_name(key, "lu")):
                masculine = typed[_name(key, "m")]
                marked = self.deck.texts[key].is_marked
                feminine = typed[_name(key, "f")] if marked else masculine
                found.append(ReviewedText(key=key, feminine=feminine, masculine=masculine))
        return found

    def names(self) -> dict[str, str]:
        """Where a refusal about a text stands."""
        return {key: _name(key, "m") for key in self.keys}


def _name(key: str, part: str) -> str:
    return f"{key.replace('.', '-')}-{part}"


class VoiceForm(forms.Form):
    """A recording for one card."""

    card = forms.ChoiceField(label="Carte")
    form = forms.ChoiceField(label="Au nom de", choices=MediatorForm.choices, widget=ChipRadio)
    file = forms.FileField(
        label="Enregistrement",
        required=False,
        help_text="MP3, M4A, OGG ou WAV, 3 Mo au plus. Une personne lit la carte, lentement, dans sa langue.",
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
    )
    speaker_name = forms.CharField(label="Qui parle", max_length=200, required=False)
    agreed = forms.BooleanField(
        label="Cette personne accepte que sa voix soit gardée et entendue avec la carte", required=False
    )

    def __init__(self, *args: Any, cards: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["card"].choices = cards  # type: ignore[attr-defined]


class UseForm(forms.Form):
    """A need of interpreting: the language, who interpreted, what came of it; the rest if known."""

    language = forms.ChoiceField(label="Langue")
    kind = forms.ChoiceField(label="Qui a interprété", choices=InterpreterKind.choices, widget=ChipRadio)
    understanding = forms.ChoiceField(label="Résultat", choices=Understanding.choices, widget=ChipRadio)
    used_on = forms.DateField(label="Jour", widget=DateInput)
    team_id = forms.ChoiceField(label="Équipe")
    modality = forms.ChoiceField(label="Comment", required=False, choices=[("", "Non précisé"), *Modality.choices])
    service = forms.CharField(
        label="Service appelé",
        required=False,
        max_length=1000,
        help_text="Un service ou une association, jamais le nom d’une personne.",
    )
    minutes = forms.IntegerField(label="Durée en minutes", required=False)
    cost = forms.DecimalField(label="Coût en euros", required=False, max_digits=10, decimal_places=2)
    child_translated = forms.BooleanField(
        label="Un enfant a traduit",
        required=False,
        help_text="Jamais proposé. Si c’est arrivé, dites-le : cela compte comme un besoin sans réponse.",
    )
    act_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    MORE = ("used_on", "team_id", "modality", "service", "minutes", "cost", "child_translated")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        teams = [(str(team.pk), team.name) for team in list_teams(actor, own_only=True)]
        defaults = {"used_on": today(), "team_id": teams[0][0] if teams else ""}
        options["initial"] = {**defaults, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        spoken = [choice for choice in language_choices() if choice[0] != "fr"]
        self.fields["language"].choices = [CHOOSE, *spoken]  # type: ignore[attr-defined]
        self.fields["team_id"].choices = teams  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(use: InterpreterUse) -> dict[str, Any]:
        """The form as this need fills it."""
        names = ("language", "kind", "understanding", "used_on", "modality", "service", "minutes", "cost")
        own = {name: getattr(use, name) for name in (*names, "child_translated", "act_id")}
        return {**own, "team_id": str(use.team_id)}

    @property
    def main_fields(self) -> list[Any]:
        """The three questions."""
        return [self[name] for name in ("language", "kind", "understanding")]

    @property
    def more_fields(self) -> list[Any]:
        """What is folded."""
        return [self[name] for name in self.MORE]

    @property
    def more_open(self) -> bool:
        """True when something folded was refused or filled."""
        filled = any(self[name].value() for name in ("modality", "service", "minutes", "cost", "child_translated"))
        return filled or any(name in self.errors for name in self.MORE)

    def facts(self) -> UseFacts:
        """The command."""
        typed = {**self.cleaned_data, "team_id": uuid.UUID(self.cleaned_data["team_id"])}
        return UseFacts(**typed)
