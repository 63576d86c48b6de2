"""``publiccode.yml`` holds what the publiccode standard asks, with the values it allows.

The facts stand in the standard's core schema (version 0.5) and in its lists of categories and scopes.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]

STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")}
TYPES |= {"addon", "library", "configurationFiles"}
MAINTENANCE = {"internal", "contract", "community", "none"}
CATEGORIES = {"data-collection", "digital-citizenship", "workflow-management"}  # those of its list that we use
SCOPES = {"local-authorities", "society", "welfare"}
MANDATORY = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description.fr.shortDescription",
    "description.fr.longDescription",
    "description.fr.features",
    "legal.license",
    "maintenance.type",
    "maintenance.contacts",
    "localisation.localisationReady",
    "localisation.availableLanguages",
}


def read() -> dict[str, str | list[str]]:
    """The file as ``a.b.c`` → its text, or its list; only the part of YAML that it uses."""
    found: dict[str, str | list[str]] = {}
    path: list[tuple[int, str]] = []
    for line in (ROOT / "publiccode.yml").read_text(encoding="utf-8").splitlines():
        indent, text = len(line) - len(line.lstrip()), re.sub(r"\s+# .*", "", line.strip())
        while path and indent <= path[-1][0]:
            path.pop()
        key = ".".join(name for _, name in path)
        named = re.match(r"(\w+):(?: (.*))?$", text)
        if text.startswith("- "):
            items = found.setdefault(key, [])
            assert isinstance(items, list), line
            items.append(text[2:])
        elif named:
            path.append((indent, named[1]))
            if named[2]:
                found[".".join(name for _, name in path)] = named[2].strip('">').strip()
        elif text:
            found[key] = f"{found.get(key, '')} {text}".strip()
    return found


def test_every_mandatory_key_has_a_value():
    found = read()
    assert {key for key, value in found.items() if value} >= MANDATORY


def test_each_value_is_one_the_standard_allows():
    found = read()
    assert found["publiccodeYmlVersion"] == "0.5"
    assert found["developmentStatus"] in STATUSES
    assert found["softwareType"] in TYPES
    assert found["maintenance.type"] in MAINTENANCE
    assert set(found["categories"]) <= CATEGORIES
    assert set(found["intendedAudience.scope"]) <= SCOPES
    assert found["localisation.localisationReady"] in {"true", "false"}
    assert str(found["url"]).startswith("https://")


def test_descriptions_keep_to_their_lengths():
    found = read()
    assert len(str(found["description.fr.shortDescription"])) <= 150
    assert 150 <= len(str(found["description.fr.longDescription"])) <= 10_000
    assert found["description.fr.features"]


def test_it_says_what_the_project_says():
    found = read()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{found["softwareVersion"]}"' in project
    assert f'text = "{found["legal.license"]}"' in project
    assert all((ROOT / picture).is_file() for picture in found["description.fr.screenshots"])


def test_each_contact_has_a_name():
    assert all(contact.startswith("name: ") for contact in read()["maintenance.contacts"])
