"""The register of what persons ask about their own data."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.ids import short_reference
from entremise.core.permissions import can
from entremise.core.time import now, today
from entremise.keys.services import organisation_scope, person_scope
from entremise.privacy.enums import (
    ExtensionReason,
    IdentityCheck,
    PersonMatch,
    RefusalGround,
    RequestChannel,
    RequestKind,
    RequestOutcome,
    RequestStatus,
)
from entremise.privacy.models.persons import Person

SOON = 7  # days left from which the clock asks for attention


class DataRequestQuerySet(models.QuerySet):
    """The register is the data protection officer's; those who pass a request on see what they passed."""

    def visible_to(self, actor: Actor) -> Any:
        """Every request for those who answer or audit; for the others those they noted, and the corrections to make."""
        own = self.filter(organisation_id=actor.organisation_id)
        if can(actor, "privacy.view_requests"):
            return own
        if not actor.has_role(Role.MEDIATEUR, Role.ENCADRANT):
            return self.none()
        theirs = Q(kind=RequestKind.RECTIFICATION, match=PersonMatch.TROUVEE, person__team_id__in=actor.team_ids)
        return own.filter(Q(recorded_by_id=actor.member_id) | theirs)


class DataRequest(UUIDModel):
    """What a person asks about their data, and the answer: dates and codes stay, words vanish with the person."""

    organisation = organisation_key(db_index=False)
    kind = models.CharField("droit demandé", max_length=20, choices=RequestKind)
    match = models.CharField("recherche de la personne", max_length=12, choices=PersonMatch)
    person = models.ForeignKey(
        Person, verbose_name="personne", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_on = models.DateField("reçue le")
    channel = models.CharField("arrivée par", max_length=12, choices=RequestChannel)
    words = EncryptedTextField("ce que la personne demande", blank=True, default="")
    reply_to = EncryptedTextField("comment lui répondre", blank=True, default="")
    identity = models.CharField(
        "vérification de l’identité", max_length=14, choices=IdentityCheck, default=IdentityCheck.A_FAIRE
    )
    identity_on = models.DateField("identité vérifiée le", null=True, blank=True)
    due_on = models.DateField("réponse avant le")
    extended_on = models.DateField("prolongation annoncée le", null=True, blank=True)
    extension_reason = models.CharField(
        "raison de la prolongation", max_length=12, choices=ExtensionReason, blank=True, default=""
    )
    status = models.CharField("état", max_length=10, choices=RequestStatus, default=RequestStatus.NOUVELLE)
    recorded_at = models.DateTimeField("notée à", default=now)
    recorded_by = models.ForeignKey(
        "accounts.Member", verbose_name="notée par", on_delete=models.PROTECT, related_name="+"
    )
    handled_by = models.ForeignKey(
        "accounts.Member",
        verbose_name="prise en charge par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    answered_on = models.DateField("répondue le", null=True, blank=True)
    outcome = models.CharField("réponse", max_length=12, choices=RequestOutcome, blank=True, default="")
    refusal_ground = models.CharField(
        "fondement du refus", max_length=20, choices=RefusalGround, blank=True, default=""
    )
    answer = EncryptedTextField("mots de la réponse", blank=True, default="")

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’exercice de droits"
        verbose_name_plural = "demandes d’exercice de droits"
        constraints = [
            models.CheckConstraint(
                condition=Q(match=PersonMatch.TROUVEE, person__isnull=False)
                | (~Q(match=PersonMatch.TROUVEE) & Q(person=None)),
                name="privacy_request_found_person",
            ),
            models.CheckConstraint(
                condition=(Q(status=RequestStatus.CLOSE, answered_on__isnull=False) & ~Q(outcome=""))
                | (~Q(status=RequestStatus.CLOSE) & Q(answered_on=None, outcome="")),
                name="privacy_request_closed_is_answered",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=RequestOutcome.REFUSEE) | ~Q(refusal_ground=""),
                name="privacy_request_refusal_has_ground",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "due_on"], name="privacy_request_due_idx"),
            models.Index(fields=["organisation", "-received_on"], name="privacy_request_date_idx"),
        ]

    def __str__(self) -> str:
        return f"Demande {self.reference}"

    def encryption_scope(self) -> Scope:
        """The person's own key once we know who asks, so that these words vanish with them."""
        return person_scope(self.person_id) if self.person_id else organisation_scope(self.organisation_id)

    @property
    def reference(self) -> str:
        """Seven signs to say aloud."""
        return short_reference(self.pk)

    @property
    def is_open(self) -> bool:
        """Not answered yet."""
        return self.status != RequestStatus.CLOSE

    @property
    def days_left(self) -> int:
        """Days until the last one, negative once late; of an answered request, those that were left."""
        return (self.due_on - (self.answered_on or today())).days

    @property
    def clock(self) -> str:
        """``tenu``, ``depasse`` (answered), ``retard``, ``bientot``, ``large`` (open)."""
        if not self.is_open:
            return "tenu" if self.days_left >= 0 else "depasse"
        return "retard" if self.days_left < 0 else "bientot" if self.days_left <= SOON else "large"

    @property
    def clock_label(self) -> str:
        """The clock in words: ``3 jours restants``, ``Retard de 2 jours``."""
        days = abs(self.days_left)
        counted = f"{days} jour{'s' if days > 1 else ''}"
        labels = {
            "retard": f"Retard de {counted}",
            "tenu": "Dans le délai",
            "depasse": f"Répondue avec {counted} de retard",
        }
        left = "Dernier jour" if not days else f"{counted} restant{'s' if days > 1 else ''}"
        return labels.get(self.clock, left)

    @property
    def right(self) -> str:
        """The right in one word."""
        return str(RequestKind(self.kind).label).partition(" : ")[0]
