"""Pages of the directory: who opens them, what they refuse, numbers one tap away."""

import datetime as dt
import io
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.directory import services
from entremise.directory.models import Partner, SiteOwner
from entremise.documents.services import read_table
from entremise.places import services as places
from entremise.places.models import ImportDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    actor = cast.claire.actor
    sector = places.create_sector(actor=actor, name="Nord")
    site = places.create_site(actor=actor, name="Résidence des Lilas", space_type="residence", sector_id=sector.pk)
    desk = services.create_partner(actor=actor, name="Standard", partner_type="mairie", phone="0321000001")
    partner = services.create_partner(
        actor=actor, name="Mission locale", partner_type="mission_locale", phone="0321000000", hours="9 h – 17 h",
        fallback_id=desk.pk, call_instead="le 115 la nuit", sector_ids=(sector.pk,), checked=True,
    )  # fmt: skip
    return SimpleNamespace(sector=sector, site=site, desk=desk, partner=partner)


@pytest.mark.parametrize("name", ["directory:partners", "directory:relays", "directory:owners"])
def test_every_member_reads_the_directory(cast, world, signed_in, name):
    for person in (cast.samia, cast.claire, cast.alban, cast.dora, cast.leo):
        assert signed_in(person).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["directory:partner_create", "directory:import", "directory:import_template"])
def test_only_supervisors_and_administrators_change_it(cast, world, signed_in, name):
    assert signed_in(cast.claire).get(reverse(name)).status_code == 200
    for person in (cast.samia, cast.dora, cast.leo):
        assert signed_in(person).get(reverse(name)).status_code == 403


def test_a_stranger_s_identifiers_answer_404(cast, world, signed_in):
    owner = services.name_owner(actor=cast.claire.actor, partner_id=world.partner.pk, site_id=world.site.pk)
    client = signed_in(cast.clara)
    for name in ("directory:partner", "directory:partner_edit"):
        assert client.get(reverse(name, args=[world.partner.pk])).status_code == 404
    assert client.get(reverse("directory:site_owners", args=[world.site.pk])).status_code == 404
    for name in ("directory:partner_checked", "directory:partner_close", "directory:partner_reopen"):
        assert client.post(reverse(name, args=[world.partner.pk])).status_code == 404
    assert client.post(reverse("directory:owner_remove", args=[owner.pk])).status_code == 404
    assert "Mission locale" not in client.get(reverse("directory:partners")).content.decode()


def test_a_relay_is_one_tap_away_with_its_fallback(cast, world, signed_in):
    page = signed_in(cast.samia).get(reverse("directory:relays")).content.decode()
    assert 'href="tel:0321000000"' in page
    assert "Appeler 03\u00a021\u00a000\u00a000\u00a001" in page
    assert "le 115 la nuit" in page


def test_the_sector_last_chosen_is_proposed_again(cast, world, signed_in):
    south = places.create_sector(actor=cast.claire.actor, name="Sud")
    client = signed_in(cast.samia)
    client.get(reverse("directory:relays"), {"secteur": str(south.pk)})
    lines = client.get(reverse("directory:relays")).context["lines"]
    assert [line.partner for line in lines] == [world.desk]
    client.get(reverse("directory:relays"), {"secteur": ""})
    assert len(client.get(reverse("directory:relays")).context["lines"]) == 2


def test_the_list_filters_by_codes_and_ignores_the_unreadable(cast, world, signed_in):
    client = signed_in(cast.samia)

    def names(**filters):
        return [line.partner.name for line in client.get(reverse("directory:partners"), filters).context["lines"]]

    assert names() == ["Mission locale", "Standard"]
    assert names(tri="-nom") == ["Standard", "Mission locale"]
    assert names(type="mairie") == ["Standard"]
    assert names(etat="a_verifier") == ["Standard"]
    assert names(etat="retires") == []
    assert names(type="🙂", secteur="x", tri="phone") == ["Mission locale", "Standard"]


@pytest.mark.parametrize("name", ["directory:partners", "directory:relays", "directory:owners"])
def test_lists_take_the_same_queries_at_one_and_three_rows(cast, world, signed_in, name):
    actor = cast.claire.actor
    services.name_owner(actor=actor, partner_id=world.desk.pk, site_id=world.site.pk)
    client = signed_in(cast.samia)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as before:
        client.get(reverse(name))
    for number in range(3):
        more = services.create_partner(
            actor=actor, name=f"Centre {number}", partner_type="mairie", fallback_id=world.desk.pk
        )
        services.name_owner(actor=actor, partner_id=more.pk, site_id=world.site.pk)
    with CaptureQueriesContext(connection) as after:
        client.get(reverse(name))
    assert len(after) == len(before)


def values(**changes):
    return {"name": "Centre social", "partner_type": "centre_social", "phone": "03 21 00 00 02"} | changes


def test_a_partner_is_added_checked_changed_and_withdrawn(cast, world, signed_in):
    client = signed_in(cast.claire)
    client.post(reverse("directory:partner_create"), values(sector_ids=[str(world.sector.pk)], checked="on"))
    partner = Partner.objects.get(name="Centre social")
    url = reverse("directory:partner", args=[partner.pk])
    assert partner.checked_at is not None
    edit = reverse("directory:partner_edit", args=[partner.pk])
    assert "03 21 00 00 02" in client.get(edit).content.decode()
    assert client.post(edit, values(phone="3114", fallback_id=str(world.desk.pk))).status_code == 302
    assert list(Partner.objects.get(pk=partner.pk).sectors.all()) == []
    with time_machine.travel(dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC), tick=False):
        later = signed_in(cast.samia)
        assert "À vérifier" in later.get(url).content.decode()
        page = later.post(reverse("directory:partner_checked", args=[partner.pk]), follow=True).content.decode()
        assert "01/01/2030" in page
    client.post(reverse("directory:partner_close", args=[partner.pk]))
    assert "Partenaire retiré" in client.get(url).content.decode()
    client.post(reverse("directory:partner_reopen", args=[partner.pk]))
    assert Partner.objects.get(pk=partner.pk).is_active


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"name": ""}, "03 21 00 00 02"),
        ({"partner_type": "ami"}, "Centre social"),
        ({"phone": "zéro trois"}, "zéro trois"),
        ({"email": "accueil@"}, "accueil@"),
        ({"commune": "Atlantide"}, "Atlantide"),
        ({"note": "🙂" * 500}, "🙂🙂"),
        ({"hours": "٩ صباحا" * 100}, "صباحا"),
        ({"name": "x" * 2_000_000}, "Centre" * 0),
        ({"name": "Centre\x00"}, ""),
        ({"name": "Mission locale", "partner_type": "mission_locale"}, "Mission locale"),
    ],
)
def test_bad_input_stays_typed_and_says_why(cast, world, signed_in, changes, kept):
    response = signed_in(cast.claire).post(reverse("directory:partner_create"), values(**changes))
    assert response.status_code == 422
    assert kept in response.content.decode()
    assert Partner.objects.count() == 2


def test_who_is_warned_is_named_shown_on_the_site_and_removed(cast, world, signed_in):
    client = signed_in(cast.claire)
    url = reverse("directory:owners")
    assert client.post(url, {"place": "lieu:x", "partner_id": ""}).status_code == 422
    client.post(url, {"place": f"lieu:{world.site.pk}", "partner_id": str(world.partner.pk)})
    client.post(url, {"place": f"secteur:{world.sector.pk}", "partner_id": str(world.desk.pk)})
    panel = reverse("directory:site_owners", args=[world.site.pk])
    fragment = client.get(panel, headers={"HX-Request": "true"}).content.decode().strip()
    assert "Mission locale" in fragment
    assert "Tout le secteur Nord" in fragment
    assert "<html" not in fragment
    assert fragment in client.get(panel).content.decode()
    assert signed_in(cast.samia).post(url, {}).status_code == 403
    for owner in SiteOwner.objects.all():
        client.post(reverse("directory:owner_remove", args=[owner.pk]))
    assert not SiteOwner.objects.exists()


def test_partners_are_found_by_the_search_of_the_office(cast, world, signed_in):
    found = signed_in(cast.samia).post(reverse("places:search"), {"recherche": "mission"}).context["found"]
    assert [(name, [hit.label for hit in hits]) for name, hits in found] == [("Partenaires", ["Mission locale"])]


SHEET = """Nom;Type;Tél;Secteurs;Ville
CAF du Nord;CAF;321000003;nord;
Ami;Copain;;;
PMI;crip;12;;
CPAM;cpam;;Est;
CCAS;ccas;;;Atlantide
"""


def test_a_spreadsheet_of_partners_is_tried_then_confirmed(cast, world, signed_in):
    client = signed_in(cast.claire)
    upload = SimpleUploadedFile("p.csv", SHEET.encode("utf-8-sig"))
    response = client.post(reverse("directory:import"), {"file": upload}, follow=True)
    assert Partner.objects.count() == 2
    refusals = [(r["row"], r["column"]) for r in response.context["draft"].refusals]
    assert refusals == [(3, "Type de partenaire"), (4, "Téléphone"), (5, "Secteurs"), (6, "Commune")]
    assert "Importer la ligne valide" in response.content.decode()
    draft = ImportDraft.objects.get()
    assert client.get(reverse("places:import_preview", args=[draft.pk])).status_code == 404
    client.post(reverse("directory:import_confirm", args=[draft.pk]))
    assert Partner.objects.get(name="CAF du Nord").phone == "03 21 00 00 03"


def test_an_import_that_became_impossible_imports_nothing(cast, world, signed_in):
    client = signed_in(cast.claire)
    client.post(reverse("directory:import"), {"file": SimpleUploadedFile("p.csv", b"Nom;Type\nA;caf\nB;caf\n")})
    services.create_partner(actor=cast.claire.actor, name="B", partner_type="caf")
    url = reverse("directory:import_confirm", args=[ImportDraft.objects.get().pk])
    assert "Rien n’a été importé" in client.post(url, follow=True).content.decode()
    assert not Partner.objects.filter(name="A").exists()
    refused = client.post(reverse("directory:import"), {"file": SimpleUploadedFile("p.csv", b"Nom\nA\n")})
    assert refused.status_code == 422


def test_the_directory_leaves_as_a_spreadsheet(cast, world, signed_in):
    response = signed_in(cast.samia).post(reverse("documents:export", args=["annuaire"]), {"type": "mission_locale"})
    table = read_table(io.BytesIO(response.content if not response.streaming else b"".join(response)))
    assert [(row.cells[0], row.cells[5], row.cells[8]) for row in table.rows] == [
        ("Mission locale", "Standard, le 115 la nuit", "Nord")
    ]


def test_who_answers_for_a_place_leaves_as_a_spreadsheet(cast, signed_in):
    sector = places.create_sector(actor=cast.claire.actor, name="Les Tisserands")
    partner = services.create_partner(actor=cast.claire.actor, name="Bailleur du Val", partner_type="bailleur")
    services.name_owner(actor=cast.claire.actor, partner_id=partner.pk, sector_id=sector.pk, categories=["eclairage"])
    response = signed_in(cast.samia).post(reverse("documents:export", args=["responsables"]))
    (row,) = read_table(io.BytesIO(response.content)).rows
    assert row.cells[:2] == ["Tout le secteur Les Tisserands", "Bailleur du Val"]
    assert "Exporter (tableur)" in signed_in(cast.samia).get(reverse("directory:owners")).content.decode()


def taken(client, code, **filters):
    """The lines of an exported list, as dictionaries."""
    table = read_table(io.BytesIO(client.post(reverse("documents:export", args=[code]), filters).content))
    return [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]


@pytest.mark.parametrize("asked", ["nom", "-nom", "type", "-type", "verifie", "-verifie", "rien"])
def test_the_spreadsheet_of_the_directory_keeps_the_order_of_the_page(cast, world, signed_in, asked):
    client = signed_in(cast.samia)
    page = client.get(reverse("directory:partners"), {"tri": asked}).context["lines"]
    assert [row["Partenaire"] for row in taken(client, "annuaire", tri=asked)] == [line.partner.name for line in page]
    if asked.endswith("verifie"):
        assert page[-1].partner == world.desk, "never checked: last both ways, on every engine"


def test_owners_are_filtered_sorted_and_taken_away(cast, world, signed_in):
    actor = cast.claire.actor
    south = places.create_sector(actor=actor, name="Sud")
    services.name_owner(actor=actor, partner_id=world.partner.pk, site_id=world.site.pk, categories=["eclairage"])
    services.name_owner(actor=actor, partner_id=world.desk.pk, sector_id=south.pk)
    services.name_owner(actor=actor, partner_id=world.desk.pk, sector_id=world.sector.pk, categories=["tags"])
    client = signed_in(cast.samia)

    def shown(**filters):
        return [row["place"] for row in client.get(reverse("directory:owners"), filters).context["rows"]]

    everything = ["Tout le secteur Nord", "Tout le secteur Sud", "Résidence des Lilas"]
    assert shown() == shown(tri="lieu") == shown(tri="rien", secteur="x", categorie="%") == everything
    assert shown(tri="-lieu") == ["Tout le secteur Sud", "Tout le secteur Nord", "Résidence des Lilas"]
    assert shown(tri="partenaire")[0] == "Résidence des Lilas"
    assert shown(secteur=str(world.sector.pk)) == ["Tout le secteur Nord", "Résidence des Lilas"]
    assert shown(partenaire=str(world.partner.pk)) == ["Résidence des Lilas"]
    assert shown(categorie="eclairage") == ["Tout le secteur Sud", "Résidence des Lilas"], "for all, so for this too"
    services.close_partner(actor=actor, partner_id=world.partner.pk)
    assert shown(etat="retires") == ["Résidence des Lilas"]
    rows = taken(client, "responsables", categorie="tags", tri="-lieu")
    assert [row["Lieu ou secteur"] for row in rows] == ["Tout le secteur Sud", "Tout le secteur Nord"]
    page = client.get(reverse("directory:owners"), {"etat": "retires", "categorie": "tags"}).content.decode()
    assert "Personne ne correspond à ces filtres" in page
