"""The notebook's own scripts, run under Node: what the phone makes of data, without a browser."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def run(script: str, given: Any) -> Any:
    """What a script of this folder prints for this input. Without Node: skipped here, an error where it must be."""
    program = shutil.which("node")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node is missing: the phone's scripts cannot be compared with the server")
        pytest.skip("node is missing: the phone's scripts are not run here")
    command = [program, str(HERE / script)]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
