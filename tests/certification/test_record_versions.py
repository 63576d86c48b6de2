"""A block kept for life counts in a new version when a correspondence says so; a lapsed record refuses."""

import datetime as dt

import pytest

from entremise.certification.commands import SessionFacts, SettingsFacts, TimetableFacts
from entremise.certification.models import Candidacy, Certificate
from entremise.certification.queries.certifier import record_of, settings_of
from entremise.certification.queries.results import acquired_blocks
from entremise.certification.queries.standing import standing_of
from entremise.certification.services import certifier, sessions
from entremise.certification.services.candidates import change_candidacy
from entremise.certification.services.certificates import deliver_certificate
from entremise.certification.services.timetables import propose_order
from entremise.certification.verification import check_certificates
from entremise.competences.models import Record
from entremise.competences.register.archive import read_fiches
from entremise.competences.services import confirming, decisions
from entremise.competences.services.exports import keep_fiche
from entremise.core.actor import system_actor
from entremise.core.errors import InvalidInput
from entremise.core.time import today
from tests.certification import build
from tests.competences import register_build

pytestmark = pytest.mark.django_db
NEW = "RNCP99001"
BLOCKS = tuple(f"{NEW}BC0{rank}" for rank in (1, 2, 3, 4))


def next_version(made, tmp_path) -> None:
    """The new version is kept, confirmed and delivered by this certifier."""
    path = tmp_path / "export.zip"
    path.write_bytes(register_build.zipped(register_build.fiche(NEW, texts=[register_build.SKILLS] * 4)))
    record = keep_fiche(actor=system_actor(), fiche=next(iter(read_fiches(path))))
    told = {"actor": made.boss, "record_code": NEW}
    for block in record.blocks.all():
        confirming.reread_block(actor=made.boss, block_id=block.pk, lines=block.draft)
    facts = confirming.DemandFacts(2, 1, 1, "institution")
    confirming.write_demands(facts=facts, **told)
    with pytest.raises(InvalidInput, match="confirmée"):
        certifier.change_settings(actor=made.boss, facts=SettingsFacts(record_code=NEW, quorum=4))
    confirming.confirm_record(**told)
    certifier.change_settings(actor=made.boss, facts=SettingsFacts(record_code=NEW, quorum=4))


def test_a_partial_success_is_completed_on_a_new_version_by_a_decided_correspondence(tmp_path):
    made = build.house()
    person = build.candidate(made)
    build.sealed(made, [person], refused=[build.BLOCKS[3]])
    next_version(made, tmp_path)
    assert acquired_blocks(person, NEW) == {}
    pairs = {new: [old] for new, old in zip(BLOCKS[:3], build.BLOCKS[:3], strict=True)}
    told = {"newer_code": NEW, "older_code": "RNCP41674"}
    decisions.decide_correspondences(actor=made.boss, pairs=pairs | {BLOCKS[3]: [build.BLOCKS[3]]}, **told)
    assert {block: one.rests_on for block, one in acquired_blocks(person, NEW).items()} == {
        new: (old,) for new, old in zip(BLOCKS[:3], build.BLOCKS[:3], strict=True)
    }
    change_candidacy(actor=made.boss, candidate_id=person.pk, facts=build.candidacy(block_codes=BLOCKS[3:]))
    assert Candidacy.objects.get(withdrawn_on=None).record_code == NEW
    with pytest.raises(InvalidInput, match="déjà acquis"):
        build.session(made, [person], blocks=BLOCKS[:1])
    with pytest.raises(InvalidInput, match="par correspondance"):
        deliver_certificate(actor=made.boss, candidate_id=person.pk, block_code=BLOCKS[0])
    build.sealed(made, [person], blocks=BLOCKS[3:])
    paper = deliver_certificate(actor=made.boss, candidate_id=person.pk)
    assert (paper.record_code, paper.kind) == (NEW, "full")
    decisions.decide_correspondences(actor=made.boss, pairs={}, **told)
    assert check_certificates().holds  # what was delivered stays


def test_the_hours_of_a_session_are_proposed_for_the_version_it_was_planned_for(tmp_path):
    made = build.house()
    found = build.session(made, [build.candidate(made)])
    next_version(made, tmp_path)
    facts = TimetableFacts(opens=dt.time(9), closes=dt.time(18), lasts=dict.fromkeys(build.BLOCKS, 45))
    assert propose_order(actor=made.boss, session_id=found.pk, facts=facts) == 0


def test_a_holder_of_the_former_version_may_hold_the_new_one_too(tmp_path):
    made = build.house()
    person = build.candidate(made)
    build.sealed(made, [person])
    deliver_certificate(actor=made.boss, candidate_id=person.pk)
    next_version(made, tmp_path)
    pairs = {new: [old] for new, old in zip(BLOCKS, build.BLOCKS, strict=True)}
    decisions.decide_correspondences(actor=made.boss, newer_code=NEW, older_code="RNCP41674", pairs=pairs)
    person.refresh_from_db()
    assert standing_of(made.boss, person, record_of(made.boss), settings_of(made.boss)).may_certify
    assert deliver_certificate(actor=made.boss, candidate_id=person.pk).record_code == NEW


def test_without_a_decision_nothing_of_the_old_version_counts(tmp_path):
    made = build.house()
    person = build.candidate(made)
    build.sealed(made, [person])
    next_version(made, tmp_path)
    record = record_of(made.boss)
    standing = standing_of(made.boss, person, record, settings_of(made.boss))
    assert standing.acquired == {}
    assert len([line for line in standing.left if line.startswith("Bloc à acquérir")]) == 4


def test_a_lapsed_record_refuses_a_candidate_then_a_session_then_a_certificate():
    made = build.house()
    person = build.candidate(made)
    build.sealed(made, [person])
    yesterday = today() - dt.timedelta(days=1)
    Record.objects.update(registered_until=yesterday, last_delivery_on=today() + dt.timedelta(days=5))
    with pytest.raises(InvalidInput, match="personne n’y entre plus"):
        build.candidate(made, birth_name="Autre")
    build.session(made, [], convoked=False)  # who is inside goes on until the last delivery
    late = today() + dt.timedelta(days=6)
    with pytest.raises(InvalidInput, match="date limite de délivrance"):
        sessions.plan_session(actor=made.boss, facts=SessionFacts(starts_on=late, ends_on=late, place="Ici"))
    Record.objects.update(last_delivery_on=yesterday)
    with pytest.raises(InvalidInput, match="ne se délivre plus"):
        deliver_certificate(actor=made.boss, candidate_id=person.pk)
    assert not Certificate.objects.exists()
    paper = deliver_certificate(actor=made.boss, candidate_id=person.pk, block_code=build.BLOCKS[0])
    assert paper.kind == "block"  # a block is kept for life
