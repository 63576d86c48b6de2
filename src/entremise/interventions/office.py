"""The form of an act, filled with what a phone sent and could not be kept: to note it, or to correct it."""

from collections.abc import Mapping
from typing import Any

from django.forms import HiddenInput

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.interventions.commands import ActContent
from entremise.interventions.forms import ActForm, CorrectForm, RecordForm, choices_for
from entremise.interventions.queries import content_of, frequent_codes, get_intervention
from entremise.interventions.sync import CONTENT, plain, typed
from entremise.interventions.views.pages import record_page
from entremise.sync import office
from entremise.sync.office import OfficeForm, Refusal, instant

_TEMPLATE, _HEAD, _CSS = "interventions/_form.html", "interventions/_head.html", "act-form"


def declare() -> None:
    """Called once, when the applications are ready."""
    drawn: dict[str, Any] = {"template": _TEMPLATE, "head": _HEAD, "css": _CSS, "context": record_page}
    office.register("act.record", OfficeForm(build=_noted, payload=_whole, **drawn))
    office.register("act.correct", OfficeForm(build=_corrected, payload=_pairs, **drawn))


def _noted(actor: Actor, refusal: Refusal, data: Any) -> ActForm:
    """Noting, without what the phone's act hangs on: its team and its round stay as they were said."""
    team_id = _readable({"team_id": refusal.payload.get("team_id")}).get("team_id")
    choices = choices_for(actor, frequent_codes(actor), author_id=actor.member_id, team_id=team_id)
    initial = ActForm.initial_of(_readable(refusal.payload))
    form = RecordForm(data, initial=initial, choices=choices)
    for name in ("id", "round_id", "duplicated_from_id"):
        form.fields.pop(name)
    form.fields["team_id"].widget = HiddenInput()
    form.initial["team_id"] = choices.team_id
    return form


def _whole(form: RecordForm, refusal: Refusal) -> dict[str, Any]:
    """Every answer; a round that was refused is let go."""
    values = plain_values(ActForm.values(form))
    values["thread_id"] = office.plain(form.cleaned_data["thread_id"])
    return values | ({"round_id": None} if "round_id" in refusal.errors else {})


def _corrected(actor: Actor, refusal: Refusal, data: Any) -> CorrectForm:
    """Correcting: the act as it is now, with what the phone wanted in place of it."""
    act = get_intervention(actor, refusal.entity_id)
    content = content_of(act)
    wanted = _readable({name: pair[1] for name, pair in refusal.payload.items()})
    choices = choices_for(actor, frequent_codes(actor), author_id=act.author_id, team_id=act.team_id, held=content)
    present = {name: getattr(content, name) for name in CONTENT}
    initial = ActForm.initial_of(present | wanted) | {"base_version": act.version}
    form = CorrectForm(data, initial=initial, choices=choices)
    form.present = plain(content)  # type: ignore[attr-defined]
    return form


def _pairs(form: CorrectForm, refusal: Refusal) -> dict[str, Any]:
    """Each field with what it was: for the phone when it changed it, on the act for the others."""
    found = {}
    for name, value in plain_values(form.values()).items():
        sent = refusal.payload.get(name)
        before = sent[0] if sent else form.present[name]  # type: ignore[attr-defined]
        if sent or before != value:
            found[name] = [before, value]
    return found


def _readable(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that have the right shape, each alone: one that has not is shown as no answer."""
    found = {}
    for name, value in payload.items():
        if name == "occurred_at":
            found[name] = instant(value)
        elif name in (*CONTENT, "team_id", "thread_id"):
            try:
                found |= typed({name: value})
            except InvalidInput:
                continue
    return found


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a form as phones write it; a block that was hidden is emptied."""
    empty = {name: field.default for name, field in ActContent.__dataclass_fields__.items()}
    return plain(ActContent(**{name: values.get(name, empty[name]) for name in CONTENT}))
