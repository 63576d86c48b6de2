"""What every write of presence checks before it saves."""

import datetime as dt
import uuid
from collections.abc import Iterable

from entremise.accounts.queries import choices_for, list_members, list_teams
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.presence.guard import objection_to
from entremise.presence.models import Round
from entremise.presence.queries.rounds import get_round

TEXT_LIMIT = 2000
CLOCK_DRIFT = dt.timedelta(minutes=2)  # a phone's clock may be slightly ahead
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

Errors = dict[str, list[str]]


def refuse(errors: Errors) -> None:
    """Raise InvalidInput when something was found."""
    if errors:
        raise InvalidInput(errors)


def require_team(actor: Actor, permission: str, team_id: uuid.UUID) -> None:
    """The role first (403), then the team: one that is not the actor's does not exist for them (404)."""
    require(actor, permission)
    own = list_teams(actor, own_only=True).filter(pk=team_id)
    if team_id not in actor.team_ids or not actor.in_batch(("presence.team", team_id), own.exists):
        raise NotFound("team")


def author_of(actor: Actor) -> uuid.UUID:
    """The membership that records keep as their author; the system writes nothing here."""
    if actor.member_id is None:
        raise NotAllowed("presence.work")
    return actor.member_id


def checked_text(
    errors: Errors, field: str, value: str, *, team_id: uuid.UUID, required: str = "", limit: int = TEXT_LIMIT
) -> str:
    """The trimmed text; an error when it is too long, holds NUL bytes, points at someone while the team
    is anonymous by construction, or (with ``required``, the sentence to say) is missing.
    """
    text = value.strip()
    if "\x00" in text:
        errors[field] = ["Ce texte contient un caractère illisible. Retirez-le, puis enregistrez."]
    elif len(text) > limit:
        errors[field] = [f"Ce texte compte {len(text)} signes ; gardez l’essentiel en {limit} signes au plus."]
    elif required and not text:
        errors[field] = [required]
    elif objection := objection_to(team_id, text):
        errors[field] = [objection]
    return text


def checked_moment(errors: Errors, field: str, value: dt.datetime | None) -> dt.datetime:
    """The instant, now by default; the future and the impossible past are errors."""
    moment = value or now()
    if moment > now() + CLOCK_DRIFT:
        errors[field] = ["Cette heure n’est pas encore passée. Indiquez l’heure réelle."]
    elif moment < EARLIEST:
        errors[field] = ["Cette date est trop ancienne. Vérifiez l’année."]
    return moment


def checked_codes(actor: Actor, errors: Errors, **found: tuple[str, str]) -> None:
    """Each keyword is a field with (list reference, code); an unknown code is an error. One query for all."""
    asked = sorted({reference for reference, _ in found.values()})
    lists = actor.in_batch(("accounts.choices", *asked), lambda: choices_for(actor.organisation_id, *asked))
    for field, (reference, code) in found.items():
        if code not in lists[reference].labels:
            errors[field] = ["Choisissez une des réponses proposées."]


def checked_round(actor: Actor, errors: Errors, round_id: uuid.UUID | None, team_id: uuid.UUID) -> Round | None:
    """The round a record was made on. What a round brings back belongs to its team: another team is an error,
    said beside the team. A round that is none of the actor's raises NotFound.
    """
    outing = get_round(actor, round_id) if round_id else None
    if outing is not None and outing.team_id != team_id:
        errors["team_id"] = [f"Cette tournée est celle de « {outing.team.name} » : choisissez cette équipe."]
    return outing


def checked_people(actor: Actor, errors: Errors, member_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Present members of the organisation; an unknown one is an error."""
    wanted = list(dict.fromkeys(member_ids))
    known = set(list_members(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if len(known) != len(wanted):
        errors["member_ids"] = ["Une de ces personnes n’est plus dans votre organisation. Choisissez-la de nouveau."]
    return [member for member in wanted if member in known]
