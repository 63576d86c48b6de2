"""The glossary names every model and every list of values of the code, and nothing that is gone."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Choices, IntegerChoices, TextChoices

import entremise

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossaire.md"
COLUMNS = ["Terme", "Identifiant", "Définition", "Source", "À ne pas confondre"]
# Words that are the same in both languages, so that a name left to Django cannot be told from one given.
SAME_IN_FRENCH = {"id", "code", "codes", "commune", "convention", "dimension", "intervention", "note", "organisation"}
SAME_IN_FRENCH |= {"session", "siret", "version"}
FROM_DJANGO = {("accounts.Session", name) for name in ("session_key", "session_data", "expire_date")}


def lines() -> list[list[str]]:
    """The cells of each line of the tables of terms."""
    found, header = [], []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            header = []
        elif not header:
            header = cells
        elif header == COLUMNS and not set("".join(cells)) <= set("-: "):
            found.append(cells)
    return found


def identifier(cells: list[str]) -> str:
    match = re.match(r"`([\w.]+)`", cells[1])
    assert match, f"no identifier: {cells}"
    return match[1]


def resolve(name: str) -> object:
    """What an identifier names: a model, or something importable below ``entremise``."""
    label, _, last = name.partition(".")
    if last and "." not in last:
        try:
            return apps.get_model(label, last)
        except LookupError:
            pass
    path, parts = "entremise", name.split(".")
    found: object = entremise
    for part in parts:
        path = f"{path}.{part}"
        try:
            found = importlib.import_module(path)
        except ModuleNotFoundError:
            found = getattr(found, part)
    return found


def models() -> list:
    return [model for model in apps.get_models() if model.__module__.startswith("entremise.")]


def enumerations() -> list[type[Choices]]:
    """Every list of values of the code, wherever it is written."""
    found = set()
    for module in pkgutil.walk_packages(entremise.__path__, "entremise."):
        if not re.search(r"\.(migrations|settings|wsgi|__main__)", module.name):
            for _, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if issubclass(value, TextChoices | IntegerChoices) and value.__module__.startswith("entremise."):
                    found.add(value)
    return sorted(found, key=lambda value: f"{value.__module__}.{value.__name__}")


def test_every_line_is_complete():
    assert [cells for cells in lines() if len(cells) != len(COLUMNS) or not all(cells)] == []
    assert len(lines()) > 80


def test_every_line_points_at_something_that_exists():
    gone = []
    for cells in lines():
        try:
            resolve(identifier(cells))
        except AttributeError:
            gone.append(cells[1])
    assert gone == []


def test_no_identifier_has_two_lines():
    seen = [identifier(cells) for cells in lines()]
    assert sorted(name for name in set(seen) if seen.count(name) > 1) == []


def test_every_model_and_every_list_of_values_has_its_line():
    told = {resolve(identifier(cells)) for cells in lines()}
    missing = [model._meta.label for model in models() if model not in told]
    missing += [f"{value.__module__}.{value.__name__}" for value in enumerations() if value not in told]
    assert missing == []


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_names_shown_to_people_are_french_and_lower_case(model):
    names = {"": model._meta.verbose_name, "s": model._meta.verbose_name_plural}
    wrong = [str(name) for name in names.values() if not begins_low(str(name))]
    for field in model._meta.get_fields():
        if field.auto_created or (model._meta.label, field.name) in FROM_DJANGO:
            continue
        name = str(getattr(field, "verbose_name", field.name))
        given = name != field.name.replace("_", " ") or name in SAME_IN_FRENCH
        if not given or not begins_low(name):
            wrong.append(f"{field.name}: {name}")
    assert wrong == []


def begins_low(name: str) -> bool:
    """A lower-case first letter; acronyms keep theirs."""
    first = name.split(" ", maxsplit=1)[0]
    return name[:1].islower() or (len(first) > 1 and first.isupper())
