"""A wrong setting stops the start with one plain sentence."""

import os
import subprocess
import sys

import pytest

from entremise.config import env


def _migrate(**variables):
    known = {name: value for name, value in os.environ.items() if not name.startswith("ENTREMISE_")}
    known |= {"DJANGO_SETTINGS_MODULE": "entremise.config.settings.production", **variables}
    command = [sys.executable, "-m", "entremise", "migrate"]
    return subprocess.run(command, env=known, capture_output=True, text=True, timeout=60, check=False)


def test_a_missing_data_folder_is_said_in_one_sentence(tmp_path):
    missing = tmp_path / "absent"
    done = _migrate(ENTREMISE_DATA=str(missing))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Le dossier {missing}, que nomme ENTREMISE_DATA, n’existe pas : créez-le, puis relancez la commande."
    )
    assert not missing.exists()


def test_a_missing_setting_is_named_without_a_trace(tmp_path):
    done = _migrate(ENTREMISE_DATA=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "ENTREMISE_SECRET_KEY manque" in done.stderr


def test_the_folder_of_the_database_must_exist_too(tmp_path):
    assert env.database(f"sqlite:///{tmp_path}/base.sqlite3")["NAME"] == f"{tmp_path}/base.sqlite3"
    with pytest.raises(env.ConfigurationError, match="ENTREMISE_DATABASE_URL place la base"):
        env.database(f"sqlite:///{tmp_path}/absent/base.sqlite3")
