"""`entremise importer_communes`: load the national list of communes."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.places.services import MissingPackage, import_communes


class Command(BaseCommand):
    help = "Charge la liste nationale des communes (noms, codes, populations, codes postaux, contours, mairies)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints each step; a second run refreshes the same rows."""
        start = time.monotonic()
        try:
            count = import_communes(self.stdout.write)
        except MissingPackage as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} communes enregistrées en {time.monotonic() - start:.1f} s.")
