"""One line of the team log per act that others may read, built from codes."""

from entremise.core.actor import Actor
from entremise.interventions.commands import ActContent
from entremise.interventions.enums import Visibility
from entremise.interventions.models import Intervention
from entremise.interventions.presets import LOG_SUBJECT
from entremise.presence.enums import LogKind, LogVisibility
from entremise.presence.services import post_log_entry, update_log_entry, withdraw_log_entry

_READERS = {Visibility.EQUIPE: LogVisibility.TEAM, Visibility.ENCADREMENT: LogVisibility.SUPERVISION}


def post(actor: Actor, act: Intervention, content: ActContent) -> None:
    """Write the line of an act; one kept to its authors has none."""
    if act.visibility == Visibility.AUTEURS:
        return
    post_log_entry(
        actor=actor,
        team_id=act.team_id,
        kind=LogKind.EVENEMENT,
        occurred_at=act.occurred_at,
        site_id=act.site_id,
        subject_type=LOG_SUBJECT,
        subject_id=act.pk,
        codes=codes_of(content),
        visibility=_READERS[Visibility(act.visibility)],
        second_author_id=act.second_author_id,
    )


def update(actor: Actor, act: Intervention, content: ActContent) -> None:
    """Rewrite the line of a corrected act, put it back, or take it out when the act is kept to its authors."""
    if act.visibility == Visibility.AUTEURS:
        withdraw_log_entry(actor=actor, subject_type=LOG_SUBJECT, subject_id=act.pk)
        return
    changed = update_log_entry(
        actor=actor,
        subject_type=LOG_SUBJECT,
        subject_id=act.pk,
        occurred_at=act.occurred_at,
        site_id=act.site_id,
        codes=codes_of(content),
        visibility=_READERS[Visibility(act.visibility)],
        second_author_id=act.second_author_id,
    )
    if not changed:
        post(actor, act, content)


def refresh(actor: Actor, act: Intervention) -> None:
    """Tell the open pages that the state of the act changed."""
    update_log_entry(actor=actor, subject_type=LOG_SUBJECT, subject_id=act.pk)


def codes_of(content: ActContent) -> dict[str, object]:
    """What the line is written from. Never language, public, danger or anything rare about a person."""
    codes: dict[str, object] = {
        "register": content.registers[0],
        "outcome": content.outcome,
        "objects": list(content.conflict_objects),
        "follow_ups": list(content.follow_ups),
    }
    if content.tension_before is not None and content.tension_after is not None:
        codes["tension"] = [content.tension_before, content.tension_after]
    return codes
