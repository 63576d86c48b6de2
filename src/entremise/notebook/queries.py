"""What the shell of the notebook is made of."""

import hashlib
import re
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.ui import offline
from entremise.intercultural.queries import offered_decks
from entremise.presence.enums import AgeBand, Reception

STYLES = (
    *(
        "core/css/tokens.css",
        "core/css/base.css",
        "core/css/layout.css",
        "core/css/components.css",
        "core/css/forms.css",
    ),
    *("presence/presence.css", "interventions/act.css", "interventions/reference.css", "interventions/texthelper.css"),
    "intercultural/cards.css",
    "notebook/notebook.css",
)
FONTS = ("fonts/AtkinsonHyperlegible-Regular.ttf", "fonts/AtkinsonHyperlegible-Bold.ttf")
OTHERS = (
    "core/icon.svg",
    *(f"interventions/texthelper{part}.js" for part in ("", "_reading", "_names", "_text")),
    "interventions/texthelper_rules.json",
    "intercultural/voice.js",
)
# Drawn from notebook/icon.svg by tools/icons.py; the last one may be cut to any shape.
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
SCRIPTS = Path(__file__).parent / "static"
_NAMED_CHOICE = re.compile(r'(<input type="(?:radio|checkbox)"[^>]*?) id="([^"]+)"')
_STROKES = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
_DRAWN = f'<svg class="icon" viewBox="0 0 24 24" width="24" height="24" {_STROKES}'
_DRAWN_BY_CSS = '<svg class="icon line" viewBox="0 0 24 24" '


def kept_files() -> list[str]:
    """The addresses a phone keeps to open without network."""
    scripts = sorted(path.relative_to(SCRIPTS).as_posix() for path in SCRIPTS.glob("notebook/**/*.js"))
    enhancers = ("core/js/counter.js", "core/js/search-select.js")
    return [static(name) for name in (*STYLES, *FONTS, *OTHERS, *enhancers, *scripts)]


def tight(html: str) -> str:
    """The same page, lighter: no indentation, no name for a choice held by its label, strokes of icons left to CSS."""
    named = {name for names in re.findall(r'(?:for|aria-[a-z]+|list)="([^"]+)"', html) for name in names.split()}
    html = _NAMED_CHOICE.sub(lambda found: found[0] if found[2] in named else found[1], html)
    return re.sub(r"\n\s+", "\n", html).replace(_DRAWN, _DRAWN_BY_CSS).replace(' focusable="false"', "")


def version_of(*kept: str) -> str:
    """Twelve signs that change when a kept file does: its served name carries the hash of its content."""
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:12]


def manifest() -> dict[str, Any]:
    """The web app manifest: colours are those of the tokens."""
    return {
        "id": reverse("notebook:shell"),
        "name": "Le carnet · Entremise",
        "short_name": "Le carnet",
        "lang": "fr",
        "start_url": reverse("notebook:shell"),
        "scope": reverse("notebook:shell"),
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#faf8f3",
        "theme_color": "#0d5b5b",
        "icons": [
            {"src": static(f"notebook/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }


def shell_context(actor: Actor) -> dict[str, Any]:
    """What the shell says: lists as the organisation words them, addresses, the version.

    The version is that of the files and of the shell itself: a list that changes reaches the phones like a new script.
    """
    context = _shell(actor)
    context["settings"]["version"] = version_of(*kept_files(), render_to_string("notebook/shell.html", context))
    return context


def _shell(actor: Actor) -> dict[str, Any]:
    parts = offline.fragments(actor)
    lists = choices_for(actor.organisation_id, "L24")
    return {
        "styles": [static(name) for name in STYLES],
        "atmospheres": lists["L24"].offered,
        "receptions": Reception.choices,
        "bands": [(band.value, band.label) for band in AgeBand],
        "fragments": parts,
        "forms": [(name, html) for name, html in parts.items() if name != "urgence"],
        "settings": {
            "member": str(actor.member_id),
            "api": "/api/sync/",
            "me": reverse("notebook:me"),
            "worker": reverse("notebook:service_worker"),
            "cards": offered_decks(actor),
        },
    }
