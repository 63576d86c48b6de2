"""Form rendering: one template per widget, errors tied to their field, nothing inline."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.widgets import Widget
from django.template import TemplateDoesNotExist


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
        elif self.field.required and not (widget or self.field.widget).is_hidden:
            found["aria-required"] = "true"
        return found

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
