"""The shared page of a meeting: written in turn, kept by all or by nobody, then destroyed with its key."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.time import now
from entremise.core.ui.formats import short_date
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish
from entremise.keys.services import case_scope, destroy_keys
from entremise.practice.commands import WriteSheet
from entremise.practice.enums import Answer
from entremise.practice.events import MeetingClosed, MeetingPageErased
from entremise.practice.models import Contribution, Meeting
from entremise.practice.presets import LONGEST, MEETING, PHASES
from entremise.practice.queries.meetings import may_write, member_of, page_of, phase_ends_at, phase_of, seat_of
from entremise.practice.services.guard import require_open
from entremise.practice.services.meetings import locked, require_leader
from entremise.practice.services.sheets import TOO_LONG, add_sheet

NBSP = "\N{NO-BREAK SPACE}"


@transaction.atomic
def contribute(*, actor: Actor, meeting_id: uuid.UUID, text: str) -> Contribution:
    """Add a few lines in the present phase, when it gives one the floor."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    seat = seat_of(actor, meeting)
    if not may_write(meeting, seat):
        raise InvalidInput({"text": [_why_not(meeting)]})
    text = clean(text)
    if not text or len(text) > LONGEST:
        raise InvalidInput({"text": [TOO_LONG.format(LONGEST) if text else "Il n’y a rien à ajouter."]})
    return Contribution.objects.create(meeting=meeting, seat=seat, phase=meeting.phase, text=text)


def _why_not(meeting: Meeting) -> str:
    if meeting.closed_at is not None:
        return "La séance est terminée : on n’y écrit plus."
    if meeting.opened_at is None:
        return "La séance n’est pas commencée."
    return f"Pendant « {phase_of(meeting).title} », votre rôle écoute. Gardez vos mots pour la suite."


@transaction.atomic
def withdraw_contribution(*, actor: Actor, meeting_id: uuid.UUID, contribution_id: uuid.UUID) -> None:
    """Take one's own lines back, as long as the page is there."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    meeting.contributions.filter(pk=contribution_id, seat__member_id=member_of(actor)).delete()


@transaction.atomic
def next_phase(*, actor: Actor, meeting_id: uuid.UUID, from_phase: int) -> Meeting:
    """Go to the next phase; after the last one the meeting is over. Asked twice from one phase, it moves once."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    require_leader(actor, meeting)
    if meeting.opened_at is None or meeting.closed_at is not None or meeting.phase != from_phase:
        return meeting
    if meeting.phase + 1 < len(PHASES):
        meeting.phase, meeting.phase_started_at = meeting.phase + 1, now()
    else:
        meeting.closed_at = now()
        minutes = round((meeting.closed_at - meeting.opened_at).total_seconds() / 60)
        publish(MeetingClosed(actor=actor, target_id=meeting.pk, codes={"minutes": minutes}))
    meeting.save()
    return meeting


@transaction.atomic
def say_keep(*, actor: Actor, meeting_id: uuid.UUID, keeps: bool) -> Meeting:
    """Say whether one keeps the page. One "no" destroys it at once; everyone's "yes" gives each their own copy."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    if meeting.closed_at is None or meeting.page_erased_at is not None:
        raise InvalidInput({FORM: ["Cette page est déjà effacée." if meeting.page_erased_at else _why_not_yet()]})
    seat = seat_of(actor, meeting)
    if seat.answer != Answer.OUI:
        raise InvalidInput({FORM: ["Seuls les présents décident de la page."]})
    seat.keeps = keeps
    seat.save()
    present = meeting.seats.filter(answer=Answer.OUI)
    if not keeps:
        erase_page(meeting, actor=actor, kept=False)
    elif not present.exclude(keeps=True).exists():
        _give_copies(actor, meeting)
        erase_page(meeting, actor=actor, kept=True)
    return meeting


def _why_not_yet() -> str:
    return "La séance n’est pas terminée : la page se garde ou s’efface à la fin."


def _give_copies(actor: Actor, meeting: Meeting) -> None:
    """To each of those present, in their own notebook, under their own key; nobody else ever has it again."""
    parts = []
    for page in page_of(actor, meeting):
        if page.lines:
            lines = [f"– {line.contribution.text}" for line in page.lines]
            parts.append("\n".join([page.phase.title, *lines]))
    title = f"Séance du {short_date(meeting.opened_at)}"
    command = WriteSheet(layout=MEETING.code, title=title, answers={"story": "\n\n".join(parts)})
    for seat in meeting.seats.filter(answer=Answer.OUI).select_related("member"):
        if seat.member.user_id is not None:
            add_sheet(actor=actor, author_id=seat.member.user_id, command=command)


def erase_page(meeting: Meeting, *, actor: Actor, kept: bool) -> None:
    """Delete what was written and destroy the key: no backup reads it either, once the keys' own have lapsed."""
    meeting.contributions.all().delete()
    meeting.page_erased_at = now()
    meeting.save()
    destroy_keys([case_scope(meeting.pk)])
    publish(MeetingPageErased(actor=actor, target_id=meeting.pk, codes={"kept_by_all": kept}))


def erase_pages(meeting_ids: Sequence[uuid.UUID]) -> int:
    """The hourly run: pages that not everyone chose to keep in time; gives how many. Harmless when run twice."""
    found = Meeting.objects.filter(pk__in=meeting_ids, page_erased_at=None, opened_at__isnull=False)
    count = 0
    for meeting in found.select_for_update():
        if meeting.closed_at is None:  # nobody ended it: it lasted, at most, until its phase was due to end
            meeting.closed_at = phase_ends_at(meeting)
        erase_page(meeting, actor=system_actor(meeting.organisation_id), kept=False)
        count += 1
    return count
