"""`entremise tick`: the periodic work; call it every hour from a timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.core import schedule
from entremise.core.errors import Refused


class Command(BaseCommand):
    help = "Exécute les tâches périodiques (scellés, purges). À lancer chaque heure."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a job; a job that fails does not stop the others, but the command then fails."""
        failed = []
        for name, job in schedule.jobs():
            try:
                self.stdout.write(f"{name} : {job()}")
            except Refused as refusal:
                failed.append(name)
                self.stderr.write(f"{name} : {refusal}")
            except Exception as error:
                failed.append(name)
                self.stderr.write(f"{name} : échec ({type(error).__name__})")
        if failed:
            raise CommandError(f"{len(failed)} tâches en échec")
