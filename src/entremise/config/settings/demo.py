"""The demonstration: loopback only, keys made at first start and kept in the data folder."""

from pathlib import Path

from entremise.config import demo_keys, env
from entremise.config.settings.base import *  # noqa: F403 - the one place settings are gathered

DEBUG = False
DEMO = True
DATA_DIR = Path(env.text("DATA", "var/demo")).resolve()
_keys = demo_keys.load_or_create(DATA_DIR)
SECRET_KEY = _keys["secret_key"]
MASTER_KEY = _keys["master_key"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
BASE_URL = f"http://localhost:{env.text('PORT', '8000')}"
DATABASES = {
    "default": env.database(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR}/entremise.sqlite3")),
    "keys": env.database(env.text("KEYS_URL", f"sqlite:///{DATA_DIR}/cles.sqlite3")),
}
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
SEALS_FILE = DATA_DIR / "seals.jsonl"
TOMBSTONES_FILE = DATA_DIR / "tombstones.jsonl"
BACKUPS = DATA_DIR / "sauvegardes"
KEY_BACKUPS = DATA_DIR / "sauvegardes-cles"
VAE_SERVICE = env.service_address("VAE_SERVICE")

# Plain HTTP on loopback: the demonstration is not exposed.
SESSION_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
