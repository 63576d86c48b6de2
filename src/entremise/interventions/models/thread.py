"""A pseudonymous thread that several acts share, with a dated reminder."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.ids import short_reference
from entremise.core.time import now
from entremise.interventions.models.scope import scope_of


class ThreadQuerySet(models.QuerySet):
    """Threads belong to a team."""

    def visible_to(self, actor: Actor) -> Any:
        """The threads of the actor's teams."""
        return self.filter(organisation_id=actor.organisation_id, team_id__in=actor.team_ids)


class Thread(UUIDModel):
    """Acts about the same thing, or the same followed person, over time. A reference names it, never a name."""

    organisation = organisation_key(db_index=False)
    team = models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "privacy.Person",
        verbose_name="personne suivie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    label = EncryptedTextField("repère de l'équipe", blank=True, default="")
    reminder_on = models.DateField("rappel le", null=True, blank=True)
    reminder_note = EncryptedTextField("objet du rappel", blank=True, default="")
    opened_at = models.DateTimeField("ouvert à", default=now)
    opened_by = models.ForeignKey(
        "accounts.Member", verbose_name="ouvert par", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField("clos à", null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "fils"
        indexes = [
            models.Index(fields=["team", "-opened_at"], name="interventions_thread_team"),
            models.Index(
                fields=["team", "reminder_on"],
                name="interventions_thread_due",
                condition=models.Q(closed_at=None, reminder_on__isnull=False),
            ),
            models.Index(
                fields=["person", "-opened_at"],
                name="interventions_thread_person",
                condition=models.Q(person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Fil {short_reference(self.pk)}"

    def encryption_scope(self) -> Scope:
        """The key of the person it concerns, else the organisation's."""
        return scope_of(self.organisation_id, self.person_id)

    @property
    def reference(self) -> str:
        """Seven signs to say aloud."""
        return short_reference(self.pk)
