"""The agreement, its undertakings, its follow-up."""

from typing import Any

from django import forms

from entremise.core.errors import InvalidInput
from entremise.core.ui.widgets import ChipRadio, DateInput
from entremise.mediations.commands import AgreementFacts, Answer, UndertakingFacts
from entremise.mediations.enums import (
    AgreementKind,
    Face,
    Heard,
    Kept,
    LinkAfter,
    Misunderstanding,
    SignatureManner,
)
from entremise.mediations.forms.base import line, one_of, vault, words
from entremise.mediations.models import MediationAgreement, Party

ROWS = 4  # undertakings offered on an empty page
_NEUTRAL = "Des faits et des gestes à venir, sans juger personne."


class UndertakingForm(forms.Form):
    """Who does what, when, checked how."""

    party = forms.ChoiceField(label="Qui s’engage", required=False)
    what = words("Ce qui sera fait", rows=2)
    due_on = forms.DateField(label="À partir du", required=False, widget=DateInput)
    checked_how = line("Comment on le vérifie")

    def __init__(self, *args: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        letters = [(party.letter, f"Partie {party.letter}") for party in parties]
        self.fields["party"].choices = [("", "Toutes les parties"), *letters]  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """A draft. Its undertakings are small forms under it, as many as were shown plus what was written."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=12)
    kind = one_of("Forme de l’accord", AgreementKind.choices, initial=AgreementKind.ECRIT)
    context = words("Contexte, dans des mots que chaque partie accepte", _NEUTRAL, rows=3)
    difficulty = words("En cas de difficulté", "Par exemple : chacun rappelle le médiateur avant toute chose.", rows=2)
    read_aloud = forms.BooleanField(label="L’accord a été lu à voix haute, à chaque partie", required=False)

    def __init__(
        self, data: Any = None, *, parties: list[Party], known: MediationAgreement | None = None, more: bool = False
    ) -> None:
        former = [_row(one) for one in known.undertakings.all()] if known else []
        shown = max(ROWS, len(former) + 1) if data is None else _count(data)
        rows = min(12, shown + (1 if more else 0))
        if data is not None:
            data = data.copy()
            data["rows"] = str(rows)
        super().__init__(data, initial=_initial(known) | {"rows": rows})
        self.undertakings = [
            UndertakingForm(
                data,
                parties=parties,
                prefix=f"undertakings-{rank}",
                initial=former[rank] if rank < len(former) else None,
            )
            for rank in range(rows)
        ]

    def is_valid(self) -> bool:
        """The draft and each of its undertakings."""
        return all([super().is_valid(), *(one.is_valid() for one in self.undertakings)])

    def facts(self) -> AgreementFacts:
        """What the service takes."""
        told = {name: self.cleaned_data[name] for name in ("kind", "context", "difficulty", "read_aloud")}
        rows = tuple(UndertakingFacts(**one.cleaned_data) for one in self.undertakings)
        return AgreementFacts(undertakings=rows, **told)

    def refuse(self, refusal: InvalidInput) -> None:
        """Put each refusal beside its field, those of the undertakings included."""
        for name, reasons in refusal.errors.items():
            for reason in reasons:
                if name.startswith("undertakings-"):
                    _, rank, field = name.split("-", 2)
                    self.undertakings[int(rank)].add_error(field, reason)
                else:
                    self.add_error(name if name in self.fields else None, reason)


def _initial(known: MediationAgreement | None) -> dict[str, Any]:
    if known is None:
        return {}
    found = {name: getattr(known, name) for name in ("kind", "context", "difficulty", "read_aloud")}
    return found | {"base_version": 0 if known.concluded_at else known.version}


def _row(one: Any) -> dict[str, Any]:
    letter = one.party.letter if one.party else ""
    return {"party": letter, "what": one.what, "due_on": one.due_on, "checked_how": one.checked_how}


def _count(data: Any) -> int:
    typed = str(data.get("rows", ""))
    return min(12, max(1, int(typed))) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else ROWS


class SignatureForm(forms.Form):
    """How a party gives its word; drawn when it signs on the screen."""

    manner = one_of("Comment", SignatureManner.choices)
    drawing = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-ici": "trace"}))


class FollowUpForm(forms.Form):
    """What became of the agreement."""

    kept = one_of("L’accord est", Kept.choices)


class AnswerForm(forms.Form):
    """What one party says, three taps and a sentence if it wishes; every question may be left aside."""

    link = one_of("Le lien", LinkAfter.choices, required=False)
    misunderstanding = one_of("Le malentendu", Misunderstanding.choices, required=False)
    face = forms.TypedChoiceField(
        label="Comment elle se sent après cette médiation",
        choices=Face.choices,
        required=False,
        coerce=int,
        empty_value=None,
        widget=ChipRadio,
    )
    heard = one_of("S’est-elle sentie écoutée ?", Heard.choices, required=False)
    sentence = vault("Une phrase, si elle le veut", "Dite ou écrite, dans ses mots.", rows=2)

    def answer(self, letter: str) -> Answer | None:
        """What the service takes; None when nothing was answered."""
        found = self.cleaned_data
        return Answer(party=letter, **found) if any(value not in ("", None) for value in found.values()) else None
