"""Models of the privacy core."""

from entremise.privacy.models.agreements import Agreement, AgreementQuerySet
from entremise.privacy.models.persons import Person, PersonQuerySet, ReferenceCounter
from entremise.privacy.models.requests import DataRequest

__all__ = ["Agreement", "AgreementQuerySet", "DataRequest", "Person", "PersonQuerySet", "ReferenceCounter"]
