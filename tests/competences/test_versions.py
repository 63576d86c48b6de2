"""Two versions of a record: compared, tied by the certifier's decision alone, and a route confirmed closed, dated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.competences.capitalising import Equivalence, capitalised
from entremise.competences.comparing import Facing, facing
from entremise.competences.models import Correspondence, RouteDecision
from entremise.competences.queries import equivalences_of
from entremise.competences.services import decisions, load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from tests.competences import register_build as build
from tests.competences.test_exports import _files, certifier, confirmed, keep, other  # noqa: F401 - fixtures

BLOCKS = st.tuples(st.sampled_from("AB"), st.sampled_from("123"))
DECIDED = st.lists(st.builds(Equivalence, BLOCKS, st.lists(BLOCKS, max_size=3).map(tuple)), max_size=8)


@given(st.sets(BLOCKS), DECIDED)
def test_a_correspondence_never_gives_more_than_what_was_acquired(acquired, decided):
    found = capitalised(acquired, decided)
    assert not set(found) & acquired
    assert all(roots and set(roots) <= acquired for roots in found.values())
    assert capitalised(set(), decided) == {}
    counted = acquired | set(found)
    left = [one for one in decided if one.asked and set(one.asked) <= counted and one.block not in counted]
    assert left == []
    assert set(capitalised(acquired, list(reversed(decided)))) == set(found)


@given(st.lists(st.sampled_from(["accueillir un habitant", "accueillir des habitants", "orienter"]), max_size=5))
def test_a_version_compared_with_itself_has_nothing_new(lines):
    assert {one.change for one in facing(lines, lines)} <= {"same"}


def test_lines_face_their_nearest_and_what_is_alone_says_so():
    before = ["Accueillir les habitants afin de les orienter", "Tenir un registre"]
    after = ["Animer un atelier", "Accueillir les habitants afin de mieux les orienter"]
    assert facing(before, after) == [
        Facing("", "Animer un atelier"),
        Facing(before[0], after[1]),
        Facing("Tenir un registre", ""),
    ]
    assert [one.change for one in facing(before, after)] == ["added", "changed", "removed"]


MATCH = (
    "<CORRESPONDANCES><CORRESPONDANCE><SOURCE><BLOC_COMPETENCES><CODE>RNCP99001BC01</CODE></BLOC_COMPETENCES></SOURCE>"
    "<DESTINATION><NUMERO_FICHE>RNCP41674</NUMERO_FICHE><BLOC_COMPETENCES><CODE>RNCP41674BC02</CODE></BLOC_COMPETENCES>"
    "</DESTINATION></CORRESPONDANCE></CORRESPONDANCES>"
)


@pytest.mark.django_db
def test_what_the_export_says_is_only_proposed_until_the_certifier_decides(certifier, other, signed_in):  # noqa: F811
    load_shipped_records(actor=system_actor())
    confirmed(certifier, build.fiche(more=MATCH))
    address = "/competences/RNCP99001/comparer/RNCP41674"
    page = signed_in(certifier).get(address).content.decode()
    assert "Rien n’est décidé" in page
    assert equivalences_of(certifier.actor.organisation_id) == []
    sent = {"block-0": ["RNCP41674BC02", "RNCP41674BC01"]}
    assert signed_in(certifier).post(address, sent).status_code == 302
    wanted = Equivalence(
        ("RNCP99001", "RNCP99001BC01"), (("RNCP41674", "RNCP41674BC01"), ("RNCP41674", "RNCP41674BC02"))
    )
    assert equivalences_of(certifier.actor.organisation_id) == [wanted]
    assert equivalences_of(other.actor.organisation_id) == []
    assert "Rien n’est décidé" not in signed_in(certifier).get(address).content.decode()
    signed_in(certifier).post(address, {})
    assert not Correspondence.objects.exists()


@pytest.mark.django_db
def test_only_a_certifier_decides_and_only_of_blocks_that_exist(certifier, cast, signed_in):  # noqa: F811
    load_shipped_records(actor=system_actor())
    confirmed(certifier)
    told = {"newer_code": "RNCP99001", "older_code": "RNCP41674"}
    with pytest.raises(NotAllowed):
        decisions.decide_correspondences(actor=cast.samia.actor, pairs={}, **told)
    for pairs in ({"RNCP99001BC01": ["RNCP41674BC09"]}, {"RNCP99001BC09": ["RNCP41674BC01"]}):
        with pytest.raises(InvalidInput, match="pas de ces fiches"):
            decisions.decide_correspondences(actor=certifier.actor, pairs=pairs, **told)
    page = signed_in(cast.samia).get("/competences/RNCP99001/comparer/RNCP41674").content.decode()
    assert "Identique" not in page
    assert "Enregistrer ces correspondances" not in page
    assert signed_in(cast.samia).get("/competences/RNCP99001/comparer/RNCP5").status_code == 404


@pytest.mark.django_db
def test_the_individual_route_is_confirmed_closed_or_not_and_dated(certifier, cast, signed_in):  # noqa: F811
    load_shipped_records(actor=system_actor())
    client, address = signed_in(certifier), "/competences/RNCP41674/voies/individual"
    assert "Non, par déduction" in client.get("/competences/RNCP41674").content.decode()
    assert client.post(address, {"is_confirmed": "peut-être"}).status_code == 422
    client.post(address, {"is_confirmed": "non"})
    assert "Non confirmé" in client.get("/competences/RNCP41674").content.decode()
    client.post(address, {"is_confirmed": "oui"})
    assert "Non, confirmé" in client.get("/competences/RNCP41674").content.decode()
    assert [one.is_confirmed for one in RouteDecision.objects.order_by("pk")] == [False, True]
    assert "Non, par déduction" in signed_in(cast.clara).get("/competences/RNCP41674").content.decode()
    assert signed_in(cast.samia).get(address).status_code == 403
    assert client.get("/competences/RNCP41674/voies/vae").status_code == 404


@pytest.mark.django_db
def test_an_unconfirmed_record_is_compared_by_what_is_proposed_and_only_by_who_prepares_it(certifier, other):  # noqa: F811
    load_shipped_records(actor=system_actor())
    keep(certifier, build.fiche())
    with pytest.raises(NotFound):
        decisions.decide_correspondences(actor=other.actor, newer_code="RNCP99001", older_code="RNCP41674", pairs={})
