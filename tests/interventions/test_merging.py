"""Near-identical acts: offered for merging, never merged alone; once merged, told and counted once."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.interventions import services
from entremise.interventions.commands import CorrectIntervention, RecordIntervention
from entremise.interventions.holdable import find_act
from entremise.interventions.models import DistinctActs, Intervention, InterventionRevision, MergedAct, ReturnVisit
from entremise.interventions.presets import SAME_SITUATION
from entremise.interventions.queries import alike_of, content_of, figures, history_of, recent_pairs
from entremise.interventions.waiting import waiting_for
from entremise.journal.models import Entry
from entremise.presence.models import LogEntry
from entremise.privacy.models import LegalHold
from tests.interventions.build import at, site

pytestmark = pytest.mark.django_db


def note(person, place, *, minute=42, **changes) -> Intervention:
    facts = {
        "team_id": next(iter(person.actor.team_ids)),
        "site_id": place.pk,
        "registers": ("conflit_temps_reel",),
        "outcome": "apaise",
        "occurred_at": at(minute=minute),
        "narrative": f"Récit de {minute}.",
    } | changes
    return services.record_intervention(actor=person.actor, command=RecordIntervention(id=uuid7(), **facts))


@pytest.fixture
def twins(cast, hall):
    """Samia and Paul, one pair, noted one dispute each."""
    return note(cast.samia, hall, minute=30), note(cast.paul, hall, minute=37, outcome="accord_oral")


def merge(person, keep, absorb):
    return services.merge_acts(
        actor=person.actor, keep_id=keep.pk, absorb_id=absorb.pk, seen=(keep.version, absorb.version)
    )


def offered(person, act):
    return [other.pk for other in alike_of(person.actor, act)]


def test_two_notes_of_one_situation_are_offered_to_their_authors_and_their_coordinator_and_nothing_moves(cast, twins):
    samias, pauls = twins
    for person in (cast.samia, cast.paul, cast.claire):
        assert offered(person, samias) == [pauls.pk]
        assert recent_pairs(person.actor) == [(samias, pauls)]
        (item,) = [one for one in waiting_for(person.actor) if one.kind == "interventions.alike"]
        assert (item.count, item.url) == (1, reverse("interventions:merge", args=[samias.pk, pauls.pk]))
    assert Intervention.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"minute": 30 + SAME_SITUATION.seconds // 60 + 1},
        {"registers": ("veille_sociale",)},
        {"visibility": "encadrement"},
        {"visibility": "auteurs"},
        {"site": "other"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_differs_in_hour_register_readers_or_place_is_not_offered(cast, hall, change):
    samias = note(cast.samia, hall, minute=30)
    where = site(cast.claire, "Hall 9") if change.pop("site", "") else hall
    pauls = note(cast.paul, where, **({"minute": 31} | change))
    assert (offered(cast.samia, samias), recent_pairs(cast.claire.actor)) == ([], [])
    with pytest.raises((InvalidInput, NotAllowed, NotFound)):
        merge(cast.samia, samias, pauls)


def test_one_person_who_notes_twice_at_the_office_means_two_acts(cast, hall):
    one, other = note(cast.samia, hall, minute=30), note(cast.samia, hall, minute=31)
    assert offered(cast.samia, one) == []
    with pytest.raises(InvalidInput):
        merge(cast.samia, one, other)


def test_the_act_that_is_kept_has_its_fields_both_authors_and_the_history_of_the_other(cast, twins):
    samias, pauls = twins
    content = content_of(pauls)
    command = CorrectIntervention(id=pauls.pk, base_version=1, **{**vars(content), "narrative": "Récit repris."})
    pauls = services.correct_intervention(actor=cast.paul.actor, command=command)
    kept = merge(cast.samia, samias, pauls)
    kept = Intervention.objects.get(pk=kept.pk)
    assert (kept.narrative, kept.outcome) == ("Récit de 30.", "apaise")
    assert (kept.author_id, kept.second_author_id) == (cast.samia.member.pk, cast.paul.member.pk)
    merged, former = history_of(cast.samia.actor, kept)
    assert (merged.number, former.number) == (3, 2)
    said = {change.title: (change.before, change.after) for change in merged.changes}
    assert said["Réunion de deux fiches"] == (pauls.reference, samias.reference)
    assert said["Récit"] == ("Récit repris.", "Récit de 30.")
    assert said["Second auteur"] == ("–", "Paul")
    assert former.author == "Paul"
    raw = InterventionRevision.objects.filter(intervention=kept).values_list("changes", flat=True)
    assert not any("Récit" in str(sealed) for sealed in raw)


def test_what_is_merged_is_counted_and_listed_once_and_its_address_leads_to_the_one_kept(cast, signed_in, twins):
    samias, pauls = twins
    day = {"start": at(hour=0, minute=0), "end": at(hour=0, minute=0) + dt.timedelta(days=1)}
    assert figures(cast.organisation.pk, **day).total == 2
    merge(cast.claire, samias, pauls)
    assert figures(cast.organisation.pk, **day).total == 1
    assert Intervention.objects.filter(pk=pauls.pk).count() == 0
    line = LogEntry.objects.get(subject_id=pauls.pk)
    assert line.withdrawn_at is not None
    answer = signed_in(cast.samia).get(reverse("interventions:detail", args=[pauls.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("interventions:detail", args=[samias.pk]))
    gone = reverse("interventions:detail", args=[pauls.pk])
    assert signed_in(cast.clara).get(gone).status_code == 404
    assert find_act(samias.organisation_id, pauls.reference) == samias.pk
    entry = Entry.objects.get(name="intervention.merged")
    assert entry.payload["codes"]["absorbed"] == str(pauls.pk)
    assert "Récit" not in str(entry.payload)


def test_merging_twice_or_noting_the_cancelled_act_again_changes_nothing(cast, hall):
    samias = note(cast.samia, hall, minute=30)
    facts = {"registers": ("conflit_temps_reel",), "outcome": "apaise", "occurred_at": at(minute=31)}
    command = RecordIntervention(id=uuid7(), team_id=samias.team_id, site_id=hall.pk, **facts)
    pauls = services.record_intervention(actor=cast.paul.actor, command=command)
    merge(cast.samia, samias, pauls)
    assert merge(cast.samia, samias, pauls).pk == samias.pk
    again = services.record_intervention(actor=cast.paul.actor, command=command)
    assert (again.pk, again.was_noted, Intervention.objects.count()) == (samias.pk, True, 1)
    assert Entry.objects.filter(name="intervention.merged").count() == 1


def test_only_an_author_or_a_coordinator_of_the_team_may_say_so(cast, hall, twins):
    samias, pauls = twins
    colleague = note(cast.samia, hall, minute=32, second_author_id=cast.paul.member.pk)
    with pytest.raises(NotFound):
        merge(cast.clara, samias, pauls)
    with pytest.raises((NotAllowed, NotFound)):
        merge(cast.hugo, samias, pauls)
    with pytest.raises(NotFound):
        services.keep_apart(actor=cast.clara.actor, act_id=samias.pk, other_id=colleague.pk)
    assert MergedAct.objects.count() == 0


def test_what_changed_since_it_was_read_what_is_locked_and_what_is_held_stay_as_they_are(cast, twins):
    samias, pauls = twins
    with pytest.raises(Conflict):
        services.merge_acts(actor=cast.samia.actor, keep_id=samias.pk, absorb_id=pauls.pk, seen=(1, 2))
    hold = LegalHold.objects.create(
        organisation_id=samias.organisation_id,
        kind="intervention",
        target_id=pauls.pk,
        reference=pauls.reference,
        reason="Procédure",
        until=dt.date(2027, 1, 1),
        placed_by_id=cast.claire.member.pk,
    )
    with pytest.raises(InvalidInput) as refusal:
        merge(cast.samia, samias, pauls)
    assert "gelée" in str(refusal.value.errors)
    hold.delete()
    services.lock_intervention(actor=cast.claire.actor, intervention_id=pauls.pk)
    assert offered(cast.samia, samias) == []
    with pytest.raises(NotAllowed):
        merge(cast.samia, samias, pauls)
    assert Intervention.objects.count() == 2


def test_two_situations_are_said_once_and_never_asked_again(cast, twins):
    samias, pauls = twins
    for _ in range(2):
        services.keep_apart(actor=cast.paul.actor, act_id=pauls.pk, other_id=samias.pk)
    assert (DistinctActs.objects.count(), Entry.objects.filter(name="intervention.kept_apart").count()) == (1, 1)
    assert (offered(cast.samia, samias), recent_pairs(cast.claire.actor)) == ([], [])


def test_a_return_visit_and_a_thread_of_the_other_come_along(cast, twins):
    samias, pauls = twins
    visit = services.plan_return(actor=cast.paul.actor, intervention_id=pauls.pk)
    thread = services.open_thread(actor=cast.paul.actor, intervention_id=pauls.pk, label="Local à vélos")
    kept = merge(cast.samia, samias, Intervention.objects.get(pk=pauls.pk))
    assert ReturnVisit.objects.get().pk == visit.pk
    assert (ReturnVisit.objects.get().act_id, kept.thread_id) == (samias.pk, thread.pk)


def test_the_pages_ask_show_both_and_merge(cast, signed_in, twins):
    samias, pauls = twins
    browser = signed_in(cast.paul)
    page = browser.get(reverse("interventions:detail", args=[samias.pk])).content.decode()
    assert "Comparer et fusionner" in page
    assert "Même situation" in browser.get(reverse("interventions:pairs")).content.decode()
    address = reverse("interventions:merge", args=[samias.pk, pauls.pk])
    page = browser.get(address).content.decode()
    assert ("Récit de 30." in page, "Récit de 37." in page, 'name="versions" value="1-1"' in page) == (True,) * 3
    refused = browser.post(address, {"garder": str(samias.pk), "versions": "1-4"})
    assert refused.status_code == 422
    assert "Relisez-les" in refused.content.decode()
    assert browser.post(address, {"garder": "", "versions": "1-1"}).status_code == 422
    assert browser.post(address, {"garder": str(samias.pk), "versions": "1-x"}).status_code == 422
    done = browser.post(address, {"garder": str(pauls.pk), "versions": "1-1"})
    assert (done.status_code, done.url) == (302, reverse("interventions:detail", args=[pauls.pk]))
    assert "Réunion de deux fiches" in browser.get(done.url).content.decode()
    assert browser.get(address).status_code == 404
    assert signed_in(cast.clara).get(address).status_code == 404


def test_the_pages_keep_two_acts_apart(cast, signed_in, twins):
    samias, pauls = twins
    address = reverse("interventions:keep_apart", args=[samias.pk, pauls.pk])
    assert signed_in(cast.clara).post(address).status_code == 404
    assert signed_in(cast.claire).post(address).status_code == 302
    page = signed_in(cast.claire).get(reverse("interventions:detail", args=[samias.pk])).content.decode()
    assert "Comparer et fusionner" not in page
    assert "Aucune paire" in signed_in(cast.claire).get(reverse("interventions:pairs")).content.decode()


def test_looking_for_pairs_costs_one_query_when_there_is_none(cast, hall, django_assert_num_queries):
    for minute in (2, 22, 42):
        note(cast.samia, hall, minute=minute)
        with django_assert_num_queries(1):
            assert recent_pairs(cast.claire.actor) == []
