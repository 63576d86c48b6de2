"""Candidates: who they are for civil status, by which route they come, what they enrol for, who went with them."""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.certification.enums import Companionship, ExperienceNature, Sex
from entremise.certification.models.base import OfCandidate, member_key, of_the_house
from entremise.competences.enums import Route
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.keys.services import case_scope


class CandidateQuerySet(models.QuerySet):
    """A candidate is read by the certifier, by themselves and by who accompanies them."""

    def visible_to(self, actor: Actor) -> Any:
        """Everyone's files for the certifier; one's own; those one trains or accompanies."""
        house = self.filter(organisation_id=actor.organisation_id)
        if actor.member_id is None:
            return self.none()
        if actor.has_role(Role.CERTIFICATEUR):
            return house
        seen = Q(pk__in=[])
        if actor.has_role(Role.CANDIDAT):
            seen |= Q(member_id=actor.member_id)
        if actor.has_role(Role.FORMATEUR):
            seen |= Q(pk__in=Companion.objects.filter(member_id=actor.member_id).values("candidate_id"))
        if actor.has_role(Role.PREPARATEUR):
            seen |= Q(preparations__body__contacts__member_id=actor.member_id)
        return house.filter(seen).distinct() if actor.has_role(Role.PREPARATEUR) else house.filter(seen)

    def managed_by(self, actor: Actor) -> Any:
        """The files the certifier's staff may change."""
        return of_the_house(self, actor)


class Candidate(UUIDModel):
    """A person who comes to the certification, once whatever the route and the years.

    Civil status is what the official deposit is matched on: birth name as on the birth certificate, birth place by
    its COG code (five signs; 99 and three digits abroad). ``born_on`` is ISO text, sealed; its month and day may be
    unknown (``1984``, ``1984-07``).
    """

    organisation = organisation_key(db_index=False)
    reference = models.CharField("référence", max_length=12, editable=False)
    member = member_key("compte du candidat", null=True, blank=True)
    sex = models.CharField("sexe à l’état civil", max_length=1, choices=Sex)
    birth_name = EncryptedTextField("nom de naissance")
    usage_name = EncryptedTextField("nom d’usage", blank=True, default="")
    first_names = EncryptedTextField("prénoms, dans l’ordre")
    born_on = EncryptedTextField("date de naissance")
    birth_place = EncryptedTextField("lieu de naissance")
    birth_code = EncryptedTextField("code COG du lieu de naissance", blank=True, default="")
    birth_country = EncryptedTextField("pays de naissance", blank=True, default="")
    # Keyed hash of name, first name, date and place: finds the same person entered twice, tells nothing.
    civil_hash = models.CharField("empreinte de l’état civil", max_length=64, blank=True, default="", editable=False)
    email = EncryptedTextField("adresse électronique", blank=True, default="")
    employer = EncryptedTextField("employeur", blank=True, default="")
    accommodations = EncryptedTextField("aménagements demandés", blank=True, default="")
    extra_time = EncryptedTextField("temps supplémentaire, en %", blank=True, default="")
    version = models.PositiveIntegerField("version", default=1)
    opened_at = models.DateTimeField("ouvert à", default=now)
    touched_at = models.DateTimeField("dernière activité", default=now)
    erased_at = models.DateTimeField("effacé à", null=True, blank=True)

    personal = ("sex",)
    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "candidat"
        verbose_name_plural = "candidats"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="certification_candidate_reference"),
            models.UniqueConstraint(
                fields=["organisation", "member"], condition=Q(member__isnull=False), name="certification_one_own_file"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-opened_at", "-id"], name="certification_candidate_list"),
            models.Index(fields=["organisation", "civil_hash"], name="certification_same_person"),
        ]

    def __str__(self) -> str:
        return self.reference

    def encryption_scope(self) -> Scope:
        """The candidate's own key."""
        return case_scope(self.pk)

    @property
    def name(self) -> str:
        """First name, then the name in use, as one speaks to the person."""
        first = self.first_names.split(",")[0].strip()
        return f"{first} {self.usage_name or self.birth_name}".strip() or f"Candidat {self.reference} (effacé)"


class Candidacy(OfCandidate, UUIDModel):
    """One way to one certification: a route, its prerequisites and what was seen of their proofs."""

    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="candidacies"
    )
    record_code = models.CharField("certification", max_length=20)
    route = models.CharField("voie d’accès", max_length=20, choices=Route)
    experience_months = models.PositiveSmallIntegerField("mois d’expérience prouvés", null=True, blank=True)
    experience_nature = models.CharField(
        "nature de l’expérience", max_length=10, choices=ExperienceNature, blank=True, default=""
    )
    internship_hours = models.PositiveSmallIntegerField("heures de stage prouvées", null=True, blank=True)
    opened_on = models.DateField("inscription")
    withdrawn_on = models.DateField("abandon", null=True, blank=True)

    class Meta:
        verbose_name = "candidature"
        verbose_name_plural = "candidatures"
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "record_code"],
                condition=Q(withdrawn_on=None),
                name="certification_one_open_candidacy",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Enrolment(UUIDModel):
    """A block the candidate goes for. None asks for another: the record sets no prerequisite of block."""

    candidacy = models.ForeignKey(
        Candidacy, verbose_name="candidature", on_delete=models.CASCADE, related_name="enrolments"
    )
    block_code = models.CharField("bloc", max_length=30)
    enrolled_on = models.DateField("inscrit le")

    class Meta:
        verbose_name = "inscription à un bloc"
        verbose_name_plural = "inscriptions aux blocs"
        ordering = ["block_code"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "block_code"], name="certification_enrolled_once"),
        ]

    def __str__(self) -> str:
        return self.block_code


class Companion(OfCandidate, UUIDModel):
    """Somebody who went with the candidate: never one of their judges.

    ``member`` when they have an account of the certifier, so that a jury finds them without anybody's memory.
    """

    candidate = models.ForeignKey(
        Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="companions"
    )
    kind = models.CharField("nature", max_length=10, choices=Companionship)
    member = member_key("compte", null=True, blank=True)
    name = EncryptedTextField("nom", blank=True, default="")
    structure = EncryptedTextField("sa structure", blank=True, default="")

    class Meta:
        verbose_name = "accompagnement d’un candidat"
        verbose_name_plural = "accompagnements des candidats"
        indexes = [models.Index(fields=["member"], name="certification_companion_of")]

    def __str__(self) -> str:
        return str(self.pk)
