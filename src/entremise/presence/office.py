"""The forms of the field as the office has them, filled with what a phone sent and could not be kept."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from entremise.core.actor import Actor
from entremise.core.time import local
from entremise.presence.forms import CallForm, CloseRoundForm, DefectForm, InstructionForm, ObservationForm
from entremise.sync import office
from entremise.sync.office import OfficeForm, Refusal, instant

_ELSEWHERE = ("round_id", "team_id")  # what the operation hangs on stays as the phone said it


def declare() -> None:
    """Called once, when the applications are ready."""
    made: dict[str, Callable[..., forms.Form]] = {
        "observation.record": ObservationForm,
        "defect.report": DefectForm,
        "instruction.leave": InstructionForm,
        "call.note": CallForm,
        "round.close": _closing,
    }
    for name, make in made.items():
        office.register(
            name,
            OfficeForm(
                build=_builder(make), payload=_values, template="presence/_office_form.html", head="presence/_head.html"
            ),
        )


def _closing(_actor: Actor, data: Any, *, initial: dict[str, Any]) -> forms.Form:
    """Closing asks for no choice that depends on who closes."""
    return CloseRoundForm(data, initial=initial)


def _builder(make: Callable[..., forms.Form]) -> Callable[[Actor, Refusal, Any], forms.Form]:
    def build(actor: Actor, refusal: Refusal, data: Any) -> forms.Form:
        form = make(actor, data, initial=_shown(refusal.payload))
        for name in _ELSEWHERE:
            form.fields.pop(name, None)
        return form

    return build


def _shown(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields show. An answer of the wrong shape shows as no answer: its own words stand below the form."""
    found = {}
    for name, value in payload.items():
        moment = instant(value)
        if moment is not None:
            found[name] = local(moment)
        elif isinstance(value, str | bool) or (name == "site_id" and _is_identifier(value)):
            found[name] = value
    return found


def _is_identifier(value: Any) -> bool:
    try:
        return bool(uuid.UUID(str(value)))
    except ValueError:
        return False


def _values(form: forms.Form, refusal: Refusal) -> dict[str, Any]:
    return {name: office.plain(value) for name, value in form.cleaned_data.items()}
