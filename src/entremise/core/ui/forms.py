"""Form rendering: one template per widget, errors tied to their field, nothing inline."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core import validators
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.widgets import Widget
from django.template import TemplateDoesNotExist


def plain_messages() -> None:
    """Puts our sentences in place of Django's: what is wrong and what to do, in the page's words.

    Called once, when ``core`` is ready, before any form is built.
    """
    for kind, messages in _SENTENCES.items():
        kind.default_error_messages = {**kind.default_error_messages, **messages}
    validators.MinValueValidator.message = "Le plus petit nombre possible est %(limit_value)s."
    validators.MaxValueValidator.message = "Le plus grand nombre possible est %(limit_value)s."
    validators.MaxLengthValidator.message = (
        "Ce texte compte %(show_value)s caractères, %(limit_value)s au plus : raccourcissez-le."
    )
    validators.ProhibitNullCharactersValidator.message = (
        "Ce texte contient un caractère invisible qui ne peut pas être gardé : effacez-le ou écrivez-le de nouveau."
    )


_NOT_IN_LIST = "Cette valeur n’est plus dans la liste : choisissez-en une autre."
_AT_LEAST_ONE = "Choisissez au moins une réponse."
_SENTENCES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Cette réponse manque : elle est nécessaire pour enregistrer."},
    forms.ChoiceField: {"required": "Choisissez une réponse.", "invalid_choice": _NOT_IN_LIST},
    forms.MultipleChoiceField: {"required": _AT_LEAST_ONE, "invalid_choice": _NOT_IN_LIST},
    forms.ModelChoiceField: {"required": "Choisissez une réponse.", "invalid_choice": _NOT_IN_LIST},
    forms.ModelMultipleChoiceField: {
        "required": _AT_LEAST_ONE,
        "invalid_choice": _NOT_IN_LIST,
        "invalid_pk_value": _NOT_IN_LIST,
    },
    forms.BooleanField: {"required": "Cochez cette case pour continuer."},
    forms.IntegerField: {"invalid": "Écrivez un nombre entier, en chiffres."},
    forms.DateField: {"invalid": "Cette date n’existe pas ou se lit mal. Écrivez-la ainsi : 23/11/2026."},
    forms.TimeField: {"invalid": "Cette heure n’existe pas ou se lit mal. Écrivez-la ainsi : 19:42."},
    forms.DateTimeField: {
        "invalid": "Ce jour ou cette heure se lit mal. Écrivez-les ainsi : 23/11/2026 19:42.",
    },
    forms.EmailField: {"required": "Écrivez une adresse électronique."},
    forms.FileField: {
        "required": "Choisissez un fichier.",
        "empty": "Ce fichier est vide : choisissez-en un autre.",
    },
}


_WRITTEN = (forms.Textarea, forms.TextInput)


class Field(BoundField):
    """A field whose obligation is said in words and to screen readers, and checked by the server alone.

    The browser's own ``required`` is left out: its bubble is not in the page's words, and inside a
    closed fold it blocks the form without showing anything.
    """

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """``aria-required`` in place of ``required``; on a group of choices the fieldset carries the error."""
        found: dict[str, Any] = super().build_widget_attrs(dict(attrs), widget)
        found.pop("required", None)
        if self.use_fieldset:
            found.pop("aria-invalid", None)
        elif isinstance(widget or self.field.widget, _WRITTEN):
            known = self.field.widget.attrs.get("dir", "auto")  # what is typed in Arabic reads from right to left
            found.setdefault("dir", known)
        if not self.use_fieldset and self.is_asked and not (widget or self.field.widget).is_hidden:
            found["aria-required"] = "true"
        return found

    @property
    def is_asked(self) -> bool:
        """The form requires it, or names it in ``asks``: those the service requires, which says why in its words."""
        return self.field.required or self.name in getattr(self.form, "asks", ())

    @property
    def first_input_id(self) -> str:
        """Where the link of an error summary leads."""
        return self.id_for_label or f"{self.auto_id}_0"


class Renderer(TemplatesSetting):
    """Looks for form templates among ours first, then Django's."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
    bound_field_class = Field

    @cached_property
    def _shipped(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        """Ours when it exists, else the one Django ships."""
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return self._shipped.get_template(template_name)
