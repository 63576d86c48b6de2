"""A wrong setting stops the start with one plain sentence."""

import base64
import os
import subprocess
import sys

import pytest

from entremise.config import env


def _run(*arguments, **variables):
    known = {name: value for name, value in os.environ.items() if not name.startswith("ENTREMISE_")}
    known |= {"DJANGO_SETTINGS_MODULE": "entremise.config.settings.production", **variables}
    command = [sys.executable, "-m", "entremise", *arguments]
    return subprocess.run(command, env=known, capture_output=True, text=True, timeout=60, check=False, input="\n")


def test_a_missing_data_folder_is_said_in_one_sentence(tmp_path):
    missing = tmp_path / "absent"
    done = _run("migrate", ENTREMISE_DATA=str(missing))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Le dossier {missing}, que nomme ENTREMISE_DATA, n’existe pas : créez-le, puis relancez la commande."
    )
    assert not missing.exists()


def test_a_missing_setting_is_named_without_a_trace(tmp_path):
    done = _run("migrate", ENTREMISE_DATA=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "ENTREMISE_SECRET_KEY manque" in done.stderr


def test_the_folder_of_the_database_must_exist_too(tmp_path):
    assert env.database(f"sqlite:///{tmp_path}/base.sqlite3")["NAME"] == f"{tmp_path}/base.sqlite3"
    with pytest.raises(env.ConfigurationError, match="ENTREMISE_DATABASE_URL place la base"):
        env.database(f"sqlite:///{tmp_path}/absent/base.sqlite3")


@pytest.mark.parametrize(
    ("gesture", "told"), [("nouvelle", ""), ("retrouver", "Une part par ligne")], ids=["a new key", "a key found again"]
)
def test_the_master_key_is_not_asked_of_who_comes_to_find_it(tmp_path, gesture, told):
    settings = {"ENTREMISE_DATA": str(tmp_path), "ENTREMISE_SECRET_KEY": "x" * 50, "ENTREMISE_HOSTS": "exemple.test"}
    assert "ENTREMISE_MASTER_KEY manque" in _run("migrate", **settings).stderr
    done = _run("master-key", gesture, **settings)
    assert "ENTREMISE_MASTER_KEY" not in done.stderr
    assert told in done.stderr
    if gesture == "nouvelle":
        assert len(base64.urlsafe_b64decode(done.stdout.strip())) == 32
