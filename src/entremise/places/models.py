"""Sectors, sites, the national list of communes, and spreadsheets waiting to be confirmed."""

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from entremise.core.actor import Actor
from entremise.core.db import UUIDModel, organisation_key
from entremise.core.text import fold, sort_key
from entremise.core.time import now
from entremise.places.enums import CommuneKind, ImportKind

_NONE = models.Value(uuid.UUID(int=0), output_field=models.UUIDField())
DRAFT_LIFETIME = dt.timedelta(hours=1)


class TenantQuerySet(models.QuerySet):
    """Rows of an organisation; every list starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """The rows of the actor's current organisation, none when there is no organisation."""
        return self.filter(organisation_id=actor.organisation_id) if actor.organisation_id else self.none()


class Sector(UUIDModel):
    """A part of the territory that a team covers; it groups sites."""

    organisation = organisation_key()
    name = models.CharField("nom", max_length=120)
    sort_name = models.CharField("nom pour le tri", max_length=400, editable=False)
    is_active = models.BooleanField("actif", default=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "secteur"
        verbose_name_plural = "secteurs"
        ordering = ["sort_name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="places_sector_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the sorting form in step with the name."""
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)


class Site(UUIDModel):
    """A place where mediators are present: a hall, a stop, a school gate, a drop-in, an online channel."""

    organisation = organisation_key()
    sector = models.ForeignKey(
        Sector, verbose_name="secteur", null=True, blank=True, on_delete=models.PROTECT, related_name="sites"
    )
    parent = models.ForeignKey(
        "self", verbose_name="fait partie de", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    name = models.CharField("nom", max_length=160)
    search_name = models.CharField("nom pour la recherche", max_length=400, editable=False)
    sort_name = models.CharField("nom pour le tri", max_length=600, editable=False)
    space_type = models.CharField("type d’espace", max_length=60)
    address = models.CharField("adresse", max_length=240, blank=True)
    commune_code = models.CharField("code de la commune", max_length=5, blank=True)
    qpv_code = models.CharField("code du quartier prioritaire", max_length=8, blank=True)
    iris_code = models.CharField("code IRIS", max_length=9, blank=True)
    position = models.PositiveSmallIntegerField("rang sur la ligne ou dans la tournée", default=0)
    is_active = models.BooleanField("ouvert", default=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        constraints = [
            # Empty sector or parent count as equal: NULLS NOT DISTINCT does not exist on SQLite.
            models.UniqueConstraint(
                "organisation",
                Coalesce("sector", _NONE),
                Coalesce("parent", _NONE),
                "search_name",
                name="places_site_name",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="places_site_not_its_own_part"),
        ]
        indexes = [
            models.Index(fields=["organisation", "is_active", "sort_name"], name="places_site_list_idx"),
            models.Index(fields=["organisation", "sector", "position"], name="places_site_sector_idx"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the forms used to search and to sort in step with the name."""
        self.search_name = fold(self.name)
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)


class Commune(models.Model):
    """A commune or municipal arrondissement of the national list, shared by every organisation."""

    code = models.CharField("code", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=80)
    search_name = models.CharField("nom pour la recherche", max_length=100)
    departement_code = models.CharField("code du département", max_length=3, blank=True)
    departement_name = models.CharField("département", max_length=60, blank=True)
    epci_code = models.CharField("code de l’intercommunalité", max_length=9, blank=True)
    epci_name = models.CharField("intercommunalité", max_length=160, blank=True)
    population = models.PositiveIntegerField("population municipale", null=True)
    postcodes = models.CharField("codes postaux", max_length=400, blank=True)
    kind = models.CharField("nature", max_length=3, choices=CommuneKind)
    town_hall_address = models.CharField("adresse de la mairie", max_length=300, blank=True)
    town_hall_phone = models.CharField("téléphone de la mairie", max_length=40, blank=True)
    town_hall_hours = models.TextField("horaires de la mairie", blank=True)

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CommuneContour(models.Model):
    """The outline of a commune (WKB, WGS 84), apart so that lists of communes stay light."""

    commune = models.OneToOneField(
        Commune, verbose_name="commune", primary_key=True, on_delete=models.CASCADE, related_name="contour"
    )
    wkb = models.BinaryField("contour")

    class Meta:
        verbose_name = "contour de commune"
        verbose_name_plural = "contours de communes"

    def __str__(self) -> str:
        return str(self.pk)


def draft_expiry() -> dt.datetime:
    """When a draft made now lapses."""
    return now() + DRAFT_LIFETIME


class ImportDraft(UUIDModel):
    """Rows read from a spreadsheet, kept by the server until its sender confirms, one hour at most."""

    organisation = organisation_key()
    member = models.ForeignKey("accounts.Member", verbose_name="membre", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("contenu", max_length=20, choices=ImportKind)
    rows = models.JSONField("lignes valides", default=list)
    refusals = models.JSONField("lignes refusées", default=list)
    skipped = models.JSONField("colonnes ignorées", default=list)
    created_at = models.DateTimeField("créé à", default=now)
    expires_at = models.DateTimeField("expire à", default=draft_expiry)

    personal = ("rows", "refusals")
    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "import en attente"
        verbose_name_plural = "imports en attente"
        indexes = [models.Index(fields=["expires_at"], name="places_draft_expiry_idx")]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%d/%m/%Y}"
