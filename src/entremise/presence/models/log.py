"""The team log (main courante): one line for each thing that happened, and who has read instructions."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.time import now
from entremise.presence.enums import LogKind, LogVisibility
from entremise.presence.models.base import OwnedModel, TeamQuerySet, member_key, site_key, team_key


class LogQuerySet(TeamQuerySet):
    """Lines of the actor's teams that the actor may read."""

    def visible_to(self, actor: Actor) -> Any:
        """Lines kept for the coordinators are theirs and their authors'."""
        lines = super().visible_to(actor)
        if actor.has_role(Role.ENCADRANT):
            return lines
        return lines.filter(
            Q(visibility=LogVisibility.TEAM) | Q(author_id=actor.member_id) | Q(second_author_id=actor.member_id)
        )


class LogEntry(OwnedModel):
    """One line. It points at its record and carries codes; only instructions and calls carry words."""

    team = team_key()
    kind = models.CharField("nature", max_length=20, choices=LogKind)
    occurred_at = models.DateTimeField("moment")
    recorded_at = models.DateTimeField("noté à", default=now)
    author = member_key("auteur")
    second_author = member_key("second auteur", null=True, blank=True)
    site = site_key(null=True, blank=True)
    subject_type = models.CharField("type de fiche", max_length=40, blank=True, default="")
    subject_id = models.UUIDField("fiche", null=True, blank=True)
    codes = models.JSONField("codes", default=dict, blank=True)
    text = EncryptedTextField("texte", blank=True, default="")
    visibility = models.CharField("visibilité", max_length=20, choices=LogVisibility, default=LogVisibility.TEAM)
    withdrawn_at = models.DateTimeField("retirée à", null=True, blank=True)
    revision = models.PositiveIntegerField("révision", default=1)

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de main courante"
        verbose_name_plural = "lignes de main courante"
        indexes = [
            models.Index(fields=["team", "-occurred_at", "-id"], name="presence_log_team"),
            models.Index(fields=["organisation", "-occurred_at"], name="presence_log_org"),
            models.Index(fields=["team", "kind", "-occurred_at"], name="presence_log_kind"),
            models.Index(fields=["subject_id", "subject_type"], name="presence_log_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Acknowledgement(UUIDModel):
    """Someone has read an instruction."""

    entry = models.ForeignKey(LogEntry, verbose_name="consigne", on_delete=models.CASCADE, related_name="readers")
    member = member_key("membre")
    at = models.DateTimeField("lue à", default=now)

    class Meta:
        verbose_name = "lecture de consigne"
        verbose_name_plural = "lectures de consigne"
        constraints = [models.UniqueConstraint(fields=["entry", "member"], name="presence_read_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.member_id}"
