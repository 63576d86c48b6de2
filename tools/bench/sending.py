"""Batches of fifty operations at the server: ``python -m tools.bench.sending`` (part of ``make bench``).

What an evening leaves: mostly contacts, some acts, some observations. How long a batch takes is measured with one
phone; how many operations a second the server takes, with as many phones as keep it busy, each in a process of its own:
four for PostgreSQL, one for SQLite, which writes one transaction at a time. Four phones that wait for each other on two
cores at 200 operations a second wait a second each, by arithmetic: that wait is printed, and judged by their number.
"""

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

RESULTS = Path("build/bench.json")
BATCHES, SIZE = 20, 50
SENDERS = {"sqlite": 1, "postgresql": 4}
SLOWEST_MS, WANTED = 500, {"sqlite": 100, "postgresql": 200}  # p95 of a batch, operations a second


def main() -> int:
    """Parent: one child process per engine."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.sending")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    return child(options.engines) if options.child else run(options.engines.split(","))


def run(engines: list[str]) -> int:
    """Measure on each engine; 1 when one is too slow."""
    from tools.bench.__main__ import environment  # it imports this module

    RESULTS.parent.mkdir(exist_ok=True)
    failed = 0
    for engine in engines:
        with ExitStack() as stack:
            where = {**os.environ, **environment(engine, "sending", stack, keep=False)}
            command = [sys.executable, "-m", "tools.bench.sending", "--child", "--engines", engine]
            failed |= subprocess.run(command, env=where, check=False).returncode
    return failed


def child(engine: str) -> int:
    """Prepare the phones, send, measure."""
    import django

    django.setup()
    import logging

    from django.core.management import call_command

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    bodies, cookies = prepared(SENDERS[engine] + 1)
    alone = measure(engine, bodies[:1], cookies)
    busy = measure(f"{engine}, {SENDERS[engine]} phones", bodies[1:], cookies)
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    RESULTS.write_text(json.dumps([*known, alone, busy], indent=1))
    print(
        f"{engine}: batch of {SIZE} median {alone['median_ms']} ms, p95 {alone['p95_ms']} ms, "
        f"{alone['queries']} queries; "
        f"{busy['ops_s']} operations/s from {SENDERS[engine]} phones at once (p95 {busy['p95_ms']} ms); "
        f"{busy['rss_mb']} MB; load {os.getloadavg()[0]:.1f}"
    )
    return int(alone["p95_ms"] > SLOWEST_MS or busy["ops_s"] < WANTED[engine])


def prepared(senders: int) -> tuple[list[list[bytes]], dict[str, str]]:
    """The sealed batches of each phone, and the session that carries them."""
    from django.db import connections
    from django.test import Client
    from tests import cast as cast_module
    from tests.sync.phone import Wire, enrol

    from entremise.places.services import create_site

    cast = cast_module.build()
    site = create_site(actor=cast.claire.actor, name="Hall", space_type="hall")
    client = Client()
    client.force_login(cast.samia.user, backend="django.contrib.auth.backends.ModelBackend")
    phones = [enrol(Wire(client), cast.samia) for _ in range(senders)]
    bodies = [[_batch(phone, site, cast, rank) for rank in range(BATCHES + 1)] for phone in phones]
    connections.close_all()
    return bodies, {name: morsel.value for name, morsel in client.cookies.items()}


def _batch(phone: Any, site: Any, cast: Any, rank: int) -> bytes:
    """A round: it opens, stops at a place, counts, and notes what happened there."""
    where = {"team_id": str(cast.team.pk), "site_id": str(site.pk)}
    opened = phone.write("round.open/1", "round", {"team_id": where["team_id"], "kind": "tournee"})
    stop = {"round_id": opened["entity_id"], "site_id": where["site_id"]}
    arrived = phone.write("stop.arrive/1", "stop", stop, after=opened["id"])
    ops = [opened, arrived]
    ops += [
        phone.write("tally.add/1", "stop", {"delta": 1}, entity=arrived["entity_id"], after=arrived["id"])
        for _ in range(32)
    ]
    ops += [phone.act(site, narrative=f"Échange calme {rank}.") for _ in range(10)]
    note = {**where, "watch_type": "ambiance", "text": "Hall calme."}
    ops += [phone.write("observation.record/1", "observation", note) for _ in range(4)]
    ops += [phone.write("instruction.leave/1", "log", {**where, "text": "Repasser jeudi."})]
    ops += [phone.write("round.close/1", "round", {"handover": ""}, entity=opened["entity_id"], after=opened["id"])]
    body = {"v": 1, "batch": f"banc-{rank}", "device": str(phone.device), "known": {}, "ops": ops}
    return json.dumps(body).encode()


def measure(engine: str, bodies: list[list[bytes]], cookies: dict[str, str]) -> dict[str, Any]:
    """One warm-up batch for each phone, then all the others as fast as the server takes them."""
    from tools.bench.measure import result

    context = multiprocessing.get_context("fork")
    told: Any = context.Queue()
    gate = context.Barrier(len(bodies))
    workers = [context.Process(target=_send, args=(share, cookies, gate, told)) for share in bodies]
    for worker in workers:
        worker.start()
    answers = [told.get(timeout=600) for _ in workers]
    for worker in workers:
        worker.join()
    durations = [one for answer in answers for one in answer["durations"]]
    begin, end = min(one["begin"] for one in answers), max(one["end"] for one in answers)
    line = result("notebook, batch of 50", engine, len(durations), durations, answers[0]["queries"])
    rss = max(one["rss_mb"] for one in answers)
    return line | {"rss_mb": rss, "ops_s": round(len(durations) * SIZE / (end - begin))}


def _send(bodies: list[bytes], cookies: dict[str, str], gate: Any, told: Any) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies.load(cookies)
    with CaptureQueriesContext(connection) as captured:
        _post(client, bodies[0])
    queries = len(captured)  # the next request empties the log
    gate.wait()
    begin, durations = time.perf_counter(), []
    for body in bodies[1:]:
        start = time.perf_counter()
        _post(client, body)
        durations.append((time.perf_counter() - start) * 1000)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    facts = {"begin": begin, "end": time.perf_counter(), "durations": durations, "rss_mb": rss}
    told.put({**facts, "queries": queries})


def _post(client: Any, body: bytes) -> None:
    answer = client.post("/api/sync/batches", body, content_type="application/json").json()
    states = [one["status"] for one in answer["results"]]
    if states != ["applied"] * SIZE:
        raise RuntimeError(f"a batch answered {sorted(set(states))}")


if __name__ == "__main__":
    sys.exit(main())
