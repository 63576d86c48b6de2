"""Settings of a real installation: everything comes from the environment (see docs/deploiement.md)."""

import sys
from pathlib import Path

from entremise.config import env
from entremise.config.settings.base import *  # noqa: F403 - the one place settings are gathered

DEBUG = False
DATA_DIR = env.folder("DATA", "var")
SECRET_KEY = env.secret("SECRET_KEY")
# A new key is made, and a lost one found again, where there is none.
_WITHOUT_KEY = (["master-key", "nouvelle"], ["master-key", "retrouver"])
MASTER_KEY = env.secret("MASTER_KEY", "" if sys.argv[1:3] in _WITHOUT_KEY else None)
ALLOWED_HOSTS = env.listing("HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
BASE_URL = env.text("BASE_URL", f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "")
DATABASES = {
    "default": env.database(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR}/entremise.sqlite3")),
    "keys": env.database(env.text("KEYS_URL", f"sqlite:///{DATA_DIR}/cles.sqlite3")),
}
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
SEALS_FILE = Path(env.text("SEALS_FILE", str(DATA_DIR / "seals.jsonl")))
TOMBSTONES_FILE = Path(env.text("TOMBSTONES_FILE", str(DATA_DIR / "tombstones.jsonl")))
MASTER_KEY_PREVIOUS = env.secret("MASTER_KEY_PREVIOUS", "")
BACKUPS = env.optional_folder("BACKUPS")
KEY_BACKUPS = env.optional_folder("KEY_BACKUPS", str(BACKUPS / "cles") if BACKUPS else "")
BACKUPS_DAYS = env.number("BACKUPS_DAYS", 90, least=1)
KEY_BACKUPS_DAYS = env.number("KEY_BACKUPS_DAYS", 30, least=1, most=30)

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^sante$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
TRUSTED_PROXIES = int(env.text("PROXIES", "1"))

EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = int(env.text("SMTP_PORT", "25"))
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.secret("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", DEFAULT_FROM_EMAIL)  # noqa: F405

VAE_SERVICE = env.service_address("VAE_SERVICE")
PROCONNECT = env.proconnect()
if PROCONNECT:  # signing out ends with a redirect there, which browsers count as the form's target
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [  # noqa: F405
        *CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"],  # noqa: F405
        f"https://{env.text('PROCONNECT_DOMAIN')}",
    ]
