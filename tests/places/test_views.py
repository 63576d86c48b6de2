"""Pages of places: who may open them, what they refuse, what they keep."""

import datetime as dt
import io
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.core.ui.panels import Panels
from entremise.documents.services import read_table
from entremise.places import search, services
from entremise.places.models import Commune, ImportDraft, Sector, Site
from entremise.places.views import sites
from tests.retention import carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    actor = cast.claire.actor
    sector = services.create_sector(actor=actor, name="Les Tisserands")
    residence = services.create_site(
        actor=actor, name="Résidence des Lilas", space_type="residence", sector_id=sector.pk
    )
    hall = services.create_site(actor=actor, name="Hall 4", space_type="hall", parent_id=residence.pk)
    Commune.objects.create(
        code="62041", name="Arras", search_name=" arras", departement_code="62", departement_name="Pas-de-Calais",
        population=41000, postcodes=" 62000", kind="COM", town_hall_address="Place des Héros, 62000 Arras",
    )  # fmt: skip
    return SimpleNamespace(sector=sector, residence=residence, hall=hall)


def csv(text: str, name: str = "lieux.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("utf-8-sig"), content_type="text/csv")


READ = ["places:sites", "places:sectors", "places:search"]
MANAGE = ["places:site_create", "places:sector_create", "places:import", "places:import_template"]


@pytest.mark.parametrize("name", READ)
def test_every_member_reads_places(cast, world, signed_in, name):
    for person in (cast.samia, cast.claire, cast.alban, cast.dora, cast.leo):
        assert signed_in(person).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", MANAGE)
def test_only_supervisors_and_administrators_change_places(cast, world, signed_in, name):
    for person in (cast.claire, cast.alban):
        assert signed_in(person).get(reverse(name)).status_code == 200
    for person in (cast.samia, cast.dora, cast.leo):
        assert signed_in(person).get(reverse(name)).status_code == 403


def test_a_stranger_s_identifiers_answer_404(cast, world, signed_in):
    client = signed_in(cast.clara)
    for name, pk in (
        ("places:site", world.hall.pk),
        ("places:site_edit", world.hall.pk),
        ("places:sector_edit", world.sector.pk),
        ("places:import_preview", uuid7()),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    for name in ("places:site_close", "places:site_reopen", "places:import_confirm"):
        assert client.post(reverse(name, args=[world.hall.pk])).status_code == 404
    assert Site.objects.get(pk=world.hall.pk).is_active


def test_the_list_filters_by_codes_and_ignores_the_unreadable(cast, world, signed_in):
    client = signed_in(cast.samia)
    other = services.create_site(actor=cast.claire.actor, name="Place du marché", space_type="place")
    services.close_site(actor=cast.claire.actor, site_id=other.pk)

    def names(**filters):
        page = client.get(reverse("places:sites"), filters).context["lines"]
        return [line.label for line in page]

    assert names() == ["Résidence des Lilas", "Hall 4, résidence des Lilas"]
    assert names(type="hall") == ["Hall 4, résidence des Lilas"]
    assert names(etat="fermes") == ["Place du marché"]
    assert names(secteur=str(world.sector.pk), etat="tous", tri="-nom")[0] == "Résidence des Lilas"
    assert len(names(secteur="' OR 1=1", type="🙂", tri="mot_de_passe", page="zéro")) == 2


def test_the_list_takes_the_same_queries_at_one_and_three_rows(
    cast, world, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.samia)
    services.close_site(actor=cast.claire.actor, site_id=world.hall.pk)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("places:sites"))
    for number in range(3):
        services.create_site(
            actor=cast.claire.actor, name=f"Hall {number}", space_type="hall", parent_id=world.residence.pk,
            commune_code="62041",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("places:sites"))
    assert len(three) <= len(one) + 1  # the names of communes are asked only when there are some


def site_values(**changes):
    values = {"name": "Permanence de Bréville", "space_type": "local_mediation"}
    return values | changes


def test_a_village_drop_in_needs_neither_sector_nor_address(cast, world, signed_in):
    client = signed_in(cast.claire)
    response = client.post(reverse("places:site_create"), site_values(commune="arras"), follow=True)
    assert response.status_code == 200
    site = Site.objects.get(name="Permanence de Bréville")
    assert (site.commune_code, site.address, site.sector_id) == ("62041", "", None)
    assert "Arras" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"name": ""}, "local_mediation"),
        ({"space_type": "palais"}, "Permanence de Bréville"),
        ({"commune": "Atlantide"}, "Atlantide"),
        ({"qpv_code": "XX"}, "XX"),
        ({"iris_code": "12"}, "12"),
        ({"position": "-4"}, "-4"),
        ({"name": "حي " * 60}, "حي حي"),
        ({"name": "Hall\x00"}, "Permanence"),
        ({"parent_id": str(uuid7())}, "Permanence"),
        ({"address": "🙂" * 300}, "🙂🙂"),
        ({"space_type": "logement", "address": "4 allée des Lilas"}, "4 allée des Lilas"),
    ],
)
def test_bad_input_stays_typed_and_says_why(cast, world, signed_in, changes, kept):
    before = Site.objects.count()
    response = signed_in(cast.claire).post(reverse("places:site_create"), site_values(**changes))
    assert response.status_code == 422
    assert "has-error" in response.content.decode() or "À corriger" in response.content.decode()
    assert kept in response.content.decode() or "\x00" in str(changes)
    assert Site.objects.count() == before


def test_two_million_signs_are_refused_without_falling(cast, world, signed_in):
    response = signed_in(cast.claire).post(reverse("places:site_create"), site_values(name="x" * 2_000_000))
    assert response.status_code == 422


def test_a_sheet_is_changed_then_closed_then_opened_again(cast, world, signed_in):
    client = signed_in(cast.claire)
    edit = reverse("places:site_edit", args=[world.hall.pk])
    assert "Hall 4" in client.get(edit).content.decode()
    values = {
        "name": "Hall 5",
        "space_type": "hall",
        "parent_id": str(world.residence.pk),
        "sector_id": str(world.sector.pk),
    }
    assert client.post(edit, values).status_code == 302
    assert client.post(edit, values | {"parent_id": str(world.hall.pk)}).status_code == 422
    client.post(reverse("places:site_close", args=[world.residence.pk]))
    page = client.get(reverse("places:site", args=[world.residence.pk])).content.decode()
    assert "Lieu fermé" in page
    client.post(reverse("places:site_reopen", args=[world.hall.pk]))
    assert Site.objects.get(pk=world.hall.pk).is_active
    assert client.get(reverse("places:site_close", args=[world.hall.pk])).status_code == 405


def test_sectors_are_created_renamed_and_named_once(cast, world, signed_in):
    client = signed_in(cast.claire)
    assert client.post(reverse("places:sector_create"), {"name": "Le Port"}).status_code == 302
    assert client.post(reverse("places:sector_create"), {"name": "le port"}).status_code == 422
    edit = reverse("places:sector_edit", args=[world.sector.pk])
    assert client.post(edit, {"name": "Tisserands"}).status_code == 302
    assert client.post(edit, {"name": ""}).status_code == 422
    assert not Sector.objects.get(pk=world.sector.pk).is_active


def test_the_page_of_a_site_lists_only_panels_its_reader_may_open(cast, world, signed_in, monkeypatch):
    known = Panels()
    known.register("Réservé", "places:site_edit", "places.manage", 1)
    known.register("Pour tous", "places:site", "places.view", 2)
    monkeypatch.setattr(sites, "PANELS", known)
    url = reverse("places:site", args=[world.hall.pk])
    assert [title for title, _ in signed_in(cast.samia).get(url).context["panels"]] == ["Pour tous"]
    assert [title for title, _ in signed_in(cast.claire).get(url).context["panels"]] == ["Réservé", "Pour tous"]


def test_what_is_searched_never_stands_in_an_address(cast, world, signed_in):
    client = signed_in(cast.samia)
    page = client.post(reverse("places:search"), {"recherche": "LILAS hall"}).content.decode()
    assert "Hall 4, résidence des Lilas" in page
    assert "Hall 4" not in client.get(reverse("places:search"), {"recherche": "Hall"}).content.decode()
    assert 'method="get"' not in client.get(reverse("places:search")).content.decode()
    for text in ("", " ", "zzz", "%", "\x00", "🙂", "x" * 5000):
        assert client.post(reverse("places:search"), {"recherche": text}).status_code == 200


def test_search_shows_each_source_its_own_hits_and_no_stranger_s(cast, world, signed_in, monkeypatch):
    monkeypatch.setattr(search, "_sources", dict(search._sources))
    search.register_source("Références", lambda actor, text: [search.SearchHit("K7QF-2MX", "", "/x")])
    found = signed_in(cast.samia).post(reverse("places:search"), {"recherche": "lilas"}).context["found"]
    assert [name for name, _ in found] == ["Lieux", "Références"]
    found = signed_in(cast.ines).post(reverse("places:search"), {"recherche": "lilas"}).context["found"]
    assert [name for name, _ in found] == ["Références"]


def test_communes_are_suggested_and_described(cast, world, signed_in):
    client = signed_in(cast.samia)
    options = client.post(reverse("places:commune_options"), {"commune": "arr"}).content.decode()
    assert 'value="Arras (62041)"' in options
    assert client.get(reverse("places:commune_options")).status_code == 405
    page = client.get(reverse("places:commune", args=["62041"])).content.decode()
    assert "Place des Héros" in page
    assert client.get(reverse("places:commune", args=["99999"])).status_code == 404


def test_an_ambiguous_commune_names_the_candidates(cast, world, signed_in):
    Commune.objects.create(
        code="97411", name="Saint-Denis", search_name=" saint denis", kind="COM", departement_name="La Réunion"
    )
    Commune.objects.create(
        code="93066", name="Saint-Denis", search_name=" saint denis", kind="COM", departement_name="Seine-Saint-Denis"
    )
    client = signed_in(cast.claire)
    page = client.post(reverse("places:site_create"), site_values(commune="st denis")).content.decode()
    assert "93066, Seine-Saint-Denis" in page
    client.post(reverse("places:site_create"), site_values(commune="Saint-Denis (97411)"))
    assert Site.objects.get(name="Permanence de Bréville").commune_code == "97411"


SHEET = """Nom;Type;Secteur;Fait partie de;Commune;Rang;Couleur
Ligne T2;Ligne de transport;Le Port;;;;bleu
Gare;Arrêt, station, gare, pôle d'échanges;Le Port;Ligne T2;Arras;1;
Parc;arret_station;Le Port;Ligne T2;;deux;
;hall;;;;;
Hall 9;hall;;Résidence inconnue;;;
"""


def test_a_preview_names_row_column_and_reason_and_imports_nothing(cast, world, signed_in):
    client = signed_in(cast.claire)
    before = (Site.objects.count(), Sector.objects.count())
    response = client.post(reverse("places:import"), {"file": csv(SHEET)}, follow=True)
    page = response.content.decode()
    assert (Site.objects.count(), Sector.objects.count()) == before
    refusals = [(r["row"], r["column"]) for r in response.context["draft"].refusals]
    assert refusals == [(4, "Rang"), (5, "Nom"), (6, "Fait partie de")]
    assert "Importer les 2 lignes valides" in page
    assert "Couleur" in page
    draft = ImportDraft.objects.get()
    other = signed_in(cast.alban)
    assert other.get(reverse("places:import_preview", args=[draft.pk])).status_code == 404
    assert other.post(reverse("places:import_confirm", args=[draft.pk])).status_code == 404
    assert signed_in(cast.samia).post(reverse("places:import_confirm", args=[draft.pk])).status_code == 403
    client.post(reverse("places:import_confirm", args=[draft.pk]))
    stop = Site.objects.get(name="Gare")
    assert (stop.parent.name, stop.sector.name, stop.commune_code, stop.position) == ("Ligne T2", "Le Port", "62041", 1)
    assert client.post(reverse("places:import_confirm", args=[draft.pk])).status_code == 404


def test_a_confirmed_draft_that_no_longer_passes_imports_nothing(cast, world, signed_in):
    client = signed_in(cast.claire)
    client.post(reverse("places:import"), {"file": csv("Nom;Type\nHall 7;hall\nHall 8;hall\n")})
    services.create_site(actor=cast.claire.actor, name="Hall 8", space_type="hall")
    draft = ImportDraft.objects.get()
    page = client.post(reverse("places:import_confirm", args=[draft.pk]), follow=True).content.decode()
    assert "Rien n’a été importé" in page
    assert not Site.objects.filter(name="Hall 7").exists()


def test_a_draft_lapses_after_an_hour_and_is_removed(cast, world, signed_in):
    import datetime as dt

    import time_machine

    client = signed_in(cast.claire)
    sheet = "Nom;Type\nHall 7;hall\n"
    with time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False):
        client.post(reverse("places:import"), {"file": csv(sheet)})
    old = ImportDraft.objects.get()
    with time_machine.travel(dt.datetime(2026, 11, 20, 13, 1, tzinfo=dt.UTC), tick=False):
        assert client.get(reverse("places:import_preview", args=[old.pk])).status_code == 404
        assert carry_out("imports", cast.organisation.pk) == 1
    assert old not in ImportDraft.objects.all()


@pytest.mark.parametrize(
    "upload",
    [
        csv("Couleur;Forme\nbleu;rond\n"),
        SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken"),
        SimpleUploadedFile("x.pdf", b"%PDF-1.7"),
        csv("Nom;Type\n"),
        csv("Nom;Type\n" + "Hall;hall\n" * 2001),
        None,
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(cast, world, signed_in, upload):
    if upload:
        upload.seek(0)
    response = signed_in(cast.claire).post(reverse("places:import"), {"file": upload} if upload else {})
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert not ImportDraft.objects.exists()


def test_the_template_can_be_filled_and_sent_back(cast, world, signed_in):
    from entremise.documents.services import read_table

    content = signed_in(cast.claire).get(reverse("places:import_template")).content
    with pytest.raises(Exception, match="aucune ligne"):
        read_table(io.BytesIO(content))


def test_the_list_leaves_as_a_spreadsheet_with_its_filters(cast, world, signed_in):
    from entremise.documents.services import read_table

    url = reverse("documents:export", args=["lieux"])
    response = signed_in(cast.samia).post(url, {"type": "hall"})
    table = read_table(io.BytesIO(response.content if not response.streaming else b"".join(response)))
    assert [row.cells[:3] for row in table.rows] == [["Hall 4", "Résidence des Lilas", "Les Tisserands"]]
    assert world.hall.name not in str(signed_in(cast.ines).post(url).content)


def taken(client, code, **filters):
    """The lines of an exported list, as dictionaries."""
    table = read_table(io.BytesIO(client.post(reverse("documents:export", args=[code]), filters).content))
    return [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]


def test_the_spreadsheet_of_places_keeps_the_order_of_the_page(cast, world, signed_in):
    client = signed_in(cast.samia)
    for asked in ("nom", "-nom", "secteur", "-secteur", "-type", "rien", ""):
        page = client.get(reverse("places:sites"), {"tri": asked}).context["lines"]
        assert [row["Lieu"] for row in taken(client, "lieux", tri=asked)] == [line.site.name for line in page]


@pytest.mark.parametrize("asked", ["secteur", "-secteur"])
def test_places_without_a_sector_stand_last_on_every_engine(cast, world, signed_in, asked):
    services.create_site(actor=cast.claire.actor, name="Aire de repos", space_type="place")
    page = signed_in(cast.samia).get(reverse("places:sites"), {"tri": asked}).context["lines"]
    assert page[-1].label == "Aire de repos"


def test_sectors_are_filtered_sorted_and_taken_away(cast, world, signed_in):
    actor = cast.claire.actor
    empty = services.create_sector(actor=actor, name="Ancien port")
    services.rename_sector(actor=actor, sector_id=empty.pk, name="Ancien port", is_active=False)
    client = signed_in(cast.samia)

    def names(**filters):
        return [sector.name for sector in client.get(reverse("places:sectors"), filters).context["page"]]

    assert names() == ["Les Tisserands", "Ancien port"]
    assert names(tri="nom") == ["Ancien port", "Les Tisserands"]
    assert names(tri="-lieux") == ["Les Tisserands", "Ancien port"]
    assert names(etat="hors_service") == ["Ancien port"]
    assert names(etat="x", tri="sort_name", page="9") == ["Les Tisserands", "Ancien port"]
    rows = taken(client, "secteurs", tri="nom")
    assert [(row["Secteur"], row["Lieux ouverts"], row["État"]) for row in rows] == [
        ("Ancien port", "0", "Hors service"),
        ("Les Tisserands", "2", "En service"),
    ]
    assert (
        "Aucun secteur ne correspond"
        in signed_in(cast.clara).get(reverse("places:sectors"), {"etat": "hors_service"}).content.decode()
    )


def test_a_spreadsheet_nobody_confirmed_is_erased_by_its_retention_rule(cast, world, signed_in):
    client = signed_in(cast.claire)
    client.post(reverse("places:import"), {"file": csv("Nom;Type d’espace\nQuai;hall\n")})
    assert carry_out("imports", cast.organisation.pk) == 0
    assert ImportDraft.objects.count() == 1
    with time_machine.travel(now() + dt.timedelta(hours=2)):
        assert carry_out("imports", cast.organisation.pk) == 1
    assert not ImportDraft.objects.exists()
