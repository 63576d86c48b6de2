"""Lists: each organisation's words under national codes; sensitive values only by the protection officer."""

import pytest
from django.db.models import TextChoices

from entremise.accounts import queries, sensitive, services
from entremise.core import nomenclature
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.journal.models import Entry

pytestmark = pytest.mark.django_db
LONG_REASON = "Repérage demandé par la cellule de prévention, base légale : mission d’intérêt public."


class Noise(TextChoices):
    BRUIT = "bruit", "Bruit"
    DECHETS = "dechets", "Déchets"


class Law(TextChoices):
    UN = "un", "Premier"


@pytest.fixture(autouse=True)
def _registries(monkeypatch):
    monkeypatch.setattr(nomenclature, "_registry", {})
    monkeypatch.setattr(sensitive, "_registry", {})
    nomenclature.register("L91", "Nuisances", Noise)
    nomenclature.register("L92", "Fixée", Law, editable=False)
    sensitive.register("L91", "bruit", "Exemple de valeur sensible")


def _offered(cast):
    return queries.choices_for(cast.organisation.pk, "L91")["L91"].offered


def test_an_item_is_renamed_under_its_national_code(cast, signed_in):
    client = signed_in(cast.alban)
    assert client.get("/listes/L91/bruit").status_code == 200
    assert client.post("/listes/L91/bruit", {"label": "Tapage"})["Location"] == "/listes/L91"
    assert _offered(cast)[0] == ("bruit", "Tapage")
    assert queries.choices_for(cast.other_organisation.pk, "L91")["L91"].offered[0] == ("bruit", "Bruit")
    client.post("/listes/L91/bruit", {"label": ""})
    assert _offered(cast)[0] == ("bruit", "Bruit")
    entry = Entry.objects.filter(name="list_item.changed").first()
    assert entry.payload["codes"] == {"list": "L91", "code": "bruit", "verb": "rename"}


def test_a_national_item_is_completed_and_still_counts_under_its_code(cast, signed_in):
    client = signed_in(cast.alban)
    assert client.post("/listes/L91", {"parent": "bruit", "label": "Pétards"})["Location"] == "/listes/L91"
    code, label = _offered(cast)[1]
    assert label == "Pétards"
    assert nomenclature.national(code) == "bruit"
    services.rename_item(actor=cast.alban.actor, reference="L91", code=code, label="Feux d’artifice")
    with pytest.raises(InvalidInput):
        services.rename_item(actor=cast.alban.actor, reference="L91", code=code, label=" ")
    assert _offered(cast)[1] == (code, "Feux d’artifice")


@pytest.mark.parametrize("label", ["", "déchets", "BRUIT", "x" * 121, "a\x00b", "\u202eabc"])
def test_a_label_is_required_short_and_unique(cast, signed_in, label):
    response = signed_in(cast.alban).post("/listes/L91", {"parent": "bruit", "label": label})
    assert response.status_code == 422
    assert len(_offered(cast)) == 2


def test_an_unknown_parent_is_refused(cast, signed_in):
    assert signed_in(cast.alban).post("/listes/L91", {"parent": "x", "label": "Y"}).status_code == 422
    with pytest.raises(InvalidInput):
        services.complete_item(actor=cast.alban.actor, reference="L91", parent="x", label="Y")


def test_items_are_hidden_and_shown_but_never_all_hidden(cast, signed_in):
    client = signed_in(cast.alban)
    client.post("/listes/L91/bruit/masquer")
    assert _offered(cast) == [("dechets", "Déchets")]
    client.post("/listes/L91/dechets/masquer")
    assert _offered(cast) == [("dechets", "Déchets")]
    assert "gardez-en au moins un" in client.get("/listes/L91").content.decode()
    client.post("/listes/L91/bruit/montrer")
    assert len(_offered(cast)) == 2


def test_a_list_fixed_by_a_text_is_shown_and_not_changed(cast, signed_in):
    client = signed_in(cast.alban)
    assert "fixée par un texte" in client.get("/listes/L92").content.decode()
    with pytest.raises(InvalidInput):
        services.rename_item(actor=cast.alban.actor, reference="L92", code="un", label="Autre")


@pytest.mark.parametrize("path", ["/listes/L99", "/listes/L91/x", "/listes/L91/x%00"])
def test_unknown_lists_and_items_do_not_exist(cast, signed_in, path):
    client = signed_in(cast.alban)
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/masquer").status_code == 404


def test_others_read_the_lists_and_do_not_change_them(cast, signed_in):
    for person in (cast.claire, cast.dora, cast.leo):
        client = signed_in(person)
        assert client.get("/listes").status_code == 200
        assert client.get("/listes/L91").status_code == 200
        for path in ("/listes/L91/bruit", "/listes/L91/bruit/masquer", "/listes/L91/bruit/montrer", "/listes/L91"):
            assert client.post(path, {"label": "X", "parent": "bruit"}).status_code == 403
    assert signed_in(cast.samia).get("/listes").status_code == 403


def test_every_list_costs_the_same_at_one_and_three_changes(cast, signed_in, django_assert_num_queries):
    client = signed_in(cast.alban)
    services.rename_item(actor=cast.alban.actor, reference="L91", code="bruit", label="Tapage")
    for path in ("/listes", "/listes/L91", "/donnees-sensibles"):
        client.get(path)
        with django_assert_num_queries(_count(client, path)):
            client.get(path)
    before = _count(client, "/listes/L91")
    for label in ("A1", "A2", "A3"):
        services.complete_item(actor=cast.alban.actor, reference="L91", parent="bruit", label=label)
    assert _count(client, "/listes/L91") == before


def _count(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_a_sensitive_value_is_allowed_with_a_reason_then_withdrawn(cast, signed_in):
    client = signed_in(cast.dora)
    assert queries.allowed_sensitive(cast.organisation.pk) == set()
    assert client.get("/donnees-sensibles/L91/bruit").status_code == 200
    short = client.post("/donnees-sensibles/L91/bruit", {"reason": "parce que"})
    assert short.status_code == 422
    assert "parce que" in short.content.decode()
    assert client.post("/donnees-sensibles/L91/bruit", {"reason": LONG_REASON})["Location"] == "/donnees-sensibles"
    assert queries.allowed_sensitive(cast.organisation.pk) == {("L91", "bruit")}
    assert queries.allowed_sensitive(cast.other_organisation.pk) == set()
    assert "cellule de prévention" in client.get("/donnees-sensibles").content.decode()
    assert client.post("/donnees-sensibles/L91/bruit", {"reason": LONG_REASON}).status_code == 422
    client.post("/donnees-sensibles/L91/bruit/retirer")
    assert queries.allowed_sensitive(cast.organisation.pk) == set()
    client.post("/donnees-sensibles/L91/bruit", {"reason": LONG_REASON})  # and allowed again
    names = list(Entry.objects.filter(name__startswith="sensitive").order_by("sequence").values_list("name", flat=True))
    assert names == ["sensitive.allowed", "sensitive.withdrawn", "sensitive.allowed"]
    assert LONG_REASON not in str(list(Entry.objects.values_list("payload", flat=True)))


@pytest.mark.parametrize("reason", ["", "court", " " * 40, "x" * 2001, "assez long mais \x00 avec un signe nul"])
def test_a_poor_reason_is_refused(cast, signed_in, reason):
    assert signed_in(cast.dora).post("/donnees-sensibles/L91/bruit", {"reason": reason}).status_code == 422


def test_only_the_protection_officer_decides(cast, signed_in):
    for person in (cast.alban, cast.leo, cast.claire, cast.samia):
        with pytest.raises(NotAllowed):
            services.allow_sensitive(actor=person.actor, reference="L91", code="bruit", reason=LONG_REASON)
        with pytest.raises(NotAllowed):
            services.withdraw_sensitive(actor=person.actor, reference="L91", code="bruit")
        client = signed_in(person)
        assert client.get("/donnees-sensibles/L91/bruit").status_code == 403
    assert signed_in(cast.alban).get("/donnees-sensibles").status_code == 200
    assert signed_in(cast.claire).get("/donnees-sensibles").status_code == 403


def test_only_registered_values_can_be_allowed_or_withdrawn(cast, signed_in):
    client = signed_in(cast.dora)
    assert client.get("/donnees-sensibles/L91/dechets").status_code == 404
    with pytest.raises(NotFound):
        services.allow_sensitive(actor=cast.dora.actor, reference="L91", code="dechets", reason=LONG_REASON)
    assert client.post("/donnees-sensibles/L91/bruit/retirer").status_code == 404


def test_the_page_says_of_each_sensitive_value_whether_it_is_shown_without_being_kept(cast, signed_in):
    sensitive.register("L91", "dechets", "Second exemple", shown="pour ouvrir la carte réflexe")
    page = signed_in(cast.dora).get("/donnees-sensibles").content.decode()
    rows = {row.split("<br>")[0].strip(): row for row in page.split('<th scope="row">')[1:]}
    assert "Pas proposée" in rows["Bruit"]
    assert "Proposée pour ouvrir la carte réflexe" in rows["Déchets"]
    assert all("Jamais gardée" in row for row in rows.values())
