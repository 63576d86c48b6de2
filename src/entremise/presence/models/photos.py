"""Photos of a defect: what is broken, never someone."""

from django.db import models

from entremise.core.time import now
from entremise.presence.models.base import OrganisationQuerySet, OwnedModel, member_key
from entremise.presence.models.watch import Defect


class DefectPhoto(OwnedModel):
    """A photo of something broken, made again without hidden data, sealed in a file."""

    personal = ("file_name",)  # the picture itself lies in that file

    defect = models.ForeignKey(Defect, verbose_name="signalement", on_delete=models.CASCADE, related_name="photos")
    author = member_key("auteur")
    file_name = models.CharField("fichier", max_length=60)
    width = models.PositiveSmallIntegerField("largeur en points")
    height = models.PositiveSmallIntegerField("hauteur en points")
    size = models.PositiveIntegerField("taille en octets")
    created_at = models.DateTimeField("ajoutée à", default=now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "photo de signalement"
        verbose_name_plural = "photos de signalement"
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Photo {self.pk}"

    @property
    def associated(self) -> str:
        """What the sealed file is bound to: it cannot be moved under another record."""
        return f"presence.defectphoto:{self.pk}"
