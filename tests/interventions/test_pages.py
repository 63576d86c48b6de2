"""The pages of an act: three answers on a phone, nothing typed is lost, strangers see nothing."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from entremise.accounts.services import allow_sensitive
from entremise.core.ids import uuid7
from entremise.interventions.models import Intervention
from entremise.interventions.queries import content_of
from entremise.interventions.services import (
    lock_intervention,
    open_thread,
    record_intervention,
    request_correction,
    validate_intervention,
)
from entremise.places.services import close_site
from entremise.presence.services import arrive_at_site, open_round
from tests.interventions.build import act as row
from tests.interventions.build import at, site
from tests.interventions.commands import CONFLICT, record_command

pytestmark = pytest.mark.django_db
RECORD = reverse("interventions:record")


def _answers(cast, hall, **values):
    found = {
        "id": str(uuid7()),
        "team_id": str(cast.team.pk),
        "site_id": str(hall.pk),
        "occurred_at": "2026-11-20T19:42",
        "registers": ["presence_active"],
        "outcome": "info_donnee",
        "visibility": "equipe",
    }
    return {**found, **values}


def _noted(cast, hall, **values):
    return record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, **values))


def test_the_page_opens_with_the_place_of_the_round_and_the_colleague(cast, hall, signed_in):
    round_ = open_round(actor=cast.samia.actor, team_id=cast.team.pk, member_ids=[cast.paul.member.pk])
    arrive_at_site(actor=cast.samia.actor, round_id=round_.pk, site_id=hall.pk)
    page = signed_in(cast.samia).get(RECORD).content.decode()
    assert "Hall 12 · 19:50 · avec Paul" in page
    assert str(round_.pk) in page


def test_three_answers_are_saved_and_the_next_gesture_is_offered(cast, hall, signed_in):
    answer = signed_in(cast.samia).post(RECORD, _answers(cast, hall), follow=True)
    act = Intervention.objects.get()
    assert answer.redirect_chain == [(reverse("interventions:recorded", args=[act.pk]), 302)]
    assert "Enregistrée à 19:50" in answer.content.decode()
    assert (act.occurred_at, act.author_id) == (at(), cast.samia.member.pk)


def test_sending_the_page_twice_keeps_one_act_and_another_content_is_said(cast, hall, signed_in):
    client, answers = signed_in(cast.samia), _answers(cast, hall)
    client.post(RECORD, answers)
    assert client.post(RECORD, answers).status_code == 302
    changed = client.post(RECORD, answers | {"outcome": "refus"})
    assert changed.status_code == 422
    assert "déjà enregistrée" in changed.content.decode()
    assert Intervention.objects.count() == 1


def test_a_conflict_is_described_and_the_whole_of_it_is_kept(cast, hall, signed_in):
    answers = _answers(
        cast,
        hall,
        registers=["conflit_temps_reel"],
        outcome="apaise",
        tension_before="3",
        tension_after="1",
        conflict_objects=["bruit", "jeux"],
        party_a="une voisine",
        link="repris",
        duration_choice="30",
        people_count="4",
        **{"ages-douze_dix_huit": "3", "ages-estimated": "on"},
    )
    assert signed_in(cast.samia).post(RECORD, answers).status_code == 302
    content = content_of(Intervention.objects.get())
    assert (content.tension_before, content.tension_after, content.conflict_objects) == (3, 1, ("bruit", "jeux"))
    assert (content.duration_minutes, content.people_count, content.link) == (30, 4, "repris")
    assert [(band.code, band.count, band.estimated) for band in content.ages] == [("douze_dix_huit", 3, True)]


def test_a_duration_typed_prevails_over_a_duration_tapped(cast, hall, signed_in):
    answers = _answers(cast, hall, duration_choice="30", duration_minutes="50")
    signed_in(cast.samia).post(RECORD, answers)
    assert Intervention.objects.get().duration_minutes == 50


def test_what_a_hidden_block_held_is_not_sent(cast, hall, signed_in):
    answers = _answers(cast, hall, tension_before="5", party_a="une voisine", conflict_objects=["bruit"])
    assert signed_in(cast.samia).post(RECORD, answers).status_code == 302
    assert content_of(Intervention.objects.get()).party_a == ""


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("site_id", "", "Choisissez le lieu"),
        ("site_id", "pas-un-lieu", "Choisissez un lieu de la liste"),
        ("outcome", "", "Choisissez le résultat"),
        ("registers", [], "Dites ce qui s’est passé"),
        ("occurred_at", "hier soir", "ne se lit pas"),
        ("occurred_at", "2031-01-01T10:00", "dans le futur"),
        ("duration_minutes", "-4", "entre 1 minute et 24 heures"),
        ("duration_minutes", "longtemps", "nombres entiers"),
        ("people_count", "99999999999999999999", "entre 0 et"),
        ("people_count", "-1", "entre 0 et"),
        ("ages-douze_dix_huit", "trois", "nombres entiers"),
        ("ages-douze_dix_huit", "9", "dépasse le nombre de personnes"),
        ("narrative", "א" * 501, "500 au plus"),
        ("narrative", "x" * 2_000_000, "2\u202f000\u202f000 caractères"),
        ("visibility", "voisins", "Choisissez"),
    ],
)
def test_a_refusal_says_why_beside_the_field_and_keeps_every_word(cast, hall, signed_in, name, value, words):
    kept = {"narrative": "Deux voisins \U0001f642, son baissé. שלום", "people_count": "5"}
    answer = signed_in(cast.samia).post(RECORD, _answers(cast, hall, **{**kept, name: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not Intervention.objects.exists()
    for key, typed in {**kept, name: value}.items():
        if typed and key not in ("site_id", "registers", "outcome", "visibility"):
            assert typed in page, key


def test_signs_that_direct_the_eye_are_removed_and_the_words_are_kept(cast, hall, signed_in):
    signed_in(cast.samia).post(RECORD, _answers(cast, hall, narrative="Calme\x00 revenu 👍 مرحبا"))
    assert Intervention.objects.get().narrative == "Calme revenu 👍 مرحبا"


def test_a_place_of_another_organisation_is_not_in_the_list(cast, hall, signed_in):
    foreign = site(cast.clara, "Quai secret")
    client = signed_in(cast.samia)
    answer = client.post(RECORD, _answers(cast, hall, site_id=str(foreign.pk)))
    assert answer.status_code == 422
    assert "Quai secret" not in client.get(RECORD).content.decode() + answer.content.decode()


def test_what_is_not_recorded_is_said_at_once_and_kept_nowhere(cast, hall, signed_in):
    client = signed_in(cast.samia)
    answer = client.post(RECORD, _answers(cast, hall, dangers=["suicide"]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Non enregistré" in page
    assert "Idées suicidaires" in page
    assert 'href="tel:15"' in page
    act = Intervention.objects.get()
    for url in (reverse("interventions:recorded", args=[act.pk]), reverse("interventions:detail", args=[act.pk])):
        assert "suicid" not in client.get(url).content.decode().lower()


def test_a_recorded_danger_opens_the_numbers_to_call(cast, hall, signed_in):
    page = signed_in(cast.samia).post(RECORD, _answers(cast, hall, dangers=["arme"]), follow=True).content.decode()
    assert "Arme ou objet dangereux" in page
    assert 'href="tel:17"' in page
    assert "Non enregistré" not in page


def test_an_anonymous_team_is_told_which_words_to_replace_and_keeps_the_text(cast, hall, signed_in):
    answers = _answers(cast, hall, team_id=str(cast.other_team.pk), narrative="Vu avec Mme Durand ce soir")
    answer = signed_in(cast.hugo).post(RECORD, answers)
    assert answer.status_code == 422
    assert "Votre équipe ne garde rien" in answer.content.decode()
    assert "Vu avec Mme Durand ce soir" in answer.content.decode()


def test_the_registers_offered_are_those_of_the_teams_job(cast, hall, signed_in):
    page = signed_in(cast.samia).get(RECORD).content.decode()
    assert 'value="veille_technique"' in page
    assert 'value="veille_technique"' not in signed_in(cast.hugo).get(RECORD).content.decode()


def test_a_member_of_several_teams_says_which_one_acts(cast, hall, signed_in):
    client = signed_in(cast.claire)
    assert "<select" in re.search(r'<label for="id_team_id">.*?</select>', client.get(RECORD).content.decode(), re.S)[0]
    answer = client.post(RECORD, _answers(cast, hall, team_id=str(cast.foreign_team.pk)))
    assert answer.status_code == 422


def test_a_copy_starts_from_what_repeats_itself(cast, hall, signed_in):
    act = _noted(cast, hall, **CONFLICT | {"narrative": "Cris dans la cour.", "duration_minutes": 25})
    page = signed_in(cast.samia).get(RECORD, {"modele": act.pk}).content.decode()
    assert "Cris dans la cour" not in page
    assert re.search(r'value="conflit_temps_reel"[^>]*checked', page)
    assert re.search(r'value="25"', page)
    assert f'value="{act.pk}"' in page


def test_without_any_place_the_page_teaches_the_first_gesture(cast, signed_in):
    assert "Aucun lieu n’est encore connu" in signed_in(cast.samia).get(RECORD).content.decode()


def test_get_writes_nothing(cast, hall, signed_in):
    client = signed_in(cast.samia)
    client.get(RECORD)
    assert not Intervention.objects.exists()


def test_the_author_corrects_and_before_and_after_stay(cast, hall, signed_in):
    act = _noted(cast, hall, narrative="Premier récit")
    client, url = signed_in(cast.samia), reverse("interventions:correct", args=[act.pk])
    assert "Premier récit" in client.get(url).content.decode()
    answers = _answers(cast, hall, narrative="Second récit", base_version="1", dangers=[])
    assert client.post(url, answers).status_code == 302
    page = client.get(reverse("interventions:detail", args=[act.pk])).content.decode()
    assert "Premier récit" in page
    assert "Second récit" in page


@pytest.mark.parametrize("seconds", [0, 37])
def test_sending_the_page_back_as_it_stands_changes_nothing(cast, hall, signed_in, seconds):
    moment = dt.datetime(2026, 11, 20, 18, 42, seconds, tzinfo=dt.UTC)  # 19:42 on the wall
    act = _noted(cast, hall, occurred_at=moment)
    answers = _answers(cast, hall, base_version="1")
    signed_in(cast.samia).post(reverse("interventions:correct", args=[act.pk]), answers)
    act.refresh_from_db()
    assert act.occurred_at == moment
    changed = [json.loads(revision.changes) for revision in act.revisions.all()]
    assert not any("occurred_at" in changes for changes in changed)


def test_a_correction_made_on_an_old_version_shows_that_it_changed_and_keeps_the_words(cast, hall, signed_in):
    act = _noted(cast, hall, second_author_id=cast.paul.member.pk)
    url = reverse("interventions:correct", args=[act.pk])
    signed_in(cast.paul).post(url, _answers(cast, hall, narrative="Version de Paul", base_version="1"))
    answer = signed_in(cast.samia).post(url, _answers(cast, hall, narrative="Version de Samia", base_version="1"))
    assert answer.status_code == 422
    assert "a changé depuis" in answer.content.decode()
    assert "Version de Samia" in answer.content.decode()
    page = answer.content.decode()
    assert re.search(r"<th[^>]*>Récit</th><td[^>]*>Version de Paul</td><td[^>]*>Version de Samia</td>", page)
    assert 'name="base_version" value="2"' in page  # both were read: sending again is possible
    again = _answers(cast, hall, narrative="Version des deux", base_version="2")
    assert signed_in(cast.samia).post(url, again).status_code == 302
    assert "Version de Paul" in act.revisions.get(version=3).changes
    bad = signed_in(cast.samia).post(url, _answers(cast, hall, outcome="", base_version="2"))
    assert bad.status_code == 422
    assert (
        signed_in(cast.samia).post(url, _answers(cast, hall, narrative="a" * 600, base_version="2")).status_code == 422
    )


def test_the_coordinator_reads_the_queue_to_its_end(cast, hall, signed_in):
    first, second = _noted(cast, hall, occurred_at=at(day=18)), _noted(cast, hall, occurred_at=at(day=19))
    client, queue = signed_in(cast.claire), reverse("interventions:review")
    page = client.get(queue).content.decode()
    assert first.reference in page
    answer = client.post(reverse("interventions:validate", args=[first.pk]), {"suite": "file"}, follow=True)
    assert second.reference in answer.content.decode()
    assert "au bout de la file" in client.get(queue, {"apres": str(second.pk)}).content.decode()
    url = reverse("interventions:request_correction", args=[second.pk])
    assert client.post(url, {"text": "", "suite": "file"}).status_code == 422
    answer = client.post(url, {"text": "Précisez l’heure.", "suite": "file"}, follow=True)
    assert "Tout est relu" in answer.content.decode()
    assert (
        "Précisez l’heure."
        in signed_in(cast.samia).get(reverse("interventions:correct", args=[second.pk])).content.decode()
    )


def test_the_coordinator_locks_without_validating(cast, hall, signed_in):
    act = _noted(cast, hall)
    client = signed_in(cast.claire)
    client.post(reverse("interventions:lock", args=[act.pk]))
    assert "Verrouillée" in client.get(reverse("interventions:detail", args=[act.pk])).content.decode()
    assert signed_in(cast.samia).get(reverse("interventions:correct", args=[act.pk])).status_code == 403


def test_a_request_that_is_too_long_keeps_its_words(cast, hall, signed_in):
    act = _noted(cast, hall)
    url = reverse("interventions:request_correction", args=[act.pk])
    answer = signed_in(cast.claire).post(url, {"text": "mot " * 200})
    assert answer.status_code == 422
    assert "mot mot" in answer.content.decode()


def test_an_act_joins_a_thread_with_a_reminder_and_the_next_act_starts_from_it(cast, hall, signed_in):
    act = _noted(cast, hall)
    client, join = signed_in(cast.samia), reverse("interventions:join_thread", args=[act.pk])
    assert client.post(join, {"thread_id": "", "label": "x" * 80}).status_code == 422
    answer = client.post(join, {"thread_id": "", "label": "bruit du bâtiment C"})
    act.refresh_from_db()
    thread_url = reverse("interventions:thread", args=[act.thread_id])
    assert answer.url == thread_url
    remind = reverse("interventions:remind", args=[act.thread_id])
    assert client.post(remind, {"on": "2026-11-19", "note": ""}).status_code == 422
    assert client.post(remind, {"on": "jeudi", "note": ""}).status_code == 422
    client.post(remind, {"on": "2026-11-26", "note": "repasser après 22 h"})
    assert "repasser après 22 h" in client.get(thread_url).content.decode()
    page = client.get(RECORD, {"fil": act.thread_id}).content.decode()
    assert re.search(rf'value="{act.thread_id}" selected', page)
    other = _noted(cast, hall)
    client.post(reverse("interventions:join_thread", args=[other.pk]), {"thread_id": str(act.thread_id)})
    assert other.reference not in client.post(join, {"sortir": "oui"}, follow=True).content.decode()
    client.post(reverse("interventions:close_thread", args=[act.thread_id]))
    assert "Clos le" in client.get(thread_url).content.decode()
    assert "bruit du bâtiment C" not in client.get(reverse("interventions:threads")).content.decode()
    assert "bruit du bâtiment C" in client.get(reverse("interventions:threads"), {"etat": "tous"}).content.decode()


def test_the_list_opens_empty_teaches_and_filters_by_codes(cast, hall, signed_in):
    client, url = signed_in(cast.samia), reverse("interventions:list")
    assert "La première se note en trois réponses" in client.get(url).content.decode()
    calm = _noted(cast, hall)
    conflict = _noted(cast, hall, **CONFLICT | {"narrative": "Secret du récit", "dangers": ("arme",)})
    page = client.get(url).content.decode()
    assert page.count('<tr role="row">') == 3
    assert "Secret du récit" not in page
    for query in ({"registre": "conflit_temps_reel"}, {"conflits": "on"}, {"danger": "on"}, {"resultat": "apaise"}):
        page = client.get(url, query).content.decode()
        assert str(conflict.pk) in page
        assert str(calm.pk) not in page
    nothing = client.get(url, {"periode": "dates", "du": "2026-01-01", "au": "2026-01-31"}).content.decode()
    assert "Aucune intervention avec ces filtres" in nothing
    wrong = client.get(url, {"periode": "dates", "du": "2026-02-01", "au": "2026-01-31", "registre": "x", "lieu": "y"})
    assert "avant le début" in wrong.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(cast, hall, signed_in, django_assert_num_queries, count):
    client = signed_in(cast.samia)
    for _ in range(count):
        row(cast.samia, hall, codes={"L16": ("arme",)})
    with django_assert_num_queries(14):
        client.get(reverse("interventions:list"))


ACT_PAGES = ("detail", "recorded", "correct")
ACT_POSTS = ("validate", "lock", "request_correction", "join_thread")


def test_strangers_and_other_roles_get_404_on_every_page_of_an_act(cast, hall, signed_in):
    act = _noted(cast, hall)
    thread = open_thread(actor=cast.samia.actor, intervention_id=act.pk)
    for person in (cast.ines, cast.clara, cast.hugo, cast.alban, cast.dora, cast.leo):
        client = signed_in(person)
        for name in ACT_PAGES:
            assert client.get(reverse(f"interventions:{name}", args=[act.pk])).status_code == 404, (name, person)
        for name in ACT_POSTS:
            answer = client.post(reverse(f"interventions:{name}", args=[act.pk]), {"text": "x"})
            assert answer.status_code == 404, (name, person)
        assert client.get(reverse("interventions:thread", args=[thread.pk])).status_code == 404
        for name in ("remind", "close_thread"):
            assert client.post(reverse(f"interventions:{name}", args=[thread.pk]), {"on": ""}).status_code == 404
    client = signed_in(cast.ines)
    for query in ({"modele": act.pk}, {"lieu": hall.pk}, {"fil": thread.pk}, {"modele": "abc"}):
        assert client.get(RECORD, query).status_code == 404


def test_roles_without_acts_are_refused_plainly(cast, hall, signed_in):
    for person in (cast.alban, cast.dora, cast.leo):
        client = signed_in(person)
        for name in ("record", "list", "review", "threads"):
            assert client.get(reverse(f"interventions:{name}")).status_code == 403
    assert signed_in(cast.samia).get(reverse("interventions:review")).status_code == 403


def test_nobody_validates_their_own_act(cast, hall, signed_in):
    act = record_intervention(actor=cast.claire.actor, command=record_command(cast.claire, hall, team_id=cast.team.pk))
    client = signed_in(cast.claire)
    assert "Valider" not in client.get(reverse("interventions:detail", args=[act.pk])).content.decode()
    for name in ("validate", "lock"):
        assert client.post(reverse(f"interventions:{name}", args=[act.pk])).status_code == 403


def test_an_act_kept_to_its_authors_is_theirs_alone(cast, hall, signed_in):
    act = _noted(cast, hall, visibility="auteurs", second_author_id=cast.paul.member.pk)
    url = reverse("interventions:detail", args=[act.pk])
    assert signed_in(cast.paul).get(url).status_code == 200
    assert signed_in(cast.claire).get(url).status_code == 404
    assert str(act.pk) not in signed_in(cast.claire).get(reverse("interventions:list")).content.decode()
    assert (
        "Seuls ses auteurs"
        in signed_in(cast.samia).get(reverse("interventions:recorded", args=[act.pk])).content.decode()
    )


def test_a_validated_act_shows_who_validated_it_and_reopens_only_on_request(cast, hall, signed_in):
    act = _noted(cast, hall)
    validate_intervention(actor=cast.claire.actor, intervention_id=act.pk)
    client, url = signed_in(cast.samia), reverse("interventions:correct", args=[act.pk])
    assert "validée par Claire" in client.get(reverse("interventions:detail", args=[act.pk])).content.decode()
    assert client.post(url, _answers(cast, hall, base_version="2")).status_code == 403
    request_correction(actor=cast.claire.actor, intervention_id=act.pk, text="Précisez.")
    assert client.get(url).status_code == 200


def _registers(page):
    return set(re.findall(r'name="registers" value="(\w+)"', page))


def test_a_member_of_several_teams_is_offered_what_the_chosen_team_works_in(cast, hall, signed_in):
    client = signed_in(cast.claire)
    first = client.get(RECORD).content.decode()
    chosen = re.search(r'<option value="([^"]+)" selected>Équipe', first)[1]
    other = {str(cast.team.pk): cast.other_team, str(cast.other_team.pk): cast.team}[chosen]
    asked = _answers(cast, hall, team_id=str(other.pk), narrative="Trois mots tapés", autre_equipe="oui")
    page = client.post(RECORD, asked)
    fragment = client.post(RECORD, asked, headers={"HX-Request": "true"}).content.decode()
    assert page.status_code == 200
    offered = {"veille_technique" in _registers(text) for text in (first, page.content.decode())}
    assert offered == {True, False}  # one team works on what is broken, the other does not
    assert _registers(fragment) == _registers(page.content.decode())
    for text in (page.content.decode(), fragment):
        assert "Trois mots tapés" in text
        assert f'<option value="{other.pk}" selected>' in text
        assert re.search(r'value="presence_active"[^>]*checked', text)
    assert "<html" not in fragment
    assert not Intervention.objects.exists()


def test_a_register_of_the_other_team_is_refused_beside_the_field(cast, hall, signed_in):
    answers = _answers(cast, hall, team_id=str(cast.other_team.pk), registers=["veille_technique"])
    answer = signed_in(cast.claire).post(RECORD, answers)
    assert answer.status_code == 422
    assert "veille_technique" not in _registers(answer.content.decode())


def test_the_round_of_another_team_is_left_when_the_team_is_changed(cast, hall, signed_in):
    round_ = open_round(actor=cast.claire.actor, team_id=cast.team.pk, member_ids=[cast.claire.member.pk])
    client = signed_in(cast.claire)
    moved = _answers(cast, hall, team_id=str(cast.other_team.pk), round_id=str(round_.pk))
    back = _answers(cast, hall, team_id=str(cast.team.pk), autre_equipe="oui")
    assert str(round_.pk) not in client.post(RECORD, moved | {"autre_equipe": "oui"}).content.decode()
    assert str(round_.pk) in client.post(RECORD, back).content.decode()
    assert client.post(RECORD, moved).status_code == 302
    assert Intervention.objects.get().round_id is None


def test_a_sensitive_quality_of_the_public_is_not_offered_but_a_danger_sign_is(cast, hall, signed_in):
    page = signed_in(cast.samia).get(RECORD).content.decode()
    assert 'value="exile"' not in page
    assert 'value="suicide"' in page
    allow_sensitive(actor=cast.dora.actor, reference="L8", code="exile", reason="Étude d’un an sur l’accueil")
    assert 'value="exile"' in signed_in(cast.samia).get(RECORD).content.decode()


def test_a_correction_keeps_the_closed_place_and_the_colleague_who_left(cast, hall, signed_in):
    act = _noted(cast, hall, second_author_id=cast.paul.member.pk)
    cast.paul.member.teams.clear()
    close_site(actor=cast.claire.actor, site_id=hall.pk)
    page = signed_in(cast.samia).get(reverse("interventions:correct", args=[act.pk])).content.decode()
    assert f'<option value="{hall.pk}" selected>' in page
    assert f'<option value="{cast.paul.member.pk}" selected>Paul' in page


@pytest.mark.parametrize(("close", "word"), [(validate_intervention, "validée"), (lock_intervention, "verrouillée")])
def test_a_closed_act_says_why_it_is_not_corrected_and_who_reopens_it(cast, hall, signed_in, close, word):
    act = _noted(cast, hall)
    close(actor=cast.claire.actor, intervention_id=act.pk)
    client, url = signed_in(cast.samia), reverse("interventions:correct", args=[act.pk])
    read = client.get(url)
    sent = client.post(url, _answers(cast, hall, base_version="1", narrative="Trois mots tapés"))
    assert (read.status_code, sent.status_code) == (403, 403)
    assert f"Cette fiche est {word}" in read.content.decode()
    assert "dites-le à Claire" in read.content.decode()
    assert "Trois mots tapés" in sent.content.decode()
    for page in (read, sent):
        assert "pas ouverte à votre rôle" not in page.content.decode()


def test_those_who_did_not_sign_an_act_are_told_how_to_have_it_corrected(cast, hall, signed_in):
    act = _noted(cast, hall)
    url = reverse("interventions:correct", args=[act.pk])
    assert "Demander une correction" in signed_in(cast.claire).get(url).content.decode()
    assert "dites-le à la personne qui l’a signée" in signed_in(cast.paul).get(url).content.decode()


def test_a_member_of_several_teams_starts_from_the_team_of_their_last_act_and_reads_its_name(cast, hall, signed_in):
    client = signed_in(cast.claire)
    for team in (cast.team, cast.other_team):
        command = record_command(cast.claire, hall, team_id=team.pk, occurred_at=at(minute=43))
        record_intervention(actor=cast.claire.actor, command=command)
        Intervention.objects.exclude(pk=command.id).update(occurred_at=at(hour=12))
        page = client.get(RECORD).content.decode()
        assert f'<option value="{team.pk}" selected>' in page
        assert f" · {team.name}</summary>" in page


def test_a_text_too_long_is_said_together_with_the_answers_that_are_missing(cast, signed_in, hall):
    answer = signed_in(cast.samia).post(reverse("interventions:record"), {"narrative": "a" * 600, "id": uuid7()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "il en faut 500 au plus" in page
    assert "Choisissez le résultat." in page
