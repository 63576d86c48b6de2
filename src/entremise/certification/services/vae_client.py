"""The national service of the VAE, spoken to by HTTP: what it says, and why it refuses, in our words.

Its interface for certifiers is read in its published source (January 2026): ``/interop/v1``, a bearer token, answers
``{"data": …}``. Nothing of an answer goes to a log: only the code of a refusal does.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError, ReadTimeoutError

from entremise.core import pieces

TIMEOUT = (5, 20)  # seconds: to reach it, to be answered
PAGE, MOST_PAGES = 50, 20
HEAVIEST = 4_000_000  # bytes of an answer
PREFIX = "/interop/v1"

# code → (what a person reads, whether the queue tries again by itself)
REFUSALS: dict[str, tuple[str, bool]] = {
    "closed": ("Le lien avec le service national est fermé : ouvrez-le dans les réglages de la VAE.", False),
    "address": ("L’exploitant n’a pas donné l’adresse du service national.", False),
    "token": ("Le service national refuse le jeton : demandez-en un autre, puis collez-le dans les réglages.", False),
    "unknown": ("Le service national ne connaît pas cette candidature : vérifiez son identifiant.", False),
    "conflict": ("Le service national en est à une autre étape : relevez les dossiers et comparez.", False),
    "content": (
        "Le service national n’accepte pas ce contenu : vérifiez la date et le motif.",
        False,
    ),
    "busy": ("Le service national reçoit trop de demandes : l’envoi repartira de lui-même.", True),
    "down": ("Le service national est en panne : l’envoi repartira de lui-même.", True),
    "timeout": ("Le service national n’a pas répondu à temps : l’envoi repartira de lui-même.", True),
    "network": ("Le service national est injoignable : l’envoi repartira de lui-même.", True),
    "answer": ("Le service national a répondu quelque chose d’illisible.", False),
    "heavy": ("Ce document dépasse 5 Mo.", False),
    "elsewhere": ("Ce document n’est pas à l’adresse du service national : l’outil ne va pas le chercher.", False),
}
# What may have been taken although no answer came: looked at before it is told again.
DOUBTFUL = ("down", "timeout", "network", "answer")
_BY_STATUS = {400: "content", 401: "token", 403: "token", 404: "unknown", 409: "conflict", 422: "content", 429: "busy"}


class ServiceRefusal(Exception):
    """The service refused, or could not be reached; ``code`` is one of ``REFUSALS``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class _Bearer(AuthBase):
    """Our token and no other: without it, a ``.netrc`` of the machine would take its place."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class ServiceClient:
    """One conversation. ``adapter`` stands for the network in tests."""

    def __init__(self, address: str, token: str, adapter: BaseAdapter | None = None) -> None:
        self.address = address.rstrip("/") + PREFIX
        self.session = requests.Session()
        self.session.auth = _Bearer(token)
        if adapter is not None:
            self.session.mount(address, adapter)

    def candidature(self, candidature: str) -> dict[str, Any]:
        """Who comes, for which certification."""
        found = self._call("GET", f"/candidatures/{_identifier(candidature)}")
        told = found.get("data") if isinstance(found, dict) else None
        if not isinstance(told, dict):
            raise ServiceRefusal("answer")
        return told

    def feasibility_dossiers(self) -> list[dict[str, Any]]:
        """The dossiers de faisabilité that wait for a decision."""
        return self._pages("/dossiersDeFaisabilite")

    def validation_dossiers(self) -> list[dict[str, Any]]:
        """The dossiers de validation that wait for a decision."""
        return self._pages("/dossiersDeValidation")

    def decisions(self, candidature: str, dossier: str) -> list[dict[str, Any]]:
        """The decisions already told; ``dossier``: ``dossierDeFaisabilite`` or ``dossierDeValidation``."""
        found = self._call("GET", f"/candidatures/{_identifier(candidature)}/{dossier}/decisions")
        return [one for one in _listed(found) if isinstance(one, dict)]

    def dossier(self, candidature: str, dossier: str) -> dict[str, Any]:
        """One dossier with its documents; ``dossier``: as in ``decisions``. Empty when there is none."""
        found = self._call("GET", f"/candidatures/{_identifier(candidature)}/{dossier}")
        told = found.get("data") if isinstance(found, dict) else None
        return told if isinstance(told, dict) else {}

    def document(self, url: str) -> bytes:
        """A document of a dossier, bounded; never asked, nor the token shown, elsewhere than at the service."""
        if _origin(url) != _origin(self.address):
            raise ServiceRefusal("elsewhere")
        return self._raw("GET", url, pieces.HEAVIEST)

    def decide_feasibility(self, candidature: str, payload: Mapping[str, str]) -> None:
        """RECEVABLE, IRRECEVABLE, INCOMPLET or COMPLET."""
        parts = {name: (None, value) for name, value in payload.items() if value}
        self._call("POST", f"/candidatures/{_identifier(candidature)}/dossierDeFaisabilite/decisions", files=parts)

    def decide_validation(self, candidature: str, payload: Mapping[str, str]) -> None:
        """SIGNALE or VERIFIE."""
        told = {name: value for name, value in payload.items() if value}
        self._call("POST", f"/candidatures/{_identifier(candidature)}/dossierDeValidation/decisions", json=told)

    def put_session(self, candidature: str, payload: Mapping[str, str]) -> None:
        """When and where the jury hears the candidate."""
        parts = {name: (None, value) for name, value in payload.items() if value}
        self._call("PUT", f"/candidatures/{_identifier(candidature)}/informationJury/session", files=parts)

    def put_result(self, candidature: str, payload: Mapping[str, str]) -> None:
        """What the jury decided, once."""
        self._call("PUT", f"/candidatures/{_identifier(candidature)}/informationJury/resultat", json=dict(payload))

    def _pages(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(MOST_PAGES):
            asked = {"decalage": str(page * PAGE), "limite": str(PAGE), "statut": "EN_ATTENTE"}
            rows = [one for one in _listed(self._call("GET", path, params=asked)) if isinstance(one, dict)]
            found += rows
            if len(rows) < PAGE:
                break
        return found

    def _call(self, method: str, path: str, **options: Any) -> Any:
        """The answer's JSON; None for an empty one. ServiceRefusal for everything else; no redirection is followed."""
        body = self._raw(method, self.address + path, HEAVIEST, **options)
        if not body:
            return None
        try:
            return json.loads(body)
        except ValueError as error:
            raise ServiceRefusal("answer") from error

    def _raw(self, method: str, url: str, most: int, **options: Any) -> bytes:
        """The bytes of a success, ``most`` at the most; ServiceRefusal for everything else."""
        try:
            answer = self.session.request(method, url, timeout=TIMEOUT, allow_redirects=False, stream=True, **options)
            body: bytes = answer.raw.read(most + 1, decode_content=True)
        except (requests.Timeout, ReadTimeoutError) as error:
            raise ServiceRefusal("timeout") from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise ServiceRefusal("network") from error
        status = answer.status_code
        if status >= 500:
            raise ServiceRefusal("down")
        if not 200 <= status < 300:
            raise ServiceRefusal(_BY_STATUS.get(status, "answer"))
        if len(body) > most:
            raise ServiceRefusal("heavy" if most == pieces.HEAVIEST else "answer")
        return body if status != 204 else b""


def _origin(url: str) -> tuple[str, str]:
    """The scheme, and the host with its port; a name before an ``@`` makes it another."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""  # written in no way that anybody reads
    return parts.scheme.lower(), parts.netloc.lower()


def _identifier(candidature: str) -> str:
    """A UUID and nothing else goes into an address."""
    try:
        return str(uuid.UUID(candidature))
    except ValueError as error:
        raise ServiceRefusal("unknown") from error


def _listed(found: Any) -> list[Any]:
    if found is None:
        return []
    told = found.get("data") if isinstance(found, dict) else None
    if not isinstance(told, list):
        raise ServiceRefusal("answer")
    return told
