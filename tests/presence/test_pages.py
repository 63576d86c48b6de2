"""Pages: they open for whom they should, keep what was typed, and cost a constant number of queries."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from entremise.accounts.enums import Job
from entremise.core.time import now, today
from entremise.presence import queries, services
from entremise.presence.models import Defect, LogEntry, Observation, Round, Stop
from tests.presence.build import fill, typed

pytestmark = pytest.mark.django_db

LISTS = ["presence:rounds", "presence:observations", "presence:defects", "presence:today"]


@pytest.mark.parametrize(
    ("job", "kind"),
    [
        (Job.ESPACES_PUBLICS, "tournee"),
        (Job.MILIEU_SCOLAIRE, "abords_ecole"),
        (Job.TRANSPORTS, "ligne"),
        (Job.POINTS_ACCUEIL, "permanence"),
    ],
)
def test_the_kind_of_presence_starts_from_the_job_of_the_team(cast, signed_in, job, kind):
    type(cast.team).objects.filter(pk=cast.team.pk).update(job=job)
    form = signed_in(cast.samia).get(reverse("presence:my_round")).context["form"]
    assert form["kind"].value() == kind


@pytest.mark.parametrize("name", [*LISTS, "presence:log"])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    cast, ground, signed_in, name, django_assert_max_num_queries
):
    client = signed_in(cast.paul)
    url = reverse(name, args=[cast.team.pk] if name == "presence:log" else [])
    fill(cast, ground)
    client.get(url)
    with django_assert_max_num_queries(40) as one:
        assert client.get(url).status_code == 200
    fill(cast, ground)
    fill(cast, ground)
    with django_assert_max_num_queries(len(one)):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("person", ["alban", "dora", "leo"])
def test_other_roles_get_the_first_page_without_the_log_and_nothing_else(cast, ground, signed_in, person):
    fill(cast, ground)
    client = signed_in(cast.people()[person])
    page = client.get("/")
    assert page.status_code == 200
    assert "Main courante" not in page.content.decode()
    for name in ("rounds", "observations", "defects", "my_round", "log_home", "observe", "report", "instruct", "plan"):
        assert client.get(reverse(f"presence:{name}")).status_code == 403, name


def test_a_stranger_gets_404_everywhere(cast, ground, signed_in):
    fill(cast, ground)
    outing, stop = Round.objects.first(), Stop.objects.first()
    defect, seen, line = Defect.objects.first(), Observation.objects.first(), LogEntry.objects.first()
    client = signed_in(cast.clara)
    for name, args in [
        ("round", [outing.pk]),
        ("round_detail", [outing.pk]),
        ("close_round", [outing.pk]),
        ("merge", [outing.pk, outing.pk]),
        ("defect", [defect.pk]),
        ("observation", [seen.pk]),
        ("log", [cast.team.pk]),
        ("log_changes", [cast.team.pk]),
    ]:
        assert client.get(reverse(f"presence:{name}", args=args)).status_code == 404, name
    for name, args in [
        ("arrive", [outing.pk]),
        ("join", [outing.pk]),
        ("open_planned", [outing.pk]),
        ("cancel", [outing.pk]),
        ("tally", [stop.pk]),
        ("atmosphere", [stop.pk]),
        ("reception", [stop.pk]),
        ("advance", [defect.pk]),
        ("advance_row", [defect.pk]),
        ("notify", [defect.pk]),
        ("acknowledge", [line.pk]),
        ("withdraw", [line.pk]),
    ]:
        data = {"site_id": str(ground.foreign_site.pk), "status": "accuse", "step": "1"}
        assert client.post(reverse(f"presence:{name}", args=args), data).status_code == 404, name


def test_a_round_from_opening_to_hand_over_without_javascript(cast, ground, signed_in):
    client = signed_in(cast.samia)
    assert client.get(reverse("presence:my_round")).status_code == 200
    opened = client.post(
        reverse("presence:my_round"),
        {
            "team_id": cast.team.pk,
            "kind": "tournee",
            "sector_id": ground.sector.pk,
            "member_ids": [str(cast.paul.member.pk)],
        },
    )
    outing = Round.objects.get()
    assert opened.url == reverse("presence:round", args=[outing.pk])
    assert client.get(reverse("presence:my_round")).url == opened.url
    client.post(reverse("presence:arrive", args=[outing.pk]), {"site_id": ground.hall.pk})
    stop = Stop.objects.get()
    page = client.get(opened.url).content.decode()
    for words in ("Hall 4, allée des Lilas", "avec Paul", "Place des Marronniers", "J’y suis", "RAS, calme"):
        assert words in page
    for _ in range(2):
        assert (
            client.post(
                reverse("presence:tally", args=[stop.pk]), {"step": "1", "token": "t", "band": "non_communique"}
            ).url
            == opened.url
        )
    client.post(reverse("presence:atmosphere", args=[stop.pk]), {"atmosphere": "ras"})
    client.post(reverse("presence:reception", args=[stop.pk]), {"reception": "accepte"})
    stop.refresh_from_db()
    assert (queries.contacts_of([stop.pk])[stop.pk].total, stop.atmosphere, stop.reception) == (1, "ras", "accepte")
    close = reverse("presence:close_round", args=[outing.pk])
    assert client.get(close).status_code == 200
    end = now()
    done = client.post(
        close,
        {"started_at": typed(end - dt.timedelta(hours=2)), "ended_at": typed(end), "handover": "Repasser jeudi"},
    )
    assert done.url == reverse("presence:round_detail", args=[outing.pk])
    page = client.get(done.url).content.decode()
    assert "Repasser jeudi" in page
    assert client.get(opened.url).url == done.url
    assert "Repasser jeudi" in signed_in(cast.paul).get(reverse("presence:log", args=[cast.team.pk])).content.decode()


def test_a_tap_answers_with_the_count_alone(cast, ground, out, stop, signed_in):
    client = signed_in(cast.samia)
    url = reverse("presence:tally", args=[stop.pk])
    htmx = {"HX-Request": "true"}
    answer = client.post(url, {"step": "1", "token": "a", "band": "douze_dix_huit"}, headers=htmx)
    text = answer.content.decode()
    assert "<output>1</output>" in text
    assert 'id="tranche-douze_dix_huit"' in text
    assert "<html" not in text
    refused = client.post(url, {"step": "9", "token": "b"}, headers=htmx)
    assert refused.status_code == 422
    assert "+1 ou −1" in refused.content.decode()
    plain = client.post(url, {"step": "9"}, follow=True).content.decode()
    assert "+1 ou −1" in plain


def test_atmosphere_is_saved_at_a_tap_and_taken_back_at_another(cast, ground, out, stop, signed_in):
    client = signed_in(cast.samia)
    url = reverse("presence:atmosphere", args=[stop.pk])
    text = client.post(url, {"atmosphere": "tendu"}, headers={"HX-Request": "true"}).content.decode()
    assert re.search(r'id="ambiance-tendu"[^>]*value=""[^>]*aria-pressed="true"', text)
    client.post(url, {"atmosphere": ""}, headers={"HX-Request": "true"})
    assert Stop.objects.get().atmosphere == ""
    assert client.post(url, {"atmosphere": "ghetto"}, headers={"HX-Request": "true"}).status_code == 422


def test_the_last_passage_and_the_instruction_stand_beside_the_next_place(cast, ground, signed_in):
    with time_machine.travel(now() - dt.timedelta(days=2), tick=True):
        before = services.open_round(actor=cast.paul.actor, team_id=cast.team.pk)
        stop = services.arrive_at_site(actor=cast.paul.actor, round_id=before.pk, site_id=ground.station.pk)
        services.set_atmosphere(actor=cast.paul.actor, stop_id=stop.pk, atmosphere="tendu")
        services.close_round(actor=cast.paul.actor, round_id=before.pk)
    services.leave_instruction(
        actor=cast.paul.actor, team_id=cast.team.pk, text="repasser, bruit jeudi", site_id=ground.square.pk
    )
    outing = services.open_round(actor=cast.samia.actor, team_id=cast.team.pk, sector_id=ground.sector.pk)
    page = signed_in(cast.samia).get(reverse("presence:round", args=[outing.pk])).content.decode()
    assert re.search(r"Dernier passage : \w+di, tendu", page) or "Dernier passage : dimanche, tendu" in page
    assert "Consigne de Paul : <bdi>repasser, bruit jeudi</bdi>" in page


def test_a_planned_round_is_opened_from_the_phone(cast, ground, signed_in):
    planned = services.plan_round(actor=cast.claire.actor, team_id=cast.team.pk, kind="permanence", planned_start=now())
    client = signed_in(cast.samia)
    assert "Prévues aujourd’hui" in client.get(reverse("presence:my_round")).content.decode()
    assert client.post(reverse("presence:open_planned", args=[planned.pk])).url.endswith(f"{planned.pk}/")
    assert client.post(reverse("presence:cancel", args=[planned.pk]), follow=True).status_code == 200


def test_a_late_opening_keeps_its_real_start(cast, ground, signed_in):
    client = signed_in(cast.samia)
    start = now() - dt.timedelta(hours=1)
    data = {"team_id": cast.team.pk, "kind": "ligne", "started_at": typed(start)}
    assert client.get(reverse("presence:open_late")).status_code == 200
    assert client.post(reverse("presence:open_late"), data).status_code == 302
    assert abs(Round.objects.get().started_at - start) < dt.timedelta(minutes=1)
    again = client.post(reverse("presence:open_late"), data)
    assert again.status_code == 422
    assert "déjà en tournée" in again.content.decode()


def test_a_forgotten_round_asks_for_its_end_and_another_can_be_opened(cast, ground, out, signed_in):
    with time_machine.travel(now() + dt.timedelta(hours=15), tick=True):
        client = signed_in(cast.samia)
        page = client.get(reverse("presence:my_round")).content.decode()
        assert "Une tournée est restée ouverte" in page
        assert "tournée restée ouverte" in client.get("/").content.decode()
        assert "Tournée restée ouverte" in client.get(reverse("presence:round", args=[out.pk])).content.decode()
        close = client.get(reverse("presence:close_round", args=[out.pk])).content.decode()
        assert not re.search(r'name="ended_at" value=', close), "a forgotten end is asked, not guessed"
        out.refresh_from_db()
        assert out.is_open


def test_two_rounds_are_compared_side_by_side_then_merged(cast, ground, out, signed_in):
    other = services.open_round(actor=cast.claire.actor, team_id=cast.team.pk, sector_id=ground.sector.pk)
    client = signed_in(cast.samia)
    url = reverse("presence:merge", args=[out.pk, other.pk])
    assert url in client.get(reverse("presence:round", args=[out.pk])).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"keep": str(out.pk)}).status_code == 422
    data = {"keep": str(out.pk), "contacts": "add", "hours": "widest"}
    assert client.post(url, data).url == reverse("presence:round_detail", args=[out.pk])
    other.refresh_from_db()
    assert other.merged_into == out
    assert "gardée" in client.get(reverse("presence:round_detail", args=[other.pk])).content.decode()
    assert client.post(url, data).status_code == 422


def test_a_colleague_joins_from_the_page(cast, ground, out, signed_in):
    client = signed_in(cast.claire)
    assert "Vous ne faites pas partie" in client.get(reverse("presence:round", args=[out.pk])).content.decode()
    client.post(reverse("presence:join", args=[out.pk]))
    assert "avec" in client.get(reverse("presence:round", args=[out.pk])).content.decode()


def test_a_defect_is_advanced_in_place_and_with_a_full_page(cast, ground, signed_in):
    defect = services.report_defect(
        actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eau", description="Sous l’évier"
    )
    client, htmx = signed_in(cast.paul), {"HX-Request": "true"}
    sheet = reverse("presence:defect", args=[defect.pk])
    page = client.get(sheet).content.decode()
    assert "Aucun gestionnaire connu pour ce lieu" in page
    assert "Sous l’évier" in page
    part = client.post(reverse("presence:advance", args=[defect.pk]), {"status": "accuse"}, headers=htmx)
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    refused = client.post(reverse("presence:advance", args=[defect.pk]), {"status": "signale", "note": "mot gardé"})
    assert refused.status_code == 422
    assert "mot gardé" in refused.content.decode()
    row = client.post(reverse("presence:advance_row", args=[defect.pk]), {"status": "resolu"}, headers=htmx)
    assert "Résolu (constaté)" in row.content.decode()
    late = client.post(reverse("presence:advance_row", args=[defect.pk]), {"status": "accuse"}, headers=htmx)
    assert late.status_code == 422
    assert "clos" in late.content.decode()
    plain = client.post(reverse("presence:advance_row", args=[defect.pk]), {"status": "accuse"}, follow=True)
    assert "clos" in plain.content.decode()
    assert client.get(sheet).status_code == 200
    told = client.post(reverse("presence:notify", args=[defect.pk]), follow=True).content.decode()
    assert "aucun message ne part" in told


def test_an_observation_opens_its_text_on_its_sheet_alone(cast, ground, signed_in):
    seen = services.observe(
        actor=cast.samia.actor,
        team_id=cast.team.pk,
        site_id=ground.square.pk,
        watch_type="isolement",
        text="Une personne ne sort plus",
    )
    client = signed_in(cast.paul)
    for url in ("/", reverse("presence:observations"), reverse("presence:log", args=[cast.team.pk])):
        page = client.get(url).content.decode()
        assert "ne sort plus" not in page
        assert "Isolement" not in re.sub(r"<option.*?</option>", "", page)
    sheet = client.get(reverse("presence:observation", args=[seen.pk])).content.decode()
    assert "ne sort plus" in sheet
    assert "Isolement" in sheet


def test_filters_keep_codes_and_say_what_cannot_be_read(cast, ground, signed_in):
    fill(cast, ground)
    client = signed_in(cast.paul)
    day = today().isoformat()
    expected = {
        f"rounds?nature=tournee&etat=terminee&secteur={ground.sector.pk}&equipe={cast.team.pk}&du={day}&au={day}": True,
        "rounds?nature=ligne": False,
        f"observations?type=ambiance&fiabilite=observe&secteur={ground.sector.pk}&du={day}": True,
        "observations?type=rumeur": False,
        f"defects?categorie=eau&etat=ouverts&urgence=normal&lieu={ground.hall.pk}&secteur={ground.sector.pk}": True,
        "defects?etat=resolu": False,
        "defects?etat=n%27importe&lieu=x&du=x": True,
        f"defects?du={day}&au=2020-01-01": True,
        "defects?tri=-delai": True,
        "rounds?du=0001-01-01&au=9999-12-31": True,
    }
    for address, has_rows in expected.items():
        name, _, query = address.partition("?")
        answer = client.get(f"{reverse(f'presence:{name}')}?{query}")
        assert answer.status_code == 200, address
        assert ('<table class="rows">' in answer.content.decode()) is has_rows, address


def test_someone_without_team_is_not_lost(cast, signed_in):
    cast.samia.member.teams.clear()
    client = signed_in(cast.samia)
    assert client.get("/").status_code == 200
    assert client.get(reverse("presence:my_round")).status_code == 403


def test_what_is_asked_with_get_changes_nothing(cast, ground, out, stop, signed_in):
    client = signed_in(cast.samia)
    for name, key in [("arrive", out.pk), ("join", out.pk), ("tally", stop.pk), ("open_planned", out.pk)]:
        assert client.get(reverse(f"presence:{name}", args=[key])).status_code == 405


def test_a_round_still_open_does_not_say_that_there_is_nothing_to_pass_on(cast, ground, out, signed_in):
    url = reverse("presence:round_detail", args=[out.pk])
    assert "Rien à transmettre" not in signed_in(cast.samia).get(url).content.decode()
    services.close_round(actor=cast.samia.actor, round_id=out.pk)
    assert "Rien à transmettre" in signed_in(cast.samia).get(url).content.decode()
