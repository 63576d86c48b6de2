"""`entremise veiller`: one pass of the safety watch; call it every minute from a timer of the system."""

from typing import Any

from django.core.management.base import BaseCommand

from entremise.safety.tasks import watch


class Command(BaseCommand):
    help = "Donne l’alarme des minuteurs de présence échus et reprend les alertes en attente. À lancer chaque minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """One sentence: what a stopped worker had left behind."""
        self.stdout.write(watch())
