"""The restore epoch: it changes when the installation comes back from a backup."""

from entremise.privacy.queries import restore_epoch


def current_epoch() -> str:
    """The present epoch, compared for equality only."""
    return restore_epoch()
