"""Analysis meetings. The shared page lives under a key of its own, destroyed when the meeting is over."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.queries import confidences_closed_until
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.keys.services import case_scope
from entremise.practice.enums import Answer, GroupRole
from entremise.practice.rules import may_sit


class MeetingQuerySet(models.QuerySet):
    """Meetings one sits in, and, apart, the fact that meetings took place."""

    def visible_to(self, actor: Actor) -> Any:
        """The meetings one was invited to and did not decline; none while confidences are shut, nor for a manager.

        Someone who becomes a manager meanwhile no longer reads what colleagues said among themselves.
        """
        if actor.member_id is None or not may_sit(actor.roles) or confidences_closed_until(actor.user_id) is not None:
            return self.none()
        mine = Seat.objects.filter(member_id=actor.member_id).exclude(answer=Answer.NON)
        return self.filter(organisation_id=actor.organisation_id, pk__in=mine.values("meeting_id"))

    def held_in(self, actor: Actor) -> Any:
        """Those that took place in the organisation, for their dates and hours alone."""
        return self.filter(organisation_id=actor.organisation_id, opened_at__isnull=False)


class Meeting(UUIDModel):
    """A meeting of a practice-analysis group, in phases. Who sits in it is known to those who sit in it alone."""

    organisation = organisation_key(db_index=False)
    convened_by = models.ForeignKey(
        "accounts.Member", verbose_name="convoquée par", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    planned_at = models.DateTimeField("prévue à")
    opened_at = models.DateTimeField("ouverte à", null=True, blank=True)
    phase = models.PositiveSmallIntegerField("phase en cours", default=0)
    phase_started_at = models.DateTimeField("début de la phase", null=True, blank=True)
    closed_at = models.DateTimeField("terminée à", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée à", null=True, blank=True)
    page_erased_at = models.DateTimeField("page effacée à", null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "séance d’analyse"
        verbose_name_plural = "séances d’analyse"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="practice_closed_was_opened"
            ),
            models.CheckConstraint(
                condition=Q(page_erased_at=None) | Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False),
                name="practice_erased_was_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-opened_at"], name="practice_meeting_held"),
            models.Index(
                fields=["closed_at"],
                name="practice_page_to_erase",
                condition=Q(page_erased_at=None, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Seat(UUIDModel):
    """Someone's place in a meeting."""

    meeting = models.ForeignKey(Meeting, verbose_name="séance", on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey("accounts.Member", verbose_name="membre", on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rôle", max_length=12, choices=GroupRole, default=GroupRole.PARTICIPANT)
    answer = models.CharField("réponse", max_length=8, choices=Answer, default=Answer.ATTENDUE)
    keeps = models.BooleanField("garde la page", null=True, blank=True)

    class Meta:
        verbose_name = "place dans une séance"
        verbose_name_plural = "places dans une séance"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="practice_one_seat"),
            models.UniqueConstraint(
                fields=["meeting", "role"],
                condition=Q(role__in=[GroupRole.ANIMATEUR, GroupRole.EXPOSANT]),
                name="practice_one_holder",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Contribution(UUIDModel):
    """A few lines that someone added to the shared page, in a phase."""

    meeting = models.ForeignKey(Meeting, verbose_name="séance", on_delete=models.CASCADE, related_name="contributions")
    seat = models.ForeignKey(Seat, verbose_name="place", on_delete=models.CASCADE, related_name="+")
    phase = models.PositiveSmallIntegerField("phase d’écriture")
    text = EncryptedTextField("texte")
    written_at = models.DateTimeField("écrite à", default=now)

    class Meta:
        verbose_name = "contribution"
        verbose_name_plural = "contributions"
        ordering = ["phase", "written_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)

    def encryption_scope(self) -> Scope:
        """The key of this meeting alone."""
        return case_scope(self.meeting_id)
