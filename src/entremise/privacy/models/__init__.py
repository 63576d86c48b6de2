"""Models of the privacy core."""

from entremise.privacy.models.persons import Person, PersonQuerySet

__all__ = ["Person", "PersonQuerySet"]
