"""Organisations, teams, members, sessions."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from entremise.accounts.enums import ANONYMOUS_JOBS, Job, OrganisationKind
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.privacy.services import INSTALLATION, lookup_hash


class Organisation(UUIDModel):
    """An employer of mediators; the owner of everything its members write."""

    name = models.CharField("nom", max_length=160)
    kind = models.CharField("nature", max_length=20, choices=OrganisationKind)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    commune_code = models.CharField("commune", max_length=5, blank=True)
    created_at = models.DateTimeField("créée à", default=now)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds a person by e-mail address without keeping it readable."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Used by Django's authentication backends; the address is hashed before the query."""
        return self.get(email_hash=email_hash(username or ""))


def email_hash(email: str) -> str:
    """The lookup hash of an address, case folded and trimmed."""
    return lookup_hash(email.strip().casefold(), "email")


class User(UUIDModel, AbstractBaseUser):
    """A person who signs in. The address and the name are sealed under the installation's key."""

    email_hash = models.CharField("empreinte de l'adresse", max_length=64, unique=True, editable=False)
    email = EncryptedTextField("adresse électronique")
    display_name = EncryptedTextField("nom affiché")
    is_active = models.BooleanField("actif", default=True)
    proconnect_hash = models.CharField("empreinte ProConnect", max_length=64, blank=True, default="")
    created_at = models.DateTimeField("créé à", default=now)
    closed_at = models.DateTimeField("fermé à", null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email_hash"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def encryption_scope() -> Scope:
        """A person may belong to several organisations: the installation's key."""
        return INSTALLATION

    def clean(self) -> None:
        """AbstractBaseUser would normalise the username; ours is a hash."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the lookup hash in step with the address."""
        self.email_hash = email_hash(self.email)
        super().save(*args, **kwargs)


class TenantQuerySet(models.QuerySet):
    """Rows of an organisation; every list starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's current organisation, none when there is no organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class Team(UUIDModel):
    """Mediators who work together and read one another's log; its job chooses registers and cards."""

    organisation = organisation_key()
    name = models.CharField("nom", max_length=120)
    job = models.CharField("métier", max_length=30, choices=Job)
    is_active = models.BooleanField("active", default=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "équipe"
        verbose_name_plural = "équipes"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="accounts_team_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_anonymous(self) -> bool:
        """True for the jobs whose public must never be identifiable."""
        return self.job in ANONYMOUS_JOBS


class Member(UUIDModel):
    """A person in an organisation. It outlives the account: acts keep it as their author."""

    organisation = organisation_key()
    user = models.ForeignKey(User, verbose_name="compte", null=True, on_delete=models.SET_NULL, related_name="members")
    roles = models.JSONField("rôles", default=list)
    teams = models.ManyToManyField(Team, verbose_name="équipes", related_name="members", blank=True)
    joined_at = models.DateTimeField("arrivée", default=now)
    left_at = models.DateTimeField("départ", null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="accounts_member_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Session(AbstractBaseSession):
    """A signed-in browser, which its owner can list and close."""

    user = models.ForeignKey(User, verbose_name="compte", null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField("appareil", max_length=80, blank=True)
    created_at = models.DateTimeField("ouverte à", default=now)
    seen_at = models.DateTimeField("vue à", default=now)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "session"
        verbose_name_plural = "sessions"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that fills these columns."""
        from entremise.accounts.sessions import SessionStore  # the store imports this model

        return SessionStore


class ListItem(UUIDModel):
    """What an organisation changed in a closed list: a new label, a hidden item, a completed one."""

    organisation = organisation_key()
    list_reference = models.CharField("liste", max_length=20)
    code = models.CharField("code", max_length=60)
    label = models.CharField("libellé", max_length=120, blank=True)
    is_hidden = models.BooleanField("masqué", default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "élément de liste"
        verbose_name_plural = "éléments de liste"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "list_reference", "code"], name="accounts_list_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.list_reference}.{self.code}"


class SensitiveOption(UUIDModel):
    """A sensitive value that the data protection officer allowed, with the reason, until withdrawn."""

    organisation = organisation_key()
    list_reference = models.CharField("liste", max_length=20)
    code = models.CharField("code", max_length=60)
    reason = models.TextField("motif")
    decided_by = models.ForeignKey(Member, verbose_name="décidé par", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("décidé à", default=now)
    withdrawn_at = models.DateTimeField("retiré à", null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "valeur sensible autorisée"
        verbose_name_plural = "valeurs sensibles autorisées"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "list_reference", "code"],
                condition=models.Q(withdrawn_at=None),
                name="accounts_sensitive_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_reference}.{self.code}"
