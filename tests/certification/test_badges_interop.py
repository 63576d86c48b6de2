"""Our badges in libraries we did not write, in another language. Needs Node; its packages are pinned by a lock."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from entremise.certification.openbadges import status_list
from tests.certification.badge_samples import KEY, LIST_URL, STAMP, signed

FOLDER = Path(__file__).parents[2] / "tools" / "interop"
BUILD = Path(__file__).parents[2] / "build"


def absent(reason: str) -> None:
    """Skipped on a machine without Node, never where everything must be proved."""
    pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


@pytest.fixture(scope="module")
def program() -> Path:
    """The verifiers installed once for each lock, beside the build's results; a copy, so that nothing is half made."""
    if not shutil.which("npm"):
        absent("Node is not installed on this machine")
    name = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()[:16]
    place = BUILD / f"interop-{name}"
    if not place.exists():
        making = BUILD / f"interop-{name}.{os.getpid()}"
        making.mkdir(parents=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(FOLDER / file, making)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(command, cwd=making, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            absent(f"the verifiers could not be installed: {done.stderr[-300:]}")
        making.rename(place)
    shutil.copy(FOLDER / "verify.mjs", place)
    return place / "verify.mjs"


def verdicts(program: Path, cases: list[dict]) -> list[dict]:
    done = subprocess.run(
        ["node", program.name], cwd=program.parent, input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_they_accept_ours_refuse_what_was_changed_and_say_what_was_withdrawn(program):
    badge = signed(position=4242)
    kept, gone = (status_list.signed_list(LIST_URL, places, KEY, STAMP) for places in ([4241], [7, 4242]))
    changed = json.loads(json.dumps(badge).replace("RNCP41674BC01", "RNCP41674BC02"))
    lying = {**gone, "credentialSubject": {**gone["credentialSubject"], "encodedList": status_list.encode([])}}
    told = verdicts(
        program,
        [
            {"credential": badge, "list": kept},
            {"credential": badge, "list": gone},
            {"credential": changed, "list": kept},
            {"credential": badge, "list": lying},
        ],
    )
    assert [one["verified"] for one in told] == [True, True, False, False]
    assert [one["revoked"] for one in told[:2]] == [False, True]
    assert told[2]["error"] == "Invalid signature."
