"""`entremise backup`: one sealed file of data, one of keys, while the application runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from entremise.core.actor import system_actor
from entremise.core.errors import Refused
from entremise.privacy.services.backups import adopt, remove_old, take_backup


class Command(BaseCommand):
    help = "Sauvegarde base, fichiers, scellés et clés pendant que l’application tourne."

    def add_arguments(self, parser: Any) -> None:
        """``--dossier`` and ``--dossier-cles``, instead of the configured folders."""
        parser.add_argument("--dossier", type=Path, help="dossier des sauvegardes")
        parser.add_argument("--dossier-cles", type=Path, help="dossier des sauvegardes de clés")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take one, remove what has lapsed, say where it is."""
        if options["dossier"]:
            settings.BACKUPS = options["dossier"].resolve()
            settings.KEY_BACKUPS = (options["dossier_cles"] or settings.BACKUPS / "cles").resolve()
        try:
            backup = take_backup(actor=system_actor(origin="command"))
            if not options["dossier"]:
                adopt()
                remove_old()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Sauvegarde : {settings.BACKUPS}/{backup.file_name}")
        self.stdout.write(f"Clés : dossier {settings.KEY_BACKUPS} (à garder ailleurs que la sauvegarde)")
        self.stdout.write(f"{backup.size / 1e6:.1f} Mo en {backup.seconds} s")
