"""Runs a command with a temporary PostgreSQL 15 cluster: ``python -m tools.with_postgres COMMAND…``.

The cluster lives in a temporary folder, listens on a Unix socket only, never runs as root and is
removed at the end. Without PostgreSQL: one line and success, or a failure when ``CI=true``.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "512MB",
    "max_connections": "150",
}


def available() -> bool:
    """True when the server's programs are there, installing Debian's package when root may."""
    return subprocess.run(["tools/ensure", "postgresql"], check=False).returncode == 0


def _as_server(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: the command of the ``postgres`` account then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _run(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def cluster(settings: dict[str, str] | None = None) -> Iterator[str]:
    """A running cluster; yields the address of an empty database for ENTREMISE_TEST_DATABASE_URL."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped and removed
    folder = Path(tempfile.mkdtemp(prefix="entremise-pg-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"
    options = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, **(settings or {})}.items())
    try:
        locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--username=entremise"]
        _run(_as_server([f"{BINARIES}/initdb", "-D", str(data), *locale]))
        start = [f"{BINARIES}/pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", f"-k {folder} {options}"]
        _run(_as_server([*start, "start"]))
        for name in ("entremise", "entremise_cles"):
            _run([f"{BINARIES}/createdb", "-h", str(folder), "-U", "entremise", name])
        yield f"postgresql://entremise@/entremise?host={folder}"
    finally:
        stop = [f"{BINARIES}/pg_ctl", "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run(_as_server(stop), stdout=subprocess.DEVNULL, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command; its exit code is ours."""
    if not available():
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster() as address:
        return subprocess.run(
            command, env={**os.environ, "ENTREMISE_TEST_DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
