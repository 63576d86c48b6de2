"""What can be proved about the journal."""

import json

from django.conf import settings

from entremise.core import verify
from entremise.core.verify import Finding
from entremise.journal import triggers
from entremise.journal.models import Entry, Seal
from entremise.journal.services import GENESIS, digest


def register_checks() -> None:
    """Add the journal's checks to `entremise verify`."""
    verify.register("journal.declencheurs", check_triggers)
    verify.register("journal.chaine", check_chain)
    verify.register("journal.copie", check_outside_copy)


def check_triggers() -> Finding:
    """The database itself refuses to change the past."""
    missing = triggers.missing()
    sentence = f"déclencheurs absents : {', '.join(missing)}" if missing else "tous les déclencheurs sont en place"
    return Finding("journal.declencheurs", not missing, sentence)


def check_chain() -> Finding:
    """Every seal follows the one before and matches the events still kept (purged days keep their seal)."""
    previous, after, events, purged = GENESIS, 0, 0, 0
    for seal in Seal.objects.order_by("day"):
        if seal.previous_hash != previous:
            return Finding("journal.chaine", False, f"le scellé du {seal.day} ne suit pas le précédent")
        entries = Entry.objects.filter(sequence__gt=after, sequence__lte=seal.last_sequence).order_by("sequence")
        if entries.exists():
            chain, count = previous, 0
            for entry in entries.iterator():
                chain, count = digest(entry, chain), count + 1
            if (chain, count) != (seal.hash, seal.count):
                return Finding("journal.chaine", False, f"les événements du {seal.day} ne correspondent plus au scellé")
            events += count
        else:
            purged += seal.count
        previous, after = seal.hash, seal.last_sequence
    return Finding("journal.chaine", True, f"{events} événements conformes aux scellés, {purged} purgés")


def check_outside_copy() -> Finding:
    """The copy of the seals kept outside the database agrees with the table."""
    seals = {seal.day.isoformat(): seal.hash for seal in Seal.objects.all()}
    copies: dict[str, str] = {}
    if settings.SEALS_FILE.exists():
        for line in settings.SEALS_FILE.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            copies[record["day"]] = record["hash"]
    wrong = sorted(day for day in seals.keys() | copies.keys() if seals.get(day) != copies.get(day))
    if wrong:
        return Finding("journal.copie", False, f"la copie des scellés diffère pour {', '.join(wrong[:3])}")
    return Finding("journal.copie", True, f"{len(seals)} scellés identiques à leur copie")
