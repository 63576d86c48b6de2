"""What is kept of a browser: its family and its system's family. Never the address of the machine."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from entremise.keys.services import lookup_hash

# In order: the name each browser gives itself comes before those it imitates.
_BROWSERS = (("Firefox", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"))
_IMITATED = (("Chrome", "Chrome"), ("CriOS", "Chrome"), ("FxiOS", "Firefox"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def label(request: HttpRequest) -> str:
    """Such as ``Firefox sur Android``; ``Appareil inconnu`` when it does not say."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for sign, name in (*_BROWSERS, *_IMITATED) if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    if browser and system:
        return f"{browser} sur {system}"
    return browser or system or "Appareil inconnu"


def client_address(request: HttpRequest) -> str:
    """The address of the machine that asks, behind ``settings.TRUSTED_PROXIES`` reverse proxies of ours.

    Each proxy adds one address on the right of X-Forwarded-For; what stands left of ours is hearsay.
    """
    count = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if count and len(forwarded) >= count:
        return forwarded[-count]
    return str(request.META.get("REMOTE_ADDR") or "")


def client_mark(request: HttpRequest) -> str:
    """A keyed hash of the machine's address, written as a private IPv6 address.

    The table of lock-outs wants an address: this one tells machines apart and leads to none.
    """
    digest = bytes.fromhex(lookup_hash(client_address(request), "client"))
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))
