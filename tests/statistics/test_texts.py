"""The text around the figures: versions, conflicts, and who may write it."""

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from entremise.core.errors import Conflict, InvalidInput, NotAllowed
from entremise.statistics import services
from entremise.statistics.commands import ReportText
from entremise.statistics.models import ReportDraft
from entremise.statistics.periods import parse
from entremise.statistics.queries import get_draft
from tests.statistics.build import at, convention

pytestmark = pytest.mark.django_db
OCTOBER = parse("2026-10")


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(at(day=23, hour=9), tick=True):
        yield


def save(person, found, **values):
    return services.save_text(actor=person.actor, convention_id=found.pk, period=OCTOBER, text=ReportText(**values))


def url(found):
    return f"{reverse('statistics:text')}?convention={found.pk}&periode=2026-10"


def test_each_change_is_a_version_and_the_text_is_sealed(cast):
    found = convention(cast.claire)
    assert save(cast.claire, found, highlights="Un été calme.").version == 1
    assert save(cast.claire, found, highlights="Un été calme, sauf août.", base_version=1).version == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT highlights FROM statistics_reportdraft")
        assert "calme" not in cursor.fetchone()[0]
    assert get_draft(cast.claire.actor, found, OCTOBER).highlights == "Un été calme, sauf août."


def test_two_coordinators_never_erase_each_other(cast, signed_in):
    found = convention(cast.claire)
    save(cast.claire, found, highlights="La première version.")
    with pytest.raises(Conflict):
        save(cast.claire, found, highlights="L’autre.", base_version=0)
    response = signed_in(cast.claire).post(url(found), {"highlights": "L’autre.", "base_version": "0"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "L’autre." in page
    assert "La première version." in page
    assert ReportDraft.objects.get().version == 1
    assert 'name="base_version" value="1"' in page  # both were shown: sending again is possible
    again = signed_in(cast.claire).post(url(found), {"highlights": "Les deux.", "base_version": "1"})
    assert again.status_code == 302
    assert ReportDraft.objects.get().version == 2


def test_the_page_keeps_the_text_and_the_report_shows_it(cast, signed_in):
    found = convention(cast.claire)
    client = signed_in(cast.claire)
    assert client.get(url(found)).status_code == 200
    done = client.post(url(found), {"highlights": "Le square a rouvert.", "base_version": "0"})
    assert done.status_code == 302
    page = client.get(reverse("statistics:report"), {"convention": found.pk, "periode": "2026-10"}).content.decode()
    assert "Le square a rouvert." in page
    assert "version 1, non envoyée" in page


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 8001])
def test_an_unreadable_or_endless_text_is_refused_and_kept(cast, signed_in, typed):
    found = convention(cast.claire)
    with pytest.raises(InvalidInput):
        save(cast.claire, found, situations=typed)
    response = signed_in(cast.claire).post(url(found), {"situations": typed, "highlights": "gardé 🙂"})
    assert response.status_code == 422
    assert "gardé 🙂" in response.content.decode()


def test_only_coordinators_write_and_mediators_do_not_read_it(cast, signed_in):
    found = convention(cast.claire)
    for person in (cast.samia, cast.leo):
        with pytest.raises(NotAllowed):
            save(person, found, highlights="x")
    save(cast.claire, found, highlights="Le square a rouvert.")
    asked = {"convention": found.pk, "periode": "2026-10"}
    assert "rouvert" not in signed_in(cast.samia).get(reverse("statistics:report"), asked).content.decode()
    assert "rouvert" in signed_in(cast.leo).get(reverse("statistics:report"), asked).content.decode()


def test_a_text_without_convention_or_out_of_it_has_no_page(cast, signed_in):
    client = signed_in(cast.claire)
    assert client.get(reverse("statistics:text"), {"convention": ""}).status_code == 404
    assert client.get(reverse("statistics:share"), {"convention": ""}).status_code == 404
    found = convention(cast.claire)
    for page in ("text", "share"):
        out = client.get(reverse(f"statistics:{page}"), {"convention": found.pk, "periode": "2020-01"})
        assert out.status_code == 302
    out = client.get(reverse("statistics:download", args=["pdf"]), {"convention": found.pk, "periode": "2020-01"})
    assert out.status_code == 302
