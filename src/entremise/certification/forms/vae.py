"""The forms of the VAE: what the candidate writes, what the certifier decides, the delays."""

from typing import Any

from django import forms

from entremise.certification.commands import VaeDecision, VaeSettingsFacts
from entremise.certification.enums import FeasibilityState, Mastery, Opinion, PieceKind, ValidationState
from entremise.certification.forms.candidates import line
from entremise.certification.queries.vae import BlockTold
from entremise.certification.vae_path import DECISIONS, SOURCES
from entremise.core.ui.widgets import ChipRadio, DateInput
from entremise.privacy.forms.base import CHOOSE, OfferingForm, PlainText

_OFF = {"autocomplete": "off"}


def words(label: str, help_text: str = "", rows: int = 4) -> PlainText:
    """A text of some lines that the browser does not remember."""
    return PlainText(label=label, help_text=help_text, required=False, widget=forms.Textarea({"rows": rows, **_OFF}))


class BlockForm(OfferingForm):
    """What the candidate did for each competence of one block."""

    def __init__(self, *args: Any, block: BlockTold, **options: Any) -> None:
        super().__init__(*args, **options)
        self.block = block
        for one in block.competences:
            self.fields[f"text_{one.code}"] = words("Ce que vous avez fait")
            self.fields[f"mastery_{one.code}"] = forms.ChoiceField(
                label="Compétence acquise", choices=Mastery.choices, widget=ChipRadio, required=False
            )
            self.initial.update({f"text_{one.code}": one.text, f"mastery_{one.code}": one.mastery})

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """(competence, text, answer), in the order of the record."""
        return [(one, self[f"text_{one.code}"], self[f"mastery_{one.code}"]) for one in self.block.competences]

    def told(self) -> dict[str, tuple[str, str]]:
        """The command, once the form is valid."""
        codes = [one.code for one in self.block.competences]
        return {code: (self.cleaned_data[f"text_{code}"], self.cleaned_data[f"mastery_{code}"]) for code in codes}


BY_HAND = [one for one in PieceKind if one != PieceKind.SERVICE]


class PieceForm(OfferingForm):
    """A piece to join."""

    kind = forms.ChoiceField(label="Ce que prouve cette pièce", widget=ChipRadio, required=False)
    file = forms.FileField(label="Fichier", help_text="PDF, JPEG ou PNG, 5 Mo au plus. Il est scellé à l’arrivée.")

    def __init__(self, *args: Any, admitted: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        second = PieceKind.VALIDATION
        kinds = [(one.value, one.label) for one in BY_HAND if (one == second) == admitted]
        self.offer("kind", kinds)
        if len(kinds) == 1:
            self.initial["kind"] = kinds[0][0]


class OpinionForm(forms.Form):
    """What the accompagnateur thinks."""

    opinion = forms.ChoiceField(label="Avis", choices=Opinion.choices, widget=ChipRadio, required=False)
    reason = words("Motif", "Nécessaire si l’avis est défavorable.", rows=3)


class SendForm(forms.Form):
    """The sworn statement; without it nothing leaves."""

    sworn = forms.BooleanField(
        label="Je déclare sur l’honneur que ce que j’ai écrit est exact",
        help_text="Et n’avoir pas déposé, cette année, une autre candidature pour cette même certification.",
        required=False,
    )


class DecisionForm(OfferingForm):
    """What the certifier decides of the dossier de faisabilité."""

    decision = forms.ChoiceField(label="Décision", widget=ChipRadio, required=False)
    reason = words("Motif", "Nécessaire pour « incomplet » et « non recevable » : le candidat le lira.", rows=3)
    valid_until = forms.DateField(
        label="Recevable jusqu’au", help_text="Si votre règlement donne une fin.", widget=DateInput, required=False
    )

    def __init__(self, *args: Any, state: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("decision", [(one.value, one.label) for one in DECISIONS.get(state, tuple(FeasibilityState))])

    def facts(self) -> VaeDecision:
        """The command, once the form is valid."""
        return VaeDecision(**self.cleaned_data)


class ValidationForm(OfferingForm):
    """What the certifier decides of the dossier de validation."""

    decision = forms.ChoiceField(label="Décision", widget=ChipRadio, required=False)
    reason = words("Motif", "Nécessaire pour signaler : ce qu’il faut corriger.", rows=3)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = (ValidationState.VERIFIED, ValidationState.FLAGGED)
        self.offer("decision", [(one.value, one.label) for one in shown])

    def facts(self) -> VaeDecision:
        """The command, once the form is valid."""
        return VaeDecision(**self.cleaned_data)


class ContestForm(forms.Form):
    """Why the candidacy should live."""

    reason = words("Pourquoi votre candidature doit continuer", rows=3)


class ContestAnswerForm(forms.Form):
    """What the certifier answers."""

    answer = forms.ChoiceField(
        label="Votre réponse",
        choices=[("resume", "La candidature reprend"), ("uphold", "Elle reste caduque")],
        widget=ChipRadio,
        required=False,
    )
    reason = words("Motif", "Nécessaire si elle reste caduque.", rows=3)


class ServiceIdForm(forms.Form):
    """Which candidature of the national service this is."""

    service_id = line("Identifiant au service national", "Tel que l’affiche France VAE ; vide si elle n’y est pas.")


class VaeSettingsForm(forms.Form):
    """The delays, each with its source, and the link."""

    admissibility = forms.IntegerField(label="Décider de la recevabilité, jours", help_text=SOURCES["admissibility"])
    warning = forms.IntegerField(label="Prévenir avant la fin de ce délai, jours", help_text=SOURCES["warning"])
    jury = forms.IntegerField(label="Réunir le jury, jours", help_text=SOURCES["jury"])
    notification = forms.IntegerField(label="Notifier le résultat, jours", help_text=SOURCES["notification"])
    idle_before = forms.IntegerField(
        label="Demander si le candidat continue, avant la recevabilité, jours", help_text=SOURCES["idle_before"]
    )
    idle_after = forms.IntegerField(label="La même question après, jours", help_text=SOURCES["idle_after"])
    lapse = forms.IntegerField(label="Caduque sans réponse, jours", help_text=SOURCES["lapse"])
    service_open = forms.BooleanField(
        label="Ouvrir le lien avec le service national",
        help_text="Ce que vous décidez ici, pour une candidature qui en vient, y est alors transmis.",
        required=False,
    )
    service_token = PlainText(
        label="Jeton",
        help_text="Remis par le service. Il est scellé et ne se relit pas ; vide garde celui d’avant.",
        widget=forms.PasswordInput({"autocomplete": "off"}),
        required=False,
    )

    def facts(self) -> VaeSettingsFacts:
        """The command, once the form is valid."""
        return VaeSettingsFacts(**self.cleaned_data)


class LinkForm(OfferingForm):
    """Which file of the house a candidature is."""

    candidate_id = forms.ChoiceField(label="Son dossier ici")

    def __init__(self, *args: Any, files: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("candidate_id", [CHOOSE, *files])
