"""`entremise demo`: prepare the demonstration once, then serve it on loopback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from entremise.core import static
from entremise.demonstration import story
from entremise.keys.router import ALIAS


def _migrate_if_needed() -> None:
    """A second start must be quick: migrating, even with nothing to do, takes its second."""
    for connection in connections.all():
        executor = MigrationExecutor(connection)
        application = ALIAS if connection.alias == ALIAS else None  # the store of keys holds one application alone
        if executor.migration_plan(executor.loader.graph.leaf_nodes(application)):
            call_command("migrate", verbosity=0)
            return


def _collect_if_needed() -> None:
    """Collecting hashes and compresses every file: only when one, or what lightens them, is newer than before."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    files = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    newest = max(Path(file).stat().st_mtime for file in [*files, str(static.__file__)])
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)


def surroundings(port: int) -> dict[str, str]:
    """The environment of the server and of the worker: their settings write the links of messages with this port."""
    return {**os.environ, "ENTREMISE_PORT": str(port)}


class Command(BaseCommand):
    help = "Prépare la démonstration si besoin, puis la sert sur cette machine seulement."

    def add_arguments(self, parser: Any) -> None:
        """``--port`` and ``--prepare-only``."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="ne pas lancer le serveur")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, load what is missing, start the server and a worker, stop both together."""
        if not settings.DEMO:
            raise CommandError("La démonstration ne s'installe que dans sa propre base (réglages « demo »).")
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        story.forget_unfinished()
        _migrate_if_needed()
        _collect_if_needed()
        story.load(say=self.stdout.write)
        self.stdout.write("")
        self.stdout.write(f"Entremise, démonstration : http://localhost:{options['port']}")
        self.stdout.write(story.accounts_card())
        if not options["prepare_only"]:
            self._serve(options["port"])

    def _serve(self, port: int) -> None:
        python = [sys.executable, "-m"]
        server = [*python, "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        server += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
        server += ["entremise.config.wsgi:application"]
        worker = [*python, "entremise", "db_worker", "--interval", "1", "--no-reload", "--no-startup-delay"]
        around = surroundings(port)
        children = [subprocess.Popen(command, env=around) for command in (server, worker)]  # noqa: S603 - our own
        subprocess.Popen([*python, "entremise", "tick"], stdout=subprocess.DEVNULL, env=around)  # noqa: S603
        self.stdout.write("Ctrl+C pour arrêter ; les données restent.")
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped by a supervisor: stop the children too
        try:
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
            raise CommandError("le serveur s'est arrêté (le port est peut-être déjà pris : make demo PORT=8123)")
        except KeyboardInterrupt:
            self.stdout.write("Arrêt.")
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=10)
