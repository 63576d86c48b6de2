"""A thread about a followed person: its words are sealed under that person's key, and go with it."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse

from entremise.core import crypto
from entremise.core.crypto import KeyDestroyed
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.time import today
from entremise.interventions import part
from entremise.interventions.models import Intervention, Thread
from entremise.interventions.queries import describe, history_of, list_interventions, title_of
from entremise.interventions.queries.content import content_of
from entremise.interventions.services import (
    close_thread,
    correct_intervention,
    join_thread,
    link_person,
    open_person_thread,
    open_thread,
    record_intervention,
    set_reminder,
)
from entremise.keys.models import DataKey
from entremise.privacy.models import Person
from entremise.privacy.services import erase_persons, withdraw_agreement
from entremise.privacy.services.holds import place_hold
from entremise.privacy.services.rights import erase_on_request
from tests.interventions.build import at
from tests.interventions.commands import CONFLICT, correct_command, record_command
from tests.privacy import people
from tests.privacy.build import asked
from tests.retention import carry_out

pytestmark = pytest.mark.django_db

WORDS = "Deux adultes, échange tendu sur le bruit."


@pytest.fixture
def someone(cast):
    """A followed person who agreed to be."""
    person = people.named(cast, birth_year=1984)
    people.agreement(cast, person)
    return person


def _note(cast, hall, **values):
    command = record_command(cast.samia, hall, narrative=WORDS, party_a="le voisin du dessus", **(CONFLICT | values))
    return record_intervention(actor=cast.samia.actor, command=command)


def _scopes(table: str, *columns: str) -> set[str]:
    """Which kinds of keys seal what lies in these columns, read from the tokens themselves."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")
        tokens = [value for row in cursor.fetchall() for value in row if value]
    assert all(token.startswith("e1.") for token in tokens)
    keys = DataKey.objects.filter(pk__in=[token.split(".")[1] for token in tokens])
    return {key.scope_kind for key in keys}


def _everything() -> dict[str, set[str]]:
    return {
        "acts": _scopes("interventions_intervention", "narrative", "party_a", "party_b"),
        "revisions": _scopes("interventions_interventionrevision", "changes"),
        "threads": _scopes("interventions_thread", "label", "reminder_note"),
    }


def _all(kinds: set[str]) -> dict[str, set[str]]:
    return dict.fromkeys(("acts", "revisions", "threads"), kinds)


@pytest.fixture
def thread(cast, hall):
    """A thread with two acts, one of them corrected, a label and a reminder."""
    first, second = _note(cast, hall, occurred_at=at(minute=10)), _note(cast, hall)
    command = correct_command(first, narrative=f"{WORDS} Corrigé.")
    correct_intervention(actor=cast.samia.actor, command=command)
    thread = open_thread(actor=cast.samia.actor, intervention_id=first.pk, label="bruit du bâtiment C")
    join_thread(actor=cast.samia.actor, intervention_id=second.pk, thread_id=thread.pk)
    set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=at().date(), note="repasser")
    return thread


def test_linking_seals_every_word_again_and_unlinking_gives_them_back(cast, hall, thread, someone):
    assert _everything() == _all({"organisation"})
    link_person(actor=cast.paul.actor, thread_id=thread.pk, person_id=someone.pk)
    assert _everything() == _all({"person"})
    crypto.key_provider().forget()
    kept = Intervention.objects.filter(thread=thread).order_by("occurred_at")
    assert [act.narrative for act in kept] == [f"{WORDS} Corrigé.", WORDS]
    assert history_of(cast.samia.actor, kept[0])[0].changes[0].before == WORDS
    thread.refresh_from_db()
    assert title_of(thread) == f"Fil {thread.reference} · personne {someone.reference} · bruit du bâtiment C"
    link_person(actor=cast.paul.actor, thread_id=thread.pk, person_id=None)
    assert _everything() == _all({"organisation"})
    assert Intervention.objects.filter(sealed_for__isnull=False).count() == 0


def test_what_is_written_later_is_sealed_for_the_person_too(cast, hall, someone):
    thread = open_person_thread(actor=cast.paul.actor, person_id=someone.pk)
    act = _note(cast, hall, thread_id=thread.pk)
    correct_intervention(actor=cast.samia.actor, command=correct_command(act, narrative="Autre chose."))
    set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=at().date(), note="la revoir")
    assert _everything() == _all({"person"})
    join_thread(actor=cast.samia.actor, intervention_id=act.pk, thread_id=None)
    assert _scopes("interventions_intervention", "narrative") == {"organisation"}
    assert _scopes("interventions_interventionrevision", "changes") == {"organisation"}


def test_an_act_in_the_thread_moves_the_last_contact(cast, hall, someone):
    Person.objects.filter(pk=someone.pk).update(last_contact_on=dt.date(2026, 1, 1))
    thread = open_person_thread(actor=cast.samia.actor, person_id=someone.pk)
    _note(cast, hall, thread_id=thread.pk, occurred_at=at(day=10))
    assert Person.objects.get(pk=someone.pk).last_contact_on == dt.date(2026, 11, 10)
    late = _note(cast, hall, occurred_at=at(day=12))
    join_thread(actor=cast.samia.actor, intervention_id=late.pk, thread_id=thread.pk)
    assert Person.objects.get(pk=someone.pk).last_contact_on == dt.date(2026, 11, 12)


def test_linking_a_thread_takes_the_date_of_its_latest_act(cast, thread, someone):
    Person.objects.filter(pk=someone.pk).update(last_contact_on=dt.date(2026, 1, 1))
    link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=someone.pk)
    assert Person.objects.get(pk=someone.pk).last_contact_on == at().date()


def test_nothing_is_tied_to_a_person_without_their_agreement(cast, hall, thread):
    nobody = people.person(cast)
    with pytest.raises(InvalidInput) as refusal:
        link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=nobody.pk)
    assert list(refusal.value.errors) == ["person_id"]
    with pytest.raises(InvalidInput):
        open_person_thread(actor=cast.samia.actor, person_id=nobody.pk)


def test_a_withdrawn_agreement_closes_the_threads_at_once_and_refuses_the_next_act(cast, hall, someone):
    thread = open_person_thread(actor=cast.samia.actor, person_id=someone.pk)
    act = _note(cast, hall, thread_id=thread.pk)
    set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=today(), note="la revoir")
    given = someone.agreements.get()
    withdraw_agreement(actor=cast.paul.actor, person_id=someone.pk, agreement_id=given.pk)
    thread.refresh_from_db()
    assert (thread.closed_at is not None, thread.reminder_on, thread.reminder_note) == (True, None, "")
    Thread.objects.update(closed_at=None)  # as if another thread had been left open
    with pytest.raises(InvalidInput) as refusal:
        _note(cast, hall, thread_id=thread.pk)
    assert list(refusal.value.errors) == ["thread_id"]
    other = _note(cast, hall)
    with pytest.raises(InvalidInput):
        join_thread(actor=cast.samia.actor, intervention_id=other.pk, thread_id=thread.pk)
    assert Intervention.objects.get(pk=act.pk).narrative == WORDS


def test_a_person_of_another_team_or_organisation_is_refused(cast, hall, thread):
    elsewhere = people.person(cast, by=cast.hugo, team_id=cast.other_team.pk)
    with pytest.raises(NotFound):
        link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=elsewhere.pk)
    with pytest.raises(InvalidInput):  # claire belongs to both teams
        link_person(actor=cast.claire.actor, thread_id=thread.pk, person_id=elsewhere.pk)
    foreign = people.person(cast, by=cast.ines, team_id=cast.foreign_team.pk)
    with pytest.raises(NotFound):
        link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=foreign.pk)
    with pytest.raises(NotFound):
        link_person(actor=cast.ines.actor, thread_id=thread.pk, person_id=foreign.pk)


def test_the_list_of_acts_asks_nothing_more(cast, hall, thread, someone, django_assert_num_queries):
    actor = cast.samia.actor
    describe(actor, list(list_interventions(actor)))
    with django_assert_num_queries(5), django_assert_num_queries(0, using="keys"):
        before = len(describe(actor, list(list_interventions(actor))))
    link_person(actor=actor, thread_id=thread.pk, person_id=someone.pk)
    _note(cast, hall, thread_id=thread.pk)
    describe(actor, list(list_interventions(actor)))
    with django_assert_num_queries(5), django_assert_num_queries(0, using="keys"):
        assert len(describe(actor, list(list_interventions(actor)))) == before + 1


def test_erasing_the_person_leaves_figures_and_no_word(cast, hall, thread, someone):
    link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=someone.pk)
    act = Intervention.objects.filter(thread=thread).first()
    token = act.__dict__["narrative"]
    erase_persons([someone.pk], actor=cast.samia.actor, ground="demande")
    with pytest.raises(KeyDestroyed):
        crypto.open_text(token, f"interventions.intervention.narrative:{act.pk}")
    kept = Intervention.objects.get(pk=act.pk)
    assert (kept.narrative, kept.party_a, kept.thread_id, kept.sealed_for) == ("", "", None, None)
    assert kept.outcome == act.outcome
    assert content_of(kept).registers
    assert all(version.changes == [] for version in history_of(cast.samia.actor, kept))
    assert _everything() == _all(set())
    assert part.erase([someone.pk]) == 0


def test_the_person_receives_what_was_written_but_not_the_other_partys_part(cast, thread, someone):
    close_thread(actor=cast.samia.actor, thread_id=thread.pk)
    link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=someone.pk)
    items = list(part.collect(someone.pk))
    assert [item.title for item in items] == ["Fil de suivi", "Intervention", "Intervention"]
    facts = dict(items[1].facts)
    assert facts["Récit"] == f"{WORDS} Corrigé."
    assert WORDS in facts.values()  # what the correction replaced
    assert items[1].withheld
    act = Intervention.objects.filter(thread=thread).first()
    assert act.party_a
    assert act.party_a not in str(items)


def test_the_pages_show_the_reference_and_what_ties_both(cast, hall, thread, someone, signed_in):
    client = signed_in(cast.samia)
    address = reverse("interventions:thread", args=[thread.pk])
    link = reverse("interventions:link_person", args=[thread.pk])
    assert client.post(link, {"person_id": ""}).status_code == 422
    assert client.post(link, {"person_id": str(someone.pk)}).url == address
    page = client.get(address).content.decode()
    assert someone.reference in page
    assert "Awa" not in page
    panel = reverse("interventions:person_panel", args=[someone.pk])
    assert panel in client.get(reverse("privacy:person", args=[someone.pk])).content.decode()
    fragment = client.get(panel, headers={"HX-Request": "true"}).content.decode()
    assert thread.reference in fragment
    assert fragment.count("interventions/") == 2
    lists = fragment.split("<form")[0].strip()
    assert lists in client.get(panel).content.decode()
    assert client.post(link, {"detacher": "oui"}).url == address
    opened = client.post(reverse("interventions:open_person_thread", args=[someone.pk]))
    assert opened.url.startswith("/fils/")
    nobody = people.person(cast)
    refused = client.post(reverse("interventions:open_person_thread", args=[nobody.pk]), follow=True)
    assert "Il manque l’accord de la personne" in refused.content.decode()
    for stranger in (cast.hugo, cast.ines):
        assert signed_in(stranger).get(panel).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_threads_of_persons_ask_the_store_of_keys_once(cast, hall, signed_in, count, django_assert_num_queries):
    for rank in range(count):
        person = people.person(cast)
        people.agreement(cast, person)
        act = _note(cast, hall)
        thread = open_thread(actor=cast.samia.actor, intervention_id=act.pk, label=f"repère {rank}")
        link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=person.pk)
    from entremise.interventions.queries import list_threads, titles_of

    crypto.key_provider().forget()
    with django_assert_num_queries(1, using="keys"), django_assert_num_queries(1):
        assert len(titles_of(list_threads(cast.samia.actor))) == count


def test_a_legal_hold_on_a_thread_keeps_its_person_from_being_erased(cast, someone):
    thread = open_person_thread(actor=cast.samia.actor, person_id=someone.pk)
    request = asked(cast, kind="effacement", person=someone)
    until = today() + dt.timedelta(days=60)
    place_hold(actor=cast.dora.actor, kind="fil", reference=thread.reference, reason="Plainte", until=until)
    with pytest.raises(InvalidInput, match="litige"):
        erase_on_request(actor=cast.dora.actor, request_id=request.pk, typed=someone.reference)
    Person.objects.filter(pk=someone.pk).update(last_contact_on=today() - dt.timedelta(days=900))
    assert carry_out("personnes", cast.organisation.pk) == 0
    assert Person.objects.get(pk=someone.pk).erased_at is None
