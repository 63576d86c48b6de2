"""How one gets in: invitations, second factor, recovery codes, limits in time."""

from django.db import models

from entremise.accounts.enums import Limit
from entremise.accounts.models.base import TenantQuerySet
from entremise.accounts.models.organisations import Member, Team
from entremise.accounts.models.users import User
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.keys.services import INSTALLATION, organisation_scope


class Invitation(UUIDModel):
    """The only way in. Its link works once, for seven days; the address is erased once it is used."""

    organisation = organisation_key()
    email = EncryptedTextField("adresse électronique", blank=True)
    email_hash = models.CharField("empreinte de l'adresse", max_length=64)
    roles = models.JSONField("rôles", default=list)
    teams = models.ManyToManyField(Team, verbose_name="équipes", related_name="+", blank=True)
    token_hash = models.CharField("empreinte du lien", max_length=64, null=True, unique=True)
    invited_by = models.ForeignKey(
        Member, verbose_name="invité par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("créée à", default=now)
    sent_at = models.DateTimeField("envoyée à", null=True, blank=True)
    expires_at = models.DateTimeField("expire à")
    accepted_at = models.DateTimeField("acceptée à", null=True, blank=True)
    revoked_at = models.DateTimeField("retirée à", null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email_hash"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="accounts_one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def encryption_scope(self) -> Scope:
        """The organisation that invites."""
        return organisation_scope(self.organisation_id)


class SecondFactor(UUIDModel):
    """The secret shared with the person's authenticator (TOTP, RFC 6238), sealed like the rest.

    The tables of django-otp keep that secret readable; only its algorithm is used here.
    """

    user = models.OneToOneField(User, verbose_name="compte", on_delete=models.CASCADE, related_name="second_factor")
    secret = EncryptedTextField("secret partagé")
    last_step = models.BigIntegerField("dernier intervalle accepté", default=-1)
    created_at = models.DateTimeField("créé à", default=now)
    confirmed_at = models.DateTimeField("confirmé à", null=True, blank=True)

    class Meta:
        verbose_name = "second facteur"
        verbose_name_plural = "seconds facteurs"

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def encryption_scope() -> Scope:
        """The same key as the account."""
        return INSTALLATION


class RecoveryCode(UUIDModel):
    """A code for the day the authenticator is lost: kept as a keyed hash, used once."""

    user = models.ForeignKey(User, verbose_name="compte", on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField("empreinte du code", max_length=64)
    used_at = models.DateTimeField("utilisé à", null=True, blank=True)

    class Meta:
        verbose_name = "code de secours"
        verbose_name_plural = "codes de secours"
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="accounts_recovery_code_once")]

    def __str__(self) -> str:
        return str(self.pk)


class RateCount(UUIDModel):
    """How many times something was tried within a window; the subject is a keyed hash."""

    purpose = models.CharField("objet", max_length=30, choices=Limit)
    subject_hash = models.CharField("empreinte du sujet", max_length=64)
    since = models.DateTimeField("depuis", default=now, db_index=True)
    count = models.PositiveIntegerField("nombre", default=0)

    personal = ("subject_hash",)

    class Meta:
        verbose_name = "compteur de tentatives"
        verbose_name_plural = "compteurs de tentatives"
        constraints = [models.UniqueConstraint(fields=["purpose", "subject_hash"], name="accounts_rate_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.count}"
