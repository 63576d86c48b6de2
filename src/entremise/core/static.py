"""Static files: content-hashed names, and the fonts taken from their wheels."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans_arabic
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_FONT_PACKAGES = (fontpkg_atkinson_hyperlegible, fontpkg_noto_sans_arabic)


class Storage(CompressedManifestStaticFilesStorage):
    """Names carry the hash of the content; imports between ES modules are rewritten too.

    Style sheets are put there without their comments and indentation: a phone keeps them to open without network.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css"):
            text = b"".join(content.chunks()).decode()
            content = File(io.BytesIO(light_css(text).encode()), name)
        saved: str = super()._save(name, content)
        return saved


def light_css(text: str) -> str:
    """The same style sheet without comments, indentation and empty lines."""
    return re.sub(r"\n\s+", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip() + "\n"


class AppFinder(AppDirectoriesFinder):
    """The applications' files, less the parts of django-htmx that nothing here uses."""

    UNUSED = ("django_htmx/ext/*", "django_htmx/htmax*", "django_htmx/htmx-4*", "django_htmx/htmx-2.js")

    def list(self, ignore_patterns: Any) -> Iterator[Any]:
        """Every file but the unused ones (some of them do not survive the rewriting of imports)."""
        yield from super().list([*(ignore_patterns or []), *self.UNUSED])


class FontFinder(BaseFinder):
    """Serves ``fonts/<file>`` from the font wheels, so that no font is copied into the repository."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._folders = [Path(str(package.__file__)).parent / "files" for package in _FONT_PACKAGES]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The absolute path of ``fonts/<file>``, or a list of them."""
        found = []
        if path.startswith("fonts/"):
            name = path.removeprefix("fonts/")
            found = [str(folder / name) for folder in self._folders if (folder / name).is_file()]
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every font file with a storage that puts it under ``fonts/``."""
        for folder in self._folders:
            storage = FileSystemStorage(location=str(folder))
            storage.prefix = "fonts"  # type: ignore[attr-defined]
            for path in sorted(folder.glob("*.ttf")):
                if not matches_patterns(path.name, ignore_patterns):
                    yield path.name, storage
