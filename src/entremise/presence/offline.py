"""What the offline notebook keeps of this module: its forms, without places or teams (the phone seals those)."""

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.presence.forms import CallForm, CloseRoundForm, DefectForm, InstructionForm, ObservationForm

_NAMED = ("site_id", "team_id", "sector_id")


def forms_of(actor: Actor) -> dict[str, SafeString]:
    """``observation``, ``signalement``, ``consigne``, ``appel``, ``terminer``: the office's own forms."""
    if not can(actor, "presence.work"):
        return {}
    found: dict[str, forms.Form] = {
        "observation": ObservationForm(actor, auto_id="id_observation_%s"),
        "signalement": DefectForm(actor, auto_id="id_signalement_%s"),
        "consigne": InstructionForm(actor, auto_id="id_consigne_%s"),
        "appel": CallForm(actor, auto_id="id_appel_%s"),
        "terminer": CloseRoundForm(auto_id="id_terminer_%s"),
    }
    return {
        name: render_to_string("presence/_offline_form.html", {"form": _bare(form)}) for name, form in found.items()
    }


def _bare(form: forms.Form) -> forms.Form:
    for name in _NAMED:
        field = form.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            blank = [("", "Choisissez un lieu" if name == "site_id" else "")]
            field.choices = blank
            if name != "site_id":
                field.widget = forms.HiddenInput()
                form.initial.pop(name, None)
    return form
