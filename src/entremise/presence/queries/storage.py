"""Where the files of presence lie."""

from pathlib import Path

from django.conf import settings


def photo_folder() -> Path:
    """Sealed photos; never served by the web server."""
    path = Path(settings.MEDIA_ROOT) / "photos"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
