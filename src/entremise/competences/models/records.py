"""Records of the national register (RNCP), as printed. They belong to no organisation: they are the same for all.

What the record does not say stays unknown (NULL), never zero and never guessed. A record that came from an export
counts for nobody until a person has read again how its blocks were split (``confirmed_at``).
"""

from typing import Any

from django.db import models
from django.db.models import Q

from entremise.accounts.enums import Role
from entremise.competences.enums import CodeKind, LineKind, Route
from entremise.core.actor import Actor
from entremise.core.db import UUIDModel
from entremise.core.time import now


def reader(name: str) -> models.ForeignKey[Any]:
    """Who read something again."""
    return models.ForeignKey(
        "accounts.Member", verbose_name=name, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )


class RecordQuerySet(models.QuerySet):
    """Confirmed records are everybody's; the others are still on the table of who may confirm them."""

    def visible_to(self, actor: Actor) -> Any:
        """Confirmed ones, and those the actor may prepare."""
        return self.filter(Q(confirmed_at__isnull=False) | Q(pk__in=self.prepared_by(actor).values("pk")))

    def prepared_by(self, actor: Actor) -> Any:
        """Those a certifier brought, and those the operator did, for want of anybody else to confirm them."""
        if actor.is_system:
            return self.all()
        if actor.member_id is None or not actor.has_role(Role.CERTIFICATEUR):
            return self.none()
        return self.filter(Q(brought_by_id=actor.organisation_id) | Q(brought_by=None))


class Record(UUIDModel):
    """A certification: what it aims at, how it is reached, how it is acquired.

    ``brought_by``: the certifier who took it from an export, and alone brings it up to date; None for the records
    shipped with this version and those of the operator. ``matches``: what the export says of blocks here and blocks
    elsewhere, as read; it decides nothing.
    """

    code = models.CharField("numéro de fiche", max_length=20, unique=True)
    title = models.CharField("intitulé", max_length=500)
    title_note = models.TextField("remarque sur l’intitulé", blank=True, default="")
    source = models.TextField("source de la fiche")
    level = models.PositiveSmallIntegerField("niveau de qualification", null=True, blank=True)
    registered_until = models.DateField("échéance de l’enregistrement", null=True, blank=True)
    objectives = models.TextField("objectifs et contexte", blank=True, default="")
    overall_evaluation = models.TextField("modalités d’évaluation", blank=True, default="")
    acquisition = models.TextField("modalités d’acquisition", blank=True, default="")
    sector_introduction = models.TextField("cadre d’exercice", blank=True, default="")
    legal_introduction = models.TextField("cadre juridique", blank=True, default="")
    entry_prerequisite = models.TextField("prérequis à l’entrée en formation", blank=True, default="")
    entry_months = models.PositiveSmallIntegerField("mois d’expérience demandés", null=True, blank=True)
    validation_prerequisite = models.TextField("prérequis à la validation", blank=True, default="")
    validation_hours = models.PositiveSmallIntegerField("heures de stage demandées", null=True, blank=True)
    block_prerequisites = models.TextField("prérequis propres aux blocs", blank=True, default="")
    new_caledonia = models.BooleanField("inscrite au cadre de la Nouvelle-Calédonie", null=True, blank=True)
    french_polynesia = models.BooleanField("inscrite au cadre de la Polynésie française", null=True, blank=True)
    overseas_note = models.TextField("remarque sur l’outre-mer", blank=True, default="")
    last_delivery_on = models.DateField("date limite de délivrance", null=True, blank=True)
    is_active = models.BooleanField("active au répertoire", null=True, blank=True)
    capacities = models.TextField("capacités attestées", blank=True, default="")
    successors = models.JSONField("fiches qui la remplacent", default=list, blank=True)
    matches = models.JSONField("correspondances de l’export", default=list, blank=True)
    fingerprint = models.CharField("empreinte de la source", max_length=64, editable=False)
    loaded_at = models.DateTimeField("chargée à", default=now)
    brought_by = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="apportée par",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    confirmed_at = models.DateTimeField("confirmée à", null=True, blank=True)
    confirmed_by = reader("confirmée par")

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche"
        verbose_name_plural = "fiches"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Part(UUIDModel):
    """What belongs to a record, in the order it is printed."""

    rank = models.PositiveSmallIntegerField("rang")

    class Meta:
        abstract = True
        ordering = ["rank"]


def record_key(name: str) -> models.ForeignKey[Any]:
    """The record a part belongs to."""
    return models.ForeignKey(Record, verbose_name="fiche", on_delete=models.CASCADE, related_name=name)


class RecordCode(Part):
    """A code of a nomenclature with the label the record prints; its version only when the record prints one."""

    record = record_key("codes")
    kind = models.CharField("nomenclature", max_length=10, choices=CodeKind)
    code = models.CharField("code", max_length=10)
    label = models.CharField("libellé imprimé", max_length=500)
    version = models.CharField("version imprimée", max_length=20, blank=True, default="")

    class Meta(Part.Meta):
        verbose_name = "code de nomenclature"
        verbose_name_plural = "codes de nomenclature"
        constraints = [models.UniqueConstraint(fields=["record", "kind", "code"], name="competences_code_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class RecordLine(Part):
    """One activity, sector, job or legal reference, in the record's own words."""

    record = record_key("lines")
    kind = models.CharField("nature", max_length=10, choices=LineKind)
    text = models.TextField("texte")

    class Meta(Part.Meta):
        verbose_name = "ligne de fiche"
        verbose_name_plural = "lignes de fiche"
        constraints = [models.UniqueConstraint(fields=["record", "kind", "rank"], name="competences_line_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.rank}"


class Certifier(Part):
    """A body that delivers the certification."""

    record = record_key("certifiers")
    legal_name = models.CharField("nom légal", max_length=500)
    siret = models.CharField("SIRET", max_length=14, blank=True, default="")
    trade_name = models.CharField("nom commercial", max_length=500, blank=True, default="")
    website = models.URLField("site", blank=True, default="")

    class Meta(Part.Meta):
        verbose_name = "certificateur"
        verbose_name_plural = "certificateurs"

    def __str__(self) -> str:
        return self.trade_name or self.legal_name


class Block(Part):
    """A block of competences: evaluated, acquired and kept by itself.

    ``source_text`` is what an export says of its competences in one piece; ``draft``, how it is proposed to be split;
    ``reread_at``, when a person found the split right. The shipped records have neither: they came split.
    """

    record = record_key("blocks")
    code = models.CharField("code", max_length=30)
    title = models.CharField("intitulé", max_length=1000)
    evaluation = models.TextField("modalités d’évaluation", blank=True, default="")
    source_text = models.TextField("compétences telles que l’export les donne", blank=True, default="")
    draft = models.JSONField("découpage proposé", default=list, blank=True)
    reread_at = models.DateTimeField("relu à", null=True, blank=True)
    reread_by = reader("relu par")

    class Meta(Part.Meta):
        verbose_name = "bloc de compétences"
        verbose_name_plural = "blocs de compétences"
        # Block codes are not unique in the national register: only within their record.
        constraints = [models.UniqueConstraint(fields=["record", "code"], name="competences_block_once")]

    def __str__(self) -> str:
        return self.code


class Competence(Part):
    """One competence of a block. ``reference`` names it everywhere else: links outlive a new loading of the record."""

    record = record_key("competences")
    block = models.ForeignKey(Block, verbose_name="bloc", on_delete=models.CASCADE, related_name="competences")
    code = models.CharField("code", max_length=10)
    text = models.TextField("texte")

    class Meta(Part.Meta):
        verbose_name = "compétence"
        verbose_name_plural = "compétences"
        constraints = [models.UniqueConstraint(fields=["record", "code"], name="competences_competence_once")]

    def __str__(self) -> str:
        return self.code


class AccessRoute(Part):
    """A way to the certification, with the jury it asks for. ``inferred`` says why an answer is not one read."""

    record = record_key("routes")
    code = models.CharField("voie", max_length=20, choices=Route)
    label = models.CharField("libellé imprimé", max_length=500)
    is_open = models.BooleanField("ouverte", null=True)
    inferred = models.TextField("déduction à confirmer", blank=True, default="")
    jury = models.JSONField("composition du jury", default=list)
    # The same composition as counts and conditions, so that software can hold a jury to it.
    seats = models.JSONField("sièges du jury", default=list)
    jury_modified_on = models.DateField("dernière modification du jury", null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = "voie d’accès"
        verbose_name_plural = "voies d’accès"
        constraints = [models.UniqueConstraint(fields=["record", "code"], name="competences_route_once")]

    def __str__(self) -> str:
        return self.code


class YearFigures(UUIDModel):
    """What the record publishes for one year. A year without a row is not a year at zero; an empty rate is unknown."""

    record = record_key("figures")
    year = models.PositiveSmallIntegerField("année d’obtention")
    certified = models.PositiveIntegerField("certifiés", null=True, blank=True)
    certified_vae = models.PositiveIntegerField("certifiés par la VAE", null=True, blank=True)
    insertion_6m = models.PositiveSmallIntegerField("insertion à six mois, en %", null=True, blank=True)
    target_job_6m = models.PositiveSmallIntegerField("métier visé à six mois, en %", null=True, blank=True)
    target_job_2y = models.PositiveSmallIntegerField("métier visé à deux ans, en %", null=True, blank=True)

    class Meta:
        verbose_name = "chiffres d’une année"
        verbose_name_plural = "chiffres par année"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["record", "year"], name="competences_year_once"),
            models.CheckConstraint(
                condition=(Q(insertion_6m=None) | Q(insertion_6m__lte=100))
                & (Q(target_job_6m=None) | Q(target_job_6m__lte=100))
                & (Q(target_job_2y=None) | Q(target_job_2y__lte=100)),
                name="competences_rates",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class ReplacedRecord(Part):
    """A former record that this one replaces. It gives no block by itself: equivalence is the certifier's decision."""

    record = record_key("replaces")
    code = models.CharField("numéro de la fiche remplacée", max_length=20)
    title = models.CharField("intitulé remplacé", max_length=255, blank=True, default="")

    class Meta(Part.Meta):
        verbose_name = "fiche remplacée"
        verbose_name_plural = "fiches remplacées"

    def __str__(self) -> str:
        return self.code
