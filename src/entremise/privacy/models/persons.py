"""The persons registry: the one place other modules take an identity from."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now, today
from entremise.keys.services import person_scope
from entremise.privacy.enums import AgeBand, ContactWay, IdentityReason


class PersonQuerySet(models.QuerySet):
    """Persons are followed by a team."""

    def visible_to(self, actor: Actor) -> Any:
        """The persons the actor's teams follow; an erased one is nobody's."""
        return self.filter(organisation_id=actor.organisation_id, team_id__in=actor.team_ids, erased_at=None)


class Person(UUIDModel):
    """Someone a team follows: a reference first; a name or a contact only with a reason, under the person's own key.

    Erasing destroys that key. The emptied row stays, so that counts hold and an old backup cannot bring it back.
    """

    personal = (
        *("birth_year", "age_band", "commune_code", "speaks", "reads", "phone_watched", "contact_way"),
        *("name_mark", "see_again_on"),
    )

    organisation = organisation_key(db_index=False)
    team = models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reference = models.CharField("référence", max_length=12)
    birth_year = models.PositiveSmallIntegerField("année de naissance", null=True, blank=True)
    age_band = models.CharField("tranche d’âge", max_length=30, choices=AgeBand, blank=True, default="")
    commune_code = models.CharField("commune (code)", max_length=5, blank=True, default="")
    speaks = models.JSONField("langues parlées", default=list, blank=True)
    reads = models.JSONField("langues lues", default=list, blank=True)
    name = EncryptedTextField("nom", blank=True, default="")
    name_reason = models.CharField("raison du nom", max_length=20, choices=IdentityReason, blank=True, default="")
    # Four signs of a keyed hash: thousands of names share them. They say which fiches to open and compare, no more.
    name_mark = models.CharField("indice de rapprochement du nom", max_length=4, blank=True, default="", editable=False)
    phone = EncryptedTextField("téléphone", blank=True, default="")
    email = EncryptedTextField("courriel", blank=True, default="")
    address = EncryptedTextField("adresse postale", blank=True, default="")
    contact_reason = models.CharField(
        "raison du contact", max_length=20, choices=IdentityReason, blank=True, default=""
    )
    contact_way = models.CharField("moyen le plus sûr", max_length=20, choices=ContactWay, blank=True, default="")
    contact_note = EncryptedTextField("précautions de contact", blank=True, default="")
    phone_watched = models.BooleanField("téléphone surveillé par un tiers", default=False)
    last_contact_on = models.DateField("dernier contact", default=today)
    see_again_on = models.DateField("à revoir le", null=True, blank=True)
    opened_at = models.DateTimeField("suivie depuis", default=now)
    opened_by = models.ForeignKey(
        "accounts.Member", verbose_name="ouverte par", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    restricted_at = models.DateTimeField("traitement limité à", null=True, blank=True)
    erased_at = models.DateTimeField("effacée à", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "personne suivie"
        verbose_name_plural = "personnes suivies"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="privacy_person_reference"),
            models.CheckConstraint(condition=Q(name="") | ~Q(name_reason=""), name="privacy_person_name_has_reason"),
            models.CheckConstraint(
                condition=Q(phone="", email="", address="") | ~Q(contact_reason=""),
                name="privacy_person_contact_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(name="", phone="", email="", address="", contact_note="", birth_year=None, commune_code="")
                & Q(name_mark=""),
                name="privacy_person_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-last_contact_on"], name="privacy_person_team_idx"),
            models.Index(fields=["organisation", "last_contact_on"], name="privacy_person_due_idx"),
            models.Index(fields=["team", "-opened_at"], name="privacy_person_opened_idx"),
            models.Index(
                fields=["team", "see_again_on"],
                name="privacy_person_again_idx",
                condition=Q(see_again_on__isnull=False),
            ),
            models.Index(
                fields=["organisation", "name_mark"], name="privacy_person_mark_idx", condition=~Q(name_mark="")
            ),
            models.Index(
                fields=["organisation", "birth_year", "commune_code"],
                name="privacy_person_alike_idx",
                condition=~Q(commune_code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Personne {self.reference}"

    def encryption_scope(self) -> Scope:
        """The person's own key."""
        return person_scope(self.pk)


class ReferenceCounter(models.Model):
    """The last number issued in a year by an organisation; held while the next one is taken."""

    organisation = organisation_key(db_index=False)
    year = models.PositiveSmallIntegerField("année")
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "compteur de références"
        verbose_name_plural = "compteurs de références"
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="privacy_one_counter_a_year")]

    def __str__(self) -> str:
        return f"{self.year} : {self.last}"
