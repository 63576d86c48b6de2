"""Fills each engine at each size, times the pages, writes build/bench.json and a table."""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tools.bench import register, retention

RESULTS = Path("build/bench.json")


def main() -> int:
    """Parent: one child process per engine and size, so that memory and caches are its own."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench")
    parser.add_argument("--sizes", default="200000,1000000")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--pages", default="", help="only these, separated by semicolons (backup for the backups)")
    parser.add_argument("--keep", action="store_true", help="keep SQLite's filled files, and use those kept before")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("[]")
    for engine in options.engines.split(","):
        for size in options.sizes.split(","):
            with ExitStack() as stack:
                command = [sys.executable, "-m", "tools.bench", "--child", "--engines", engine, "--sizes", size]
                command += ["--pages", options.pages, *(["--keep"] if options.keep else [])]
                subprocess.run(
                    command, env={**os.environ, **environment(engine, size, stack, keep=options.keep)}, check=True
                )
    failed = 0 if options.pages else _beside(options.engines.split(","))
    _table()
    return failed


def _beside(engines: list[str]) -> int:
    """What is not a page: retention, an export read, phones, the notebook's browser, the official deposit."""
    from tools.bench import deposits, notebook, sending  # the browser's library is not asked of pages alone

    apart = retention.run(engines, retention.SIZE) | register.run(engines)
    return apart | sending.run(engines) | notebook.run() | deposits.run()


def environment(engine: str, size: str, stack: ExitStack, *, keep: bool) -> dict[str, str]:
    """The variables of a child: an empty database of this engine, removed when the stack closes."""
    from tools.with_postgres import available, cluster  # only one engine needs it

    if engine == "postgresql":
        if not available():
            raise SystemExit("PostgreSQL 15 is not installed: make bench BENCH='--engines sqlite'")
        url = stack.enter_context(cluster({"shared_buffers": "1GB", "work_mem": "32MB", "max_wal_size": "8GB"}))
    else:
        path = Path(f"build/bench-{size}.sqlite3")
        if not keep:
            _forget(path)
            stack.callback(_forget, path)
        url = f"sqlite:///{path}"
    return {"ENTREMISE_TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "entremise.config.settings.test"}


def _forget(path: Path) -> None:
    for leftover in path.parent.glob(path.name + "*"):
        leftover.unlink()


def child(options: argparse.Namespace) -> int:
    """Fill and measure one engine at one size."""
    import django

    django.setup()
    import logging

    from django.core.management import call_command

    from tools.bench import backups, fill, measure

    logging.disable(logging.INFO)
    size = int(options.sizes)
    print(f"{options.engines}, {size:,} acts")
    call_command("migrate", verbosity=0)
    dice = random.Random(20261120)
    start = time.perf_counter()
    tenants = fill.known_tenants()
    if not tenants:
        tenants = fill.tenants(dice)
        fill.fill(tenants, size, dice)
        print(f"  filled in {time.perf_counter() - start:.0f} s")
    results = json.loads(RESULTS.read_text())
    only = set(filter(None, (name.strip() for name in options.pages.split(";"))))
    for line in measure.measure(tenants, options.engines, size, only):
        results.append(line)
        print(
            f"  {line['name']:<28} median {line['median_ms']:>7} ms   "
            f"p95 {line['p95_ms']:>7} ms   {line['queries']} queries"
        )
        RESULTS.write_text(json.dumps(results, indent=1))
    for line in backups.measure(options.engines, size, only):
        results.append(line)
        print(
            f"  {line['name']:<28} {line['median_ms'] / 1000:>7.1f} s    file {line['file_mb']} MB "
            f"of a database of {line['database_mb']} MB, {line['rss_mb']} MB of memory"
        )
        RESULTS.write_text(json.dumps(results, indent=1))
    return 0


def _table() -> None:
    print(f"{'page':<28} {'engine':<11} {'acts':>9} {'median':>8} {'p95':>8} {'queries':>8} {'MB':>5}")
    for r in json.loads(RESULTS.read_text()):
        print(
            f"{r['name']:<28} {r['engine']:<11} {r['size']:>9,} {r['median_ms']:>8} {r['p95_ms']:>8} "
            f"{r['queries']:>8} {r['rss_mb']:>5}"
        )


if __name__ == "__main__":
    sys.exit(main())
