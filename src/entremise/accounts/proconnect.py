"""ProConnect, the State's sign-in for professionals (OpenID Connect): a second door for people invited here.

Off unless ``settings.PROCONNECT`` is set (docs/proconnect.md). It never creates an account. What it says
is believed only when signed by its keys, meant for us, and strong enough (``acr``); the SIRET must be
that of an organisation the person belongs to here.
"""

import json
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from entremise.accounts.enums import NewWayIn
from entremise.accounts.models import Member, User
from entremise.accounts.services.confidences import close_confidences
from entremise.core.actor import Actor
from entremise.keys.services import lookup_hash

# Levels that include a second factor, as ProConnect's documentation names them.
SECOND_FACTOR_LEVELS = (
    "eidas2",
    "eidas3",
    "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
    "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
)
SCOPES = "openid email siret"
TIMEOUT = 10  # seconds


class Refused(Exception):
    """ProConnect's answer opens nothing here; ``reason`` chooses the sentence of the page."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def _setting(name: str, *default: Any) -> Any:
    """The library's settings, read from ours."""
    config: dict[str, Any] = settings.PROCONNECT or {}
    known = {
        "OIDC_OP_AUTHORIZATION_ENDPOINT": config.get("authorization_endpoint", ""),
        "OIDC_OP_TOKEN_ENDPOINT": config.get("token_endpoint", ""),
        "OIDC_OP_USER_ENDPOINT": config.get("userinfo_endpoint", ""),
        "OIDC_OP_JWKS_ENDPOINT": config.get("jwks_endpoint", ""),
        "OIDC_RP_CLIENT_ID": config.get("client_id", ""),
        "OIDC_RP_CLIENT_SECRET": config.get("client_secret", ""),
        "OIDC_RP_SIGN_ALGO": config.get("sign_algo", "RS256"),
        "OIDC_RP_SCOPES": SCOPES,
        "OIDC_TIMEOUT": TIMEOUT,
        "OIDC_AUTHENTICATION_CALLBACK_URL": "accounts:proconnect_callback",
        "OIDC_CREATE_USER": False,
        "OIDC_STATE_SIZE": 43,
        "OIDC_NONCE_SIZE": 43,
    }
    return known.get(name, default[0] if default else None)


def required_levels() -> tuple[str, ...]:
    """The ``acr`` values that are accepted."""
    config: dict[str, Any] = settings.PROCONNECT or {}
    return tuple(config.get("acr_values") or SECOND_FACTOR_LEVELS)


class RequestView(OIDCAuthenticationRequestView):
    """Sends the person to ProConnect, asking for the level we need."""

    get_settings = staticmethod(_setting)

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """``acr`` is essential: ProConnect must not answer with less."""
        claims = {"id_token": {"acr": {"essential": True, "values": list(required_levels())}}}
        return {"claims": json.dumps(claims)}


class ProConnectBackend(OIDCAuthenticationBackend):
    """Called by our return page only: the parameters keep Django from trying it with a password."""

    get_settings = staticmethod(_setting)

    id_claims: dict[str, Any]
    id_token: str

    def authenticate(self, request: HttpRequest, *, nonce: str, code_verifier: str | None = None) -> User | None:
        """The account, or None; Refused says why when it can be told."""
        try:
            return super().authenticate(request, nonce=nonce, code_verifier=code_verifier)
        except (requests.RequestException, SuspiciousOperation, jwt.PyJWTError, ValueError, KeyError) as error:
            raise Refused("failed") from error

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Signature (and nonce for the identity token) by the library; issuer and audience here."""
        payload = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        meant_for = audience if isinstance(audience, list) else [audience]
        config: dict[str, Any] = settings.PROCONNECT or {}
        if payload.get("iss") != config.get("issuer") or config.get("client_id") not in meant_for:
            raise SuspiciousOperation("issuer or audience")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The claims, from a signed answer only, and about the same person."""
        answer = requests.get(
            self.OIDC_OP_USER_ENDPOINT, headers={"Authorization": f"Bearer {access_token}"}, timeout=TIMEOUT
        )
        answer.raise_for_status()
        if not answer.headers.get("content-type", "").lower().startswith("application/jwt"):
            raise Refused("failed")
        claims = self.verify_token(answer.text)
        if not claims.get("sub") or claims["sub"] != payload.get("sub"):
            raise Refused("failed")
        self.id_claims, self.id_token = payload, id_token
        return claims

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """The level first: a password alone at the other end opens nothing here."""
        if self.id_claims.get("acr") not in required_levels():
            raise Refused("level")
        return True

    def filter_users_by_claims(self, claims: dict[str, Any]) -> list[User]:
        """By ProConnect's identifier; the first time, by address, and only for an account without identifier."""
        mark = lookup_hash(str(claims["sub"]), "proconnect")
        user = User.objects.filter(proconnect_hash=mark, is_active=True).first()
        if user is None and claims.get("email"):
            user = User.objects.by_email(str(claims["email"]))
            if user is not None and (user.proconnect_hash or not user.is_active):
                user = None
        if user is None:
            raise Refused("unknown")
        member = self._member(user, str(claims.get("siret") or ""))
        self.request.organisation_id = member.organisation_id
        if user.proconnect_hash != mark:
            self._tie(user, mark, member)
        return [user]

    @transaction.atomic
    def _tie(self, user: User, mark: str, member: Member) -> None:
        """Remember the identifier: from now on whoever runs it enters, so an account in use keeps its secrets shut."""
        user.proconnect_hash = mark
        user.save()
        if user.last_login is not None:
            actor = Actor(organisation_id=member.organisation_id, user_id=user.pk)
            close_confidences(actor=actor, user=user, by=NewWayIn.PROCONNECT)

    @staticmethod
    def _member(user: User, siret: str) -> Member:
        """The membership in the organisation ProConnect speaks of."""
        members = Member.objects.filter(user=user, left_at=None, organisation__siret=siret)
        member = members.first() if siret else None
        if member is None:
            raise Refused("siret")
        return member

    def store_tokens(self, access_token: str, id_token: str) -> None:
        """Nothing is kept in clear in the session."""
