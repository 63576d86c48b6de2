"""What modules add to the head of every signed-in page: a style sheet, a script that waits for its fields."""

_parts: list[str] = []


def register_head(template_name: str) -> None:
    """Include this template in the head of signed-in pages. Registered once, when the module is ready."""
    if template_name not in _parts:
        _parts.append(template_name)


def head_parts() -> list[str]:
    """The registered templates, in order."""
    return list(_parts)
