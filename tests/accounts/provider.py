"""A small OpenID provider on loopback that answers as ProConnect does: signed identity, signed user information."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "entremise-tests", "secret-de-test"


class Provider:
    """``claims`` and ``id_claims`` are what the next sign-in answers; the switches make it misbehave."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing_key: Any = self.key
        self.claims: dict[str, Any] = {}
        self.id_claims: dict[str, Any] = {}
        self.signed_userinfo = True
        self.token_status = 200
        self.audience = CLIENT_ID
        self.userinfo_subject = ""
        self.nonces: dict[str, str] = {}
        self.secrets: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def settings(self) -> dict[str, Any]:
        """What ``settings.PROCONNECT`` would hold."""
        names = ("authorize", "token", "userinfo", "jwks", "session/end")
        authorize, token, userinfo, jwks, end = (f"{self.base}/{name}" for name in names)
        return {
            "issuer": self.base,
            "authorization_endpoint": authorize,
            "token_endpoint": token,
            "userinfo_endpoint": userinfo,
            "jwks_endpoint": jwks,
            "end_session_endpoint": end,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "sign_algo": "RS256",
            "acr_values": [],
        }

    def accept(self, address: str, code: str = "un-code") -> str:
        """What a person's browser brings back from the authorisation address: the query of the return page."""
        asked = parse_qs(urlsplit(address).query)
        self.nonces[code] = asked["nonce"][0]
        return f"?code={code}&state={asked['state'][0]}"

    def sign(self, claims: dict[str, Any]) -> str:
        """A token signed by the provider, or by someone else when ``signing_key`` was changed."""
        common = {"iss": self.base, "aud": self.audience, "iat": int(time.time()), "exp": int(time.time()) + 60}
        return jwt.encode(common | claims, self.signing_key, algorithm="RS256", headers={"kid": "k1"})

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()

    def _handler(provider: "Provider") -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Silent."""

            def _answer(self, body: str, kind: str = "application/json", status: int = 200) -> None:
                data = body.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                provider.secrets.append(form["client_secret"][0])
                code = form["code"][0]
                claims = {"nonce": provider.nonces.get(code, ""), "sub": provider.claims["sub"]} | provider.id_claims
                token = {"access_token": "jeton", "token_type": "Bearer", "id_token": provider.sign(claims)}
                self._answer(json.dumps(token), status=provider.token_status)

            def do_GET(self) -> None:
                if self.path == "/jwks":
                    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(provider.key.public_key()))
                    self._answer(json.dumps({"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]}))
                    return
                claims = dict(provider.claims)
                if provider.userinfo_subject:
                    claims["sub"] = provider.userinfo_subject
                if provider.signed_userinfo:
                    self._answer(provider.sign(claims), kind="application/jwt")
                else:
                    self._answer(json.dumps(claims))

        return Handler
