"""Official exports that a certifier brought: what they list, and where each record lies in the file beside."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from entremise.accounts.enums import Role
from entremise.competences.enums import ExportState
from entremise.core.actor import Actor
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.time import now


class ExportQuerySet(models.QuerySet):
    """Those of the certifier's own staff."""

    def visible_to(self, actor: Actor) -> Any:
        """The exports of the organisation, for its certifying staff."""
        if actor.member_id is None or not actor.has_role(Role.CERTIFICATEUR):
            return self.none()
        return self.filter(organisation_id=actor.organisation_id)


class RegisterExport(UUIDModel):
    """An export brought, read by the work queue. ``refusal``: why it was not, in a sentence."""

    organisation = organisation_key(db_index=False)
    state = models.CharField("état", max_length=10, choices=ExportState, default=ExportState.WAITING)
    refusal = models.TextField("refus", blank=True, default="")
    progress_done = models.PositiveBigIntegerField("octets lus", default=0)
    progress_total = models.PositiveBigIntegerField("octets à lire", default=0)
    progress_at = models.DateTimeField("dernier progrès", default=now)
    found = models.PositiveIntegerField("fiches trouvées", default=0)
    size = models.PositiveBigIntegerField("taille du fichier", default=0)
    brought_at = models.DateTimeField("apporté à", default=now)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "export du répertoire"
        verbose_name_plural = "exports du répertoire"
        indexes = [models.Index(fields=["organisation", "-brought_at"], name="competences_export_list")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def brought_path(self) -> Path:
        """The file as it was brought; gone once read."""
        return folder() / f"{self.pk}.export"

    @property
    def kept_path(self) -> Path:
        """Its records, each compressed, one after the other."""
        return folder() / f"{self.pk}.fiches"

    @property
    def is_pending(self) -> bool:
        """Not read yet."""
        return self.state in (ExportState.WAITING, ExportState.READING)


class ExportEntry(UUIDModel):
    """One record of an export: enough to be found, and where its content lies."""

    export = models.ForeignKey(
        RegisterExport,
        verbose_name="fichier d’export",
        on_delete=models.CASCADE,
        related_name="entries",
        db_index=False,
    )
    code = models.CharField("numéro de fiche", max_length=20)
    title = models.CharField("intitulé", max_length=500)
    searched = models.TextField("mots cherchés")
    level = models.PositiveSmallIntegerField("niveau de qualification", null=True, blank=True)
    is_active = models.BooleanField("active au répertoire", null=True, blank=True)
    registered_until = models.DateField("échéance de l’enregistrement", null=True, blank=True)
    offset = models.PositiveBigIntegerField("place dans le fichier")
    length = models.PositiveIntegerField("taille dans le fichier")

    class Meta:
        verbose_name = "fiche d’un export"
        verbose_name_plural = "fiches d’un export"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["export", "code"], name="competences_entry_once")]

    def __str__(self) -> str:
        return self.code


def folder() -> Path:
    """Where exports lie; public data, never served by the web server."""
    path = Path(settings.MEDIA_ROOT) / "repertoire"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
