"""Sessions of certification: dates, people seated, candidates who pass, what each member saw, what the jury decided."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.certification.enums import (
    LIVING,
    Attendance,
    Level,
    Modality,
    Outcome,
    SeatState,
    SessionState,
    TieBreak,
)
from entremise.certification.models.base import member_key, of_the_house
from entremise.certification.models.candidates import Candidate
from entremise.certification.models.juries import Juror
from entremise.competences.enums import SeatKind
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.keys.services import case_scope


class SessionQuerySet(models.QuerySet):
    """Sessions of the house; for a member of a jury, those they sit in, while these live."""

    def visible_to(self, actor: Actor) -> Any:
        """Every session for the certifier, one's own living ones for a juror, none for anybody else."""
        if actor.member_id is None:
            return self.none()
        if actor.has_role(Role.CERTIFICATEUR):
            return self.filter(organisation_id=actor.organisation_id)
        if not actor.has_role(Role.JURY):
            return self.none()
        mine = Seat.objects.filter(juror__member_id=actor.member_id).exclude(state=SeatState.RECUSED)
        house = self.filter(organisation_id=actor.organisation_id, state__in=LIVING)
        return house.filter(pk__in=mine.values("session_id"))

    def managed_by(self, actor: Actor) -> Any:
        """Those the certifier's staff may change."""
        return of_the_house(self, actor)


class ExamSession(UUIDModel):
    """Dates and a place where a jury examines candidates. The rules of its day are copied when it is convoked.

    ``seats_asked``: the seats the record asks, as read then (``record_fingerprint``).
    """

    organisation = organisation_key(db_index=False)
    record_code = models.CharField("certification", max_length=20)
    record_fingerprint = models.CharField("version de la fiche", max_length=64, blank=True, default="")
    seats_asked = models.JSONField("sièges demandés", default=list)
    starts_on = models.DateField("premier jour")
    ends_on = models.DateField("dernier jour")
    place = models.CharField("lieu", max_length=160)
    postal_code = models.CharField("code postal du lieu", max_length=9, blank=True, default="")
    modality = models.CharField("modalité", max_length=15, choices=Modality, default=Modality.ON_SITE)
    state = models.CharField("état", max_length=15, choices=SessionState, default=SessionState.PREPARING)
    strict_ties = models.BooleanField("un lien écarte de toute la session", default=True)
    quorum = models.PositiveSmallIntegerField("quorum du jury", default=4)
    tie_break = models.CharField("en cas de partage", max_length=10, choices=TieBreak, default=TieBreak.PRESIDENT)
    planned_at = models.DateTimeField("créée à", default=now)
    moved_at = models.DateTimeField("état atteint à", default=now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session de certification"
        verbose_name_plural = "sessions de certification"
        indexes = [models.Index(fields=["organisation", "-starts_on", "-id"], name="certification_session_list")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="certification_session_days"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Seat(UUIDModel):
    """Someone's place in the jury of a session, in the quality they sit in that day."""

    session = models.ForeignKey(ExamSession, verbose_name="session", on_delete=models.CASCADE, related_name="seats")
    juror = models.ForeignKey(Juror, verbose_name="membre de jury", on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField("qualité", max_length=15, choices=SeatKind)
    state = models.CharField("présence", max_length=10, choices=SeatState, default=SeatState.EXPECTED)
    named_at = models.DateTimeField("nommé à", default=now)

    class Meta:
        verbose_name = "siège de jury"
        verbose_name_plural = "sièges de jury"
        ordering = ["named_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "juror"], name="certification_one_seat")]

    def __str__(self) -> str:
        return str(self.pk)


class Sitting(UUIDModel):
    """A candidate's passage for one block, in a session. ``block_title``: as the record says it, for a page."""

    block_title = ""
    session = models.ForeignKey(ExamSession, verbose_name="session", on_delete=models.CASCADE, related_name="sittings")
    candidate = models.ForeignKey(Candidate, verbose_name="candidat", on_delete=models.PROTECT, related_name="sittings")
    block_code = models.CharField("bloc", max_length=30)
    route = models.CharField("voie d’accès", max_length=20)
    rank = models.PositiveSmallIntegerField("ordre de passage")
    attendance = models.CharField("présence", max_length=10, choices=Attendance, default=Attendance.EXPECTED)

    class Meta:
        verbose_name = "passage devant un jury"
        verbose_name_plural = "passages devant un jury"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["session", "candidate", "block_code"], name="certification_one_sitting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AboutSitting(UUIDModel):
    """A row whose words are about the candidate of a sitting; read it with its sitting."""

    class Meta:
        abstract = True

    def encryption_scope(self) -> Scope:
        """The candidate's key."""
        return case_scope(self.sitting.candidate_id)  # type: ignore[attr-defined]


class Mark(AboutSitting):
    """What one member saw, alone: a level for each competence of the block, and a verdict."""

    sitting = models.ForeignKey(Sitting, verbose_name="passage", on_delete=models.CASCADE, related_name="marks")
    seat = models.ForeignKey(Seat, verbose_name="siège", on_delete=models.CASCADE, related_name="marks")
    levels = models.JSONField("niveaux par compétence", default=dict)
    verdict = models.CharField("avis sur le bloc", max_length=15, choices=Outcome)
    comment = EncryptedTextField("ce que le membre a vu", blank=True, default="")
    marked_at = models.DateTimeField("noté à", default=now)

    class Meta:
        verbose_name = "grille d’un membre de jury"
        verbose_name_plural = "grilles des membres de jury"
        constraints = [models.UniqueConstraint(fields=["sitting", "seat"], name="certification_one_mark")]

    def __str__(self) -> str:
        return str(self.pk)

    def level_of(self, competence: str) -> Level | None:
        """The level given to a competence."""
        found = self.levels.get(competence)
        return Level(found) if found else None


class BlockResult(AboutSitting):
    """What the jury decided together. It counts once the minutes are sealed; then an addendum alone corrects it."""

    sitting = models.OneToOneField(Sitting, verbose_name="passage", on_delete=models.CASCADE, related_name="result")
    outcome = models.CharField("résultat", max_length=15, choices=Outcome)
    proposed = models.CharField("ce que disaient les voix", max_length=15, choices=Outcome, blank=True, default="")
    reason = EncryptedTextField("motif", blank=True, default="")
    advice = EncryptedTextField("conseil au candidat", blank=True, default="")
    decided_by = member_key("enregistré par")
    decided_at = models.DateTimeField("décidé à", default=now)

    class Meta:
        verbose_name = "résultat de bloc"
        verbose_name_plural = "résultats de bloc"

    def __str__(self) -> str:
        return str(self.pk)
