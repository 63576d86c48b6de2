"""What the page frame needs to know about the installation."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, bool]:
    """``is_demo``: the frame warns that people and places are invented."""
    return {"is_demo": bool(getattr(settings, "DEMO", False))}
