"""Models of the privacy core."""

from entremise.privacy.models.persons import Person, PersonQuerySet
from entremise.privacy.models.requests import DataRequest

__all__ = ["DataRequest", "Person", "PersonQuerySet"]
