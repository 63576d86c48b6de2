"""Real data that the product never needs, for the tests that compare it with the world."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[2] / "shared" / "data"


def real_data(name: str) -> Path:
    """The file, beside the repository or where ENTREMISE_REAL_DATA says; skips the test without it, but never in CI."""
    path = Path(os.environ.get("ENTREMISE_REAL_DATA", BESIDE)) / name
    if not path.exists():
        reason = f"real data absent: {name}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return path
