"""What can be proved about the keys."""

import datetime as dt

from django.db.models import Exists, OuterRef

from entremise.core import verify
from entremise.core.crypto import CryptoError
from entremise.core.time import now
from entremise.core.verify import Finding
from entremise.keys.models import DataKey, KeyBackup, Tombstone
from entremise.keys.services import known_traces, outside_traces, unwrap

TOO_LONG = dt.timedelta(days=31)  # a backup of keys lapses after thirty days, and is removed within a day


def register_checks() -> None:
    """Add the keys' checks to `entremise verify`."""
    verify.register("cles.ouverture", check_keys_open)
    verify.register("cles.effacees", check_erased_keys)
    verify.register("cles.traces", check_traces)
    verify.register("cles.remplacees", check_retired_keys)
    verify.register("cles.sauvegardes", check_key_backups)


def check_keys_open() -> Finding:
    """Every living data key opens with the master key of this installation."""
    opened, failed = 0, 0
    for row in DataKey.objects.filter(destroyed_at=None).iterator():
        try:
            unwrap(row.pk, row.wrapped or b"")
            opened += 1
        except CryptoError:
            failed += 1
    sentence = f"{opened} clés s'ouvrent" if not failed else f"{failed} clés ne s'ouvrent pas avec la clé maîtresse"
    return Finding("cles.ouverture", not failed, sentence)


def check_erased_keys() -> Finding:
    """No key of an erased person or case lives, and no destroyed key still holds what it opened."""
    erased = Tombstone.objects.filter(scope_kind=OuterRef("scope_kind"), scope_id=OuterRef("scope_id"))
    living = DataKey.objects.filter(Exists(erased), destroyed_at=None).count()
    kept = DataKey.objects.exclude(destroyed_at=None).exclude(wrapped=None).count()
    if living or kept:
        return Finding("cles.effacees", False, f"{living + kept} clés d’effacés vivent encore : restaurez les traces")
    return Finding("cles.effacees", True, f"{Tombstone.objects.count()} effacements, aucune clé vivante")


def check_traces() -> Finding:
    """The traces kept outside the databases are those of the store."""
    inside, outside = known_traces().keys(), outside_traces().keys()
    missing, more = len(inside - outside), len(outside - inside)
    if missing or more:
        sentence = f"{missing} traces d’effacement manquent hors de la base, {more} n’y sont que là"
        return Finding("cles.traces", False, sentence)
    return Finding("cles.traces", True, f"{len(inside)} traces d’effacement recopiées hors de la base")


def check_retired_keys() -> Finding:
    """A retired key has a successor: nothing waits for a key that nobody would use."""
    retired = DataKey.objects.filter(destroyed_at=None).exclude(retired_at=None)
    present = DataKey.objects.filter(destroyed_at=None, retired_at=None)
    current = {(kind, scope) for kind, scope in present.values_list("scope_kind", "scope_id").iterator()}
    orphans = [row for row in retired.iterator() if (row.scope_kind, row.scope_id) not in current]
    if orphans:
        return Finding("cles.remplacees", False, f"{len(orphans)} clés remplacées n’ont pas de remplaçante")
    return Finding("cles.remplacees", True, f"{retired.count()} clés remplacées en attente de retrait")


def check_key_backups() -> Finding:
    """No backup of keys outlives its promise."""
    kept = KeyBackup.objects.filter(removed_at=None)
    late = kept.filter(taken_at__lt=now() - TOO_LONG).count()
    if late:
        return Finding("cles.sauvegardes", False, f"{late} sauvegardes de clés ont plus de trente jours")
    return Finding("cles.sauvegardes", True, f"{kept.count()} sauvegardes de clés, toutes de moins de trente jours")
