"""Every page × every role × a stranger's identifiers: ``make matrix``.

Two organisations are filled through services with *marked* text (see ``tests/matrix_world.py``): each
mark says who may read it. Then every address of the product is opened by every member of the cast and
by someone not signed in, with the identifiers of their own organisation and with those of the other.
A leak is:

- a mark shown to someone it is not for, on any page, file or fragment, on GET or POST;
- a foreign identifier answered otherwise than by 404 (403 or a redirection before the look-up is no leak,
  405 neither);
- a page that answers to someone not signed in without being on the written list;
- an error 500.
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

OPEN_PAGES = {
    "health",
    "session",
    "style",
    "accessibility",
    "accounts:sign_in",
    "accounts:password_request",
    "accounts:password_request_sent",
    "accounts:password_reset_link",
    "accounts:invitation",
    "accounts:email_link",
    "accounts:proconnect",
    "accounts:proconnect_callback",
    "accounts:proconnect_signed_out",
    "statistics:shared",
    "statistics:shared_pdf",
    "certification:verify",
    "certification:survey",
    "certification:badge_check",
    "certification:badge_key",
    "certification:badge_list",
    "certification:paper_badge",
    "practice:attest",
}
NEVER_POSTED = {"accounts:sign_out", "accounts:session_close", "accounts:sessions_close_others", "accounts:switch"}
MARK = re.compile(r"MARQUE-([a-z]+(?:-[a-z]+)*)-FIN")


@dataclass(frozen=True)
class Address:
    """One route: its name, the route text and its variable parts (name, converter)."""

    name: str
    route: str
    variables: tuple[tuple[str, str], ...]

    def fill(self, values: dict[str, object]) -> str:
        """The path with these values."""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.route)


@dataclass
class Report:
    """What the walk saw."""

    pages: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    requests: int = 0
    leaks: list[str] = field(default_factory=list)


def addresses(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Address]:
    """Every route of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            variables = tuple((name, type(c).__name__) for name, c in entry.pattern.converters.items())
            yield Address(f"{space}{entry.name}", route, variables)


def walk(world) -> Report:
    """Open everything as everyone; ``world`` is a ``matrix_world.World``."""
    report = Report()
    visitors: dict[str, Client] = {"(personne)": Client(raise_request_exception=False)}
    for name, person in world.cast.people().items():
        visitors[name] = world.client(person)
    report.roles = set(visitors)
    for address in sorted(set(addresses()), key=lambda a: a.name):
        report.pages.add(address.name)
        for name, visitor in visitors.items():
            for kind, values in world.fillings(address, name):
                for method in ("get", "post"):
                    if method == "post" and (address.name in NEVER_POSTED or kind == "own"):
                        continue
                    _visit(report, world, visitor, name, address, kind, address.fill(values), method)
    return report


def _visit(
    report: Report, world, client: Client, name: str, address: Address, kind: str, path: str, method: str
) -> None:
    response = getattr(client, method)(path)
    report.requests += 1
    where = f"{name} {method.upper()} {address.name} ({kind})"
    if response.status_code >= 500:
        report.leaks.append(f"{where}: error {response.status_code}")
    if name == "(personne)" and response.status_code == 200 and address.name not in OPEN_PAGES:
        report.leaks.append(f"{where}: open without sign-in")
    if kind == "foreign" and name != "(personne)" and response.status_code in {200, 201, 204}:
        report.leaks.append(f"{where}: a foreign identifier answered {response.status_code}")
    signed_in = name != "(personne)"
    if signed_in and kind == "foreign" and method == "post" and response.status_code in {301, 302, 303}:
        report.leaks.append(f"{where}: a foreign identifier was accepted (redirection)")
    for mark in set(MARK.findall(words_of(response))):
        if name not in world.audience(mark):
            report.leaks.append(f"{where}: shows « {mark} »")


def words_of(response) -> str:
    """The text of an answer, that of the parts of a spreadsheet or of an ODT included."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def main() -> int:
    """Fill a scratch database, walk, print the faults and the last line."""
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    setup_test_environment()
    from django.conf import settings

    from tests.matrix_world import build  # models are ready only now

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        report = walk(build())
    finally:
        runner.teardown_databases(databases)
    for leak in report.leaks:
        print(leak)  # noqa: T201
    print(f"pages={len(report.pages)} roles={len(report.roles)} leaks={len(report.leaks)}")  # noqa: T201
    return 1 if report.leaks else 0


if __name__ == "__main__":
    sys.exit(main())
