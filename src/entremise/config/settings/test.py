"""Settings of the tests; only the database comes from the environment."""

import base64
import tempfile
from pathlib import Path

from entremise.config import env
from entremise.config.settings.base import *  # noqa: F403 - the one place settings are gathered

DEBUG = False
DATA_DIR = Path(tempfile.mkdtemp(prefix="entremise-test-"))
SECRET_KEY = "tests-only-" + "x" * 50
MASTER_KEY = base64.urlsafe_b64encode(b"0" * 32).decode()
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = "http://testserver"
_database = env.database(env.text("TEST_DATABASE_URL", "sqlite://"))
_keys = {**_database, "NAME": ":memory:" if _database["NAME"] == ":memory:" else f"{_database['NAME']}_cles"}
DATABASES = {"default": _database, "keys": _keys}
for _one in DATABASES.values():
    if _one["ENGINE"] == "django.db.backends.sqlite3" and _one["NAME"] != ":memory:":
        _one["TEST"] = {"NAME": _one["NAME"]}  # a file: a live server has several threads
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns of a missing folder, and warnings are errors
MEDIA_ROOT = DATA_DIR / "files"
SEALS_FILE = DATA_DIR / "seals.jsonl"
TOMBSTONES_FILE = DATA_DIR / "tombstones.jsonl"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed: nothing else depends on it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
AXES_ENABLED = False
