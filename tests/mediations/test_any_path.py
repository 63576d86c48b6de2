"""Whatever its mediators and parties do, in whatever order, through the very services of the product.

The pure process is walked in ``test_process``; here the rows, the locks, the withdrawals and the fiches are real.
"""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from entremise.core.errors import Conflict, InvalidInput
from entremise.core.time import now, today
from entremise.journal.models import Entry
from entremise.mediations import services
from entremise.mediations.commands import AgreementFacts, SessionFacts, UndertakingFacts
from entremise.mediations.enums import Ground, Outcome, ShownOutcome, Stage
from entremise.mediations.models import Case, Consent, FollowUp, MediationAgreement, Party, Signature
from entremise.mediations.process import MEDIATED, NEEDS_CONSENT, ORDER
from entremise.mediations.queries import case_lines, get_case
from entremise.privacy.services import withdraw_agreement
from tests.mediations import build
from tests.privacy.people import agreement as gives_agreement
from tests.privacy.people import named

pytestmark = pytest.mark.django_db
SETTINGS = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # a path is told as it failed: making it shorter takes minutes
    suppress_health_check=list(HealthCheck),
)
STARTS = (Stage.SAISINE, Stage.ENTRETIENS, Stage.ENGAGEMENT, Stage.NAVETTE, Stage.PLENIERE, Stage.ACCORD, Stage.ACCORD)
LATE = 18  # gestures before a case may end


def living(case) -> set:
    return set(Consent.objects.filter(case=case, withdrawn_at=None).values_list("party_id", flat=True))


class AnyPath(RuleBasedStateMachine):
    """A case of two or three parties. Refusals are part of the path; what was refused must have left no trace."""

    cast = None
    seen: set[str]
    parties = Bundle("parties")

    def __init__(self) -> None:
        super().__init__()
        self.alone = transaction.atomic()
        self.alone.__enter__()
        self.told: set[str] = set()
        self.gestures = 0

    def teardown(self) -> None:
        """Nothing of this path is left for the next one."""
        transaction.set_rollback(True)
        self.alone.__exit__(None, None, None)

    def does(self, verb, **values):
        """A gesture of the mediator: done, or refused with a sentence and undone."""
        self.gestures += 1
        try:
            with transaction.atomic():
                return verb(actor=self.cast.samia.actor, case_id=self.case.pk, **values)
        except (InvalidInput, Conflict):
            self.seen.add("refused")
            return None

    @property
    def now_case(self) -> Case:
        """As the database has it."""
        return Case.objects.get(pk=self.case.pk)

    @initialize(target=parties, start=st.sampled_from(STARTS))
    def opens(self, start):
        self.case = build.at_stage(self.cast, start)
        return multiple(*Party.objects.filter(case=self.case))

    @rule(target=parties)
    def adds_a_party(self):
        if Party.objects.filter(case=self.case).count() > 2:
            return multiple()
        known = named(self.cast, "Zoé Hamel")
        added = self.does(services.add_party, facts=build.PartyFacts(kind="personne", person_id=known.pk))
        return added or multiple()

    @rule(to=st.sampled_from(Stage))
    def moves(self, to):
        self.does(services.move_case, target=to)

    @rule()
    def goes_on(self):
        """The next stage: without this gesture, few paths go far."""
        here = ORDER.index(Stage(self.now_case.stage))
        for target in ORDER[here + 1 : here + 3]:
            if self.now_case.stage == ORDER[here]:
                self.does(services.move_case, target=target)

    @rule()
    def finds_nothing_that_forbids(self):
        self.does(services.accept_case, nothing_forbids=True)

    @rule(party=parties)
    def meets(self, party):
        self.does(services.note_contacted, party_id=party.pk, on=today())
        self.holds("information", party.letter)

    @rule(party=parties)
    def agrees_to_enter(self, party):
        self.does(services.give_consent, party_id=party.pk, on=today(), manner="parole", language_code="fr")

    @rule(party=parties)
    def takes_it_back(self, party):
        if self.does(services.withdraw_consent, party_id=party.pk):
            self.seen.add("withdrawn")
            assert party.pk not in living(self.case)

    @rule(party=parties)
    def takes_it_back_on_the_fiche(self, party):
        party = Party.objects.select_related("person").get(pk=party.pk)
        given = gives_agreement(self.cast, party.person, purpose="mediation")
        withdraw_agreement(actor=self.cast.samia.actor, person_id=party.person_id, agreement_id=given.pk)
        assert party.pk not in living(self.case) or self.now_case.closed_at is not None

    @rule(kind=st.sampled_from(["navette", "pleniere"]))
    def talks(self, kind):
        letters = list(Party.objects.filter(case=self.case).values_list("letter", flat=True))
        agreed = {party.pk for party in Party.objects.filter(case=self.case)} <= living(self.case)
        held = self.holds(kind, *(letters if kind == "pleniere" else letters[:1]))
        assert held is None or agreed

    def holds(self, kind, *letters):
        facts = SessionFacts(
            kind=kind, happened_at=now() - dt.timedelta(hours=1), minutes=30, present=letters, frame_explained=True
        )
        return self.does(services.record_session, facts=facts)

    @rule()
    def drafts(self):
        latest = MediationAgreement.objects.filter(case=self.case, concluded_at=None).first()
        one = UndertakingFacts(what="Baisser le son", due_on=today(), checked_how="Un appel")
        facts = AgreementFacts(kind="ecrit", context="Le son, le soir.", read_aloud=True, undertakings=(one,))
        self.does(services.draft_agreement, facts=facts, base_version=latest.version if latest else 0)

    @rule(party=parties)
    def signs(self, party):
        signature = self.does(services.sign_agreement, party_id=party.pk, manner="parole")
        assert signature is None or party.pk in living(self.case)

    @rule()
    def concludes(self):
        before = living(self.case)
        concluded = self.does(services.conclude_agreement)
        if concluded is not None:
            everyone = {party.pk for party in Party.objects.filter(case=self.case)}
            self.seen.add("concluded")
            assert everyone <= before
            assert everyone == {one.party_id for one in concluded.signatures.all()}

    @rule()
    def comes_to_an_agreement(self):
        """All at once: by chance alone, few paths would."""
        self.drafts()
        for party in Party.objects.filter(case=self.case):
            self.signs(party)
        self.concludes()

    @precondition(lambda self: self.gestures > LATE)
    @rule(outcome=st.sampled_from(Outcome))
    def closes(self, outcome):
        self.does(services.close_case, outcome=outcome)

    @precondition(lambda self: self.gestures > LATE)
    @rule(ground=st.sampled_from(Ground))
    def is_forbidden(self, ground):
        if self.now_case.closed_at is None:
            self.does(services.forbid_case, ground=ground)
            self.told.add(ground)
            self.seen.add("forbidden")
            assert self.now_case.stage == Stage.CLOTURE

    @invariant()
    def nobody_talks_without_the_living_agreement_of_each(self):
        case = self.now_case
        everyone = {party.pk for party in Party.objects.filter(case=case)}
        if case.stage in NEEDS_CONSENT:
            assert everyone
            assert everyone <= living(case)
        if case.stage in MEDIATED:
            assert case.engaged_on is not None

    @invariant()
    def nothing_signed_on_a_draft_outlives_the_agreement_to_be_there(self):
        waiting = Signature.objects.filter(case=self.case, agreement__concluded_at=None)
        assert {one.party_id for one in waiting} <= living(self.case)

    @invariant()
    def an_agreement_is_concluded_by_everyone_or_is_none(self):
        case = self.now_case
        concluded = MediationAgreement.objects.filter(case=case).exclude(concluded_at=None)
        assert (case.agreed_on is not None) == concluded.exists()
        if case.stage == Stage.SUIVI:
            assert concluded.exists()
            assert FollowUp.objects.filter(case=case).exists()
        if case.outcome in (ShownOutcome.ACCORD_TOTAL, ShownOutcome.ACCORD_PARTIEL):
            assert concluded.exists()

    @invariant()
    def what_is_closed_stays_closed(self):
        case = self.now_case
        assert (case.stage == Stage.CLOTURE) == (case.closed_at is not None) == bool(case.outcome)

    @invariant()
    def no_ground_is_told_to_anyone_else(self):
        if not self.told:
            return
        case = get_case(self.cast.claire.actor, self.case.pk)
        line = case_lines(self.cast.claire.actor, [case])[0]
        assert line.outcome == ShownOutcome.PAS_ADAPTE.label
        lines = str(list(Entry.objects.filter(target_id=case.pk).values("payload")))
        raw = str(Case.objects.filter(pk=case.pk).values().get())
        for ground in self.told:
            assert ground not in lines
            assert ground not in raw


def test_no_path_reaches_an_agreement_without_the_living_agreement_of_each(cast):
    seen: set[str] = set()
    machine = type("AnyPathOfThisCast", (AnyPath,), {"cast": cast, "seen": seen})
    run(machine, settings=SETTINGS)
    assert {"concluded", "withdrawn", "forbidden", "refused"} <= seen  # the paths went where something was at stake
