"""Typed readers of the environment. An unknown or unreadable value stops the start, loudly."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class ConfigurationError(Exception):
    """One French sentence: which variable is wrong and what it must look like."""


def text(name: str, default: str | None = None) -> str:
    """The variable ``ENTREMISE_<name>``."""
    value = os.environ.get(f"ENTREMISE_{name}", default)
    if value is None:
        raise ConfigurationError(f"La variable ENTREMISE_{name} manque : voir docs/deploiement.md.")
    return value


def boolean(name: str, default: bool) -> bool:
    """``oui``/``true``/``1`` or ``non``/``false``/``0``."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "oui"}:
        return True
    if value in {"0", "false", "no", "non", ""}:
        return False
    raise ConfigurationError(f"ENTREMISE_{name} vaut oui ou non, et non {value!r}.")


def listing(name: str) -> list[str]:
    """Values separated by commas."""
    return [item.strip() for item in text(name, "").split(",") if item.strip()]


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number between two bounds."""
    value = text(name, str(default)).strip()
    if not value.isdecimal() or int(value) < least or (most is not None and int(value) > most):
        bounds = f"at least {least}" if most is None else f"between {least} and {most}"
        raise ConfigurationError(f"ENTREMISE_{name} must be a whole number, {bounds}, not {value!r}")
    return int(value)


def optional_folder(name: str, default: str = "") -> Path | None:
    """An absolute folder, or None when the variable is empty."""
    value = text(name, default).strip()
    return Path(value).resolve() if value else None


def secret(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that ``ENTREMISE_<name>_FILE`` names."""
    path = os.environ.get(f"ENTREMISE_{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigurationError(
                f"Le fichier que nomme ENTREMISE_{name}_FILE ne se lit pas ({error.strerror})."
            ) from error
    return text(name, default)


def folder(name: str, default: str) -> Path:
    """The folder that ``ENTREMISE_<name>`` names; made by who installs, so that its owner and mode are chosen."""
    path = Path(text(name, default)).resolve()
    _check_folder(path, f"que nomme ENTREMISE_{name}")
    return path


def _check_folder(path: Path, role: str) -> None:
    if not path.is_dir():
        raise ConfigurationError(f"Le dossier {path}, {role}, n’existe pas : créez-le, puis relancez la commande.")


def database(url: str) -> dict[str, object]:
    """Django's settings for ``sqlite:///path`` or ``postgresql://user:password@host:port/name``.

    SQLite runs in WAL mode with immediate transactions (without them, two writers fail at once) and
    full synchronisation, since an acknowledged note must survive a power cut.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path[1:]) or ":memory:"
        if name != ":memory:":
            _check_folder(Path(name).parent, "où ENTREMISE_DATABASE_URL place la base")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or _query(parts.query, "host"),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"},
        }
    raise ConfigurationError("ENTREMISE_DATABASE_URL commence par sqlite:/// ou postgresql://.")


def _query(query: str, key: str) -> str:
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == key:
            return unquote(value)
    return ""


def proconnect() -> dict[str, object] | None:
    """ProConnect's settings, or None when ``ENTREMISE_PROCONNECT_DOMAIN`` is empty (see docs/proconnect.md)."""
    domain = text("PROCONNECT_DOMAIN", "").strip()
    if not domain:
        return None
    base = f"https://{domain}/api/v2"
    return {
        "issuer": text("PROCONNECT_ISSUER", base),
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "userinfo_endpoint": f"{base}/userinfo",
        "jwks_endpoint": f"{base}/jwks",
        "end_session_endpoint": f"{base}/session/end",
        "client_id": text("PROCONNECT_CLIENT_ID"),
        "client_secret": secret("PROCONNECT_CLIENT_SECRET"),
        "sign_algo": text("PROCONNECT_SIGN_ALGO", "RS256"),
        "acr_values": listing("PROCONNECT_ACR"),
    }


def service_address(name: str) -> str:
    """The root of a service we speak to, without path: https, or http on this machine; empty for none."""
    value = text(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    if value and (not (parts.scheme == "https" or local) or not parts.hostname or parts.path or parts.username):
        raise ConfigurationError(f"ENTREMISE_{name} est une adresse https sans chemin, et non {value!r}.")
    return value
