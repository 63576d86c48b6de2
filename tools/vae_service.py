"""A stand-in for the national service of the VAE, on this machine only: for tests, and to show the demonstration.

``python -m tools.vae_service --port 8765`` listens on loopback and holds invented candidatures. What it accepts and
refuses follows what is known of the real one (published source, January 2026); it proves nothing about it.
"""

import argparse
import datetime as dt
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

TOKEN = "jeton-d-exemple"
FEASIBILITY = ("IRRECEVABLE", "RECEVABLE", "INCOMPLET", "COMPLET")
VALIDATION = ("SIGNALE", "VERIFIE")
RESULTS = (
    "SUCCES_TOTAL_CERTIFICATION_COMPLETE",
    "SUCCES_TOTAL_CERTIFICATION_COMPLETE_SOUS_RESERVE",
    "SUCCES_PARTIEL_CERTIFICATION_COMPLETE",
    "SUCCES_TOTAL_CERTIFICATION_PARTIELLE",
    "SUCCES_PARTIEL_CERTIFICATION_PARTIELLE",
    "ECHEC",
    "CANDIDAT_EXCUSE",
    "CANDIDAT_ABSENT",
)
_PART = re.compile(rb'name="([^"]+)"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', re.DOTALL)
PREVIEW = "/api/preview/"
_PATH = re.compile(r"/interop/v1/candidatures/([0-9a-f-]{36})(/.*)?$")


@dataclass
class Held:
    """A candidature as the service holds it."""

    person: dict[str, Any]
    feasibility: str = "EN_ATTENTE"
    validation: str = ""
    session: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    feasibility_decisions: list[dict[str, Any]] = field(default_factory=list)
    validation_decisions: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, list[tuple[str, str, bytes]]] = field(default_factory=dict)  # dossier → (type, name, content)


class FakeService:
    """Its state, and what it answers. ``failing``: an HTTP status, or ``"silence"``, given to every call."""

    def __init__(self, token: str = TOKEN, base: str = "") -> None:
        self.token, self.base = token, base
        self.held: dict[str, Held] = {}
        self.failing: int | str = 0
        self.calls: list[tuple[str, str]] = []

    def add(self, person: dict[str, Any], identifier: str = "") -> str:
        """A candidature whose dossier de faisabilité waits; gives its identifier."""
        identifier = identifier or str(uuid.uuid4())
        self.held[identifier] = Held(person)
        return identifier

    def answer(self, method: str, url: str, token: str, kind: str, body: bytes) -> tuple[int, Any]:
        """(status, JSON or None) for one call."""
        parts = urlsplit(url)
        self.calls.append((method, parts.path))
        if isinstance(self.failing, int) and self.failing:
            return self.failing, {"message": "refus d’essai"}
        if token != f"Bearer {self.token}":
            return 401, {"message": "jeton refusé"}
        if method == "GET" and parts.path in ("/interop/v1/dossiersDeFaisabilite", "/interop/v1/dossiersDeValidation"):
            return 200, {"data": self._listed(parts.path, parse_qs(parts.query))}
        if method == "GET" and parts.path.startswith(PREVIEW):
            return self._file(parts.path)
        found = _PATH.match(parts.path)
        held = self.held.get(found.group(1)) if found else None
        if found is None or held is None:
            return 404, {"message": "candidature inconnue"}
        return self._about(held, found.group(1), method, found.group(2) or "", _told(kind, body))

    def _listed(self, path: str, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        status = query.get("statut", [""])[0]
        start, limit = int(query.get("decalage", ["0"])[0]), int(query.get("limite", ["10"])[0])
        name = "feasibility" if path.endswith("Faisabilite") else "validation"
        rows = [
            {"candidatureId": key, "statut": getattr(one, name), "dateEnvoi": _instant()}
            for key, one in self.held.items()
            if getattr(one, name) == status
        ]
        return rows[start : start + limit]

    def _file(self, path: str) -> tuple[int, Any]:
        """The bytes of a document, at the address that its dossier gives."""
        key, dossier, rank = path.removeprefix(PREVIEW).split("/")
        files = self.held[key].files.get(dossier, []) if key in self.held else []
        return (200, files[int(rank)][2]) if int(rank) < len(files) else (404, {"message": "document inconnu"})

    def _documents(self, held: Held, key: str, dossier: str) -> tuple[int, Any]:
        rows = [
            (sort, {"nom": name, "url": f"{self.base}{PREVIEW}{key}/{dossier}/{rank}", "typeMime": "application/pdf"})
            for rank, (sort, name, _) in enumerate(held.files.get(dossier, []))
        ]
        second = dossier == "dossierDeValidation"
        listed = [{"type": sort, "fichier": told} if second else told for sort, told in rows]
        return 200, {"data": {"candidatureId": key, "documents": listed}}

    def _about(self, held: Held, key: str, method: str, rest: str, told: dict[str, str]) -> tuple[int, Any]:
        if method == "GET" and not rest:
            aim = {"codeRncp": "41674", "nom": "Médiateur social et interculturel", "estViseePartiellement": False}
            return 200, {"data": {"id": key, "certification": aim, "candidat": held.person}}
        verbs: dict[tuple[str, str], Any] = {
            ("GET", f"/{one}"): lambda one=one: self._documents(held, key, one)
            for one in ("dossierDeFaisabilite", "dossierDeValidation")
        }
        verbs |= {
            ("GET", "/dossierDeFaisabilite/decisions"): lambda: (200, {"data": held.feasibility_decisions}),
            ("GET", "/dossierDeValidation/decisions"): lambda: (200, {"data": held.validation_decisions}),
            ("POST", "/dossierDeFaisabilite/decisions"): lambda: _feasibility(held, told),
            ("POST", "/dossierDeValidation/decisions"): lambda: _validation(held, told),
            ("PUT", "/informationJury/session"): lambda: _session(held, told),
            ("PUT", "/informationJury/resultat"): lambda: _result(held, told),
        }
        verb = verbs.get((method, rest))
        return verb() if verb else (404, {"message": "adresse inconnue"})


def _feasibility(held: Held, told: dict[str, str]) -> tuple[int, Any]:
    if told.get("decision") not in FEASIBILITY:
        return 422, {"message": "décision inconnue"}
    if held.feasibility not in ("EN_ATTENTE", "COMPLET"):
        return 409, {"message": "déjà décidé"}
    held.feasibility = told["decision"]
    held.feasibility_decisions.append(told | {"dateEnvoi": _instant()})
    return 201, {"data": held.feasibility_decisions[-1]}


def _validation(held: Held, told: dict[str, str]) -> tuple[int, Any]:
    if told.get("decision") not in VALIDATION:
        return 422, {"message": "décision inconnue"}
    if held.feasibility != "RECEVABLE" or held.validation != "EN_ATTENTE":
        return 409, {"message": "aucun dossier de validation n’attend"}
    held.validation = told["decision"]
    held.validation_decisions.append(told | {"dateEnvoi": _instant()})
    return 201, {"data": held.validation_decisions[-1]}


def _session(held: Held, told: dict[str, str]) -> tuple[int, Any]:
    try:
        day = dt.date.fromisoformat(told.get("date", ""))
    except ValueError:
        return 422, {"message": "date illisible"}
    if not _today() <= day <= _today() + dt.timedelta(days=731):
        return 422, {"message": "date hors des deux ans"}
    if held.validation != "VERIFIE" or held.result:
        return 409, {"message": "aucun jury possible"}
    held.session = dict(told)
    return 200, {"data": told}


def _result(held: Held, told: dict[str, str]) -> tuple[int, Any]:
    if told.get("resultat") not in RESULTS:
        return 422, {"message": "résultat inconnu"}
    if not held.session or held.result or dt.date.fromisoformat(held.session["date"]) > _today():
        return 409, {"message": "pas de jury passé, ou résultat déjà donné"}
    held.result = told | {"dateEnvoi": _instant()}
    return 200, {"data": held.result}


def _told(kind: str, body: bytes) -> dict[str, str]:
    if kind.startswith("multipart/form-data"):
        return {name.decode(): value.decode() for name, value in _PART.findall(body)}
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _instant() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _today() -> dt.date:
    """The day in France: near midnight, that of UTC is yesterday."""
    return dt.datetime.now(ZoneInfo("Europe/Paris")).date()


def handler_for(service: FakeService) -> type[BaseHTTPRequestHandler]:
    """The HTTP face of a service."""

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size)
            if service.failing == "silence":
                time.sleep(1)
                return
            kind = self.headers.get("Content-Type") or ""
            token = self.headers.get("Authorization") or ""
            status, told = service.answer(self.command, self.path, token, kind, body)
            is_file = isinstance(told, bytes)
            content = told if is_file else json.dumps(told, ensure_ascii=False).encode() if told is not None else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/octet-stream" if is_file else "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _reply  # noqa: N815 - the names of the base class

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
            """Nothing: a line would carry identifiers of persons."""

    return Handler


def serve(service: FakeService, port: int = 0) -> ThreadingHTTPServer:
    """Listening on loopback; ``server_address`` says where."""
    return ThreadingHTTPServer(("127.0.0.1", port), handler_for(service))


def main() -> None:
    """Two invented candidatures, until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    service = FakeService()
    person = {"genre": "FEMME", "prenom": "Yvonne", "nom": "Tréhiou", "dateNaissance": "1981-03-09"}
    other = {"genre": "HOMME", "prenom": "Bastien", "nom": "Loriot", "dateNaissance": "1993-10-30"}
    first = service.add(person | {"communeNaissance": "Quimper", "email": "yvonne@exemple.test"})
    service.add(other | {"communeNaissance": "Nevers", "email": "bastien@exemple.test"})
    papers = [("", "dossier-exemple.pdf", b"%PDF-1.7 exemple"), ("", "notes-exemple.odt", b"PK exemple")]
    service.held[first].files["dossierDeFaisabilite"] = papers
    server = serve(service, parser.parse_args().port)
    service.base = f"http://127.0.0.1:{server.server_address[1]}"
    print(f"http://127.0.0.1:{server.server_address[1]} jeton : {TOKEN}")
    server.serve_forever()


if __name__ == "__main__":
    main()
