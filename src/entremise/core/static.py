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

_OTHERS = ("django_htmx/", "admin/")  # theirs, licence included
_FONT_PACKAGES = (fontpkg_atkinson_hyperlegible, fontpkg_noto_sans_arabic)


class Storage(CompressedManifestStaticFilesStorage):
    """Names carry the hash of the content; imports between ES modules are rewritten too.

    Our style sheets and scripts are put there without their comments: a phone keeps them to open without network.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        content = File(io.BytesIO(light(name, b"".join(content.chunks()))), name)
        saved: str = super()._save(name, content)
        return saved


def light(name: str, content: bytes) -> bytes:
    """The file as it is served: our style sheets and scripts without their comments, the others as they are."""
    if name.startswith(_OTHERS):
        return content
    if name.endswith(".css"):
        return light_css(content.decode()).encode()
    return light_js(content.decode()).encode() if name.endswith(".js") else content


def light_css(text: str) -> str:
    """The same style sheet without comments, indentation and empty lines."""
    return re.sub(r"\n\s+", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip() + "\n"


def light_js(text: str) -> str:
    """The same script without empty lines and the comments that begin a line; the rest stays where it is."""
    return re.sub(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)?\n", "", text, flags=re.DOTALL | re.MULTILINE)


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
