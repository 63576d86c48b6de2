"""`entremise charger_fiches`: the records of competences that this version ships."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.errors import Refused


class Command(BaseCommand):
    help = "Charge les fiches de compétences livrées avec cette version ; sans effet sur celles qui sont à jour."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a record."""
        try:
            found = load_shipped_records(actor=system_actor(origin="command"))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for record in found:
            self.stdout.write(f"{record.code} · {record.title}")
