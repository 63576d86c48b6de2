"""What the data protection officer and the administrator type: register, assessments, breaches, processors."""

from typing import Any

from django import forms

from entremise.core import personal
from entremise.core.ui.fields import MomentField
from entremise.core.ui.widgets import ChipCheckboxes, ChipRadio, Counter, DateInput, DateTimeInput
from entremise.privacy.countries import GROUPS
from entremise.privacy.enums_accountability import (
    BreachData,
    BreachKind,
    BreachNature,
    BreachPersons,
    BreachRisk,
    FearedEvent,
    ImpactDecision,
    Level,
)
from entremise.privacy.models import Breach, Processor
from entremise.privacy.queries.impact import IMPACT_FIELDS, RISK_TEXTS, Risk, Study
from entremise.privacy.queries.register import HOUSE_FIELDS, SHEET_FIELDS
from entremise.privacy.services.breaches import SHORT, BreachFacts
from entremise.privacy.services.checks import LONG
from entremise.privacy.services.processors import ProcessorFacts

NO_NAME = "Aucun nom de personne : une fonction, une référence, un lieu."
TOO_LONG = {"max_length": "Ce texte compte %(show_value)d signes ; gardez l’essentiel en %(limit_value)d."}


class LongText(forms.CharField):
    """A few paragraphs; never cut by the browser, so that a pasted text is refused whole rather than shortened."""

    def __init__(self, *, label: str, help_text: str = "", rows: int = 4, limit: int = LONG, **options: Any) -> None:
        widget = forms.Textarea({"rows": rows, "data-text-helper": True})
        super().__init__(
            label=label, help_text=help_text, required=False, max_length=limit, widget=widget,
            error_messages=TOO_LONG, **options,
        )  # fmt: skip

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Without ``maxlength``."""
        self.widget.attrs.pop("maxlength", None)
        return super().get_bound_field(form, field_name)


class _VersionForm(forms.Form):
    """A form that starts from a version: ``base`` is its number, 0 for none."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)


class HouseForm(_VersionForm):
    """What only the organisation knows."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (title, hint) in HOUSE_FIELDS.items():
            self.fields[name] = LongText(label=title, help_text=hint, rows=3)


class SheetForm(_VersionForm):
    """The organisation's words on one processing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (title, hint) in SHEET_FIELDS.items():
            self.fields[name] = LongText(label=title, help_text=hint, rows=3)


class ImpactForm(_VersionForm):
    """An impact assessment, whole: nothing is required of a draft."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("context", "necessity", "rights"):
            self._text(name)
        for event in FearedEvent.values:
            for name, title in RISK_TEXTS.items():
                self.fields[f"{event}_{name}"] = LongText(label=title, rows=3)
            for name, title in (("severity", "Gravité"), ("likelihood", "Vraisemblance")):
                self.fields[f"{event}_{name}"] = forms.ChoiceField(
                    label=title, required=False, choices=Level.choices, widget=ChipRadio
                )
        for name in ("measures", "dpo_opinion"):
            self._text(name)
        self.fields["dpo_on"] = forms.DateField(label="Avis donné le", required=False, widget=DateInput)
        self._text("persons_opinion")
        self.fields["decision"] = forms.ChoiceField(
            label="Décision du responsable", required=False, choices=ImpactDecision.choices, widget=ChipRadio
        )
        self._text("decision_reason")
        self.fields["review_on"] = forms.DateField(label="À revoir le", required=False, widget=DateInput)

    def _text(self, name: str) -> None:
        title, hint = IMPACT_FIELDS[name]
        self.fields[name] = LongText(label=title, help_text=hint)

    def study(self) -> Study:
        """What was typed, for the service."""
        data = self.cleaned_data
        parts = ("severity", "likelihood", *RISK_TEXTS)
        risks = {
            event: Risk(event, **{name: data[f"{event}_{name}"] for name in parts}) for event in FearedEvent.values
        }
        texts = {name: data[name] for name in IMPACT_FIELDS}
        return Study(texts, risks, data["dpo_on"], data["decision"], data["review_on"])

    @staticmethod
    def initial_of(study: Study, base: int) -> dict[str, Any]:
        """The form's values for what was saved."""
        values: dict[str, Any] = {"base": base, **study.texts}
        values |= {"dpo_on": study.dpo_on, "decision": study.decision, "review_on": study.review_on}
        for risk in study.all_risks:
            for name in ("severity", "likelihood", *RISK_TEXTS):
                values[f"{risk.event}_{name}"] = getattr(risk, name)
        return values


class ReportForm(forms.Form):
    """Four questions, for anyone."""

    kind = forms.ChoiceField(
        label="Ce qui est arrivé",
        choices=BreachKind.choices,
        widget=ChipRadio(frequent=BreachKind.values),
        error_messages={"required": "Choisissez ce qui ressemble le plus à ce qui est arrivé."},
    )
    found_at = MomentField(
        label="Quand vous l’avez su",
        required=False,
        widget=DateTimeInput(),
        help_text="Laissez vide si c’est maintenant.",
    )
    description = LongText(label="En quelques mots", help_text=NO_NAME, rows=3, limit=SHORT)
    done = LongText(
        label="Ce qui a déjà été fait",
        help_text="Ligne coupée, mot de passe changé, message rappelé…",
        rows=2,
        limit=SHORT,
    )


class BreachForm(forms.Form):
    """What the register says of a breach; everything may come later."""

    found_at = MomentField(label="Découverte le", widget=DateTimeInput(), help_text="Les 72 heures partent d’ici.")
    began_at = MomentField(label="Commencée le", required=False, widget=DateTimeInput(), help_text="Si vous le savez.")
    description = LongText(label="Ce qui s’est passé", help_text=NO_NAME)
    natures = forms.MultipleChoiceField(
        label="Nature", required=False, choices=BreachNature.choices, widget=ChipCheckboxes
    )
    persons = forms.MultipleChoiceField(
        label="Qui est concerné", required=False, choices=BreachPersons.choices, widget=ChipCheckboxes
    )
    persons_count = forms.IntegerField(
        label="Combien de personnes, environ", required=False, min_value=0, widget=Counter, help_text="Vide : inconnu."
    )
    data = forms.MultipleChoiceField(  # type: ignore[assignment] # the metaclass takes it away
        label="Quelles données",
        required=False,
        choices=BreachData.choices,
        widget=ChipCheckboxes(frequent=BreachData.values),
    )
    records_count = forms.IntegerField(
        label="Combien de fiches, environ", required=False, min_value=0, widget=Counter, help_text="Vide : inconnu."
    )
    consequences = LongText(label="Conséquences probables pour les personnes", help_text=NO_NAME)
    measures = LongText(label="Mesures prises", help_text="Pour réparer, puis pour que cela n’arrive plus.")
    risk = forms.ChoiceField(
        label="Risque pour les personnes", required=False, choices=BreachRisk.choices, widget=ChipRadio
    )
    notified_at = MomentField(label="CNIL prévenue le", required=False, widget=DateTimeInput())
    late_reason = LongText(label="Motif du retard", help_text="Seulement après 72 heures.", rows=2)
    not_notified = LongText(label="Sinon, pourquoi elle ne l’est pas", rows=2)
    informed_at = MomentField(label="Personnes informées le", required=False, widget=DateTimeInput())
    not_informed = LongText(label="Sinon, pourquoi elles ne le sont pas", rows=2)

    def facts(self) -> BreachFacts:
        """What was typed, for the service."""
        lists = {name: tuple(self.cleaned_data[name]) for name in ("natures", "persons", "data")}
        return BreachFacts(**{**self.cleaned_data, **lists})

    @staticmethod
    def initial_of(breach: Breach) -> dict[str, Any]:
        """The form's values for a breach."""
        return {name: getattr(breach, name) for name in BreachFacts.__dataclass_fields__}


class AsideForm(forms.Form):
    """Why no personal data was touched."""

    reason = LongText(label="Pourquoi aucune donnée personnelle n’est touchée", help_text=NO_NAME, rows=2, limit=SHORT)


class ProcessorForm(forms.Form):
    """A company that handles data for the organisation."""

    name = forms.CharField(label="Nom", max_length=160, error_messages={"required": "Donnez le nom de l’entreprise."})
    service = forms.CharField(
        label="Service rendu",
        max_length=240,
        help_text="Hébergement, sauvegarde, courriel, téléphonie…",
        error_messages={"required": "Dites le service qu’elle rend : hébergement, courriel…"},
    )
    country = forms.ChoiceField(label="Pays où sont les données", initial="FR")
    guarantees = forms.CharField(
        label="Garanties du transfert",
        max_length=400,
        required=False,
        help_text="Hors de l’Union sans décision d’adéquation : clauses types, règles d’entreprise…",
    )
    data = forms.CharField(label="Données confiées", max_length=400, required=False)  # type: ignore[assignment]
    processings = forms.MultipleChoiceField(
        label="Traitements concernés", required=False, widget=ChipCheckboxes, help_text="Ils le citeront au registre."
    )
    contract_on = forms.DateField(
        label="Contrat de l’article 28 signé le", required=False, widget=DateInput, help_text="Vide : pas encore signé."
    )
    ends_on = forms.DateField(label="Fin du contrat", required=False, widget=DateInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [(title, list(countries.items())) for title, countries in GROUPS]
        self.fields["country"].choices = groups  # type: ignore[attr-defined]
        known = [(one.code, one.label) for one in personal.processings()]
        self.fields["processings"].choices = known  # type: ignore[attr-defined]

    def facts(self) -> ProcessorFacts:
        """What was typed, for the service."""
        return ProcessorFacts(**{**self.cleaned_data, "processings": tuple(self.cleaned_data["processings"])})

    @staticmethod
    def initial_of(processor: Processor) -> dict[str, Any]:
        """The form's values for a processor."""
        return {name: getattr(processor, name) for name in ProcessorFacts.__dataclass_fields__}
