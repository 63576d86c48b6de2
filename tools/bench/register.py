"""A whole export of the register, 25,000 records: ``python -m tools.bench.register`` (part of ``make bench``).

The XML is made for the occasion, as heavy as the official one (partners, six routes, five blocks of competences). What
is timed is what the work queue does, from the file put aside to the list one searches. Prints the time and the memory,
and adds a result line.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

RESULTS = Path("build/bench.json")
SECONDS, MEGABYTES = 60.0, 300  # for 25,000 records
SIZE = 25_000
PARTNERS, BLOCKS, SENTENCES = 13, 5, 6


def main() -> int:
    """Parent: one child process per engine, so that memory is its own."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.register")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    return child(options.engines, options.size) if options.child else run(options.engines.split(","), options.size)


def run(engines: list[str], size: int = SIZE) -> int:
    """Measure on each engine; 1 when one is too slow or too heavy. The export is made once, apart."""
    from tools.bench.__main__ import environment  # it imports this module

    RESULTS.parent.mkdir(exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="bench-register-", dir="build") as folder:
        make(Path(folder) / "export.zip", size)
        for engine in engines:
            with ExitStack() as stack:
                where = {**os.environ, **environment(engine, "register", stack, keep=False)}
                where["BENCH_EXPORT"] = str(Path(folder).resolve())
                command = [sys.executable, "-m", "tools.bench.register", "--child", "--engines", engine]
                failed |= subprocess.run([*command, "--size", str(size)], env=where, check=False).returncode
    return failed


def make(path: Path, size: int) -> None:
    """The archive, written as it is made."""
    from tests.competences.register_build import HEAD, SKILLS, TAIL, fiche

    text = " ".join([SKILLS] * SENTENCES)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("export_fiches_RNCP_V4_1.xml", "w", force_zip64=True) as target:
            target.write(HEAD.encode())
            for rank in range(size):
                title = f"Métier inventé numéro {rank}"
                told = [f"{text} Variante {rank}-{block}." for block in range(BLOCKS)]
                target.write(fiche(f"RNCP{rank + 1}", title, told, partners=PARTNERS).encode())
            target.write(TAIL.encode())


def child(engine: str, size: int) -> int:
    """Read the export on one engine."""
    import django

    django.setup()
    import logging

    from django.conf import settings
    from django.core.management import call_command

    logging.disable(logging.INFO)
    folder = Path(os.environ["BENCH_EXPORT"])
    settings.MEDIA_ROOT = folder / f"files-{engine}"
    call_command("migrate", verbosity=0)
    line = measure(folder / "export.zip", engine, size)
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    RESULTS.write_text(json.dumps([*known, line], indent=1))
    seconds = line["median_ms"] / 1000
    print(f"{engine}, {size:,} records ({line['file_mb']} MB, {line['unpacked_mb']} MB unpacked)")
    spent = f"{seconds:.1f} s, of which {line['cpu_s']} s of this process"
    print(f"  {line['name']}: {spent}; {line['rss_mb']} MB of memory, {line['grown_mb']} MB more than before")
    return int(seconds > SECONDS or line["rss_mb"] > MEGABYTES)


def measure(path: Path, engine: str, size: int) -> dict[str, Any]:
    """From the file to the list; the line of build/bench.json."""
    from entremise.accounts import services as accounts
    from entremise.competences.models import ExportEntry, RegisterExport
    from entremise.competences.services.exports import read_export

    organisation = accounts.create_organisation(name="Organisation")
    weight = path.stat().st_size
    export = RegisterExport.objects.create(organisation=organisation, size=weight, progress_total=weight)
    export.brought_path.hardlink_to(path)
    before, start, busy = _memory(), time.perf_counter(), time.process_time()
    read_export(export.pk)
    elapsed = round((time.perf_counter() - start) * 1000, 1)
    cpu = round(time.process_time() - busy, 1)
    export.refresh_from_db()
    if export.found != size or ExportEntry.objects.count() != size or not export.progress_done:
        raise RuntimeError(f"register: {export.found} found; {export.refusal}")
    return {
        "name": "register, records read",
        "engine": engine,
        "size": size,
        "median_ms": elapsed,
        "p95_ms": elapsed,
        "queries": 0,
        "rss_mb": round(_memory()),
        "grown_mb": round(_memory() - before),
        "cpu_s": cpu,
        "file_mb": weight // 1_000_000,
        "unpacked_mb": export.progress_total // 1_000_000,
    }


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
