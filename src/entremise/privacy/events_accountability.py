"""What happens to the registers of data protection. Identifiers, codes and counts only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class RegisterWritten(Event):
    """A new version of the register of processing."""

    name = "register.written"
    target_type = "register_version"


@dataclass(frozen=True, kw_only=True)
class RegisterExported(Event):
    """The register of processing left as a file."""

    name = "register.exported"
    target_type = "organisation"


@dataclass(frozen=True, kw_only=True)
class ImpactWritten(Event):
    """A new version of an impact assessment: a draft, or the adopted one."""

    name = "impact.written"
    target_type = "impact_version"


@dataclass(frozen=True, kw_only=True)
class ImpactExported(Event):
    """An impact assessment left as a file."""

    name = "impact.exported"
    target_type = "impact_version"


@dataclass(frozen=True, kw_only=True)
class ProcessorWritten(Event):
    """A processor was added or changed; ``codes`` name the fields."""

    name = "processor.written"
    target_type = "processor"


@dataclass(frozen=True, kw_only=True)
class BreachReported(Event):
    """Somebody says that data was lost, seen or changed without right."""

    name = "breach.reported"
    target_type = "breach"


@dataclass(frozen=True, kw_only=True)
class BreachCorrected(Event):
    """A breach was qualified, completed, decided upon; ``codes`` name the fields."""

    name = "breach.corrected"
    target_type = "breach"


@dataclass(frozen=True, kw_only=True)
class BreachClosed(Event):
    """A breach was closed, or set aside because no personal data was touched."""

    name = "breach.closed"
    target_type = "breach"


@dataclass(frozen=True, kw_only=True)
class BreachReopened(Event):
    """A closed breach is followed again."""

    name = "breach.reopened"
    target_type = "breach"


@dataclass(frozen=True, kw_only=True)
class BreachDeadlineNear(Event):
    """Less than a day is left of the 72 hours, or none; ``codes`` say which."""

    name = "breach.deadline_near"
    target_type = "breach"
