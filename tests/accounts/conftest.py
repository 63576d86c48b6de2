"""Mails leave at once, so that a test can open the link it received."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD


@pytest.fixture(autouse=True)
def _mails_leave_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def link():
    """A function: the path of the link in the last mail."""

    def last_link() -> str:
        found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
        assert found, mail.outbox[-1].body
        return found.group(1)

    return last_link


@pytest.fixture
def password_sign_in(db):
    """A function: a fresh client after ``email`` and the cast's password (or another) were typed."""

    def sign_in(email: str, password: str = PASSWORD, **extra) -> tuple[Client, object]:
        client = Client(**extra)
        return client, client.post("/connexion", {"email": email, "password": password})

    return sign_in
