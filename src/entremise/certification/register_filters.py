"""The filters of what an auditor reads: minutes, certificates and deposits by dates, kinds and states."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from entremise.certification.enums import CertificateKind
from entremise.certification.models import Certificate, Deposit, Minutes
from entremise.certification.queries import registers as queries
from entremise.core.ui.filters import ListFilters, PeriodForm

EVERY = ("", "Toutes")
VALID, REVOKED = "valable", "retire"


class MinutesFilters(PeriodForm, ListFilters):
    """Sealed minutes: when they were sealed."""

    moment = "sealed_at"

    def found(self) -> QuerySet[Minutes]:
        """The minutes that pass, the latest number first."""
        return self.in_period(queries.sealed_minutes(self.actor))


class CertificateFilters(PeriodForm, ListFilters):
    """Certificates and attestations: which, whether they still hold, when they were delivered."""

    moment = "delivered_at"
    nature = forms.ChoiceField(label="Nature", required=False, choices=[EVERY, *CertificateKind.choices])
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), (VALID, "Valable"), (REVOKED, "Retiré")]
    )

    def found(self) -> QuerySet[Certificate]:
        """The certificates that pass, the latest number first."""
        chosen: dict[str, Any] = self.chosen
        found = self.in_period(queries.certificate_register(self.actor))
        if chosen.get("nature"):
            found = found.filter(kind=chosen["nature"])
        return found.filter(revoked_at__isnull=chosen["etat"] == VALID) if chosen.get("etat") else found


class DepositRegisterFilters(PeriodForm, ListFilters):
    """Files of the official deposit: when they were prepared."""

    moment = "stamped_at"

    def found(self) -> QuerySet[Deposit]:
        """The files that pass, the latest first."""
        return self.in_period(queries.deposit_register(self.actor))
