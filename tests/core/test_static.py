"""Static files: every one collected under a hashed name, fonts from their wheels."""

import re
import shutil
import subprocess
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command

from entremise.core.static import light, light_css, light_js

OURS = sorted((Path(__file__).parents[2] / "src").rglob("static/**/*.js"))


def test_fonts_are_found_in_their_wheels():
    assert finders.find("fonts/AtkinsonHyperlegible-Regular.ttf").endswith(".ttf")
    assert not finders.find("fonts/absent.ttf")


def test_every_static_file_is_collected_under_a_hashed_name(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "entremise.core.static.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
    assert list((tmp_path / "fonts").glob("AtkinsonHyperlegible-Bold.*.ttf"))
    assert list((tmp_path / "django_htmx").glob("htmx-2.min.*.js"))
    (sheet,) = (tmp_path / "core" / "css").glob("layout.*.css")
    source = Path(str(finders.find("core/css/layout.css"))).read_text(encoding="utf-8")
    kept = sheet.read_text(encoding="utf-8")
    assert kept.count("{") == re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL).count("{") > 0
    assert len(kept) < len(source)


def test_a_style_sheet_loses_its_comments_and_its_indentation_alone():
    assert (
        light_css("/* why */\n.a {\n  color: red;\n\n  margin: 0 auto;\n}\n")
        == ".a {\ncolor: red;\nmargin: 0 auto;\n}\n"
    )


def test_a_script_loses_the_comments_that_begin_a_line_alone():
    source = (
        '/* why\n * and how */\nimport { a } from "./a.js"; // kept\n\n  /** @param {string} b */\n'
        "  // alone\n  /** @type {C} */ (c).d();\n  const c = `\n    <p>${b}</p>`; /* kept */\n"
    )
    assert light_js(source) == (
        'import { a } from "./a.js"; // kept\n  /** @type {C} */ (c).d();\n'
        "  const c = `\n    <p>${b}</p>`; /* kept */\n"
    )


def test_every_script_still_runs_once_it_is_light(tmp_path):
    """Node reads what is served, as a browser would; without any comment, it is the same as before."""
    program = shutil.which("node")
    for path in OURS:
        source = path.read_text(encoding="utf-8")
        served = light_js(source)
        assert bare(served) == bare(source), path
        if program:
            (tmp_path / "one.mjs").write_text(served, encoding="utf-8")
            done = subprocess.run(
                [program, "--check", tmp_path / "one.mjs"], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, (path, done.stderr)
    assert len(OURS) > 20


def bare(text: str) -> str:
    """A script without any comment, sign by sign: strings and templates are left whole."""
    kept = re.sub(
        r"""(`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?\*/|(?<![:\\"'/])//[^\n]*""",
        lambda found: found[1] or "",
        text,
        flags=re.DOTALL,
    )
    return re.sub(r"\s+", "", kept)


def test_a_script_of_others_is_served_as_it_came():
    assert light("django_htmx/htmx-2.min.js", b"/* licence */\nvar a;\n") == b"/* licence */\nvar a;\n"


def test_no_script_of_ours_has_a_line_of_text_that_looks_like_a_comment():
    """The lightening reads lines, not the language: what it takes away is what a reader of the language takes away."""
    for path in OURS:
        text = path.read_text(encoding="utf-8")
        outside = re.sub(r"`(?:\\.|[^`\\])*`", "", text, flags=re.DOTALL)
        written = [one for one in re.findall(r"`((?:\\.|[^`\\])*)`", text, flags=re.DOTALL) if "\n" in one]
        assert not any(re.search(r"^[ \t]*(?:/\*|//|$)", one, re.MULTILINE) for one in written), path
        assert "`" not in outside, path
