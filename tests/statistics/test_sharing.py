"""A funder opens one frozen report, without account, until it lapses or is withdrawn."""

import datetime as dt
import io

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from entremise.documents.services import read_table
from entremise.journal.models import Entry
from entremise.statistics import services
from entremise.statistics.enums import Comparison
from entremise.statistics.models import ReportLink
from entremise.statistics.periods import parse
from entremise.statistics.queries import make_report, scope_of
from entremise.statistics.report import from_json
from tests.statistics.build import acts, at, convention, residence

pytestmark = pytest.mark.django_db
NOW = at(day=23, hour=9)
OCTOBER = parse("2026-10")


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def landlord(cast):
    """A convention on one residence with twelve acts in October."""
    top, (first, _) = residence(cast.claire)
    acts(cast.samia, first, 12, occurred_at=at(month=10), outcome="apaise")
    return convention(cast.claire, site_ids=(top.pk,))


def seen(person, found):
    """The digest of what the person previews."""
    return services.digest_of(make_report(scope_of(person.actor, found, OCTOBER, Comparison.AN), found))


def shared(person, found, **changes):
    """A link made by the person."""
    values = {"period": OCTOBER, "comparison": Comparison.AN, "seen": seen(person, found)} | changes
    return services.share_report(actor=person.actor, convention_id=found.pk, **values)


def address(token):
    return reverse("statistics:shared", args=[token])


def test_the_funder_reads_what_was_previewed_even_after_the_notes_change(cast, landlord):
    link, token = shared(cast.claire, landlord)
    acts(cast.samia, landlord.sites.get(), 30, occurred_at=at(month=10))
    page = Client().get(address(token)).content.decode()
    assert "12 interventions" in page
    assert "42 interventions" not in page
    assert from_json(ReportLink.objects.get().snapshot).title == "Note au bailleur · octobre 2026"
    assert link.version == 1


def test_the_page_leaves_no_cookie_and_asks_not_to_be_indexed_nor_kept(cast, landlord):
    _, token = shared(cast.claire, landlord)
    response = Client().get(address(token))
    assert response.status_code == 200
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_openings_are_counted_and_nothing_else(cast, landlord, signed_in):
    _, token = shared(cast.claire, landlord)
    for _ in range(3):
        Client().get(address(token))
    Client().get(address("inconnu"))
    assert ReportLink.objects.get().openings == 3
    page = signed_in(cast.claire).get(reverse("statistics:links", args=[landlord.pk])).content.decode()
    assert "Retirer ce lien" in page


def test_the_pdf_opens_with_the_same_link(cast, landlord):
    _, token = shared(cast.claire, landlord)
    response = Client().get(reverse("statistics:shared_pdf", args=[token]))
    assert response.content.startswith(b"%PDF")
    assert not response.cookies


@pytest.mark.parametrize("page", ["shared", "shared_pdf"])
def test_a_withdrawn_lapsed_or_wrong_link_opens_a_plain_page(cast, landlord, page):
    link, token = shared(cast.claire, landlord)
    url = reverse(f"statistics:{page}", args=[token])
    services.revoke_link(actor=cast.claire.actor, link_id=link.pk)
    services.revoke_link(actor=cast.claire.actor, link_id=link.pk)
    closed = Client().get(url)
    assert closed.status_code == 404
    assert "Ce lien n’ouvre plus de bilan" in closed.content.decode()
    _, other = shared(cast.claire, landlord)
    url = reverse(f"statistics:{page}", args=[other])
    with time_machine.travel(NOW + dt.timedelta(days=30, hours=1)):
        assert Client().get(url).status_code == 404
    assert Client().get(reverse(f"statistics:{page}", args=["x" * 400])).status_code == 404


def test_the_token_is_kept_nowhere(cast, landlord):
    link, token = shared(cast.claire, landlord)
    row = ReportLink.objects.filter(pk=link.pk).values().get()
    assert token not in str(row)
    assert row["token_hash"] == services.hash_of(token)
    assert token not in str(list(Entry.objects.values()))


def test_figures_that_moved_since_the_preview_are_shown_again_before_any_link(cast, landlord, signed_in):
    before = seen(cast.claire, landlord)
    acts(cast.samia, landlord.sites.get(), 9, occurred_at=at(month=10))
    with pytest.raises(Conflict):
        shared(cast.claire, landlord, seen=before)
    client = signed_in(cast.claire)
    url = f"{reverse('statistics:share')}?convention={landlord.pk}&periode=2026-10&comparaison=an"
    response = client.post(url, {"seen": before})
    assert response.status_code == 422
    assert "Les chiffres ont changé" in response.content.decode()
    assert not ReportLink.objects.exists()
    done = client.post(url, {"seen": seen(cast.claire, landlord)})
    assert "/bilan-partage/" in done.content.decode()
    assert done["Cache-Control"] == "no-store"


def test_only_a_coordinator_of_the_organisation_shares_or_withdraws(cast, landlord):
    link, _ = shared(cast.claire, landlord)
    for person in (cast.samia, cast.leo, cast.alban):
        with pytest.raises(NotAllowed):
            shared(person, landlord)
        with pytest.raises(NotAllowed):
            services.revoke_link(actor=person.actor, link_id=link.pk)
    with pytest.raises(NotFound):
        services.revoke_link(actor=cast.clara.actor, link_id=link.pk)
    with pytest.raises(NotFound):
        services.share_report(
            actor=cast.clara.actor, convention_id=landlord.pk, period=OCTOBER, comparison=Comparison.AN, seen=""
        )


def test_a_report_survives_its_passage_through_json(cast, landlord):
    report = make_report(scope_of(cast.claire.actor, landlord, OCTOBER, Comparison.AN), landlord)
    link, _ = shared(cast.claire, landlord)
    link.refresh_from_db()
    assert from_json(link.snapshot) == report


def test_withdrawing_from_the_page_closes_the_link(cast, landlord, signed_in):
    link, token = shared(cast.claire, landlord)
    client = signed_in(cast.claire)
    assert client.get(reverse("statistics:revoke", args=[link.pk])).status_code == 405
    assert client.post(reverse("statistics:revoke", args=[link.pk])).status_code == 302
    assert Client().get(address(token)).status_code == 404
    assert signed_in(cast.clara).post(reverse("statistics:revoke", args=[link.pk])).status_code == 404


def test_the_links_of_a_convention_are_filtered_sorted_paged_and_taken_away(cast, landlord, signed_in):
    other = convention(cast.claire)
    kept, token = shared(cast.claire, landlord)
    gone, _ = shared(cast.claire, landlord)
    shared(cast.claire, other)
    services.revoke_link(actor=cast.claire.actor, link_id=gone.pk)
    Client().get(address(token))
    client, url = signed_in(cast.claire), reverse("statistics:links", args=[landlord.pk])

    def listed(**filters):
        return [item["link"].pk for item in client.get(url, filters).context["links"]]

    assert listed() == [gone.pk, kept.pk]
    assert listed(tri="cree") == listed(tri="-ouvertures") == listed(tri="derniere") == [kept.pk, gone.pk]
    assert listed(etat="retire") == [gone.pk]
    assert listed(etat="ouvert", convention=str(other.pk)) == [kept.pk], "the page's convention prevails"
    assert listed(etat="expire") == []
    page = client.get(url).content.decode()
    assert f'name="convention" value="{landlord.pk}"' in page
    export = reverse("documents:export", args=["liens"])
    rows = read_table(io.BytesIO(client.post(export, {"convention": str(landlord.pk), "tri": "cree"}).content)).rows
    assert [(row.cells[6], row.cells[7]) for row in rows] == [("Ouvert", "1"), ("Retiré", "0")]
    assert "Claire" not in str(rows)
    assert signed_in(cast.samia).post(export, {"convention": str(landlord.pk)}).status_code == 403


def test_the_links_take_the_same_queries_at_one_and_three_rows(cast, landlord, signed_in):
    client, url = signed_in(cast.claire), reverse("statistics:links", args=[landlord.pk])
    shared(cast.claire, landlord)
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for _ in range(2):
        shared(cast.claire, landlord)
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(after) == len(before)


@pytest.mark.parametrize("period", ["2026-11", "2026-T4", "2026"])
def test_a_period_that_goes_on_is_not_sent_because_two_links_would_give_a_day_away(cast, landlord, signed_in, period):
    asked = parse(period)
    digest = services.digest_of(make_report(scope_of(cast.claire.actor, landlord, asked, Comparison.AVANT), landlord))
    with pytest.raises(InvalidInput, match="n’est pas finie"):
        shared(cast.claire, landlord, period=asked, comparison=Comparison.AVANT, seen=digest)
    client, codes = signed_in(cast.claire), {"convention": landlord.pk, "periode": period}
    page = client.get(reverse("statistics:report"), codes).content.decode()
    assert "Envoyer le lien" not in page
    assert "son lien se crée à partir du" in page
    assert client.get(reverse("statistics:share"), codes).status_code == 302
    assert (
        "Envoyer le lien"
        in client.get(reverse("statistics:report"), {"convention": landlord.pk, "periode": "2026-10"}).content.decode()
    )
