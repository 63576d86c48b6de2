"""The demonstration shows the code of the moment; a real installation never does."""

import pytest
from django.urls import reverse

from entremise.accounts.gate import HAS_SECOND_FACTOR
from entremise.accounts.services import second_factor

pytestmark = pytest.mark.django_db


def _ready(cast, client):
    claire = cast.claire
    factor = second_factor.begin(actor=claire.actor, user=claire.user)
    second_factor.confirm(actor=claire.actor, user=claire.user, code=second_factor.next_code(factor), session_key=None)
    client.force_login(claire.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[HAS_SECOND_FACTOR] = True
    session.save()
    return client


def test_the_code_is_never_shown_outside_the_demonstration(cast, client):
    page = _ready(cast, client).get(reverse("accounts:second_factor_verify"))
    assert "code du moment" not in page.content.decode()


def test_the_shown_code_opens_the_demonstration_even_just_after_another_one(cast, client, settings):
    settings.DEMO = True
    browser = _ready(cast, client)
    shown = browser.get(reverse("accounts:second_factor_verify")).context["shown_code"]
    answer = browser.post(reverse("accounts:second_factor_verify"), {"code": shown})
    assert answer.status_code == 302
