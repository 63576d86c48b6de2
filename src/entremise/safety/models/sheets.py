"""What happened to the team: the incident sheet of its staff, and the ten minutes of talk after a hard moment."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.ids import short_reference
from entremise.core.time import now
from entremise.safety.enums import IncidentKind, Subject
from entremise.safety.models.alerts import Alert
from entremise.safety.models.base import OwnedModel, member_key, site_key, team_key


class SharedQuerySet(models.QuerySet):
    """Rows of their author, of the persons concerned, and of the team's coordinators: nobody else of the team."""

    def visible_to(self, actor: Actor) -> Any:
        """An administrator, an auditor, a colleague who was not there: nothing."""
        if actor.organisation_id is None or actor.member_id is None:
            return self.none()
        persons = self.model._meta.get_field("persons").remote_field.through  # type: ignore[union-attr]
        row = {f"{self.model._meta.model_name}_id": OuterRef("pk"), "member_id": actor.member_id}
        concerned = Exists(persons._default_manager.filter(**row))
        mine = Q(author_id=actor.member_id) | Q(concerned)
        if actor.has_role(Role.ENCADRANT):
            mine |= Q(team_id__in=actor.team_ids)
        return self.filter(mine, organisation_id=actor.organisation_id)


class IncidentSheet(OwnedModel):
    """An insult, a threat, an assault against the team: what was done, what was offered, what follows.

    It is about the staff and for them. It names nobody from outside and feeds no funder's figure.
    """

    team = team_key()
    author = member_key("auteur")
    persons = models.ManyToManyField(
        "accounts.Member", verbose_name="personnes concernées", through="safety.SheetPerson", related_name="+"
    )
    kind = models.CharField("nature", max_length=12, choices=IncidentKind)
    happened_at = models.DateTimeField("moment")
    recorded_at = models.DateTimeField("notée à", default=now)
    site = site_key()
    alert = models.ForeignKey(
        Alert, verbose_name="alerte", null=True, blank=True, on_delete=models.SET_NULL, related_name="sheets"
    )
    act = models.ForeignKey(
        "interventions.Intervention",
        verbose_name="intervention",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    facts = EncryptedTextField("faits", blank=True, default="")
    done = EncryptedTextField("ce qui a été fait", blank=True, default="")
    support = models.JSONField("soutiens proposés", default=list, blank=True)
    told_on = models.DateField("encadrement prévenu le", null=True, blank=True)
    complaint_on = models.DateField("plainte déposée le", null=True, blank=True)
    accident_on = models.DateField("accident du travail déclaré le", null=True, blank=True)
    listened_on = models.DateField("soutien psychologique commencé le", null=True, blank=True)
    closed_at = models.DateTimeField("close à", null=True, blank=True)
    closed_by = member_key("close par", null=True, blank=True)
    cleared_at = models.DateTimeField("rendue anonyme à", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche d'incident d'équipe"
        verbose_name_plural = "fiches d'incident d'équipe"
        indexes = [
            models.Index(fields=["organisation", "-happened_at", "-id"], name="safety_sheet_organisation"),
            models.Index(fields=["team", "-happened_at"], name="safety_sheet_team"),
            models.Index(fields=["author", "-happened_at"], name="safety_sheet_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="safety_sheet_closed_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"Fiche d'incident {self.reference}"

    @property
    def reference(self) -> str:
        """Seven signs to say aloud."""
        return short_reference(self.pk)


class SheetPerson(UUIDModel):
    """Someone of the team whom an incident concerns: they read the sheet."""

    incidentsheet = models.ForeignKey(IncidentSheet, verbose_name="fiche", on_delete=models.CASCADE, related_name="+")
    member = member_key("membre")

    class Meta:
        verbose_name = "personne concernée par une fiche"
        verbose_name_plural = "personnes concernées par une fiche"
        constraints = [models.UniqueConstraint(fields=["member", "incidentsheet"], name="safety_sheet_person_once")]

    def __str__(self) -> str:
        return f"{self.incidentsheet_id} {self.member_id}"


class Debrief(OwnedModel):
    """Ten minutes of talk after a hard moment, as those who were there wish to keep them."""

    team = team_key()
    author = member_key("auteur")
    persons = models.ManyToManyField(
        "accounts.Member", verbose_name="participants", through="safety.DebriefPerson", related_name="+"
    )
    subject_type = models.CharField("point de départ", max_length=8, choices=Subject, default=Subject.LIBRE)
    subject_id = models.UUIDField("fiche de départ", null=True, blank=True)
    held_at = models.DateTimeField("tenu à", default=now)
    facts = EncryptedTextField("ce qui s'est passé", blank=True, default="")
    lived = EncryptedTextField("ce que chacun en dit", blank=True, default="")
    helped = EncryptedTextField("ce qui a aidé", blank=True, default="")
    change = EncryptedTextField("ce que l'on fera autrement", blank=True, default="")
    support = models.JSONField("soutiens proposés", default=list, blank=True)
    cleared_at = models.DateTimeField("rendu anonyme à", null=True, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "débriefing"
        verbose_name_plural = "débriefings"
        indexes = [
            models.Index(fields=["organisation", "-held_at", "-id"], name="safety_debrief_organisation"),
            models.Index(fields=["team", "-held_at"], name="safety_debrief_team"),
            models.Index(fields=["author", "-held_at"], name="safety_debrief_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_type=Subject.LIBRE, subject_id=None)
                | (~Q(subject_type=Subject.LIBRE) & Q(subject_id__isnull=False)),
                name="safety_debrief_starts_from_something",
            )
        ]

    def __str__(self) -> str:
        return f"Débriefing {self.pk}"


class DebriefPerson(UUIDModel):
    """Someone who took part in a debriefing."""

    debrief = models.ForeignKey(Debrief, verbose_name="débriefing", on_delete=models.CASCADE, related_name="+")
    member = member_key("membre")

    class Meta:
        verbose_name = "participant à un débriefing"
        verbose_name_plural = "participants à un débriefing"
        constraints = [models.UniqueConstraint(fields=["member", "debrief"], name="safety_debrief_person_once")]

    def __str__(self) -> str:
        return f"{self.debrief_id} {self.member_id}"
