"""`entremise master-key`: split the master key among people, find it again, change it, make a new one."""

import getpass
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from entremise.core import crypto
from entremise.core.actor import system_actor
from entremise.core.errors import Refused
from entremise.keys.services import join_master_key, require_master_key, rotate_master_key, split_master_key
from entremise.keys.services.master import write_key


class Command(BaseCommand):
    help = "Partage la clé maîtresse entre plusieurs personnes, la retrouve, en fabrique ou en change."

    def add_arguments(self, parser: Any) -> None:
        """One gesture a time."""
        gestures = parser.add_subparsers(dest="geste", required=True)
        split = gestures.add_parser("partager", help="écrit les parts, une par personne")
        split.add_argument("--parts", type=int, default=5, help="nombre de parts")
        split.add_argument("--seuil", type=int, default=3, help="nombre de parts qui suffisent")
        gestures.add_parser("retrouver", help="redonne la clé à partir des parts, une par ligne")
        gestures.add_parser("nouvelle", help="écrit une clé neuve")
        gestures.add_parser("tourner", help="enveloppe toutes les clés sous la nouvelle clé maîtresse")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refusals are one sentence."""
        try:
            getattr(self, f"_{options['geste']}")(options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _partager(self, options: dict[str, Any]) -> None:
        require_master_key()
        parts = split_master_key(written=settings.MASTER_KEY, parts=options["parts"], threshold=options["seuil"])
        self.stdout.write(f"{options['seuil']} parts sur {options['parts']} retrouvent la clé. Une part par personne,")
        self.stdout.write("recopiée à la main ou imprimée, gardée sous clé ; jamais deux au même endroit.")
        for rank, part in enumerate(parts, 1):
            self.stdout.write(f"\nPart n° {rank}\n{part}")

    def _retrouver(self, options: dict[str, Any]) -> None:
        self.stderr.write("Une part par ligne, puis une ligne vide :")
        self.stdout.write(join_master_key(self._typed()))

    def _typed(self) -> list[str]:
        """The parts as they are typed, unseen on a terminal."""
        parts: list[str] = []
        while True:
            line = getpass.getpass(f"Part n° {len(parts) + 1} : ") if sys.stdin.isatty() else sys.stdin.readline()
            if not line.strip():
                return parts
            parts.append(line)

    def _nouvelle(self, options: dict[str, Any]) -> None:
        self.stdout.write(write_key(crypto.new_secret()))

    def _tourner(self, options: dict[str, Any]) -> None:
        changed = rotate_master_key(actor=system_actor(origin="command"))
        self.stdout.write(f"{changed} clés enveloppées sous la nouvelle clé maîtresse.")
