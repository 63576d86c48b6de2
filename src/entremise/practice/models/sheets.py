"""The sheets of a private notebook. They belong to a person, not to an organisation (ADR 0010)."""

from typing import Any

from django.db import models

from entremise.accounts.queries import confidences_closed_until
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel
from entremise.core.time import now
from entremise.keys.services import author_scope


class SheetQuerySet(models.QuerySet):
    """Every read of sheets starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """One's own sheets, in whichever organisation one acts; none while confidences are shut."""
        if actor.user_id is None or confidences_closed_until(actor.user_id) is not None:
            return self.none()
        return self.filter(author_id=actor.user_id)


class Sheet(UUIDModel):
    """A moment of practice looked at again, by and for its author.

    Everything that tells anything is sealed under the author's own key: the answers, the principle, the competences,
    and the act it started from. Only dates and the name of the layout are readable.
    """

    author = models.ForeignKey(
        "accounts.User", verbose_name="auteur", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    layout = models.CharField("modèle", max_length=40)
    title = EncryptedTextField("titre", blank=True, default="")
    content = EncryptedTextField("réponses", blank=True, default="")
    rereading = EncryptedTextField("relecture", blank=True, default="")
    written_at = models.DateTimeField("commencée à", default=now)
    changed_at = models.DateTimeField("modifiée à", default=now)
    finished_at = models.DateTimeField("terminée à", null=True, blank=True)
    reread_on = models.DateField("relecture proposée le", null=True, blank=True)
    reread_at = models.DateTimeField("relue à", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche réflexive"
        verbose_name_plural = "fiches réflexives"
        indexes = [
            models.Index(fields=["author", "-changed_at", "-id"], name="practice_sheet_author"),
            models.Index(
                fields=["author", "reread_on"],
                name="practice_sheet_to_reread",
                condition=models.Q(reread_at=None, reread_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def encryption_scope(self) -> Scope:
        """The author's own key, that of no organisation."""
        return author_scope(self.author_id)
