"""`entremise importer_fiches`: search an official export of the register, and keep records of it for everybody."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from entremise.competences.register.archive import read_fiches
from entremise.competences.register.facts import Fiche
from entremise.competences.services.exports import keep_fiche
from entremise.core.actor import system_actor
from entremise.core.errors import Refused
from entremise.core.text import fold

_STEP = 5  # percent between two lines of progress


class Command(BaseCommand):
    help = "Lit un export officiel du répertoire national (XML V4.1, ou tableaux CSV) ; cherche ou garde des fiches."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, then what is wanted of it."""
        parser.add_argument("fichier", type=Path, help="l’archive telle que data.gouv.fr la donne, ou le XML seul")
        parser.add_argument("--chercher", default="", help="montrer les fiches dont l’intitulé a ces mots")
        parser.add_argument("--garder", nargs="+", default=[], help="numéros des fiches à garder ou mettre à jour")

    def handle(self, *args: Any, **options: Any) -> None:
        """All the records asked, or none and why."""
        wanted = {code.upper() for code in options["garder"]}
        words = fold(options["chercher"]).split()
        kept: list[Fiche] = []
        try:
            for fiche in read_fiches(options["fichier"], self._progress()):
                if words and all(word in fold(fiche.title).split() for word in words):
                    self.stdout.write(f"{fiche.code} · {fiche.title}")
                if fiche.code in wanted:
                    wanted.discard(fiche.code)
                    kept.append(fiche)
            if wanted:
                raise Refused(f"Absentes de cet export : {', '.join(sorted(wanted))}. Rien n’a été gardé.")
            self._keep(kept)
        except (Refused, FileNotFoundError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _keep(self, kept: list[Fiche]) -> None:
        with transaction.atomic():
            for fiche in kept:
                record = keep_fiche(actor=system_actor(origin="command"), fiche=fiche)
                said = "confirmée" if record.confirmed_at else "à relire par un certificateur"
                self.stdout.write(f"{record.code} · {record.title} : {said}")

    def _progress(self) -> Any:
        last = 0

        def progress(done: int, total: int) -> None:
            nonlocal last
            percent = min(done * 100 // max(total, 1), 100)
            if percent >= last + _STEP:
                last = percent
                self.stderr.write(f"{percent} %")

        return progress
