"""Pages of the team's safety: the 17 first, the truth about what was sent, nothing for those it is not for."""

import re

import pytest
from django.urls import reverse

from entremise.core.ids import uuid7
from entremise.safety import queries, services
from entremise.safety.models import Alert, OnCallRung, PresenceTimer

pytestmark = pytest.mark.django_db


def html(answer) -> str:
    return answer.content.decode()


def test_the_17_stands_before_the_alert_on_the_page_and_on_the_phone(cast, chain, signed_in):
    page = html(signed_in(cast.samia).get(reverse("interventions:numbers")))
    assert 0 < page.index('href="tel:17"') < page.index("Alerter l’équipe")
    phone = html(signed_in(cast.samia).get(reverse("notebook:shell")))
    section = phone[phone.index('id="modele-urgence"') :]
    assert section.index('href="tel:17"') < section.index('data-ici="equipe"')
    assert 'href="tel:0600000001"' in phone


def test_the_phone_s_shell_names_nobody_of_the_chain(cast, chain, signed_in):
    phone = html(signed_in(cast.samia).get(reverse("notebook:shell")))
    assert "Claire" not in phone


def test_an_alert_from_the_desk_is_one_even_when_sent_twice(cast, ground, signed_in):
    client, pk = signed_in(cast.samia), uuid7()
    for _ in range(2):
        answer = client.post(reverse("safety:give"), {"pk": pk, "site_id": ground.hall.pk, "team_id": cast.team.pk})
        assert answer.status_code == 302
    assert Alert.objects.get().site_id == ground.hall.pk


def test_a_foreign_place_is_an_error_beside_its_field(cast, ground, signed_in):
    answer = signed_in(cast.samia).post(reverse("safety:give"), {"site_id": ground.foreign_site.pk})
    assert answer.status_code == 422
    assert not Alert.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_banner_says_who_and_where_in_few_queries(cast, ground, signed_in, rows, django_assert_max_num_queries):
    for _ in range(rows):
        services.raise_alert(actor=cast.samia.actor, site_id=ground.hall.pk)
    client = signed_in(cast.paul)
    with django_assert_max_num_queries(13):
        page = html(client.get(reverse("safety:news")))
    assert page.count("Alerte de Samia") == rows
    assert "Hall 4" in page


def test_nothing_new_is_a_204(cast, signed_in):
    services.raise_alert(actor=cast.samia.actor)
    client = signed_in(cast.paul)
    version = re.search(r"version=([\d-]+)", html(client.get(reverse("safety:news"))))[1]
    assert client.get(reverse("safety:news"), {"version": version}).status_code == 204
    services.raise_alert(actor=cast.samia.actor)
    assert client.get(reverse("safety:news"), {"version": version}).status_code == 200


def test_the_first_page_says_it_even_without_scripts(cast, signed_in):
    services.raise_alert(actor=cast.samia.actor)
    page = html(signed_in(cast.paul).get(reverse("presence:today")))
    assert 'hx-trigger="load, every 4s"' in page
    assert "alerte de l’équipe en cours" in page
    assert "Alerte de Samia" in page  # the line of the log
    others = html(signed_in(cast.hugo).get(reverse("presence:today")))
    assert "Alerte de Samia" not in others + html(signed_in(cast.hugo).get(reverse("safety:news")))


def test_answer_and_close_from_the_page(cast, signed_in):
    alert = services.raise_alert(actor=cast.samia.actor)
    client = signed_in(cast.paul)
    client.post(reverse("safety:answer", args=[alert.pk]), {"kind": "charge"})
    assert "Paul s’en occupe" in html(client.get(reverse("safety:alert", args=[alert.pk])))
    refused = client.post(reverse("safety:close", args=[alert.pk]), {})
    assert refused.status_code == 422
    client.post(reverse("safety:close", args=[alert.pk]), {"end": "securite"})
    alert.refresh_from_db()
    assert alert.end == "securite"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    cast, ground, signed_in, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        services.raise_alert(actor=cast.samia.actor, site_id=ground.hall.pk)
    client = signed_in(cast.claire)
    with django_assert_max_num_queries(18):
        page = html(client.get(reverse("safety:alerts"), {"etat": "ouvertes"}))
    assert page.count('data-label="Membre concerné"') == rows
    assert "Aucune alerte" in html(client.get(reverse("safety:alerts"), {"etat": "closes"}))


def test_the_timer_says_what_it_is_not_and_that_it_is_not_armed_yet(cast, signed_in):
    client = signed_in(cast.samia)
    assert "DATI" in html(client.get(reverse("safety:timer")))
    client.post(reverse("safety:timer"), {"minutes": 30, "team_id": cast.team.pk})
    page = html(client.get(reverse("safety:timer")))
    assert "Pas encore armé" in page
    services.watched(PresenceTimer.objects.get().pk)
    assert "Alarme à" in html(client.get(reverse("safety:timer_state")))


def test_both_codes_lead_to_the_same_page(cast, signed_in):
    services.set_codes(actor=cast.samia.actor, end="2580", duress="4711")
    client, pages = signed_in(cast.samia), []
    for code in ("2580", "4711"):
        timer = services.arm_timer(actor=cast.samia.actor, minutes=30)
        answer = client.post(reverse("safety:end", args=[timer.pk]), {"code": code}, follow=True)
        said = re.sub(r'(?:csrfmiddlewaretoken" value|X-CSRFToken": |name="pk" value)="?[^"]+"', "", html(answer))
        pages.append(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}", "", said))
    assert pages[0] == pages[1]
    assert "Minuteur terminé" in pages[0]
    assert Alert.objects.count() == 1


def test_a_wrong_code_is_said_and_the_timer_runs_on(cast, signed_in):
    services.set_codes(actor=cast.samia.actor, end="2580", duress="4711")
    timer = services.arm_timer(actor=cast.samia.actor, minutes=30)
    answer = signed_in(cast.samia).post(reverse("safety:end", args=[timer.pk]), {"code": "9999"})
    assert answer.status_code == 422
    assert "Il court toujours" in html(answer)
    assert queries.current_timer(cast.samia.actor).ended_at is None


def chain_data(**rows) -> dict[str, object]:
    data: dict[str, object] = {"rang-TOTAL_FORMS": 6, "rang-INITIAL_FORMS": 0}
    for row in range(6):
        data |= {f"rang-{row}-member_id": "", f"rang-{row}-label": "", f"rang-{row}-phone": ""}
        data[f"rang-{row}-delay_minutes"] = 5
    return data | rows


def test_the_chain_is_set_by_a_coordinator_and_its_empty_rows_are_no_rungs(cast, signed_in):
    data = chain_data(**{"rang-1-phone": "06 00 00 00 03", "rang-1-label": "Nuit", "rang-1-delay_minutes": 7})
    data["rang-3-member_id"] = str(cast.paul.member.pk)
    assert signed_in(cast.claire).post(reverse("safety:chain"), data).status_code == 302
    rungs = [(one.position, one.phone, one.member_id) for one in OnCallRung.objects.order_by("position")]
    assert rungs == [(1, "06 00 00 00 03", None), (2, "", cast.paul.member.pk)]
    assert "Nuit" in html(signed_in(cast.samia).get(reverse("safety:home")))


@pytest.mark.parametrize("phone", ["n’importe quoi", "06\x00", "📞", "1" * 40])
def test_a_number_that_cannot_be_dialled_is_refused_and_stays_typed(cast, signed_in, phone):
    answer = signed_in(cast.claire).post(reverse("safety:chain"), chain_data(**{"rang-0-phone": phone}))
    assert answer.status_code == 422
    assert not OnCallRung.objects.exists()


@pytest.mark.parametrize("name", ["samia", "dora", "leo"])
def test_others_do_not_set_the_chain(cast, signed_in, name):
    assert signed_in(getattr(cast, name)).get(reverse("safety:chain")).status_code == 403


@pytest.mark.parametrize("name", ["alban", "dora", "leo"])
def test_those_who_do_not_go_out_neither_alert_nor_arm(cast, signed_in, name):
    client = signed_in(getattr(cast, name))
    assert client.post(reverse("safety:give"), {}).status_code == 403
    assert client.get(reverse("safety:timer")).status_code == 403
    assert "Alerter l’équipe" not in html(client.get(reverse("interventions:numbers")))
