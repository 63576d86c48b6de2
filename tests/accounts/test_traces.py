"""After everything people do, no table gives back who they are."""

import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from entremise.accounts.models import Organisation, SecondFactor, User
from entremise.accounts.services import second_factor
from entremise.core import verify
from entremise.core.db import Sealed
from entremise.journal.models import Entry
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def _everything() -> str:
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found.extend(bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in row)
    return "\n".join(found).lower()


def test_no_address_nor_name_stands_in_clear_in_any_table(cast, settings, signed_in):
    settings.TASKS = QUEUE
    settings.AXES_ENABLED = True
    for email in ("samia@exemple.test", "intruse@exemple.test"):
        Client().post("/connexion", {"email": email, "password": "faux"}, REMOTE_ADDR="203.0.113.7")
        Client().post("/mot-de-passe", {"email": email}, REMOTE_ADDR="203.0.113.7")
    samia = Client()
    samia.post("/connexion", {"email": "samia@exemple.test", "password": PASSWORD})
    samia.post("/mon-compte/adresse", {"email": "samia.b@exemple.test", "password": PASSWORD})
    samia.post("/mon-compte/nom", {"display_name": "Samia Benali"})
    data = {"email": "nora@exemple.test", "roles": ["mediateur"], "teams": [str(cast.team.pk)]}
    assert signed_in(cast.alban).post("/membres/inviter", data).status_code == 302
    signed_in(cast.alban).post(f"/membres/{cast.paul.member.pk}/depart")
    stored = _everything()
    for clear in ("@exemple.test", "benali", "203.0.113.7", PASSWORD):
        assert clear not in stored
    assert re.search(r"send_(invitation|password_reset|email_confirmation)", stored)  # the queue was read too


def test_the_command_opens_an_installation(settings):
    out = StringIO()
    options = {"nom": "Passerelle", "administrateur": "chef@exemple.test", "siret": "12345678900012"}
    call_command("creer_organisation", **options, stdout=out)
    path = out.getvalue().strip().splitlines()[-1].removeprefix("http://testserver")
    answer = {"display_name": "Chef", "new": "quatre-mots-sans-rapport", "again": "quatre-mots-sans-rapport"}
    assert Client().post(path, answer).status_code == 302
    assert mail.outbox == []
    assert Organisation.objects.get().siret == "12345678900012"
    assert Entry.objects.filter(name="invitation.prepared").exists()


@pytest.mark.parametrize("wrong", [{"siret": "1"}, {"administrateur": "faux"}, {"nom": " "}])
def test_the_command_refuses_plainly_and_leaves_nothing(wrong):
    options = {"nom": "Passerelle", "administrateur": "chef@exemple.test"} | wrong
    with pytest.raises(CommandError):
        call_command("creer_organisation", **options, stdout=StringIO())
    assert not Organisation.objects.exists()


def test_the_operator_removes_a_lost_second_factor_and_the_owner_is_told(cast, signed_in):
    second_factor.begin(actor=cast.samia.actor, user=cast.samia.user)
    client = signed_in(cast.samia)
    call_command("retirer_second_facteur", "samia@exemple.test", stdout=StringIO())
    assert not SecondFactor.objects.exists()
    assert client.get("/mon-compte").status_code == 302
    assert mail.outbox[-1].to == ["samia@exemple.test"]
    with pytest.raises(CommandError):
        call_command("retirer_second_facteur", "inconnue@exemple.test")


def test_there_is_no_way_to_sign_up(client):
    for path in ("/inscription", "/signup", "/register", "/comptes/nouveau"):
        assert client.get(path).status_code in (302, 404)
    assert User.objects.count() == 0


def test_verify_sees_an_account_whose_hash_was_moved(cast):
    def finding():
        return next(found for found in verify.run() if found.name == "comptes.adresses")

    assert finding().holds
    User.objects.filter(pk=cast.samia.user.pk).update(email_hash="0" * 64)
    assert not finding().holds
    User.objects.filter(pk=cast.samia.user.pk).update(email=Sealed("e1.faux"))
    assert not finding().holds
