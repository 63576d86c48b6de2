"""« À purger », its proofs, durations and holds, as each role opens them."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core import waiting
from entremise.core.time import now, today
from entremise.privacy.enums import RunStatus
from entremise.privacy.models import LegalHold, Person, RetentionChoice, RetentionRun
from entremise.privacy.services import retention
from entremise.privacy.services.retention import nightly
from tests.privacy.retention_world import RULE, choose, followed, go, hold

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", ["purge", "purge_runs", "holds"])
def test_the_officer_decides_the_administrator_and_the_auditor_read_the_field_does_not(cast, signed_in, name):
    url = reverse(f"privacy:{name}")
    for reader in ("dora", "alban", "leo"):
        assert signed_in(getattr(cast, reader)).get(url).status_code == 200
    for other in ("samia", "claire", "hugo"):
        assert signed_in(getattr(cast, other)).get(url).status_code == 403


def test_readers_get_no_button_that_decides(cast, signed_in):
    page = text(signed_in(cast.alban).get(reverse("privacy:purge_rule", args=[RULE])))
    assert "passage à blanc" not in page
    assert "Choisir une autre durée" not in page
    for path in (
        reverse("privacy:purge_rehearse", args=[RULE]),
        reverse("privacy:purge_choose", args=[RULE]),
        reverse("privacy:purge_count"),
        reverse("privacy:hold_place"),
    ):
        assert signed_in(cast.leo).post(path).status_code == 403


def test_the_page_shows_counts_and_never_a_name(cast, signed_in):
    followed(cast, 3)
    client = signed_in(cast.dora)
    assert "Pas encore compté" in text(client.get(reverse("privacy:purge")))
    client.post(reverse("privacy:purge_count"))
    page = text(client.get(reverse("privacy:purge")))
    assert "Personnes suivies" in page
    assert "2 ans" in page
    assert '<td class="n" data-label="Échues">3</td>' in page
    assert "Awa" not in page
    assert Person.objects.filter(erased_at=None).count() == 3


def test_the_list_costs_the_same_with_one_rule_counted_or_many(cast, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.dora)
    client.get(reverse("privacy:purge"))
    with django_assert_max_num_queries(12) as before:
        client.get(reverse("privacy:purge"))
    followed(cast, 3)
    go(cast)
    retention.count_all(actor=cast.dora.actor)
    with django_assert_max_num_queries(12) as after:
        client.get(reverse("privacy:purge"))
    assert len(after) == len(before)


def test_a_dry_run_then_a_run_show_the_same_proof(cast, signed_in):
    followed(cast, 2)
    client = signed_in(cast.dora)
    answer = client.post(reverse("privacy:purge_rehearse", args=[RULE]), follow=True)
    dry = RetentionRun.objects.get()
    assert "rien n’a été effacé" in text(answer)
    assert dry.proof in text(answer)
    assert dry.requested_by_id == cast.dora.member.pk
    run = go(cast)
    assert run.proof == dry.proof
    page = text(client.get(reverse("privacy:purge_run", args=[run.pk])))
    assert run.proof in page
    assert "journal scellé" in page


def test_rules_that_do_not_run_are_not_rehearsed(cast, signed_in):
    client = signed_in(cast.dora)
    for code in ("second-facteur", "sessions", "inconnue"):
        assert client.post(reverse("privacy:purge_rehearse", args=[code])).status_code == 404
    assert client.get(reverse("privacy:purge_rule", args=["second-facteur"])).status_code == 200
    assert client.get(reverse("privacy:purge_rule", args=["inconnue"])).status_code == 404


def test_a_suspended_run_is_read_again_then_confirmed(cast, signed_in, monkeypatch):
    monkeypatch.setattr(nightly, "USUAL", 2)
    followed(cast, 3)
    run = go(cast)
    client = signed_in(cast.dora)
    assert "Un passage attend votre accord" in text(client.get(reverse("privacy:purge")))
    assert [item.count for source in waiting.sources() for item in source(cast.dora.actor) if "retention" in item.kind]
    page = text(client.get(reverse("privacy:purge_run", args=[run.pk])))
    assert "3 personnes seraient traitées" in page
    assert "bien plus de fiches que d’habitude" in page
    assert "Confirmer ce passage" not in text(signed_in(cast.leo).get(reverse("privacy:purge_run", args=[run.pk])))
    client.post(reverse("privacy:purge_confirm", args=[run.pk]))
    assert "la nuit prochaine" in text(client.get(reverse("privacy:purge_run", args=[run.pk])))
    assert go(cast).status == RunStatus.FAIT
    again = client.post(reverse("privacy:purge_confirm", args=[run.pk]), follow=True)
    assert "n’attend plus de confirmation" in text(again)


def test_a_shorter_duration_shows_what_it_makes_due_before_it_is_confirmed(cast, signed_in):
    followed(cast, 2, days=400)
    client = signed_in(cast.dora)
    url = reverse("privacy:purge_choose", args=[RULE])
    client.post(url, {"days": "365", "reason": "Décidé au comité."})
    page = text(client.get(reverse("privacy:purge_rule", args=[RULE])))
    assert "365 jours, 2 échues à ce jour : Décidé au comité." in page
    client.post(reverse("privacy:purge_choice_confirm", args=[RULE]))
    assert "Choisie ici" in text(client.get(reverse("privacy:purge")))
    client.post(reverse("privacy:purge_choice_withdraw", args=[RULE]))
    assert not RetentionChoice.objects.filter(withdrawn_at=None).exists()
    assert client.post(reverse("privacy:purge_choice_confirm", args=[RULE])).status_code == 404


@pytest.mark.parametrize(
    ("days", "reason"),
    [("", "ok"), ("dix", "ok"), ("-4", "ok"), ("9" * 40, "ok"), ("3", "ok"), ("800", ""), ("800", "🙂" * 501)],
)
def test_what_cannot_be_kept_stays_typed(cast, signed_in, days, reason):
    answer = signed_in(cast.dora).post(reverse("privacy:purge_choose", args=[RULE]), {"days": days, "reason": reason})
    assert answer.status_code == 422
    assert not reason or reason in text(answer)
    assert not days or f'value="{days}"' in text(answer)


def test_two_megabytes_of_reason_are_refused_without_an_error(cast, signed_in):
    answer = signed_in(cast.dora).post(
        reverse("privacy:purge_choose", args=[RULE]), {"days": "800", "reason": "مرحبا \x00" * 250_000}
    )
    assert answer.status_code in (413, 422)
    assert not RetentionChoice.objects.exists()


def test_a_hold_is_placed_renewed_and_lifted(cast, signed_in):
    (person,) = followed(cast)
    client = signed_in(cast.dora)
    until = today() + dt.timedelta(days=30)
    facts = {"kind": "personne", "reference": person.reference.lower(), "reason": "Plainte.", "until": until}
    client.post(reverse("privacy:hold_place"), facts)
    placed = LegalHold.objects.get()
    assert person.reference in text(client.get(reverse("privacy:holds")))
    assert "Plainte." in text(client.get(reverse("privacy:hold", args=[placed.pk])))
    for reader in ("alban", "leo"):
        assert "Plainte." not in text(signed_in(getattr(cast, reader)).get(reverse("privacy:hold", args=[placed.pk])))
    client.post(reverse("privacy:hold_renew", args=[placed.pk]), {"until": until + dt.timedelta(days=60)})
    placed.refresh_from_db()
    assert placed.renewals == 1
    assert client.post(reverse("privacy:hold_renew", args=[placed.pk]), {"until": "hier"}).status_code == 422
    client.post(reverse("privacy:hold_lift", args=[placed.pk]))
    assert "Levé" in text(client.get(reverse("privacy:hold", args=[placed.pk])))


def test_a_wrong_reference_says_what_to_do_and_keeps_what_was_typed(cast, signed_in):
    facts = {"kind": "personne", "reference": "99-1", "reason": "Plainte.", "until": today() + dt.timedelta(days=9)}
    answer = signed_in(cast.dora).post(reverse("privacy:hold_place"), facts)
    assert answer.status_code == 422
    assert "Aucune fiche de votre organisation" in text(answer)
    assert "Plainte." in text(answer)


def test_the_history_filters_by_rule_and_kind(cast, signed_in):
    followed(cast, 2)
    go(cast, dry=True)
    go(cast)
    client = signed_in(cast.leo)
    url = reverse("privacy:purge_runs")
    assert text(client.get(url)).count("Personnes suivies</td>") == 2
    assert text(client.get(url, {"etat": "blanc"})).count("Personnes suivies</td>") == 1
    assert "Aucun passage avec ces filtres" in text(client.get(url, {"regle": "fils"}))
    assert text(client.get(url, {"regle": "n'importe quoi", "etat": "x"})).count("Personnes suivies</td>") == 2


def test_held_is_shown_and_a_choice_by_a_stranger_is_not(cast, signed_in):
    first, _ = followed(cast, 2)
    hold(cast, first)
    choose(cast, 1000)
    retention.count_all(actor=cast.dora.actor)
    foreign = RetentionRun.objects.create(
        organisation=cast.other_organisation, rule_code=RULE, days=730, limit=now(), status=RunStatus.FAIT
    )
    assert signed_in(cast.dora).get(reverse("privacy:purge_run", args=[foreign.pk])).status_code == 404
