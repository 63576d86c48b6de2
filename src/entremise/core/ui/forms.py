"""Form rendering: one template per widget, errors tied to their field, nothing inline."""

from django.forms.renderers import DjangoTemplates, TemplatesSetting


class Renderer(TemplatesSetting):
    """Looks for form templates among ours first, then Django's."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"

    def get_template(self, template_name):  # type: ignore[no-untyped-def]
        """Ours when it exists, else the one Django ships."""
        from django.template import TemplateDoesNotExist

        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return DjangoTemplates().get_template(template_name)
