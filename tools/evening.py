"""The demonstration at a fixed evening: the clock stands there for those who prepare, serve and look at it."""

import datetime as dt
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
EVENING = dt.datetime(2026, 11, 23, 19, 42, tzinfo=zoneinfo.ZoneInfo("Europe/Paris"))  # a Monday, mid-round


def serve(port: int) -> None:
    """In the child: travel to the evening, prepare the demonstration, serve it."""
    import django
    import time_machine

    with time_machine.travel(EVENING, tick=True):
        django.setup()
        logging.disable(logging.INFO)  # the terminal shows the pictures, not each request
        from django.core.management import call_command
        from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler, get_internal_wsgi_application

        call_command("demo", prepare_only=True)
        call_command("db_worker", batch=True, reload=False, startup_delay=False)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the worker had taken it
        WSGIRequestHandler.log_message = lambda *_: None  # type: ignore[method-assign]
        server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
        server.set_app(get_internal_wsgi_application())
        server.serve_forever()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The demonstration's address, while its child process lives."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "entremise.config.settings.demo",
        "ENTREMISE_DATA": str(folder),
        "ENTREMISE_PORT": str(port),
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment.pop("ENTREMISE_DATABASE_URL", None)
    child = subprocess.Popen([sys.executable, "-m", "tools.evening", str(port)], cwd=ROOT, env=environment)
    try:
        address = f"http://localhost:{port}"
        wait_for(f"{address}/sante", child)
        yield address
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(timeout=20)


def wait_for(address: str, child: subprocess.Popen) -> None:
    """Until the child answers; the loading takes a minute or two."""
    for _ in range(1200):
        if child.poll() is not None:
            raise SystemExit("The demonstration stopped before it answered.")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("The demonstration did not answer in ten minutes.")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
