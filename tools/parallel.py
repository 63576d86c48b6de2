"""The same batch posted by fifty threads at once (F16), by several processes (F52): one row, fifty identical answers.

``python -m tools.parallel [--threads 50] [--processes 1]``, on a scratch database of its own: a SQLite file, or beside
that of ENTREMISE_TEST_DATABASE_URL when it is PostgreSQL. Prints ``posts=… rows=… answers=…``.
"""

import argparse
import json
import logging
import multiprocessing
import os
import sys
import tempfile
import threading
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings.test")


def _own_database(folder: str) -> None:
    if not os.environ.get("ENTREMISE_TEST_DATABASE_URL", "").startswith("postgres"):
        os.environ["ENTREMISE_TEST_DATABASE_URL"] = f"sqlite:///{folder}/parallele.sqlite3"


def main() -> int:
    """Fill, post, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=50)
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _own_database(folder)
        import django

        django.setup()
        logging.disable(logging.CRITICAL)
        from django.conf import settings
        from django.db import connections
        from django.test.utils import get_runner, setup_test_environment

        setup_test_environment()
        for connection in connections.all():
            if connection.vendor == "postgresql":
                connection.settings_dict["TEST"]["NAME"] = f"parallele_{connection.settings_dict['NAME']}"
        runner = get_runner(settings)(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            rows, answers = _race(asked.threads, asked.processes)
        finally:
            runner.teardown_databases(databases)
    print(f"posts={asked.threads} rows={rows} answers={len(set(answers))}")
    return 0 if rows == 1 and len(answers) == asked.threads and len(set(answers)) == 1 else 1


def _race(threads: int, processes: int) -> tuple[int, list[str]]:
    from django.db import connections
    from django.test import Client
    from tests import cast as cast_module
    from tests.sync.phone import Wire, enrol

    from entremise.interventions.models import Intervention
    from entremise.places.services import create_site

    cast = cast_module.build()
    place = create_site(actor=cast.claire.actor, name="Hall", space_type="hall")
    client = Client()
    client.force_login(cast.samia.user, backend="django.contrib.auth.backends.ModelBackend")
    phone = enrol(Wire(client), cast.samia)
    body = json.dumps({"v": 1, "batch": "course", "device": str(phone.device), "ops": [phone.act(place)]})
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    connections.close_all()
    context = multiprocessing.get_context("fork")
    told: Any = context.Queue()
    share = threads // processes
    workers = [context.Process(target=_worker, args=(share, cookies, body, told)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    answers = [answer for _ in workers for answer in told.get(timeout=120)]
    for worker in workers:
        worker.join()
    return Intervention.objects.count(), answers


def _worker(threads: int, cookies: dict[str, str], body: str, told: Any) -> None:
    from django.db import connections

    gate, answers = threading.Barrier(threads), []

    def post() -> None:
        from django.test import Client

        client = Client()
        client.cookies.load(cookies)
        gate.wait()
        response = client.post("/api/sync/batches", body, content_type="application/json")
        answers.append(json.dumps(response.json().get("results", []), sort_keys=True))
        connections.close_all()

    runners = [threading.Thread(target=post) for _ in range(threads)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    told.put(answers)


if __name__ == "__main__":
    sys.exit(main())
