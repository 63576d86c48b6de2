"""Rules that hold for every template of the product."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "entremise"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*") if path.suffix in {".html", ".svg", ".txt"})
PAGES = [path for path in TEMPLATES if path.suffix != ".txt"]
LIBRARY = ("core/icons/",)  # chosen by name when a page is written
OVERRIDES = ("django/",)  # found by Django itself
AWAITED: tuple[str, ...] = ("documents/_export_button.html",)  # templates whose page follows

FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "htmx script attribute": re.compile(r"\shx-on", re.I),
    "style element": re.compile(r"<style[\s>]", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "straight apostrophe in French text": re.compile(r">[^<>{}]*[A-Za-zà-ÿ]'[A-Za-zà-ÿ][^<>{}]*<"),
    "value marked safe": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


def name_of(path):
    return path.as_posix().split("/templates/", 1)[1]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_holds_nothing_the_content_policy_would_refuse(path):
    source = path.read_text(encoding="utf-8")
    found = [(rule, pattern.search(source)) for rule, pattern in FORBIDDEN.items()]
    assert [f"{rule}: {match.group(0)[:80]}" for rule, match in found if match] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_name_given_in_one_block_is_not_used_in_another(path):
    """Blocks share nothing: the name is empty there, and an empty screen loses its first gesture without a word."""
    pieces = re.split(r"{% block (\w+) %}", path.read_text(encoding="utf-8"))
    blocks = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    given = {block: set(re.findall(r"\bas (\w+) %}", source)) for block, source in blocks.items()}
    stray = {
        (name, block)
        for block, source in blocks.items()
        for name in set().union(*given.values()) - given[block]
        if re.search(rf"\b{name}\b", source)
    }
    assert stray == set()


def _everything_else():
    return "\n".join(p.read_text(encoding="utf-8") for p in [*SOURCE.rglob("*.py"), *TEMPLATES])


def test_every_template_is_used():
    sources = _everything_else()
    unused = [
        name
        for name in map(name_of, TEMPLATES)
        if not name.startswith(LIBRARY + OVERRIDES) and not re.search(rf"{re.escape(name)}[\"'#,]", sources)
    ]
    assert unused == []


def test_every_named_fragment_is_used():
    sources = _everything_else()
    unused = []
    for path in PAGES:
        for name, inline in re.findall(r"{%\s*partialdef\s+([\w-]+)(\s+inline)?", path.read_text(encoding="utf-8")):
            called = re.search(rf"#{re.escape(name)}\b|{{%\s*partial\s+{re.escape(name)}\s", sources)
            if not inline and not called:
                unused.append(f"{name_of(path)}#{name}")
    assert unused == []


def test_every_style_rule_keeps_the_direction_of_writing_free():
    physical = re.compile(
        r"(?<![\w-])((margin|padding|border)-(left|right)|left|right|text-align:\s*(left|right)|float:\s*(left|right))\s*[:;]"
    )
    found = []
    for path in SOURCE.rglob("static/**/*.css"):
        text = re.sub(r"@page\s*{[^}]*{[^}]*}[^}]*}", "", path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {match.group(0)}" for match in physical.finditer(text)]
    assert found == []
