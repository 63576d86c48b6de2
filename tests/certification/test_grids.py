"""What a jury looks for is written by the certifier, shown while one marks, and kept as the session had it."""

import pytest

from entremise.certification.commands import GridFacts
from entremise.certification.models import Grid, SessionGrid, Sitting
from entremise.certification.queries import grids as queries
from entremise.certification.queries.grids import exams_asked, last_grid
from entremise.certification.services.grids import write_grid
from entremise.competences.enums import Exam
from entremise.competences.queries import record_facts
from entremise.core.errors import InvalidInput, NotAllowed
from tests.certification import build

pytestmark = pytest.mark.django_db
BC1, BC2 = build.BLOCKS[:2]


def write(
    made, criteria="Cite deux sources locales\n- Date chaque observation", exam=Exam.SIMULATION, block=BC1
) -> Grid:
    facts = GridFacts(
        instructions="Vingt minutes, à partir d’une carte du quartier.",
        criteria={"C1": criteria, "C5": criteria},
        levels={"C1": {"shown": "Croise ses sources", "not_shown": "N’en cite aucune"}},
    )
    return write_grid(actor=made.boss, block_code=block, exam=exam, facts=facts)


def test_the_record_asks_a_simulation_of_each_block_and_a_reflective_interview_of_the_second():
    build.house()
    asked = {block.code: exams_asked(block) for block in record_facts("RNCP41674").blocks}
    assert asked.pop(BC2) == [Exam.SIMULATION, Exam.REFLECTIVE]
    assert set(map(tuple, asked.values())) == {(Exam.SIMULATION,)}


def test_a_jury_marks_with_the_criteria_of_the_day_before_its_eyes(signed_in):
    made = build.house()
    first = write(made)
    found = build.opened(made, [build.candidate(made)], blocks=[BC1])
    second = write(made, "Nomme trois acteurs du quartier")
    assert (first.version, second.version) == (1, 2)
    assert list(SessionGrid.objects.values_list("session_id", "grid_id")) == [(found.pk, first.pk)]
    sitting = Sitting.objects.get(session=found)
    address = f"/certification/sessions/{found.pk}/passages/{sitting.pk}/noter"
    page = signed_in(made.people["pauline"]).get(address).content.decode()
    for words in ("Cite deux sources locales", "Date chaque observation", "Croise ses sources", "Vingt minutes"):
        assert words in page
    assert "trois acteurs" not in page
    build.deliberated(made, found)
    told = signed_in(made.people["irene"]).get(f"/certification/sessions/{found.pk}/passages/{sitting.pk}/resultat")
    assert "Date chaque observation" in told.content.decode()


def test_a_session_convoked_while_somebody_writes_keeps_its_words(monkeypatch):
    made = build.house()
    first = write(made)
    before = last_grid(made.boss, "RNCP41674", BC1, Exam.SIMULATION)
    build.session(made, [build.candidate(made)], blocks=[BC1])
    monkeypatch.setattr(queries, "last_grid", lambda *_: before)  # as it was read before the convocation
    assert write(made, "Dit autrement").version == 2
    assert Grid.objects.get(pk=first.pk).of("C1") == first.of("C1")


def test_a_version_nobody_used_is_corrected_in_its_place_and_an_added_block_gets_its_grid():
    made = build.house()
    assert write(made).pk == write(made, "Dit autrement").pk
    assert Grid.objects.get().of("C1")["criteria"] == ["Dit autrement"]
    person = build.candidate(made)
    found = build.session(made, [person], blocks=[BC1])
    late = write(made, block=BC2)
    build.sessions.add_sittings(actor=made.boss, session_id=found.pk, candidate_id=person.pk, block_codes=[BC2])
    build.sessions.open_exam(actor=made.boss, session_id=found.pk, absent_seats=(), absent_sittings=())
    assert SessionGrid.objects.filter(session=found, grid=late).exists()


def test_two_people_writing_one_grid_meet_and_neither_loses_a_word(signed_in):
    made = build.house()
    client, address = signed_in(made.people["celine"]), f"/certification/grilles/{BC1}/simulation"
    assert client.get(address).context["form"]["base_version"].value() == 0
    theirs = write(made, "Nomme trois acteurs du quartier")  # a colleague, meanwhile
    mine = {"criteria-C1": "Situe les ressources", "base_version": "0"}
    answer = client.post(address, mine)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Nomme trois acteurs" in text
    assert "Situe les ressources" in text
    assert Grid.objects.get().of("C1") == theirs.of("C1")
    again = client.post(address, mine | {"base_version": answer.context["form"]["base_version"].value()})
    assert again.status_code == 302
    assert Grid.objects.get().of("C1")["criteria"] == ["Situe les ressources"]


@pytest.mark.parametrize("criteria", ["é" * 301, "\n".join(f"critère {rank}" for rank in range(13)), "\x00 \n - "])
def test_what_a_jury_could_not_read_is_refused_and_nothing_is_written(criteria):
    made = build.house()
    facts = GridFacts(criteria={"C1": criteria})
    with pytest.raises(InvalidInput):
        write_grid(actor=made.boss, block_code=BC1, exam=Exam.SIMULATION, facts=facts)
    assert not Grid.objects.exists()


def test_only_the_certifier_writes_and_each_their_own(signed_in):
    made, stranger = build.house(), build.house("Autre jury", "-b")
    write(made)
    with pytest.raises(NotAllowed):
        write_grid(actor=made.people["pauline"].actor, block_code=BC1, exam=Exam.SIMULATION, facts=GridFacts())
    client, address = signed_in(made.people["celine"]), f"/certification/grilles/{BC1}/simulation"
    assert "Cite deux sources" in client.get(address).content.decode()
    assert "version 1" in client.get("/certification/grilles/").content.decode()
    assert "Cite deux sources" not in signed_in(stranger.people["celine"]).get(address).content.decode()
    assert signed_in(made.people["farid"]).get(address).status_code == 403
    assert client.get(f"/certification/grilles/{BC1}/danse").status_code == 404
    long = client.post(address, {"criteria-C1": "é" * 301, "instructions": "Gardée"})
    assert long.status_code == 422
    assert "Gardée" in long.content.decode()
    assert (
        client.post(
            address, {"criteria-C2": "Situe les ressources", "base_version": Grid.objects.first().stamp}
        ).status_code
        == 302
    )
    assert Grid.objects.get(organisation=made.organisation).content == {"C2": {"criteria": ["Situe les ressources"]}}
