"""`entremise migrate`: Django's, on the application's database and on the store of keys."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS

from entremise.keys.router import ALIAS


class Command(Migrate):
    """Both databases when no application and no database is named: forgetting one would lose nothing but time."""

    def handle(self, *args: Any, **options: Any) -> None:
        """The store of keys first: the other's migrations may have something to seal."""
        both = options["database"] == DEFAULT_DB_ALIAS and not options["app_label"] and ALIAS in settings.DATABASES
        # Whoever makes test databases asks for each of them by itself, with its tables made at once.
        if both and not options["check_unapplied"] and not options["run_syncdb"]:
            self.handle(*args, **{**options, "database": ALIAS})
        if options["database"] == ALIAS and not options["app_label"]:  # no other application has a table there
            options = {**options, "app_label": ALIAS, "run_syncdb": False}
        super().handle(*args, **options)
