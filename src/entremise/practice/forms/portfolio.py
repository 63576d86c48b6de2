"""The forms of the portfolio: evidence, ledgers, attestations, statement."""

import hashlib
from typing import Any

from django import forms

from entremise.competences.queries import competence_choices
from entremise.core import pieces
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, DateInput
from entremise.practice.commands import KeepEvidence, KeepLine, SignAttestation, StateAiUse
from entremise.practice.enums import TOLD_BY_HAND, AiUse, EvidenceKind, ExperienceField, LedgerKind, Nature
from entremise.practice.proposals import proposed
from entremise.practice.queries.sources import LABELS, Source, facts_of
from entremise.privacy.forms.base import PlainText

_LINE = {"autocomplete": "off"}
_HELPED = {"autocomplete": "off", "data-text-helper": True}
_MISSING = {"required": "Indiquez le premier jour."}


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(_HELPED | {"rows": rows})


class EvidenceForm(forms.Form):
    """What the evidence will say. Traits come ticked, competences are proposed by codes; the author decides of both."""

    title = PlainText(label="Titre", widget=forms.TextInput(_HELPED), help_text="Sans nom, sans lieu.", required=False)
    on = forms.DateField(
        label="Un jour de ce mois-là",
        required=False,
        widget=DateInput,
        help_text="Seul le mois est gardé, ou moins précis s’il le faut.",
    )
    issuer = PlainText(label="Qui l’a établi", widget=forms.TextInput(_LINE), required=False)
    file = forms.FileField(
        label="Le fichier",
        required=False,
        help_text="Pour être déposé : PDF, JPEG ou PNG, 5 Mo au plus.",
    )
    keeps_file = forms.ChoiceField(
        label="Ce que le portfolio en garde",
        choices=[
            ("digest", "Son empreinte seule : je présenterai l’original"),
            ("file", "Le fichier lui-même, scellé"),
        ],
        required=False,
        widget=ChipRadio,
        help_text="Le jury lit un fichier déposé, après avoir signé la confidentialité. Vous pouvez le retirer.",
    )
    traits = forms.MultipleChoiceField(label="Ce que la preuve dira", required=False, widget=ChipCheckboxes)
    text = PlainText(
        label="Ce que j’ai fait, et pourquoi",
        widget=_text(9),
        required=False,
        help_text="Avec d’autres mots que l’acte. Ni nom, ni lieu, ni jour, ni heure.",
    )
    competences = forms.MultipleChoiceField(
        label="Compétences que cette preuve montre", choices=competence_choices, required=False
    )
    reread = forms.BooleanField(
        label="J’ai relu les passages que montre l’aide au texte : ils ne désignent personne", required=False
    )
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, source: Source, actor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.source = kind, source
        offered = [(":".join(trait), ", ".join(v for _, v in facts_of(actor, [trait]))) for trait in source.said.traits]
        named = [(code, f"{LABELS[code.partition(':')[0]]} : {label}") for code, label in offered]
        self.proposed = list(dict.fromkeys([*proposed(kind, source.said.traits), *source.competences]))
        chips = ChipCheckboxes(frequent=self.initial.get("competences") or self.proposed)
        chips.choices = self.fields["competences"].choices  # type: ignore[attr-defined]
        self.fields["competences"].widget = chips
        self.fields["traits"].choices = named  # type: ignore[attr-defined]
        self.fields["traits"].widget.frequent = [code for code, _ in named]
        self.initial.setdefault("traits", [code for code, _ in named])
        self.initial.setdefault("competences", [])
        self.initial.setdefault("keeps_file", "digest")
        self._leave_out(named)

    def _leave_out(self, named: list[tuple[str, str]]) -> None:
        unasked = [] if named else ["traits"]
        unasked += [] if self.kind in TOLD_BY_HAND else ["on"]
        unasked += [] if self.kind == EvidenceKind.DOCUMENT else ["issuer", "file", "keeps_file"]
        for name in unasked:
            del self.fields[name]

    def command(self) -> KeepEvidence:
        """The command, once the form is valid."""
        told = self.cleaned_data
        sent = told.get("file")
        former = self.initial.get("document") or {}
        keeps = told.get("keeps_file") == "file"
        return KeepEvidence(
            kind=self.kind,
            title=told["title"],
            text=told["text"],
            competences=told["competences"],
            reread=told["reread"],
            source_id=self.source.id,
            traits=told.get("traits"),
            on=told.get("on"),
            issuer=told.get("issuer", ""),
            file_name=sent.name if sent else former.get("name", ""),
            file_digest=_digest(sent) if sent else former.get("digest", ""),
            file=_bytes(sent) if sent and keeps else None,
            keeps_file=keeps,
        )


def _digest(sent: Any) -> str:
    found = hashlib.sha256()
    for chunk in sent.chunks():
        found.update(chunk)
    return found.hexdigest()


def _bytes(sent: Any) -> bytes:
    """One byte more than a file may weigh is enough to refuse it."""
    sent.seek(0)
    return sent.read(pieces.HEAVIEST + 1)


class LineForm(forms.Form):
    """An internship, or a time of experience."""

    asks: tuple[str, ...] = ("place",)
    place = PlainText(label="Structure", widget=forms.TextInput(_LINE), required=False)
    person = PlainText(label="Tuteur ou tutrice", widget=forms.TextInput(_LINE), required=False)
    starts_on = forms.DateField(label="Premier jour", widget=DateInput, error_messages=_MISSING)
    ends_on = forms.DateField(
        label="Dernier jour", required=False, widget=DateInput, help_text="Vide tant que ce n’est pas fini."
    )
    hours = forms.IntegerField(
        label="Heures faites", required=False, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    nature = forms.ChoiceField(label="Nature", choices=Nature.choices, required=False, widget=ChipRadio)
    fields_of = forms.MultipleChoiceField(
        label="Domaines", choices=ExperienceField.choices, required=False, widget=ChipCheckboxes
    )
    tasks = PlainText(label="Ce que j’y ai fait", required=False, widget=_text(4))

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["fields_of"].widget.frequent = ExperienceField.values
        if kind == LedgerKind.INTERNSHIP:
            self.asks = (*self.asks, "person", "hours")
            del self.fields["nature"], self.fields["fields_of"]
        else:
            self.asks = (*self.asks, "nature", "fields_of")
            del self.fields["hours"]
            self.fields["person"].label = "Avec qui, qui pourra l’attester"

    def command(self) -> KeepLine:
        """The command, once the form is valid."""
        told = dict(self.cleaned_data)
        return KeepLine(kind=self.kind, fields=told.pop("fields_of", ()), **told)


class SignatureForm(forms.Form):
    """What somebody without an account writes and signs."""

    asks = ("name", "function", "structure", "agrees")
    name = PlainText(label="Votre nom", widget=forms.TextInput({"autocomplete": "name"}), required=False)
    function = PlainText(label="Votre fonction", widget=forms.TextInput(_LINE), required=False)
    structure = PlainText(label="Votre structure", widget=forms.TextInput(_LINE), required=False)
    words = PlainText(
        label="Ce que vous voulez en dire",
        required=False,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        help_text="Facultatif. Ces mots resteront les vôtres : personne ne les réécrira.",
    )
    agrees = forms.BooleanField(label="J’atteste l’exactitude de ce que je viens de lire", required=False)

    def command(self) -> SignAttestation:
        """The command, once the form is valid."""
        return SignAttestation(**self.cleaned_data)


class StatementForm(forms.Form):
    """How tools that write were used."""

    asks = ("use",)
    use = forms.ChoiceField(
        label="Pour écrire ces preuves, quel usage de l’IA ?", choices=AiUse.choices, widget=ChipRadio, required=False
    )
    words = PlainText(label="Quel outil, pour quelles preuves", required=False, widget=_text(3))

    def command(self) -> StateAiUse:
        """The command, once the form is valid."""
        return StateAiUse(**self.cleaned_data)
