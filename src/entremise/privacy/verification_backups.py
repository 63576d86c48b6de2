"""What can be proved about backups: there is one, it opens to its end, a restore was rehearsed and held."""

from django.conf import settings

from entremise.core import verify
from entremise.core.errors import Refused
from entremise.core.time import now
from entremise.core.verify import Finding
from entremise.keys.queries import newest_key_backup
from entremise.keys.services import head_of
from entremise.privacy.models import Backup, Rehearsal
from entremise.privacy.queries.backups import RECENT, is_new_installation, rehearsal_is_missing
from entremise.privacy.services import backups

UNSET = "aucun dossier de sauvegarde n’est réglé (ENTREMISE_BACKUPS)"
FIRST = "la première sera prise cette nuit"


def register_checks() -> None:
    """Add the backups' checks to `entremise verify`."""
    verify.register("sauvegardes.derniere", check_last)
    verify.register("sauvegardes.cles", check_keys)
    verify.register("sauvegardes.repetition", check_rehearsal)
    verify.register("sauvegardes.restauration", check_restore)


def check_last() -> Finding:
    """The newest backup is recent, and opens to its last byte."""
    name = "sauvegardes.derniere"
    if settings.BACKUPS is None:
        return Finding(name, True, UNSET)
    last = Backup.objects.kept().order_by("-taken_at").first()
    if last is None:
        new = is_new_installation()
        return Finding(name, new, f"aucune sauvegarde : {FIRST}" if new else "aucune sauvegarde")
    if now() - last.taken_at > RECENT:
        return Finding(name, False, f"la dernière date du {last.taken_at:%d/%m/%Y}")
    try:
        size = backups.check_whole(settings.BACKUPS / last.file_name)
    except Refused as refusal:
        return Finding(name, False, str(refusal))
    return Finding(name, True, f"prise le {last.taken_at:%d/%m/%Y}, lue en entier ({size // 1_000_000} Mo)")


def check_keys() -> Finding:
    """The newest backup of keys opens to its end, and is not older than the newest backup of data."""
    name = "sauvegardes.cles"
    if settings.BACKUPS is None or settings.KEY_BACKUPS is None:
        return Finding(name, True, UNSET)
    newest = newest_key_backup()
    last = Backup.objects.kept().order_by("-taken_at").first()
    if newest is None:
        return Finding(name, last is None, "aucune sauvegarde de clés")
    try:
        head = head_of(settings.KEY_BACKUPS / newest)
    except Refused as refusal:
        return Finding(name, False, str(refusal))
    holds = last is None or head.taken_at >= last.taken_at
    sentence = f"prise le {head.taken_at:%d/%m/%Y}, lue en entier" if holds else "plus ancienne que celle des données"
    return Finding(name, holds, sentence)


def check_rehearsal() -> Finding:
    """A restore was rehearsed lately, and held."""
    name = "sauvegardes.repetition"
    if settings.BACKUPS is None:
        return Finding(name, True, UNSET)
    last = Rehearsal.objects.order_by("-at").first()
    if last is None:
        return Finding(name, not rehearsal_is_missing(None), "aucune restauration n’a encore été répétée")
    if not last.held:
        return Finding(name, False, f"la répétition du {last.at:%d/%m/%Y} n’a pas tenu : {', '.join(last.failed)}")
    return Finding(name, not rehearsal_is_missing(last), f"répétée le {last.at:%d/%m/%Y}, tout tient")


def check_restore() -> Finding:
    """No restore was left half done."""
    begun = backups.unfinished()
    sentence = "une restauration est inachevée : relancez-la" if begun else "aucune restauration inachevée"
    return Finding("sauvegardes.restauration", begun is None, sentence)
