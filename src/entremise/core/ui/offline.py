"""What modules put in the shell of the offline notebook: forms and texts, without a name, a place or a word typed."""

from collections.abc import Callable

from django.utils.safestring import SafeString

from entremise.core.actor import Actor

Render = Callable[[Actor], dict[str, SafeString]]
_parts: dict[str, Render] = {}


def register(code: str, render: Render) -> None:
    """Declare fragments of the shell; ``render`` gives HTML by name. Registered once, when the module is ready."""
    if _parts.setdefault(code, render) is not render:
        raise ValueError(f"the offline part {code} is declared twice")


def fragments(actor: Actor) -> dict[str, SafeString]:
    """Every fragment for this actor, by name."""
    return {name: html for _, render in sorted(_parts.items()) for name, html in render(actor).items()}
