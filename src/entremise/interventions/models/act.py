"""The act of mediation."""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.db import EncryptedTextField, UUIDModel, organisation_key
from entremise.core.time import now
from entremise.interventions.enums import Link, Status, Visibility
from entremise.interventions.models.scope import scope_of
from entremise.interventions.models.thread import Thread

MAX_DURATION = 24 * 60  # minutes
MAX_PEOPLE = 5000  # beyond, it is an event, counted by its organiser
NARRATIVE_LENGTH = 500  # characters, domain §2.2
CODE_LENGTH = 60

WORDS = ("narrative", "party_a", "party_b", "correction_request")  # the free texts of an act
_MINUTES = Q(duration_minutes=None) | Q(duration_minutes__gt=0, duration_minutes__lte=MAX_DURATION)
_PEOPLE = Q(people_count=None) | Q(people_count__lte=MAX_PEOPLE)
_TENSION = (Q(tension_before=None) | Q(tension_before__lte=5)) & (Q(tension_after=None) | Q(tension_after__lte=5))


def one_condition(wanted: Q) -> Case:
    """The condition as one opaque test of a row.

    Left as an "or", PostgreSQL takes the organisation and its teams for independent, expects a handful of acts
    where there are fifty thousand, and fetches them all to sort them, instead of walking the index of dates.
    """
    return Case(When(wanted, then=Value(True)), default=Value(False), output_field=models.BooleanField())


class InterventionQuerySet(models.QuerySet):
    """Every list of acts starts from ``visible_to``."""

    def visible_to(self, actor: Actor) -> Any:
        """One's own acts, those of one's teams, and for a coordinator those shared with supervision.

        The same rule as ``rules.can_view``, which a test compares with this one act by act.
        """
        if actor.organisation_id is None or not actor.has_role(Role.MEDIATEUR, Role.ENCADRANT):
            return self.none()
        levels = [Visibility.EQUIPE]
        if actor.has_role(Role.ENCADRANT):
            levels.append(Visibility.ENCADREMENT)
        own = Q(author_id=actor.member_id) | Q(second_author_id=actor.member_id)
        team = Q(team_id__in=actor.team_ids, visibility__in=levels)
        return self.filter(one_condition(own | team), organisation_id=actor.organisation_id)

    def signed_by(self, actor: Actor) -> Any:
        """One's own acts, whatever their visibility.

        A member belongs to one organisation: leaving it out of the condition lets both engines walk
        the two authors' indexes instead of every act of the organisation.
        """
        if actor.member_id is None or not actor.has_role(Role.MEDIATEUR, Role.ENCADRANT):
            return self.none()
        return self.filter(Q(author_id=actor.member_id) | Q(second_author_id=actor.member_id))


class Intervention(UUIDModel):
    """An act of mediation on a situation, at a place and a time. It names nobody."""

    organisation = organisation_key(db_index=False)
    team = models.ForeignKey(
        "accounts.Team", verbose_name="équipe", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reference = models.CharField("référence", max_length=9)
    site = models.ForeignKey(
        "places.Site", verbose_name="lieu", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    round = models.ForeignKey(
        "presence.Round", verbose_name="tournée", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    thread = models.ForeignKey(
        Thread, verbose_name="fil", null=True, blank=True, on_delete=models.SET_NULL, related_name="interventions"
    )
    # The person of its thread, kept here so that a list of acts never reads threads to know which key seals.
    sealed_for = models.UUIDField("personne dont la clé scelle les textes", null=True, blank=True, editable=False)
    occurred_at = models.DateTimeField("début")
    duration_minutes = models.PositiveSmallIntegerField("durée en minutes", null=True, blank=True)
    recorded_at = models.DateTimeField("enregistrée à", default=now)
    author = models.ForeignKey(
        "accounts.Member", verbose_name="auteur", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    second_author = models.ForeignKey(
        "accounts.Member",
        verbose_name="second auteur",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    # Codes may be completed by the organisation ("bruit.local7f3a"): no ``choices`` on them.
    origin = models.CharField("origine", max_length=CODE_LENGTH, blank=True, default="")
    contact_mode = models.CharField("mode de contact", max_length=CODE_LENGTH, blank=True, default="")
    outcome = models.CharField("résultat", max_length=CODE_LENGTH)
    people_count = models.PositiveSmallIntegerField("nombre de personnes", null=True, blank=True)
    first_meeting = models.CharField("première rencontre", max_length=CODE_LENGTH, blank=True, default="")
    language_need = models.CharField("besoin de langue", max_length=CODE_LENGTH, blank=True, default="")
    conflict_kind = models.CharField("type de conflit", max_length=CODE_LENGTH, blank=True, default="")
    history = models.CharField("antériorité", max_length=CODE_LENGTH, blank=True, default="")
    tension_before = models.PositiveSmallIntegerField("tension en arrivant", null=True, blank=True)
    tension_after = models.PositiveSmallIntegerField("tension en repartant", null=True, blank=True)
    link = models.CharField("lien", max_length=10, blank=True, default="", choices=Link)
    party_a = EncryptedTextField("partie A", blank=True, default="")
    party_b = EncryptedTextField("partie B", blank=True, default="")
    narrative = EncryptedTextField("récit factuel", blank=True, default="")
    visibility = models.CharField("visibilité", max_length=12, choices=Visibility, default=Visibility.EQUIPE)
    status = models.CharField("état", max_length=12, choices=Status, default=Status.A_VALIDER)
    locked_at = models.DateTimeField("verrouillée à", null=True, blank=True)
    validated_at = models.DateTimeField("validée à", null=True, blank=True)
    validated_by = models.ForeignKey(
        "accounts.Member",
        verbose_name="validée par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    correction_request = EncryptedTextField("correction demandée", blank=True, default="")
    version = models.PositiveIntegerField("version", default=1)
    duplicated_from = models.ForeignKey(
        "self",
        verbose_name="recopiée de",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    # What becomes of the words: kept by the save below, so that a purge walks the index of the acts that have some.
    has_words = models.BooleanField("garde des textes", default=False, editable=False)
    text_kept_until = models.DateField("textes gardés jusqu’au", null=True, blank=True)
    text_kept_reason = EncryptedTextField("raison de garder les textes", blank=True, default="")
    text_cleared_at = models.DateTimeField("rendue anonyme à", null=True, blank=True)
    command_fingerprint = models.CharField("empreinte de l'envoi", max_length=64, editable=False, default="")

    objects = InterventionQuerySet.as_manager()
    # Said by the services of what they give back, never stored: the (list, code) of sensitive values that were shown
    # and not kept; whether the act had already been noted.
    dropped: tuple[tuple[str, str], ...] = ()
    was_noted: bool = False

    class Meta:
        verbose_name = "intervention"
        verbose_name_plural = "interventions"
        constraints = [
            models.CheckConstraint(condition=_MINUTES, name="interventions_duration"),
            models.CheckConstraint(condition=_PEOPLE, name="interventions_people"),
            models.CheckConstraint(condition=_TENSION, name="interventions_tension"),
            models.CheckConstraint(
                condition=Q(second_author=None) | ~Q(second_author=F("author")), name="interventions_two_authors"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VALIDEE) | ~Q(visibility=Visibility.AUTEURS),
                name="interventions_authors_only_unvalidated",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VALIDEE)
                | Q(locked_at__isnull=False, validated_at__isnull=False, validated_by__isnull=False),
                name="interventions_validated_is_locked",
            ),
            models.CheckConstraint(condition=~Q(outcome=""), name="interventions_outcome"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-occurred_at", "-id"], name="interventions_org_date"),
            models.Index(fields=["organisation", "status", "occurred_at", "id"], name="interventions_org_status"),
            models.Index(fields=["organisation", "outcome", "-occurred_at", "-id"], name="interventions_org_outcome"),
            models.Index(fields=["organisation", "reference"], name="interventions_org_reference"),
            models.Index(fields=["team", "-occurred_at"], name="interventions_team_date"),
            models.Index(fields=["site", "-occurred_at"], name="interventions_site_date"),
            models.Index(fields=["author", "-occurred_at"], name="interventions_author_date"),
            models.Index(
                fields=["sealed_for"], name="interventions_act_sealed_for", condition=Q(sealed_for__isnull=False)
            ),
            models.Index(
                fields=["second_author", "-occurred_at"],
                name="interventions_second_date",
                condition=Q(second_author__isnull=False),
            ),
            models.Index(
                fields=["organisation", "occurred_at"],
                name="interventions_with_words",
                condition=Q(has_words=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Intervention {self.reference}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps ``has_words`` in step with the texts, without opening them."""
        if not self.get_deferred_fields().intersection(WORDS):
            self.has_words = any(self.__dict__[name] for name in WORDS)
            self.text_cleared_at = None if self.has_words else self.text_cleared_at
        super().save(*args, **kwargs)

    def encryption_scope(self) -> Scope:
        """The key of the followed person its thread concerns, else the organisation's."""
        return scope_of(self.organisation_id, self.sealed_for)

    @property
    def is_locked(self) -> bool:
        """True once validated or frozen: only a request for correction reopens it."""
        return self.locked_at is not None
