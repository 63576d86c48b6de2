"""What a browser would send of a page as it stands."""

from collections import defaultdict
from typing import Any

from lxml import html


def filled(page: str) -> dict[str, list[str]]:
    """The answers of the form of the content, as they are filled in."""
    (form, *_) = html.fromstring(page).xpath("//main//form[@novalidate]")
    found: dict[str, list[str]] = defaultdict(list)
    for field in form.inputs:
        if field.name and field.name != "csrfmiddlewaretoken":
            found[field.name] += _values(field)
    return {name: values for name, values in found.items() if values}


def _values(field: Any) -> list[str]:
    if field.tag == "input":
        if field.get("type") in ("checkbox", "radio"):
            return [field.get("value", "on")] if field.get("checked") is not None else []
        return [field.get("value", "")]
    if field.tag == "select":
        return [field.value or ""]
    return [(field.text or "").removeprefix("\n")]
