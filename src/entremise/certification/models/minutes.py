"""Minutes of a jury: written once, signed by those present, sealed; corrected only beside themselves."""

from django.db import models

from entremise.certification.enums import Outcome
from entremise.certification.models.base import OfHouse, of_the_house
from entremise.certification.models.sessions import ExamSession, Seat, Sitting
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.keys.services import organisation_scope


class MinutesQuerySet(models.QuerySet):
    """Minutes belong to the certifier; a jury reads its own through its living session."""

    def visible_to(self, actor: Actor) -> "MinutesQuerySet":
        """Those of the sessions the actor reads."""
        sessions = ExamSession.objects.visible_to(actor).values("pk")
        return self.filter(organisation_id=actor.organisation_id, session_id__in=sessions)

    def managed_by(self, actor: Actor) -> "MinutesQuerySet":
        """Those the certifier's staff may read for ever."""
        found: MinutesQuerySet = of_the_house(self, actor)
        return found


class Minutes(OfHouse, UUIDModel):
    """The minutes (procès-verbal). ``content`` is canonical JSON; ``digest`` its SHA-256, chained to the one before.

    Numbers follow one another without a gap, within a certifier and a year: minutes written again before they are
    sealed keep theirs, and lose their signatures.
    """

    organisation = organisation_key(db_index=False)
    session = models.OneToOneField(
        ExamSession, verbose_name="session", on_delete=models.PROTECT, related_name="minutes"
    )
    year = models.PositiveSmallIntegerField("année")
    rank = models.PositiveIntegerField("rang dans l’année")
    number = models.CharField("numéro", max_length=40)
    content = EncryptedTextField("texte du procès-verbal")
    digest = models.CharField("empreinte", max_length=64)
    previous = models.CharField("empreinte précédente", max_length=64, blank=True, default="")
    seal = models.CharField("sceau", max_length=64, blank=True, default="")
    drawn_at = models.DateTimeField("dressé à", default=now)
    sealed_at = models.DateTimeField("scellé à", null=True, blank=True)
    erased_at = models.DateTimeField("effacé à", null=True, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = "procès-verbal de jury"
        verbose_name_plural = "procès-verbaux de jury"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "rank"], name="certification_minutes_number"),
        ]

    def __str__(self) -> str:
        return self.number


class MinutesSignature(UUIDModel):
    """A member's signature on one fingerprint."""

    minutes = models.ForeignKey(
        Minutes, verbose_name="procès-verbal", on_delete=models.CASCADE, related_name="signatures"
    )
    seat = models.ForeignKey(Seat, verbose_name="siège", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField("empreinte signée", max_length=64)
    signed_at = models.DateTimeField("signé à", default=now)

    class Meta:
        verbose_name = "signature de procès-verbal"
        verbose_name_plural = "signatures de procès-verbal"
        constraints = [models.UniqueConstraint(fields=["minutes", "seat"], name="certification_signed_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Addendum(UUIDModel):
    """A correction beside sealed minutes: words, and where it bears on a result, the result that now counts."""

    minutes = models.ForeignKey(Minutes, verbose_name="procès-verbal", on_delete=models.PROTECT, related_name="addenda")
    rank = models.PositiveSmallIntegerField("rang")
    text = EncryptedTextField("texte de l’additif")
    sitting = models.ForeignKey(
        Sitting, verbose_name="passage corrigé", on_delete=models.PROTECT, null=True, blank=True, related_name="addenda"
    )
    outcome = models.CharField("résultat corrigé", max_length=15, choices=Outcome, blank=True, default="")
    digest = models.CharField("empreinte", max_length=64)
    signed_at = models.DateTimeField("signé à", default=now)

    class Meta:
        verbose_name = "additif au procès-verbal"
        verbose_name_plural = "additifs au procès-verbal"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "rank"], name="certification_addendum_rank"),
            models.CheckConstraint(
                condition=models.Q(sitting=None, outcome="")
                | (models.Q(sitting__isnull=False) & ~models.Q(outcome="")),
                name="certification_addendum_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.rank}"

    def encryption_scope(self) -> Scope:
        """The certifier's key, as the minutes'."""
        return organisation_scope(self.minutes.organisation_id)
