"""`entremise verify`: everything that can be proved about this installation."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from entremise.core import verify


class Command(BaseCommand):
    help = "Vérifie tout ce qui peut l'être ; une ligne par contrôle, code de sortie 1 à la moindre faute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; exit 1 when one does not hold."""
        findings = verify.run()
        for finding in findings:
            self.stdout.write(f"{'ok   ' if finding.holds else 'FAUTE'}  {finding.name} : {finding.sentence}")
        if not all(finding.holds for finding in findings):
            sys.exit(1)
