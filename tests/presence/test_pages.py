"""Pages: they open for whom they should, keep what was typed, and cost a constant number of queries."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from entremise.accounts.enums import Job
from entremise.core.ids import uuid7
from entremise.core.time import local, now, today
from entremise.presence import queries, services
from entremise.presence.enums import RoundStatus
from entremise.presence.models import Defect, LogEntry, Observation, Round, Stop

pytestmark = pytest.mark.django_db

LISTS = ["presence:rounds", "presence:observations", "presence:defects", "presence:today"]


def _typed(moment):
    return local(moment).strftime("%Y-%m-%dT%H:%M")


def _fill(cast, ground):
    """One more of everything; the round is closed."""
    samia = cast.samia.actor
    outing = services.open_round(actor=samia, team_id=cast.team.pk, sector_id=ground.sector.pk)
    services.arrive_at_site(actor=samia, round_id=outing.pk, site_id=ground.hall.pk)
    services.observe(actor=samia, team_id=cast.team.pk, site_id=ground.square.pk, watch_type="ambiance")
    services.report_defect(actor=samia, team_id=cast.team.pk, site_id=ground.hall.pk, category="eau")
    services.close_round(actor=samia, round_id=outing.pk, handover="Repasser")
    services.note_call(actor=samia, team_id=cast.team.pk, text="Bruit", site_id=ground.hall.pk)


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
    _fill(cast, ground)
    client.get(url)
    with django_assert_max_num_queries(40) as one:
        assert client.get(url).status_code == 200
    _fill(cast, ground)
    _fill(cast, ground)
    with django_assert_max_num_queries(len(one)):
        assert client.get(url).status_code == 200


def test_the_log_page_stays_under_sixteen_queries_frame_included(
    cast, ground, signed_in, django_assert_max_num_queries
):
    _fill(cast, ground)
    client = signed_in(cast.paul)
    with django_assert_max_num_queries(17):
        client.get(reverse("presence:log", args=[cast.team.pk]))


def test_polling_costs_one_query_of_its_own_when_nothing_changed(
    cast, ground, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    _fill(cast, ground)
    client = signed_in(cast.paul)
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    url = re.search(r'id="journal" hx-get="([^"]+)"', page).group(1).replace("&amp;", "&")
    with django_assert_num_queries(1):
        queries.day_version(cast.paul.actor, cast.team.pk, today())
    with django_assert_max_num_queries(5):  # session, account, member, teams, then one
        assert client.get(url).status_code == 204
    services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Nouvelle consigne")
    fresh = client.get(url, headers={"HX-Request": "true"})
    assert fresh.status_code == 200
    assert "Nouvelle consigne" in fresh.content.decode()
    assert "annonce" in fresh["HX-Trigger"]


def test_the_polled_fragment_is_the_part_of_the_page(cast, ground, signed_in):
    _fill(cast, ground)
    client = signed_in(cast.paul)
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    fragment = client.get(reverse("presence:log_changes", args=[cast.team.pk])).content.decode()
    bare = re.compile(r"\s+|value=\"[A-Za-z0-9]{64}\"|hx-get=\"[^\"]+\"")
    assert bare.sub("", fragment) in bare.sub("", page)


@pytest.mark.parametrize("person", ["alban", "dora", "leo"])
def test_other_roles_get_the_first_page_without_the_log_and_nothing_else(cast, ground, signed_in, person):
    _fill(cast, ground)
    client = signed_in(cast.people()[person])
    page = client.get("/")
    assert page.status_code == 200
    assert "Main courante" not in page.content.decode()
    for name in ("rounds", "observations", "defects", "my_round", "log_home", "observe", "report", "instruct", "plan"):
        assert client.get(reverse(f"presence:{name}")).status_code == 403, name


def test_a_stranger_gets_404_everywhere(cast, ground, signed_in):
    _fill(cast, ground)
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
        {"started_at": _typed(end - dt.timedelta(hours=2)), "ended_at": _typed(end), "handover": "Repasser jeudi"},
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


FORMS = {
    "presence:observe": {"watch_type": "ambiance", "reliability": "observe"},
    "presence:report": {"category": "eclairage", "urgency": "normal"},
    "presence:instruct": {},
    "presence:note_call": {"kind": "appel"},
}
TEXTS = {
    "presence:observe": "text",
    "presence:report": "description",
    "presence:instruct": "text",
    "presence:note_call": "text",
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("text", ["Deux 🎺 jeudi", "مرحبا بكم"])
def test_a_form_keeps_any_script(cast, ground, signed_in, name, text):
    client = signed_in(cast.samia)
    assert client.get(reverse(name)).status_code == 200
    data = FORMS[name] | {"team_id": cast.team.pk, "site_id": ground.hall.pk, TEXTS[name]: text}
    assert client.post(reverse(name), data).status_code == 302


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("bad", ["x" * 2_000_000, "avant\x00après"])
def test_a_form_refuses_what_cannot_be_kept_and_shows_it_back(cast, ground, signed_in, name, bad):
    data = FORMS[name] | {"team_id": cast.team.pk, "site_id": ground.hall.pk, TEXTS[name]: bad}
    answer = signed_in(cast.samia).post(reverse(name), data)
    assert answer.status_code == 422
    assert (b"avant" if "\x00" in bad else bad.encode()) in answer.content
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_a_place_of_another_organisation_is_refused_beside_its_field(cast, ground, signed_in, name):
    data = FORMS[name] | {
        "team_id": cast.team.pk,
        "site_id": ground.foreign_site.pk,
        TEXTS[name]: "Ce que j’ai écrit",
    }
    answer = signed_in(cast.samia).post(reverse(name), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choisissez dans la liste" in page
    assert "Ce que j’ai écrit" in page
    assert "Quai" not in page


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "data", [{}, {"team_id": "x", "site_id": "x", "watch_type": "x", "kind": "x", "round_id": "x"}]
)
def test_missing_or_unreadable_answers_are_said(cast, ground, signed_in, name, data):
    answer = signed_in(cast.samia).post(reverse(name), data | {"csrf": "1"})
    assert answer.status_code == 422
    assert "à corriger" in answer.content.decode().lower()


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-11-23T21:00", "2026-11-23T18:00"),
        ("2026-11-23T21:00", "2099-01-01T18:00"),
        ("0001-01-01T00:00", "2026-11-23T18:00"),
        ("hier", "demain"),
        ("", ""),
        ("99999-01-01T00:00", "2026-11-23T18:00"),
    ],
)
def test_impossible_hours_are_kept_as_typed(cast, ground, out, signed_in, begin, end):
    data = {"started_at": begin, "ended_at": end, "handover": "À ne pas perdre"}
    answer = signed_in(cast.samia).post(reverse("presence:close_round", args=[out.pk]), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "À ne pas perdre" in page
    assert begin in page
    out.refresh_from_db()
    assert out.is_open


def test_planning_keeps_what_was_typed_and_then_plans(cast, ground, signed_in):
    client = signed_in(cast.claire)
    url = reverse("presence:plan")
    assert client.get(url).status_code == 200
    start = now() + dt.timedelta(days=1)
    data = {
        "team_id": cast.team.pk,
        "kind": "abords_ecole",
        "sector_id": ground.sector.pk,
        "planned_start": _typed(start),
        "planned_end": _typed(start - dt.timedelta(hours=1)),
        "member_ids": [str(cast.samia.member.pk)],
    }
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "La fin vient avant le début" in refused.content.decode()
    assert client.post(url, data | {"planned_end": ""}).status_code == 302
    planned = Round.objects.get()
    page = client.get(reverse("presence:round_detail", args=[planned.pk])).content.decode()
    assert "Annuler cette présence" in page
    client.post(reverse("presence:cancel", args=[planned.pk]))
    planned.refresh_from_db()
    assert planned.status == RoundStatus.ANNULEE
    assert "Annulée" in client.get(reverse("presence:round_detail", args=[planned.pk])).content.decode()


def test_a_planned_round_is_opened_from_the_phone(cast, ground, signed_in):
    planned = services.plan_round(actor=cast.claire.actor, team_id=cast.team.pk, kind="permanence", planned_start=now())
    client = signed_in(cast.samia)
    assert "Prévues aujourd’hui" in client.get(reverse("presence:my_round")).content.decode()
    assert client.post(reverse("presence:open_planned", args=[planned.pk])).url.endswith(f"{planned.pk}/")
    assert client.post(reverse("presence:cancel", args=[planned.pk]), follow=True).status_code == 200


def test_a_late_opening_keeps_its_real_start(cast, ground, signed_in):
    client = signed_in(cast.samia)
    start = now() - dt.timedelta(hours=1)
    data = {"team_id": cast.team.pk, "kind": "ligne", "started_at": _typed(start)}
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


def test_forms_started_from_a_round_know_the_place_and_come_back(cast, ground, out, stop, signed_in):
    client = signed_in(cast.samia)
    services.report_defect(actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="ascenseur")
    url = f"{reverse('presence:report')}?round={out.pk}"
    page = client.get(url).content.decode()
    assert f'value="{ground.hall.pk}" selected' in page
    assert "Déjà signalé ici" in page
    data = {"round_id": out.pk, "team_id": cast.team.pk, "site_id": ground.hall.pk, "category": "eau"}
    back = client.post(url, data | {"urgency": "normal"})
    assert back.url == reverse("presence:round", args=[out.pk])
    assert Defect.objects.get(category="eau").round == out
    for strange in (uuid7(), "x"):
        assert client.get(f"{reverse('presence:observe')}?round={strange}&site={strange}").status_code == 200
    stranger = data | {"urgency": "normal", "round_id": uuid7()}
    assert client.post(reverse("presence:report"), stranger).status_code == 404


def test_an_occupied_place_is_refused_with_a_way_out(cast, ground, signed_in):
    client = signed_in(cast.samia)
    data = {"team_id": cast.team.pk, "site_id": ground.hall.pk, "category": "squat", "urgency": "normal"}
    page = client.post(reverse("presence:report"), data)
    assert page.status_code == 422
    assert "observation de veille sociale" in page.content.decode()
    assert client.post(reverse("presence:report"), data | {"empty_confirmed": "on"}).status_code == 302


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


def test_an_instruction_is_marked_as_read_by_name(cast, ground, signed_in):
    entry = services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Repasser jeudi")
    client = signed_in(cast.paul)
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    assert 'aria-label="Marquer comme lue' in page
    assert "consigne à lire" in client.get("/").content.decode()
    url = reverse("presence:acknowledge", args=[entry.pk])
    line = client.post(url, headers={"HX-Request": "true"}).content.decode()
    assert "Lue par Paul" in line
    assert "#ligne-" in client.post(url).url
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    assert 'aria-label="Marquer comme lue' not in page
    assert client.post(reverse("presence:withdraw", args=[entry.pk])).status_code == 403
    author = signed_in(cast.samia)
    assert "Retirer de la main courante" in author.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    assert author.post(reverse("presence:withdraw", args=[entry.pk])).status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        "?jour=2026-13-45&type=inconnu",
        "?jour=0001-01-01",
        "?jour=9999-12-31",
        "?type=consigne",
        "?jour=<script>",
    ],
)
def test_any_day_and_any_chip_of_the_log_opens(cast, ground, signed_in, query):
    _fill(cast, ground)
    client = signed_in(cast.paul)
    assert client.get(reverse("presence:log", args=[cast.team.pk]) + query).status_code == 200
    assert client.get("/" + query).status_code == 200
    assert client.get(reverse("presence:all_changes") + query).status_code == 200


def test_filters_keep_codes_and_say_what_cannot_be_read(cast, ground, signed_in):
    _fill(cast, ground)
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


@pytest.mark.skipif("__import__('django.db').db.connection.vendor != 'sqlite'", reason="words of SQLite's planner")
def test_a_day_of_the_log_is_read_through_an_index_and_not_by_walking_the_table(cast):
    start = now()
    lines = LogEntry.objects.visible_to(cast.paul.actor).filter(
        team_id=cast.team.pk, occurred_at__gte=start, occurred_at__lt=start + dt.timedelta(days=1)
    )
    for rows in (lines.order_by("-occurred_at", "-id"), queries.instructions_to_read(cast.paul.actor)):
        plan = rows.explain()
        assert "USING INDEX presence_log_" in plan
        assert "SCAN presence_logentry" not in plan


def test_the_log_opens_on_the_team_where_something_happened_last(cast, ground, signed_in):
    client = signed_in(cast.claire)
    assert client.get(reverse("presence:log_home")).url == reverse("presence:log", args=[cast.team.pk])
    services.leave_instruction(actor=cast.hugo.actor, team_id=cast.other_team.pk, text="Repasser jeudi.")
    assert client.get(reverse("presence:log_home")).url == reverse("presence:log", args=[cast.other_team.pk])
    with time_machine.travel(now() + dt.timedelta(minutes=5)):
        services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Repasser vendredi.")
        assert client.get(reverse("presence:log_home")).url == reverse("presence:log", args=[cast.team.pk])


def test_old_instructions_are_folded_so_that_the_day_stays_in_sight(cast, ground, signed_in):
    for days in (9, 5, 1):
        with time_machine.travel(now() - dt.timedelta(days=days)):
            services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text=f"Il y a {days} jours.")
    page = signed_in(cast.paul).get(reverse("presence:log", args=[cast.team.pk]))
    assert [line.entry.text for line in page.context["recent"]] == ["Il y a 1 jours."]
    assert [line.entry.text for line in page.context["older"]] == ["Il y a 5 jours.", "Il y a 9 jours."]
    assert "Consignes plus anciennes, à lire : 2" in page.content.decode()
    services.acknowledge(actor=cast.paul.actor, entry_id=page.context["older"][0].entry.pk)
    again = signed_in(cast.paul).get(reverse("presence:log", args=[cast.team.pk]))
    assert len(again.context["older"]) == 1


def test_a_round_still_open_does_not_say_that_there_is_nothing_to_pass_on(cast, ground, out, signed_in):
    url = reverse("presence:round_detail", args=[out.pk])
    assert "Rien à transmettre" not in signed_in(cast.samia).get(url).content.decode()
    services.close_round(actor=cast.samia.actor, round_id=out.pk)
    assert "Rien à transmettre" in signed_in(cast.samia).get(url).content.decode()
