"""The restore epoch, for whoever must know that the server went back in time."""

from entremise.privacy.models.backups import RestoreEpoch


def restore_epoch() -> str:
    """What tells the present epoch from every other; compared for equality only. ``0`` before any restore."""
    last = RestoreEpoch.objects.order_by("-number").first()
    return str(last.pk) if last else "0"
