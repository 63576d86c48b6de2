"""ProConnect: believed only when signed, meant for us, strong enough and about one of our members."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from entremise.accounts import services
from entremise.accounts.models import Session, User
from entremise.accounts.queries import confidences_closed_until
from entremise.config import env
from entremise.core.actor import system_actor
from entremise.journal.models import Entry
from tests.accounts.provider import CLIENT_SECRET, Provider

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
SIRET = "12345678900012"
STRONG = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"


@pytest.fixture
def provider(settings, cast):
    found = Provider()
    settings.PROCONNECT = found.settings()
    cast.organisation.siret = SIRET
    cast.organisation.save()
    found.claims = {"sub": "sujet-1", "email": "claire@exemple.test", "siret": SIRET}
    found.id_claims = {"acr": STRONG}
    yield found
    found.close()


def _sign_in(provider, client=None, path="/proconnect"):
    client = client or Client()
    address = client.get(path)["Location"]
    return client, client.get("/proconnect/retour" + provider.accept(address))


def test_it_is_off_unless_configured(cast, client):
    assert client.get("/proconnect").status_code == 404
    assert client.get("/proconnect/retour?code=x&state=y").status_code == 404
    assert "ProConnect" not in client.get("/connexion").content.decode()


def test_the_request_asks_for_a_second_factor_and_nothing_superfluous(provider, client):
    asked = parse_qs(urlsplit(client.get("/proconnect")["Location"]).query)
    assert asked["scope"] == ["openid email siret"]
    assert STRONG in json.loads(asked["claims"][0])["id_token"]["acr"]["values"]
    assert len(asked["state"][0]) >= 32
    assert len(asked["nonce"][0]) >= 32
    assert "ProConnect" in client.get("/connexion").content.decode()


def test_a_member_signs_in_and_need_not_prove_a_second_factor_again(provider, cast):
    client, response = _sign_in(provider, path="/proconnect?next=/membres")
    assert response["Location"] == "/membres"
    assert client.get("/membres").status_code == 200
    assert provider.secrets == [CLIENT_SECRET]
    user = User.objects.get(pk=cast.claire.user.pk)
    assert user.proconnect_hash
    assert Entry.objects.get(name="sign_in.succeeded").payload["codes"] == {"method": "proconnect"}


def test_known_by_identifier_the_address_may_change_over_there(provider, cast):
    _sign_in(provider)
    provider.claims["email"] = "autre@exemple.test"
    client, _ = _sign_in(provider)
    assert client.get("/membres").status_code == 200


def test_an_account_tied_to_an_identifier_is_not_taken_by_another_with_its_address(provider, cast):
    _sign_in(provider)
    provider.claims["sub"] = "sujet-2"
    assert "invitation" in _sign_in(provider)[1].content.decode()


def test_the_first_time_an_account_in_use_finds_its_confidences_shut(provider, cast):
    _sign_in(provider)
    assert confidences_closed_until(cast.claire.user.pk) is None  # nothing was confided to someone who never came
    User.objects.filter(pk=cast.claire.user.pk).update(proconnect_hash="")  # tied again, now that she has come
    _sign_in(provider)
    assert confidences_closed_until(cast.claire.user.pk) is not None


def test_an_unknown_person_gets_a_plain_page_and_no_account(provider, cast):
    provider.claims["email"] = "inconnue@exemple.test"
    before = User.objects.count()
    client, response = _sign_in(provider)
    assert response.status_code == 403
    assert "pas d’inscription libre" in response.content.decode()
    assert User.objects.count() == before
    assert client.get("/membres").status_code == 302


def test_a_closed_account_stays_closed(provider, cast):
    services.end_membership(actor=cast.alban.actor, member_id=cast.claire.member.pk)
    assert _sign_in(provider)[1].status_code == 403


@pytest.mark.parametrize("siret", ["99999999900012", "", None])
def test_the_siret_must_be_that_of_an_organisation_of_the_person(provider, cast, siret):
    provider.claims["siret"] = siret
    response = _sign_in(provider)[1]
    assert response.status_code == 403
    assert "SIRET" in response.content.decode()


def test_an_organisation_without_siret_lets_nobody_in(provider, cast):
    cast.organisation.siret = ""
    cast.organisation.save()
    provider.claims["siret"] = ""
    assert _sign_in(provider)[1].status_code == 403


def test_the_siret_chooses_the_organisation(provider, cast):
    cast.other_organisation.siret = "98765432100012"
    cast.other_organisation.save()
    services.add_member(actor=system_actor(cast.other_organisation.pk), user=cast.claire.user)
    provider.claims["siret"] = "98765432100012"
    client, _ = _sign_in(provider)
    assert "Rive gauche ·" in client.get("/mon-compte").content.decode()


@pytest.mark.parametrize("level", ["eidas1", "https://proconnect.gouv.fr/assurance/self-asserted", "", None])
def test_a_weak_sign_in_over_there_opens_nothing_here(provider, level):
    provider.id_claims = {"acr": level} if level is not None else {}
    response = _sign_in(provider)[1]
    assert response.status_code == 403
    assert "second facteur" in response.content.decode()


def test_a_weaker_level_accepted_by_the_installation_still_needs_our_second_factor(provider, settings):
    settings.PROCONNECT = settings.PROCONNECT | {"acr_values": ["eidas1"]}
    provider.id_claims = {"acr": "eidas1"}
    client, response = _sign_in(provider)
    assert response.status_code == 302
    assert client.get("/membres")["Location"].startswith("/second-facteur")


def _other_key(provider):
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "fault",
    [
        _other_key,
        lambda provider: setattr(provider, "audience", "un-autre-service"),
        lambda provider: setattr(provider, "signed_userinfo", False),
        lambda provider: setattr(provider, "userinfo_subject", "sujet-9"),
        lambda provider: setattr(provider, "token_status", 400),
        lambda provider: provider.id_claims.update(nonce="rejoué"),
        lambda provider: provider.id_claims.update(iss="https://ailleurs.test"),
        lambda provider: provider.id_claims.update(exp=1),
    ],
)
def test_an_answer_that_cannot_be_verified_opens_nothing(provider, fault):
    fault(provider)
    client, response = _sign_in(provider)
    assert response.status_code == 403
    assert "n’a pas pu être vérifiée" in response.content.decode()
    assert client.get("/membres").status_code == 302


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=faux", "?error=access_denied&state=x"])
def test_a_return_without_a_request_of_ours_opens_nothing(provider, query):
    client = Client()
    client.get("/proconnect")
    assert client.get("/proconnect/retour" + query).status_code == 403


def test_a_return_serves_once(provider):
    client = Client()
    query = provider.accept(client.get("/proconnect")["Location"])
    assert client.get("/proconnect/retour" + query).status_code == 302
    assert Client().get("/proconnect/retour" + query).status_code == 403


def test_signing_out_goes_through_proconnect_and_the_token_lies_sealed(provider):
    client, _ = _sign_in(provider)
    token = client.session["proconnect_token"]
    assert token.startswith("e1.")
    response = client.post("/deconnexion")
    asked = parse_qs(urlsplit(response["Location"]).query)
    assert response["Location"].startswith(f"{provider.base}/session/end?")
    assert asked["post_logout_redirect_uri"] == ["http://testserver/proconnect/deconnecte"]
    assert asked["id_token_hint"][0].count(".") == 2
    assert Session.objects.filter(user__isnull=False).count() == 0
    assert client.get("/proconnect/deconnecte")["Location"] == "/connexion"


def test_the_environment_configures_it(monkeypatch):
    monkeypatch.delenv("ENTREMISE_PROCONNECT_DOMAIN", raising=False)
    assert env.proconnect() is None
    monkeypatch.setenv("ENTREMISE_PROCONNECT_DOMAIN", "auth.exemple.test")
    with pytest.raises(env.ConfigurationError):
        env.proconnect()
    monkeypatch.setenv("ENTREMISE_PROCONNECT_CLIENT_ID", "moi")
    monkeypatch.setenv("ENTREMISE_PROCONNECT_CLIENT_SECRET", "secret")
    config = env.proconnect()
    assert config["token_endpoint"] == "https://auth.exemple.test/api/v2/token"
    assert config["issuer"] == "https://auth.exemple.test/api/v2"
