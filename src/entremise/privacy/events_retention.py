"""What happens to durations, runs and legal holds. Codes, counts and proofs only."""

from entremise.journal.events import Event


class RetentionRan(Event):
    """A rule dealt with what was due; ``codes`` hold its counts and its proof."""

    name = "retention.ran"
    target_type = "retention_run"


class RetentionCounted(Event):
    """A dry run: what a rule would do."""

    name = "retention.counted"
    target_type = "retention_run"


class RetentionSuspended(Event):
    """A run waits for someone's word: shorter than before, or far more than usual."""

    name = "retention.suspended"
    target_type = "retention_run"


class RetentionConfirmed(Event):
    """Someone agreed to a suspended run."""

    name = "retention.confirmed"
    target_type = "retention_run"


class DurationChosen(Event):
    """The organisation chose a duration of its own; ``codes`` say whether it is in force."""

    name = "retention.duration_chosen"
    target_type = "retention_choice"


class DurationWithdrawn(Event):
    """The code's duration is back."""

    name = "retention.duration_withdrawn"
    target_type = "retention_choice"


class HoldPlaced(Event):
    """Something must not be erased for now."""

    name = "hold.placed"
    target_type = "legal_hold"


class HoldRenewed(Event):
    """The hold goes on."""

    name = "hold.renewed"
    target_type = "legal_hold"


class HoldLifted(Event):
    """What was held follows its rule again."""

    name = "hold.lifted"
    target_type = "legal_hold"
