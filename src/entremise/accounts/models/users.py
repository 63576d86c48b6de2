"""People who sign in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.time import now
from entremise.keys.services import INSTALLATION, lookup_hash


class UserManager(BaseUserManager["User"]):
    """The natural key is the hash of the address: credentials, signals and lock-outs never carry the address."""

    def by_email(self, email: str) -> "User | None":
        """The account of an address, closed or not."""
        return self.filter(email_hash=email_hash(email)).first()


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
    # After a way in that proves no former password: what was confided to this person alone stays shut meanwhile.
    confidences_closed_until = models.DateTimeField("confidences fermées jusqu’à", null=True, blank=True)
    new_email = EncryptedTextField("nouvelle adresse à confirmer", blank=True, default="")
    new_email_token = models.CharField("empreinte du lien de confirmation", max_length=64, blank=True, default="")
    new_email_until = models.DateTimeField("confirmation possible jusqu'à", null=True, blank=True)

    password_by_service = False

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

    def put_password(self, new: str) -> None:
        """A password set by a service of ours, which decides what it shuts; saving is the caller's."""
        self.set_password(new)
        self.password_by_service = True

    @property
    def password_from_outside(self) -> bool:
        """True while a password that no service of ours set is being saved (a command of Django's, a shell)."""
        return getattr(self, "_password", None) is not None and not self.password_by_service

    def clean(self) -> None:
        """AbstractBaseUser would normalise the username; ours is a hash."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the lookup hash in step with the address."""
        self.email_hash = email_hash(self.email)
        super().save(*args, **kwargs)
