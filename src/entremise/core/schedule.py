"""What `entremise tick` runs: small jobs that modules register, each safe to run at any time."""

from collections.abc import Callable

Job = Callable[[], str]
_jobs: dict[str, Job] = {}


def register(name: str, job: Job) -> None:
    """Add a job; it returns one French sentence for the operator, without personal text."""
    _jobs[name] = job


def jobs() -> list[tuple[str, Job]]:
    """Every job, in order of name."""
    return sorted(_jobs.items())
