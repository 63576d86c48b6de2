"""The parties, and their free agreement to enter."""

from django.db import models
from django.db.models import Q

from entremise.core.db import EncryptedTextField
from entremise.core.time import now, today
from entremise.mediations.enums import ConsentManner, ParentalAuthority, PartyKind, Representation
from entremise.mediations.models.base import CaseRow, member_key


class Party(CaseRow):
    """Someone on one side: a person of the registry, a group, an institution. Known by a letter, A, B, C…"""

    personal = ("language", "is_minor", "authority")

    letter = models.CharField("lettre", max_length=1)
    kind = models.CharField("nature", max_length=20, choices=PartyKind)
    person = models.ForeignKey(
        "privacy.Person",
        verbose_name="personne suivie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=True,
    )
    label = EncryptedTextField("comment l’appeler", blank=True, default="")
    empowered = EncryptedTextField("qui peut s’engager pour elle", blank=True, default="")
    representation = models.CharField("présence", max_length=20, choices=Representation, default=Representation.SEULE)
    supporter = EncryptedTextField("qui l’accompagne ou la représente", blank=True, default="")
    language = models.CharField("langue parlée", max_length=5, default="fr")
    interpreter = models.BooleanField("interprète nécessaire", default=False)
    is_minor = models.BooleanField("mineure", default=False)
    own_wish = EncryptedTextField("ce que le mineur souhaite, dans ses mots", blank=True, default="")
    authority = models.CharField(
        "autorité parentale", max_length=20, choices=ParentalAuthority, default=ParentalAuthority.SANS_OBJET
    )
    contacted_on = models.DateField("contactée le", null=True, blank=True)

    class Meta:
        verbose_name = "partie"
        verbose_name_plural = "parties"
        ordering = ("letter",)
        constraints = [
            models.UniqueConstraint(fields=["case", "letter"], name="mediations_party_letter"),
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(person__isnull=False), name="mediations_party_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Partie {self.letter}"


class Consent(CaseRow):
    """A party's agreement to enter: dated, said or written, taken back without giving a reason."""

    personal = ("language",)

    party = models.ForeignKey(
        Party, verbose_name="partie", on_delete=models.CASCADE, related_name="consents", db_index=True
    )
    given_on = models.DateField("donné le", default=today)
    manner = models.CharField("manière", max_length=10, choices=ConsentManner)
    language = models.CharField("langue de l’explication", max_length=5, default="fr")
    recorded_at = models.DateTimeField("noté à", default=now)
    recorded_by = member_key("noté par")
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retrait noté à", null=True, blank=True)

    class Meta:
        verbose_name = "accord pour entrer en médiation"
        verbose_name_plural = "accords pour entrer en médiation"
        ordering = ("recorded_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(withdrawn_at=None), name="mediations_one_living_consent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_on}"
