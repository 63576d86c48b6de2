"""What can be proved about frozen portfolios: the text is the one whose fingerprint was kept, and journalled."""

from collections.abc import Iterator

from entremise.core import verify
from entremise.core.canonical import digest_of
from entremise.core.crypto import CryptoError, KeyDestroyed
from entremise.core.verify import Finding
from entremise.journal.queries import events_of
from entremise.practice.models import Snapshot

NAME = "practice.portfolios"


def register_checks() -> None:
    """Add frozen portfolios to `entremise verify`."""
    verify.register(NAME, check_snapshots)


def check_snapshots() -> Finding:
    """Every frozen portfolio; one that does not hold is named by the beginning of its fingerprint."""
    count, faults = 0, []
    for snapshot in Snapshot.objects.order_by("frozen_at", "pk").iterator():
        count += 1
        faults += [f"{snapshot.digest[:12]} : {fault}" for fault in _faults(snapshot)]
    if faults:
        return Finding(NAME, False, "; ".join(faults[:5]))
    return Finding(NAME, True, f"portfolios figés intacts : {count}")


def _faults(snapshot: Snapshot) -> Iterator[str]:
    known = events_of(snapshot.pk, ["portfolio.frozen"])
    if known and known[0].codes.get("digest") != snapshot.digest:
        yield "le journal a gardé une autre empreinte"
    try:
        text = snapshot.content
    except KeyDestroyed:
        return  # its author's account is closed: what was theirs is gone, as promised
    except CryptoError:
        yield "le texte ne s’ouvre pas"
        return
    if digest_of(text) != snapshot.digest:
        yield "le texte a changé depuis qu’il a été figé"
