"""The register of processing, the impact assessments and the list of processors."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.urls import reverse

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now, today
from entremise.journal.models import Entry
from entremise.privacy.enums_accountability import FearedEvent
from entremise.privacy.models import ImpactVersion, RegisterVersion, RetentionChoice
from entremise.privacy.queries.declared import declared_sheets, from_stored, length_of, to_stored
from entremise.privacy.queries.impact import IMPACT_FIELDS, Risk, Study, get_assessment
from entremise.privacy.queries.register import get_register, get_register_at
from entremise.privacy.services.impact import save_impact
from entremise.privacy.services.processors import ProcessorFacts, add_processor, change_processor
from entremise.privacy.services.register import confirm_register, write_house, write_sheet

pytestmark = pytest.mark.django_db
CODE = "suivi"


def whole(**changes) -> Study:
    """An assessment that lacks nothing."""
    risks = {event: Risk(event, "2", "1", "Gêne", "Oubli") for event in FearedEvent.values}
    known = {
        "texts": dict.fromkeys(IMPACT_FIELDS, "Écrit."),
        "risks": risks,
        "dpo_on": today(),
        "decision": "poursuivre",
        "review_on": today() + dt.timedelta(days=365),
    }
    return Study(**{**known, **changes})


def test_the_register_says_what_the_code_declares(cast, signed_in):
    html = signed_in(cast.dora).get(reverse("privacy:register")).content.decode()
    for sheet in declared_sheets(cast.organisation.pk):
        assert sheet.label in html
    assert "écrits par le logiciel" in html
    page = signed_in(cast.leo).get(reverse("privacy:register_sheet", args=[CODE])).content.decode()
    assert page.count("Le logiciel") >= 8
    assert page.count("L’organisation") >= 3
    assert "2 ans" in page


def test_each_edit_is_a_version_kept_whole_and_sealed(cast):
    dora = cast.dora.actor
    write_house(actor=dora, base=0, controller="Passage commun, 1 rue des Halles", dpo="Dora")
    write_sheet(actor=dora, code=CODE, base=1, note="Réunion mensuelle")
    assert (get_register(dora).words.house["dpo"], get_register(dora).words.of(CODE)["note"]) == (
        "Dora",
        "Réunion mensuelle",
    )
    assert get_register_at(dora, 1).words.of(CODE)["note"] == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM privacy_registerversion")
        assert all(stored.startswith("e1.") for (stored,) in cursor.fetchall())
    row = RegisterVersion.objects.first()
    with pytest.raises(RuntimeError):
        row.save()
    assert Entry.objects.filter(name="register.written").count() == 2


def test_two_people_never_write_over_each_other(cast, signed_in):
    write_house(actor=cast.dora.actor, base=0, controller="Un")
    client = signed_in(cast.dora)
    answer = client.post(reverse("privacy:register_edit"), {"base": "0", "controller": "Deux"})
    assert answer.status_code == 422
    assert "Deux" in answer.content.decode()
    assert "Une version 1 a été enregistrée" in answer.content.decode()
    assert RegisterVersion.objects.count() == 1


def test_a_version_without_a_change_is_refused(cast):
    write_house(actor=cast.dora.actor, base=0, controller="Un")
    with pytest.raises(InvalidInput):
        write_house(actor=cast.dora.actor, base=1, controller="Un")
    with pytest.raises(InvalidInput):
        confirm_register(actor=cast.dora.actor, base=1)


def test_the_page_says_when_the_code_declares_something_else(cast, signed_in, monkeypatch):
    write_house(actor=cast.dora.actor, base=0, controller="Un")
    RegisterVersion.objects.update(declared=[])
    client = signed_in(cast.dora)
    assert "Le logiciel déclare autre chose" in client.get(reverse("privacy:register")).content.decode()
    client.post(reverse("privacy:register_confirm"), {"base": "1"})
    assert "Le logiciel déclare autre chose" not in client.get(reverse("privacy:register")).content.decode()
    assert get_register(cast.dora.actor).version.number == 2
    client.post(reverse("privacy:register_confirm"), {"base": "x" * 9})
    assert get_register(cast.dora.actor).version.number == 2


@pytest.mark.parametrize("who", ["samia", "claire", "alban", "leo", "ines"])
def test_only_the_officer_writes_the_register_and_the_assessments(cast, who):
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        write_house(actor=actor, base=0, controller="x")
    with pytest.raises(NotAllowed):
        write_sheet(actor=actor, code=CODE, base=0, note="x")
    with pytest.raises(NotAllowed):
        save_impact(actor=actor, code=CODE, base=0, study=Study())


def test_another_organisation_has_another_register(cast, signed_in):
    write_house(actor=cast.dora.actor, base=0, controller="Un")
    with pytest.raises(NotFound):
        get_register_at(cast.clara.actor, 1)
    assert signed_in(cast.dora).get(reverse("privacy:register_version", args=[2])).status_code == 404
    assert signed_in(cast.dora).get(reverse("privacy:register_sheet", args=["inconnu"])).status_code == 404


def test_a_duration_the_organisation_chose_is_the_one_written(cast):
    RetentionChoice.objects.create(
        organisation_id=cast.organisation.pk, rule_code="personnes", days=365, confirmed_at=now(),
        reason="Choix de prudence", chosen_by_id=cast.dora.member.pk,
    )  # fmt: skip
    sheet = next(one for one in declared_sheets(cast.organisation.pk) if one.code == CODE)
    assert "1 an (choisi par l’organisation ; le logiciel propose 2 ans)" in [kept.length for kept in sheet.kept]
    assert "2 ans" in [kept.length for one in declared_sheets(cast.other_organisation.pk) for kept in one.kept]


def test_filters_and_sorts_of_the_register(cast, signed_in):
    write_sheet(actor=cast.dora.actor, code=CODE, base=0, note="x")
    client, address = signed_in(cast.dora), reverse("privacy:register")
    total = len(declared_sheets(cast.organisation.pk))
    for query, count in (("note=oui", 1), ("note=non", total - 1), ("base=contrat&sensible=oui&note=oui", 0)):
        assert client.get(f"{address}?{query}").content.decode().count('<th scope="row">') == count
    assert client.get(f"{address}?tri=-base").status_code == 200
    assert client.get(f"{address}?tri=rien&base=rien").status_code == 200


def test_the_register_leaves_as_odt_and_csv_and_a_cell_is_never_a_formula(cast, signed_in):
    write_house(actor=cast.dora.actor, base=0, controller="=HYPERLINK(1)", dpo="Bureau ; 2e étage\nporte B")
    client = signed_in(cast.leo)
    content = client.post(reverse("privacy:register_csv")).content
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == len(declared_sheets(cast.organisation.pk)) + 1
    assert all(len(line) == len(lines[0]) for line in lines)
    assert "'=HYPERLINK(1)" in lines[1]
    assert "Bureau ; 2e étage\nporte B" in lines[1]
    odt = client.post(reverse("privacy:register_odt")).content
    with zipfile.ZipFile(io.BytesIO(odt)) as archive:
        text = archive.read("content.xml").decode()
    name = "Suivi de personnes et de familles"
    assert text.count(f">{name}</text:") == 1  # the heading of its table is not said again under it
    assert f"<table:title>{name}</table:title>" in text
    assert "l’organisation" in text
    assert Entry.objects.filter(name="register.exported").count() == 2
    assert client.get(reverse("privacy:register_odt")).status_code == 405


def test_durations_are_said_as_people_say_them():
    assert (length_of(730, "x"), length_of(None, "Tant que la règle vit")) == ("2 ans", "tant que la règle vit")


def test_a_declaration_survives_its_storage(cast):
    for sheet in declared_sheets(cast.organisation.pk):
        assert from_stored(to_stored(sheet)) == sheet
    assert from_stored({"code": "x"}).kept == ()


def test_a_draft_is_saved_incomplete_and_says_what_is_missing(cast, signed_in):
    client, address = signed_in(cast.dora), reverse("privacy:impact_edit", args=[CODE])
    typed = {"base": "0", "geste": "brouillon", "context": "مرحبا 👋", "acces_severity": "3"}
    assert client.post(address, typed).status_code == 302
    html = client.get(reverse("privacy:impact", args=[CODE])).content.decode()
    assert "مرحبا 👋" in html
    assert "3 · Importante" in html
    assert "Choisissez la décision." in html
    assert client.get(address).content.decode().count("مرحبا 👋") == 1


def test_it_is_adopted_only_when_complete_and_keeps_what_was_typed(cast, signed_in):
    client, address = signed_in(cast.dora), reverse("privacy:impact_edit", args=[CODE])
    answer = client.post(address, {"base": "0", "geste": "adopter", "context": "Gardé"})
    assert answer.status_code == 422
    assert "Gardé" in answer.content.decode()
    assert "Choisissez la décision." in answer.content.decode()
    assert not ImpactVersion.objects.exists()
    version = save_impact(actor=cast.dora.actor, code=CODE, base=0, study=whole(), adopt=True)
    assert version.is_adopted
    assert get_assessment(cast.dora.actor, CODE).missing == []
    assert "Adoptée" in client.get(reverse("privacy:impacts")).content.decode()


def test_a_high_risk_asks_for_the_authority_s_opinion(cast):
    high = whole(risks={event: Risk(event, "4", "3", "x", "y") for event in FearedEvent.values})
    with pytest.raises(InvalidInput):
        save_impact(actor=cast.dora.actor, code=CODE, base=0, study=high, adopt=True)
    consulted = whole(risks=high.risks, decision="consulter")
    assert save_impact(actor=cast.dora.actor, code=CODE, base=0, study=consulted, adopt=True).number == 1


def test_versions_of_an_assessment_and_their_faults(cast, signed_in):
    dora = cast.dora.actor
    save_impact(actor=dora, code=CODE, base=0, study=Study({"context": "Un"}))
    save_impact(actor=dora, code=CODE, base=1, study=Study({"context": "Deux"}))
    for study, base in ((Study({"context": "Trois"}), 1), (Study({"context": "Deux"}), 2)):
        with pytest.raises(InvalidInput):
            save_impact(actor=dora, code=CODE, base=base, study=study)
    for study in (Study({"context": "a\x00"}), Study(decision="rien"), Study({}, {"acces": Risk("acces", "9")})):
        with pytest.raises(InvalidInput):
            save_impact(actor=dora, code=CODE, base=2, study=study)
    with pytest.raises(InvalidInput):
        save_impact(actor=dora, code=CODE, base=2, study=whole(review_on=today()), adopt=True)
    with pytest.raises(NotFound):
        save_impact(actor=dora, code="inconnu", base=0, study=Study())
    old = signed_in(cast.leo).get(reverse("privacy:impact_version", args=[CODE, 1])).content.decode()
    assert "Un" in old
    assert "Version ancienne" in old
    assert signed_in(cast.leo).get(reverse("privacy:impact_version", args=[CODE, 9])).status_code == 404


def test_an_assessment_leaves_as_odt_begun_or_not(cast, signed_in):
    client, address = signed_in(cast.alban), reverse("privacy:impact_export", args=[CODE])
    assert client.post(address).content.startswith(b"PK")
    save_impact(actor=cast.dora.actor, code=CODE, base=0, study=whole())
    with zipfile.ZipFile(io.BytesIO(client.post(address).content)) as archive:
        assert "Accès illégitime aux données" in archive.read("content.xml").decode()
    assert Entry.objects.filter(name="impact.exported").count() == 1


def hosting(**changes) -> ProcessorFacts:
    known = {"name": "Hébergeur du Nord", "service": "Hébergement", "country": "FR", "processings": (CODE,)}
    return ProcessorFacts(**{**known, **changes})


def test_a_processor_is_named_in_the_register_until_it_ends(cast):
    one = add_processor(actor=cast.alban.actor, facts=hosting())
    sheet = next(sheet for sheet in get_register(cast.dora.actor).sheets if sheet.declared.code == CODE)
    assert [each.name for each in sheet.processors] == ["Hébergeur du Nord"]
    over = hosting(contract_on=today() - dt.timedelta(days=9), ends_on=today() - dt.timedelta(days=1))
    change_processor(actor=cast.dora.actor, processor_id=one.pk, facts=over)
    sheet = next(sheet for sheet in get_register(cast.dora.actor).sheets if sheet.declared.code == CODE)
    assert sheet.processors == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"service": "x" * 241}, "service"),
        ({"country": "XX"}, "country"),
        ({"country": "US"}, "guarantees"),
        ({"processings": ("rien",)}, "processings"),
        ({"contract_on": dt.date(1, 1, 1)}, "contract_on"),
        ({"contract_on": dt.date(2026, 2, 1), "ends_on": dt.date(2026, 1, 1)}, "ends_on"),
    ],
)
def test_a_processor_that_cannot_be_is_refused_beside_its_field(cast, changes, field):
    with pytest.raises(InvalidInput) as refusal:
        add_processor(actor=cast.dora.actor, facts=hosting(**changes))
    assert field in refusal.value.errors


def test_processors_are_written_by_the_officer_and_the_administrator_alone(cast, signed_in):
    one = add_processor(actor=cast.alban.actor, facts=hosting())
    for who in ("samia", "claire", "leo", "clara"):
        with pytest.raises(NotAllowed):
            add_processor(actor=getattr(cast, who).actor, facts=hosting())
    assert signed_in(cast.samia).get(reverse("privacy:processors")).status_code == 403
    assert "Hébergeur du Nord" in signed_in(cast.leo).get(reverse("privacy:processors")).content.decode()
    address = reverse("privacy:processor_edit", args=[one.pk])
    assert signed_in(cast.leo).get(address).status_code == 403
    answer = signed_in(cast.alban).post(address, {"name": "", "service": "Gardé 👋", "country": "ZZ"})
    assert answer.status_code == 422
    assert "Gardé 👋" in answer.content.decode()
    assert (
        signed_in(cast.alban)
        .post(reverse("privacy:processor_create"), {"name": "Nuage", "service": "Courriel", "country": "BE"})
        .status_code
        == 302
    )


def test_the_list_of_processors_filters_sorts_and_counts_its_queries(cast, signed_in, django_assert_max_num_queries):
    client, address = signed_in(cast.dora), reverse("privacy:processors")
    add_processor(actor=cast.dora.actor, facts=hosting())
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    add_processor(actor=cast.dora.actor, facts=hosting(name="A", country="US", guarantees="Clauses types"))
    add_processor(actor=cast.dora.actor, facts=hosting(name="B", contract_on=today(), ends_on=today()))
    with django_assert_max_num_queries(len(one)):
        assert client.get(address).content.decode().count('<th scope="row">') == 3
    wanted = (
        ("etat=a_signer", 2),
        ("etat=bientot", 1),
        ("etat=finis", 0),
        ("pays=hors_ue", 1),
        ("pays=FR&tri=-fin", 2),
    )
    for query, count in wanted:
        assert client.get(f"{address}?{query}").content.decode().count('<th scope="row">') == count
    assert client.post(reverse("documents:export", args=["sous-traitants"])).status_code == 200
