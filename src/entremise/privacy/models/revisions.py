"""What corrections replaced on the fiche of a person: sealed under their key, gone with them."""

from django.db import models

from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.keys.services import person_scope
from entremise.privacy.models.persons import Person


class PersonRevision(UUIDModel):
    """One correction of a fiche: before and after, field by field (JSON: name → [before, after])."""

    organisation = organisation_key(db_index=False)
    person = models.ForeignKey(
        Person, verbose_name="personne suivie", on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    version = models.PositiveIntegerField("version")
    at = models.DateTimeField("instant", default=now)
    author = models.ForeignKey(
        "accounts.Member", verbose_name="auteur", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    changes = EncryptedTextField("avant et après")

    class Meta:
        verbose_name = "correction d’une fiche de personne"
        verbose_name_plural = "corrections de fiches de personnes"
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="privacy_person_revision_once")]

    def __str__(self) -> str:
        return f"{self.person_id} v{self.version}"

    def encryption_scope(self) -> Scope:
        """The person's own key."""
        return person_scope(self.person_id)
