"""Partners (relays) and who owns what must be repaired at a site."""

from typing import Any

from django.db import models

from entremise.core.actor import Actor
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.text import fold


class TenantQuerySet(models.QuerySet):
    """Rows of an organisation; every list starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's current organisation, none when there is no organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class Partner(UUIDModel):
    """A service or organisation to call on, by its public contacts; never a person's own phone."""

    organisation = organisation_key()
    name = models.CharField("nom", max_length=160)
    search_name = models.CharField("nom pour la recherche", max_length=400, editable=False)
    partner_type = models.CharField("type de partenaire", max_length=60)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("adresse électronique du service", blank=True)
    address = models.CharField("adresse", max_length=240, blank=True)
    commune_code = models.CharField("code de la commune", max_length=5, blank=True)
    hours = models.CharField("horaires", max_length=400, blank=True)
    fallback = models.ForeignKey(
        "self",
        verbose_name="partenaire à appeler à défaut",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    call_instead = models.CharField("qui appeler à défaut", max_length=240, blank=True)
    sectors = models.ManyToManyField("places.Sector", verbose_name="secteurs", related_name="+", blank=True)
    note = models.CharField("remarque", max_length=400, blank=True)
    checked_at = models.DateField("vérifié le", null=True, blank=True)
    is_active = models.BooleanField("actif", default=True)
    closed_at = models.DateTimeField("retiré à", null=True, blank=True)

    personal = ("phone", "email", "call_instead", "note")
    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "partner_type", "search_name"], name="directory_partner_name"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "is_active", "search_name"], name="directory_partner_list_idx"),
            models.Index(fields=["organisation", "partner_type", "search_name"], name="directory_partner_type_idx"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the form used to search and sort in step with the name."""
        self.search_name = fold(self.name)
        super().save(*args, **kwargs)


class SiteOwner(UUIDModel):
    """The partner to warn of a defect at a site, and so at its parts; for some categories (L21) or all."""

    organisation = organisation_key()
    site = models.ForeignKey(
        "places.Site", verbose_name="lieu", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    sector = models.ForeignKey(
        "places.Sector", verbose_name="secteur", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    partner = models.ForeignKey(Partner, verbose_name="partenaire", on_delete=models.CASCADE, related_name="owned")
    categories = models.JSONField("catégories (aucune : toutes)", default=list, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "responsable d’un lieu"
        verbose_name_plural = "responsables de lieux"
        constraints = [
            models.UniqueConstraint(fields=["site", "partner"], name="directory_owner_site_once"),
            models.UniqueConstraint(fields=["sector", "partner"], name="directory_owner_sector_once"),
            models.CheckConstraint(
                condition=models.Q(site=None, sector__isnull=False) | models.Q(site__isnull=False, sector=None),
                name="directory_owner_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
