"""Models of the privacy core."""

from entremise.privacy.models.accountability import ImpactVersion, Processor, RegisterVersion
from entremise.privacy.models.agreements import Agreement, AgreementQuerySet
from entremise.privacy.models.backups import Backup, Rehearsal, RestoreEpoch
from entremise.privacy.models.breaches import Breach, BreachRevision
from entremise.privacy.models.persons import Person, PersonQuerySet, ReferenceCounter
from entremise.privacy.models.requests import DataRequest
from entremise.privacy.models.retention import LegalHold, RetentionChoice, RetentionRun, RetentionState
from entremise.privacy.models.revisions import PersonRevision

__all__ = [
    "Agreement",
    "AgreementQuerySet",
    "Backup",
    "Breach",
    "BreachRevision",
    "DataRequest",
    "ImpactVersion",
    "LegalHold",
    "Person",
    "PersonQuerySet",
    "PersonRevision",
    "Processor",
    "ReferenceCounter",
    "RegisterVersion",
    "Rehearsal",
    "RestoreEpoch",
    "RetentionChoice",
    "RetentionRun",
    "RetentionState",
]
