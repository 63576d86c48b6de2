"""What the documentation says exists, and what exists is documented."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "entremise"
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
IMAGES = ROOT / "docs" / "images"

# Names and numbers that date a product, and words that the trade refuses (glossary, « Les mots à éviter »).
REFUSED = {
    "Pôle emploi": r"p[ôo]le[ -]emploi",
    "CMU": r"\bCMU\b",
    "MSAP": r"\bMSAP\b",
    "ANTS": r"\bANTS\b",
    "code QPV de 2015": r"\bQP0",
    "3020": r"\b3020\b",
    "08 842 846 37": r"\b08[ .\u00a0]?842[ .\u00a0]?846[ .\u00a0]?37\b",
    "patrouille": r"\bpatrouill",
    "ticket": r"\btickets?\b",
    "racaille": r"\bracaille",
}
# Where a refused word stands because the page says that it is refused.
SAID_TO_BE_REFUSED = {
    "docs/guide/cadre-et-urgences.md": {"3020", "08 842 846 37", "patrouille"},
    "src/entremise/interventions/templates/interventions/charter.html": {"patrouille"},
    "src/entremise/interventions/templates/interventions/refusals.html": {"patrouille"},
}
GLOSSARY = ROOT / "docs" / "glossaire.md"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_variable_of_the_settings_is_documented():
    read = set()
    for path in [SOURCE / "config" / "env.py", *(SOURCE / "config" / "settings").glob("*.py")]:
        read |= set(re.findall(r"(?:text|secret|listing|boolean)\(\"([A-Z_]+)\"", text(path)))
    documented = text(ROOT / "docs" / "deploiement.md") + text(ROOT / "docs" / "proconnect.md")
    assert len(read) > 10
    assert sorted(name for name in read if f"`ENTREMISE_{name}`" not in documented) == []


def test_the_readme_names_every_module_each_above_those_it_may_import():
    layers = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    order = {name: rank for rank, layer in enumerate(layers) for name in layer.split(" | ")}
    shown = re.findall(r"^\| `(\w+)` \|", text(README), re.M)
    assert set(shown) == set(order) == {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert [order[name] for name in shown] == sorted(order.values())


def test_every_documented_variable_is_read():
    source = "\n".join(text(path) for path in (SOURCE / "config").rglob("*.py"))
    documented = {name for page in PAGES for name in re.findall(r"`ENTREMISE_([A-Z_]+[A-Z])`", text(page))}
    known = {name for name in documented if any(f'"{asked}"' in source for asked in (name, name.removesuffix("_FILE")))}
    assert sorted(documented - known - {"X_FILE"}) == []


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z -]*):(?!=)", text(ROOT / "Makefile"), re.M))


def test_every_make_command_exists_and_is_documented():
    targets = {target for line in make_targets() for target in line.split()} - {"help"}
    documented = set(re.findall(r"(?:`|^)make ([a-z-]+)", text(README), re.M))
    assert documented == targets


def test_every_make_command_named_in_the_pages_exists():
    targets = {target for line in make_targets() for target in line.split()}
    named = {(name_of(page), target) for page in PAGES for target in re.findall(r"`make ([a-z-]+)", text(page))}
    assert sorted((page, target) for page, target in named if target not in targets) == []


def test_every_command_of_the_product_is_documented():
    ours = {name for name, app in get_commands().items() if app.startswith("entremise.")}
    documented = text(ROOT / "docs" / "deploiement.md")
    assert sorted(name for name in ours if f"entremise {name}" not in documented) == []


def test_every_documented_command_exists():
    known = set(get_commands())
    named = {
        (name_of(page), name) for page in PAGES for name in re.findall(r"(?:`|^)entremise ([a-z_-]+)", text(page), re.M)
    }
    assert sorted((page, name) for page, name in named if name not in known) == []


def targets_of(page: Path) -> list[str]:
    """Local links and pictures of a page, outside code."""
    body = re.sub(r"```.*?```|`[^`\n]*`", "", text(page), flags=re.S)
    found = re.findall(r"\]\(([^)\s]+)\)", body) + re.findall(r"src=\"([^\"]+)\"", body)
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors_of(page: Path) -> set[str]:
    """The anchors of a page’s headings, as they are usually made."""
    headings = re.findall(r"^#+ (.+)$", text(page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_local_link_and_picture_resolves(page):
    broken = []
    for target in targets_of(page):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors_of(file)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_picture_is_described(page):
    undescribed = re.findall(r"!\[\s*\]\([^)]*\)|<img(?![^>]*alt=\"[^\"]{12,}\")[^>]*>", text(page))
    assert undescribed == []


def test_every_page_is_reached_from_the_entrance():
    seen, waiting = set(), [README, ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            waiting += [(page.parent / target.partition("#")[0]).resolve() for target in targets_of(page)]
    assert sorted(name_of(page) for page in PAGES if page not in seen) == []


def test_every_picture_is_shown_and_light():
    shown = "\n".join(text(page) for page in PAGES)
    pictures = list(IMAGES.glob("*"))
    assert [p.name for p in pictures if f"images/{p.name}" not in shown or p.stat().st_size > 150_000] == []
    assert sum(p.stat().st_size for p in pictures) < 2_000_000


def test_the_pictures_are_those_that_the_tool_makes():
    made = set(re.findall(r"^@shot\(\"([\w-]+)\"", text(ROOT / "tools" / "pictures.py"), re.M))
    assert {p.stem for p in IMAGES.glob("*")} == made


def refused_words(path: Path) -> list[str]:
    said = SAID_TO_BE_REFUSED.get(name_of(path), set())
    return [word for word, pattern in REFUSED.items() if word not in said and re.search(pattern, text(path), re.I)]


TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*") if path.suffix in {".html", ".txt"})


@pytest.mark.parametrize("path", [*TEMPLATES, *(page for page in PAGES if page != GLOSSARY)], ids=name_of)
def test_no_outdated_name_and_no_refused_word(path):
    assert refused_words(path) == []


def test_the_glossary_says_which_words_are_refused():
    before, _, avoided = text(GLOSSARY).partition("## Les mots à éviter")
    assert [word for word, pattern in REFUSED.items() if not re.search(pattern, avoided, re.I)] == []
    # In the tables above, a refused word may only stand in the last column, or in a list of refused requests.
    wrong = []
    for line in before.splitlines():
        kept = "|".join(line.split("|")[:-2])
        if "RefusedRequest" not in line and any(re.search(pattern, kept, re.I) for pattern in REFUSED.values()):
            wrong.append(line)
    assert wrong == []


def test_the_exceptions_still_hold():
    idle = [
        (name, word)
        for name, words in SAID_TO_BE_REFUSED.items()
        for word in words
        if not re.search(REFUSED[word], text(ROOT / name), re.I)
    ]
    assert idle == []


def test_the_demonstration_accounts_of_the_readme_are_those_of_the_terminal():
    from entremise.demonstration import certification, people

    assert set(re.findall(r"`(\w+)@exemple\.test`", text(README))) == {*people.SHOWN, *certification.CARD}
    assert f"`{people.PASSWORD}`" in text(README)
