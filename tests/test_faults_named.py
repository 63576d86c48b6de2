"""Every fault that the offline notebook must survive, F1 to F52, is named by the test that proves it."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
FAULTS = range(1, 53)
NAMED = re.compile(r"(?<![a-z0-9])f(\d{1,2})(?=_)")
# Those that happen on a phone are proved in a browser too, whatever the server's own tests say.
ON_THE_PHONE = (*range(1, 10), *range(11, 16), *range(18, 23), 25, *range(27, 35), 43, 45, 46, 47, 48, 50)


def named(folder: str = "") -> set[int]:
    """The numbers in the names of the tests of a folder."""
    names = (
        name
        for path in sorted((TESTS / folder).rglob("test_*.py"))
        for name in re.findall(r"^\s*def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    return {int(number) for name in names for number in NAMED.findall(name)}


def test_every_fault_of_the_list_is_named_by_a_test():
    assert sorted(set(FAULTS) - named()) == []


def test_every_fault_of_a_phone_is_named_by_a_test_in_a_browser():
    assert sorted(set(ON_THE_PHONE) - named("browser")) == []


def test_no_test_names_a_fault_that_is_not_in_the_list():
    assert named() <= set(FAULTS)
    assert NAMED.findall("test_f1_f2_of_a_sha256_and_f52_") == ["1", "2", "52"]
