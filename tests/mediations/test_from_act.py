"""A mediation starts from an act, and a reflective sheet from a mediation: each tells the other to nobody who may not
read both.
"""

import pytest
from django.urls import reverse

from entremise.core import reflection
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import today
from entremise.interventions import services as acts
from entremise.journal.models import Entry
from entremise.mediations import services
from entremise.mediations.models import Case, Party
from entremise.mediations.queries.acts import act_of, cases_of_act
from entremise.mediations.queries.figures import figures
from entremise.mediations.services.erasure import erase_cases
from tests.mediations import build
from tests.practice.build import act as noted
from tests.privacy.people import agreement, named

pytestmark = pytest.mark.django_db
WORDS = {"party_a": "La dame du 2e", "party_b": "Le jeune du 3e", "conflict_objects": ("bruit",), "origin": "habitant"}


def text(response) -> str:
    return response.content.decode()


def answers(page) -> dict:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def from_act(cast, found, by=None, **values) -> Case:
    return build.opened(cast, by=by, act_id=found.pk, **values)


def test_its_page_opens_a_mediation_already_filled_that_links_back(cast, signed_in):
    found = noted(cast.samia, cast.claire, **WORDS)
    client = signed_in(cast.samia)
    address = reverse("mediations:open_from_act", args=[found.pk])
    assert address in text(client.get(reverse("interventions:detail", args=[found.pk])))
    page = client.get(address)
    told = answers(page)
    assert (told["side_a"], told["side_b"], told["origin"]) == ("La dame du 2e", "Le jeune du 3e", "habitant")
    assert "Hall" in told["subject"]
    assert "ruit" in told["subject"]
    assert not Case.objects.exists()  # reading the page wrote nothing
    opened = text(client.post(address, told, follow=True))
    case = Case.objects.get()
    assert [one.label for one in Party.objects.filter(case=case)] == ["La dame du 2e", "Le jeune du 3e"]
    assert reverse("interventions:detail", args=[found.pk]) in opened
    assert "Analyser ce moment" in opened
    assert reverse("mediations:case", args=[case.pk]) in text(
        client.get(reverse("interventions:detail", args=[found.pk]))
    )


def test_what_was_typed_is_kept_when_a_party_s_words_are_too_long(cast, signed_in):
    found = noted(cast.samia, cast.claire, **WORDS)
    client, address = signed_in(cast.samia), reverse("mediations:open_from_act", args=[found.pk])
    page = client.post(address, answers(client.get(address)) | {"side_a": "é" * 201, "subject": "Le son, le soir."})
    assert page.status_code == 422
    assert "200 caractères au plus" in text(page)
    assert "Le son, le soir." in text(page)
    assert not Case.objects.exists()


def test_the_words_about_a_followed_person_stay_with_that_person(cast, signed_in):
    found = noted(cast.samia, cast.claire, **WORDS)
    thread = acts.open_thread(actor=cast.samia.actor, intervention_id=found.pk)
    person = named(cast, "Awa Cissokho")
    agreement(cast, person)
    acts.link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=person.pk)
    page = signed_in(cast.samia).get(reverse("mediations:open_from_act", args=[found.pk]))
    assert "ses mots n’en sont pas recopiés" in text(page)
    assert "La dame du 2e" not in text(page)


@pytest.mark.parametrize("name", ["paul", "claire", "hugo", "alban", "dora", "leo", "ines", "clara"])
def test_the_link_is_told_to_nobody_who_may_not_read_both(cast, signed_in, name):
    found = noted(cast.samia, cast.claire, **WORDS)
    case = from_act(cast, found)
    someone = cast.people()[name]
    client = signed_in(someone)
    for page in (reverse("interventions:detail", args=[found.pk]), reverse("mediations:list")):
        assert f"/mediations/{case.pk}/" not in text(client.get(page)) or (name, page) == (
            "claire",
            reverse("mediations:list"),
        )
    seen = text(client.get(reverse("mediations:case", args=[case.pk])))
    assert str(found.pk) not in seen
    assert found.reference not in seen
    assert cases_of_act(someone.actor, found.pk) == []


def test_a_co_mediator_from_whom_the_act_is_kept_reads_the_case_without_it(cast, signed_in):
    found = noted(cast.samia, cast.claire, visibility="auteurs", **WORDS)
    case = from_act(cast, found)
    place = services.name_mediator(actor=cast.samia.actor, case_id=case.pk, member_id=cast.paul.member.pk)
    services.declare_link(actor=cast.paul.actor, place_id=place.pk, link="aucun")
    page = text(signed_in(cast.paul).get(reverse("mediations:case", args=[case.pk])))
    assert found.reference not in page
    assert act_of(cast.paul.actor, Case.objects.get()) is None


@pytest.mark.parametrize("name", ["hugo", "ines", "clara"])
def test_nobody_starts_from_an_act_they_may_not_read(cast, signed_in, name):
    found = noted(cast.samia, cast.claire, **WORDS)
    address = reverse("mediations:open_from_act", args=[found.pk])
    client = signed_in(cast.people()[name])
    assert (client.get(address).status_code, client.post(address, {}).status_code) == (404, 404)
    with pytest.raises((NotFound, NotAllowed)):
        from_act(cast, found, by=cast.people()[name])


def test_the_journal_does_not_tie_them_and_the_figures_count_it_even_erased(cast):
    found = noted(cast.samia, cast.claire, **WORDS)
    case = from_act(cast, found)
    build.opened(cast)
    lines = Entry.objects.filter(name__startswith="mediation.")
    assert not [line for line in lines if str(found.pk) in str(line.payload)]
    erase_cases([case.pk])
    assert Case.objects.get(pk=case.pk).act_id is None
    born = figures(cast.claire.actor, today(), today()).from_act
    assert (born.count, born.out_of) == (1, 2)


def test_a_party_known_by_a_few_words_gets_its_fiche_later_and_is_not_kept_twice(cast):
    case = from_act(cast, noted(cast.samia, cast.claire), side_a="La dame du 2e")
    one = Party.objects.get()
    person = named(cast, "Awa Cissokho")
    facts = build.PartyFacts(kind="personne", person_id=person.pk, label=one.label)
    services.correct_party(actor=cast.samia.actor, case_id=case.pk, party_id=one.pk, facts=facts)
    one.refresh_from_db()
    assert (one.person_id, one.label) == (person.pk, "")
    with pytest.raises(InvalidInput):
        build.party(cast, case, kind="personne")


def test_a_sheet_starts_from_one_s_own_gestures_and_not_a_word_of_the_vault(cast, signed_in):
    case = build.at_stage(cast, "pleniere")
    place = services.name_mediator(actor=cast.samia.actor, case_id=case.pk, member_id=cast.paul.member.pk)
    services.declare_link(actor=cast.paul.actor, place_id=place.pk, link="aucun")
    services.write_note(actor=cast.samia.actor, case_id=case.pk, kind="impression", text="Zygomorphe")
    address = f"/pratique/depuis/mediation/{case.pk}"
    client = signed_in(cast.samia)
    assert address in text(client.get(reverse("mediations:case", args=[case.pk])))
    page = text(client.get(address))
    assert "Séance tenue" in page
    assert "partie A" in page
    assert "Étape\N{NO-BREAK SPACE}: Table ronde" in page
    assert "rien n’en est recopié" in page
    body = page.split("<main")[1].split("</main>")[0]
    for word in ("Zygomorphe", "Awa", "Marc", build.SUBJECT, case.reference):
        assert word not in body
    hers = reflection.starting_point(cast.samia.actor, "mediation", case.pk)
    assert len(hers.facts) >= 9
    assert reflection.starting_point(cast.paul.actor, "mediation", case.pk).facts == []


@pytest.mark.parametrize("name", ["paul", "claire", "hugo", "alban", "dora", "leo", "ines", "clara"])
def test_nobody_else_starts_a_sheet_from_it(cast, signed_in, name):
    case = build.at_stage(cast, "contact")
    someone = cast.people()[name]
    with pytest.raises(NotFound):
        reflection.starting_point(someone.actor, "mediation", case.pk)
    client = signed_in(someone)
    assert client.get(f"/pratique/depuis/mediation/{case.pk}").status_code in (403, 404)
    assert "Analyser ce moment" not in text(client.get(reverse("mediations:case", args=[case.pk])))
