"""Two years after the last contact, 100,000 persons: ``python -m tools.bench.retention`` (part of ``make bench``).

A fill of its own: one organisation, persons under a key each. Prints the time and the memory, and adds a result line.
"""

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

RESULTS = Path("build/bench.json")
LIMIT = 60.0  # seconds, for 100,000 persons
CHUNK = 5_000
SIZE = 100_000


def main() -> int:
    """Parent: one child process per engine, so that memory is its own."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.retention")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    return child(options.engines, options.size) if options.child else run(options.engines.split(","), options.size)


def run(engines: list[str], size: int) -> int:
    """Measure on each engine; 1 when one is too slow."""
    from tools.bench.__main__ import environment  # it imports this module

    RESULTS.parent.mkdir(exist_ok=True)
    failed = 0
    for engine in engines:
        with ExitStack() as stack:
            command = [sys.executable, "-m", "tools.bench.retention", "--child", "--engines", engine]
            where = {**os.environ, **environment(engine, "retention", stack, keep=False)}
            failed |= subprocess.run([*command, "--size", str(size)], env=where, check=False).returncode
    return failed


def child(engine: str, size: int) -> int:
    """Fill, run, measure, on one engine."""
    import django

    django.setup()
    import logging

    from django.core.management import call_command

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    organisation = fill(size)
    print(f"{engine}, {size:,} persons filled in {time.perf_counter() - start:.0f} s")
    line = measure(organisation, engine, size)
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    RESULTS.write_text(json.dumps([*known, line], indent=1))
    seconds = line["median_ms"] / 1000
    grown, cpu = line["grown_mb"], line["cpu_s"]
    print(f"  {line['name']}: {seconds:.1f} s, of which {cpu} s of this process; {grown} MB more than before")
    return int(seconds > LIMIT * size / SIZE)


def fill(size: int) -> Any:
    """``size`` persons last seen three years ago, each with a key of its own; the organisation."""
    from entremise.accounts import services as accounts
    from entremise.accounts.enums import Job, Role
    from entremise.core.actor import system_actor
    from entremise.keys.models import DataKey
    from entremise.privacy.models import Person

    organisation = accounts.create_organisation(name="Organisation")
    actor = system_actor(organisation.pk, "command")
    team = accounts.create_team(actor=actor, name="Équipe", job=Job.ESPACES_PUBLICS)
    user = accounts.get_or_create_user(email="m@exemple.test", display_name="M")
    member = accounts.add_member(actor=actor, user=user, roles=[Role.MEDIATEUR], team_ids=[team.pk])
    for persons in _persons(size, organisation, team, member):
        keys = [DataKey(scope_kind="person", scope_id=one.pk, wrapped=b"x" * 60) for one in persons]
        for one, key in zip(persons, keys, strict=True):
            one.name = _token(key.pk)
        DataKey.objects.bulk_create(keys)
        Person.objects.bulk_create(persons)
    return organisation


def _token(key_id: Any) -> Any:
    from entremise.core.db import Sealed

    return Sealed(f"e1.{key_id.hex}.{'A' * 80}")  # never opened: erasing needs no reading


def _persons(size: int, organisation: Any, team: Any, member: Any) -> Iterator[list[Any]]:
    from entremise.core.time import today
    from entremise.privacy.models import Person

    long_ago = today() - dt.timedelta(days=1100)
    for start in range(0, size, CHUNK):
        yield [
            Person(
                organisation=organisation,
                team=team,
                reference=f"R{rank}",
                birth_year=1980,
                commune_code="72181",
                name_reason="rappel",
                last_contact_on=long_ago,
                opened_by=member,
            )
            for rank in range(start, min(start + CHUNK, size))
        ]


def measure(organisation: Any, engine: str, size: int) -> dict[str, Any]:
    """One run over everyone, confirmed as an operator would; the line of build/bench.json."""
    from entremise.core import personal
    from entremise.privacy.models import Person
    from entremise.privacy.services.retention import run_rule

    before = _memory()
    start, busy = time.perf_counter(), time.process_time()
    run = run_rule(personal.rule("personnes"), organisation.pk, confirmed=True)
    elapsed = round((time.perf_counter() - start) * 1000, 1)
    cpu = round(time.process_time() - busy, 1)
    left = Person.objects.filter(erased_at=None).count()
    if run is None or run.done != size or left:
        raise RuntimeError(f"retention: {run and run.done} done, {left} left")
    return {
        "name": "retention, persons",
        "engine": engine,
        "size": size,
        "median_ms": elapsed,
        "p95_ms": elapsed,
        "queries": 0,
        "rss_mb": round(_memory()),
        "grown_mb": round(_memory() - before),
        "cpu_s": cpu,
    }


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
