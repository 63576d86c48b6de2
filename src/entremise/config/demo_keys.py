"""Keys of the demonstration, made once with the operating system's generator."""

import base64
import json
import os
import secrets
from pathlib import Path


def load_or_create(folder: Path) -> dict[str, str]:
    """``secret_key`` and ``master_key`` from ``folder/keys.json``, created with mode 0600 if missing."""
    path = folder / "keys.json"
    if path.exists():
        return dict(json.loads(path.read_text(encoding="utf-8")))
    folder.mkdir(parents=True, exist_ok=True)
    keys = {
        "secret_key": secrets.token_urlsafe(50),
        "master_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(keys, file)
    return keys
