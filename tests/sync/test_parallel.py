"""F16 and F52: the same operation posted fifty times at once is applied once, and answered fifty times the same."""

import subprocess
import sys

import pytest
from django.db import connection


@pytest.mark.django_db
def test_f16_f52_fifty_identical_posts_at_once_make_one_row_and_fifty_identical_answers():
    processes = 4 if connection.vendor == "postgresql" else 2
    command = [sys.executable, "-m", "tools.parallel", "--threads", "52", "--processes", str(processes)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.stdout.strip().splitlines()[-1:] == ["posts=52 rows=1 answers=1"], done.stderr[-2000:]
