"""Random operations of three phones through a bad line: ``make faults SEEDS=n [OPERATIONS=m]`` (tests/sync/faults.py).

The engine is that of ENTREMISE_TEST_DATABASE_URL: SQLite in memory by default, PostgreSQL with
``python -m tools.with_postgres``.
"""

import argparse
import logging
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings.test")


def main() -> int:
    """Run the seeds, each rolled back; the last line gives the verdict."""
    parser = argparse.ArgumentParser()
    parser.add_argument("seeds", type=int, nargs="?", default=20)
    parser.add_argument("operations", type=int, nargs="?", default=200, help="for each seed")
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()

    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        total, lost, duplicated = _run(range(asked.first, asked.first + asked.seeds), asked.operations)
    finally:
        runner.teardown_databases(databases)
    print(f"seeds={asked.seeds} operations={total} lost={lost} duplicated={duplicated}")
    return 1 if lost or duplicated else 0


def _run(seeds: range, operations: int) -> tuple[int, int, int]:
    from django.db import transaction
    from tests.sync.faults import World

    from entremise.core import crypto

    type(crypto.key_provider()).trust_uncommitted = True  # each seed is rolled back, its keys with it
    total = lost = duplicated = 0
    for seed in seeds:
        with transaction.atomic(), transaction.atomic(using="keys"):
            _patiently()
            world = World(seed)
            world.run(operations)
            found = world.verdict()
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
        crypto.key_provider().forget()
        total, lost, duplicated = total + world.count, lost + found[0], duplicated + found[1]
        if any(found):
            print(f"seed={seed} lost={found[0]} duplicated={found[1]}", flush=True)
    return total, lost, duplicated


def _patiently() -> None:
    """A seed is one long transaction: PostgreSQL must not take the store of keys, seldom asked, for a forgotten one."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


if __name__ == "__main__":
    sys.exit(main())
