"""Conventions: who may keep them, what they may hold, and what a wrong entry keeps."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.documents.services import read_table
from entremise.statistics import services
from entremise.statistics.models import Convention
from entremise.statistics.periods import between, parse
from entremise.statistics.queries import check_period, period_for, scope_of
from tests.statistics.build import at, convention, facts, residence

pytestmark = pytest.mark.django_db
TYPED = {
    "funder_name": "Habitat du Val",
    "funder_kind": "bailleur",
    "number": "2026-12",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "template": "note_bailleur",
    "is_active": "on",
}


def test_a_convention_is_typed_then_changed(cast, signed_in):
    top, _ = residence(cast.claire)
    client = signed_in(cast.claire)
    made = client.post(reverse("statistics:convention_create"), TYPED | {"sites": [str(top.pk)]})
    assert made.status_code == 302
    found = Convention.objects.get()
    assert list(found.sites.all()) == [found.sites.get(pk=top.pk)]
    url = reverse("statistics:convention_edit", args=[found.pk])
    assert "Habitat du Val" in client.get(url).content.decode()
    changed = TYPED | {
        "funder_name": "Habitat de la Loire",
        "registers": ["veille_technique"],
        "post": "Tuteur : à nommer",
    }
    assert client.post(url, changed).status_code == 302
    found.refresh_from_db()
    assert (found.funder_name, found.registers, found.post) == (
        "Habitat de la Loire",
        ["veille_technique"],
        "Tuteur : à nommer",
    )
    assert not found.sites.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"funder_name": ""}, "obligatoire"),
        ({"ends_on": "2025-01-01"}, "La fin vient avant le début"),
        ({"starts_on": "hier"}, "hier"),
        ({"template": "inconnu"}, "inconnu"),
        ({"sites": ["01a20738-b7b0-71b1-a589-e0983fb46ebe"]}, "01a20738"),
        ({"funder_name": "a\x00b"}, "nul"),
        ({"missions": "long " * 5000}, "8000"),
        ({"registers": ["patrouille"]}, "patrouille"),
    ],
)
def test_a_wrong_entry_is_told_beside_its_field_and_keeps_what_was_typed(cast, signed_in, changes, sentence):
    response = signed_in(cast.claire).post(
        reverse("statistics:convention_create"), TYPED | {"number": "🙂 عدد"} | changes
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "🙂 عدد" in page
    assert 'class="error"' in page
    assert not Convention.objects.exists()


def test_a_very_long_text_is_refused_and_kept(cast, signed_in):
    long_text = "Une phrase ordinaire. " * 90_000  # about 2 MB
    response = signed_in(cast.claire).post(reverse("statistics:convention_create"), TYPED | {"post": long_text})
    assert response.status_code == 422
    assert response.content.decode().count("Une phrase ordinaire.") >= 90_000


def test_the_service_refuses_what_a_form_would_not_send(cast):
    foreign, _ = residence(cast.clara, "Résidence du Port")
    wrong = facts(
        funder_name=" ",
        funder_kind="mecene",
        template="autre",
        ends_on=dt.date(2025, 1, 1),
        registers=("patrouille",),
        site_ids=(foreign.pk,),
        post="a\x00",
        missions="x" * 8001,
        number="n" * 61,
    )
    with pytest.raises(InvalidInput) as refusal:
        services.record_convention(actor=cast.claire.actor, facts=wrong)
    assert set(refusal.value.errors) == {
        "funder_name",
        "funder_kind",
        "template",
        "ends_on",
        "registers",
        "sites",
        "post",
        "missions",
        "number",
    }


def test_only_coordinators_keep_conventions(cast):
    found = convention(cast.claire)
    for person in (cast.samia, cast.leo, cast.alban, cast.dora):
        with pytest.raises(NotAllowed):
            convention(person)
        with pytest.raises(NotAllowed):
            services.change_convention(actor=person.actor, convention_id=found.pk, facts=facts())
    with pytest.raises(NotFound):
        services.change_convention(actor=cast.clara.actor, convention_id=found.pk, facts=facts())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(cast, signed_in, django_assert_max_num_queries, rows):
    for index in range(rows):
        convention(cast.claire, funder_name=f"Financeur {index}")
    client = signed_in(cast.claire)
    with django_assert_max_num_queries(9):
        page = client.get(reverse("statistics:conventions")).content.decode()
    assert page.count("Modifier la convention") == rows
    assert "ne s’additionnent jamais" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_links_takes_the_same_queries_whatever_its_length(
    cast, signed_in, django_assert_max_num_queries, rows
):
    from entremise.statistics.enums import Comparison
    from entremise.statistics.queries import make_report

    with time_machine.travel(at(day=23, hour=9)):
        found = convention(cast.claire)
        period = parse("2026-10")
        seen = services.digest_of(make_report(scope_of(cast.claire.actor, found, period, Comparison.AN), found))
        for _ in range(rows):
            services.share_report(
                actor=cast.claire.actor, convention_id=found.pk, period=period, comparison=Comparison.AN, seen=seen
            )
        client = signed_in(cast.claire)
        with django_assert_max_num_queries(11):
            page = client.get(reverse("statistics:links", args=[found.pk])).content.decode()
    assert page.count("Retirer ce lien") == rows


def test_a_residence_counts_with_everything_in_it_and_nothing_else(cast):
    top, halls = residence(cast.claire)
    residence(cast.claire, "Résidence des Peupliers")
    found = convention(cast.claire, site_ids=(top.pk,))
    scope = scope_of(cast.claire.actor, found, parse("2026-10"), "an")
    assert set(scope.site_ids) == {top.pk, *(hall.pk for hall in halls)}
    everywhere = scope_of(cast.claire.actor, convention(cast.claire), parse("2026-10"), "an")
    assert everywhere.site_ids is None


@pytest.mark.parametrize("kind", ["commune", "bailleur", "prefecture"])
def test_whoever_the_funder_the_months_of_the_convention_count_whole(cast, kind):
    """Two periods that differ by some days would give these days away: a report is a sum of whole months."""
    dates = {"starts_on": dt.date(2026, 10, 12), "ends_on": dt.date(2027, 10, 11)}
    found = convention(cast.claire, funder_kind=kind, template="rapport_activite", **dates)
    assert period_for(found, parse("2026-T4")).code == "2026-T4"
    assert period_for(found, parse("2026")).code == "2026-T4", "not the months before the convention"
    assert period_for(found, parse("2027")).code == "2027-01-01..2027-10-31"
    for wrong in ("2026-10-12..2026-11-11", "2026-10-01..2026-11-01", "2026-09"):
        with pytest.raises(InvalidInput):
            check_period(found, parse(wrong))
    with pytest.raises(InvalidInput, match="soustraction"):
        check_period(None, parse("2026-10-01..2026-11-01"))


@given(
    st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)),
    st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)),
    st.lists(st.tuples(st.integers(0, 35), st.integers(0, 12)), min_size=2, max_size=2),
)
def test_no_two_reports_of_a_convention_differ_by_less_than_a_month(first, last, asked):
    found = Convention(starts_on=min(first, last), ends_on=max(first, last), funder_kind="commune")
    periods = []
    for month, more in asked:
        start = dt.date(2025 + month // 12, month % 12 + 1, 1)
        end = (start + dt.timedelta(days=31 * more + 31)).replace(day=1) - dt.timedelta(days=1)
        period = between(start, end)
        if period.end >= found.starts_on and period.start <= found.ends_on:
            check_period(found, period)
            periods.append(period_for(found, period))
    for period in periods:
        assert period.is_whole_months


def test_conventions_are_found_sorted_and_taken_away_without_a_total(cast, signed_in):
    convention(cast.claire, funder_name="Ville de Bréville", funder_kind="commune", template="rapport_activite")
    convention(cast.claire, funder_name="Habitat du Val", post="Samia, tutrice Claire")
    client, url = signed_in(cast.claire), reverse("statistics:conventions")
    names = [one.funder_name for one in client.get(url, {"tri": "-financeur"}).context["page"].items]
    assert names == ["Ville de Bréville", "Habitat du Val"]
    assert "Habitat du Val" not in client.get(url, {"nature": "commune"}).content.decode()
    assert "Aucune convention avec ces filtres" in client.get(url, {"etat": "closes"}).content.decode()
    response = client.post(reverse("documents:export", args=["conventions"]), {"modele": "note_bailleur"})
    table = read_table(io.BytesIO(response.content))
    assert [row.cells[0] for row in table.rows] == ["Habitat du Val"]
    assert "tutrice" not in str(table)
