"""A sheet starts from an act in one gesture: its facts without a name, an address or a day, for its authors alone."""

import pytest

from entremise.core import reflection
from entremise.core.errors import NotFound
from entremise.core.reflection import StartingPoint
from entremise.core.time import today
from entremise.interventions import services as acts
from entremise.interventions.texthelper import pseudonymised
from entremise.practice.models import Sheet
from entremise.privacy import services as privacy
from entremise.privacy.commands import GiveAgreement, PersonFacts
from tests.practice.build import act

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_the_page_of_an_act_leads_its_authors_to_a_grid_already_filled(cast, signed_in):
    found = act(cast.samia, cast.claire)
    client = signed_in(cast.samia)
    address = f"/pratique/depuis/intervention/{found.pk}"
    assert address in text(client.get(f"/interventions/{found.pk}/"))
    page = text(client.get(address))
    assert "Grille d’incident critique" in page
    assert "Deux voisins." in page
    for identifying in ("Karim", "Durand", "Lilas", "rue des"):
        assert identifying not in page
    assert "3 en arrivant, 1 en repartant" in page
    assert not Sheet.objects.exists()  # reading the page wrote nothing
    client.post(address, {"title": "x", "story": "Repris avec mes mots."})
    assert Sheet.objects.get().author_id == cast.samia.user.pk


def test_it_may_start_under_another_layout(cast, signed_in):
    found = act(cast.samia, cast.claire)
    client = signed_in(cast.samia)
    assert "6. Plan d’action" in text(client.get(f"/pratique/depuis/intervention/{found.pk}?modele=gibbs"))
    assert client.get(f"/pratique/depuis/intervention/{found.pk}?modele=seance").status_code == 404


def test_a_colleague_a_coordinator_and_a_stranger_start_nothing_from_it(cast, signed_in):
    found = act(cast.samia, cast.claire)
    for name, person in cast.people().items():
        if name != "samia":
            client = signed_in(person)
            assert client.get(f"/pratique/depuis/intervention/{found.pk}").status_code == 404
            assert "Analyser ce moment" not in text(client.get(f"/interventions/{found.pk}/"))


def test_both_authors_may(cast, signed_in):
    found = act(cast.samia, cast.claire, second_author_id=cast.paul.member.pk)
    assert signed_in(cast.paul).get(f"/pratique/depuis/intervention/{found.pk}").status_code == 200


def test_the_words_about_a_followed_person_are_not_copied_since_they_vanish_with_that_person(cast, signed_in):
    found = act(cast.samia, cast.claire, narrative="Elle raconte sa semaine.")
    thread = acts.open_thread(actor=cast.samia.actor, intervention_id=found.pk)
    facts = PersonFacts(team_id=cast.team.pk, speaks=("fr",), birth_year=1984)
    person = privacy.open_person(actor=cast.samia.actor, facts=facts)
    agreement = GiveAgreement(
        person_id=person.pk,
        purpose="suivi",
        manner="parole",
        language="fr",
        interpreter="aucun",
        happened_on=today(),
    )
    privacy.give_agreement(actor=cast.samia.actor, command=agreement)
    acts.link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=person.pk)
    page = text(signed_in(cast.samia).get(f"/pratique/depuis/intervention/{found.pk}"))
    assert "ses mots ne sont pas recopiés" in page
    assert "Elle raconte sa semaine" not in page


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Deux voisins, sans plus.", "Deux voisins, sans plus."),
        ("Appeler au 06 39 98 10 24 ce soir.", "Appeler au (numéro retiré) ce soir."),
        ("", ""),
    ],
)
def test_pseudonymised_text(written, read):
    assert pseudonymised(written) == read


def test_every_name_goes_however_many_there_are():
    text_ = " ".join(["M. Karim Durand et Mme Sophie Martin parlent."] * 40)
    assert "Durand" not in pseudonymised(text_)
    assert "Sophie" not in pseudonymised(text_)


def test_another_module_declares_its_own_records(cast, monkeypatch):
    import uuid

    monkeypatch.setattr(reflection, "_sources", {})
    with pytest.raises(NotFound):
        reflection.starting_point(cast.samia.actor, "mediation", uuid.uuid4())
    assert reflection.gesture_for(cast.samia.actor, "mediation", uuid.uuid4()) is None

    def case(actor, record_id):
        return StartingPoint(title="Une séance")

    reflection.register_source("mediation", case)
    assert reflection.starting_point(cast.samia.actor, "mediation", uuid.uuid4()).title == "Une séance"
    label, address = reflection.gesture_for(cast.samia.actor, "mediation", uuid.UUID(int=1))
    assert label == "Analyser ce moment"
    assert address.startswith("/pratique/depuis/mediation/")
    with pytest.raises(ValueError, match="declared twice"):
        reflection.register_source("mediation", lambda actor, record_id: StartingPoint(title="x"))
