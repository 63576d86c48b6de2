"""Four invented mediations: an agreement that holds, a dialogue without agreement, one stopped, one beginning."""

import datetime as dt
import uuid
from functools import partial
from typing import Any

from entremise.core.actor import Actor
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.demonstration.asides import Step
from entremise.demonstration.people import House
from entremise.mediations import services
from entremise.mediations.commands import AgreementFacts, Answer, OpenCase, PartyFacts, SessionFacts, UndertakingFacts
from entremise.mediations.enums import Stage
from entremise.mediations.queries import get_vault
from entremise.mediations.queries.agreement import follow_ups_of
from entremise.privacy import services as privacy
from entremise.privacy.commands import PersonFacts

_DAY = dt.timedelta(days=1)
# Two invented hands, drawn for the demonstration.
HANDS = (
    "70,130 101,62 112,58 114,84 98,142 132,104 146,102 144,122 182,106 236,108 290,96;150,158 220,150 330,146",
    "60,70 66,110 70,148 78,110 96,76 112,120 142,96 140,128 186,100 190,124 250,118;210,70 216,76",
)


def steps(house: House, present: dt.datetime) -> list[Step]:
    """What happens in each, so many days ago."""
    noise, shop = _Story(house, "samia", "soir"), _Story(house, "paul", "soir")
    couple, school = _Story(house, "maud", "nuit"), _Story(house, "samia", "soir")
    told = (
        (86, partial(noise.open, "habitant", "Le bruit des pas et de la musique, tard, au-dessus de chez elle.")),
        (84, partial(noise.person, "Solange Perrin-Aubry", "fr")),
        (84, partial(noise.person, "Mourad Belhaçane", "ar")),
        (83, partial(noise.reach, Stage.CONTACT)),
        (80, partial(noise.reach, Stage.ENTRETIENS)),
        (76, partial(noise.reach, Stage.ENGAGEMENT)),
        (75, partial(noise.note, "Elle parle surtout de fatigue. Il ne savait pas que le plancher portait.")),
        (73, partial(noise.reach, Stage.PLENIERE)),
        (70, partial(noise.reach, Stage.ACCORD)),
        (69, noise.agree),
        (62, partial(noise.look, "respecte")),
        (39, partial(noise.look, "respecte")),
        (58, partial(shop.open, "commercant", "Les chaises devant le café et le passage des poussettes.")),
        (57, partial(shop.side, PartyFacts(kind="groupe", label="Des parents de l’école"))),
        (57, partial(shop.side, PartyFacts(kind="groupe", label="L’équipe du café"))),
        (56, partial(shop.reach, Stage.PLENIERE)),
        (30, partial(shop.close, "dialogue_retabli")),
        (33, partial(couple.open, "appel", "Une dispute de palier, la nuit.")),
        (32, partial(couple.side, PartyFacts(kind="groupe", label="Première voix entendue"))),
        (31, partial(couple.stop, "violences_couple")),
        (6, partial(school.open, "bailleur", "Des charges d’eau contestées par des locataires.")),
        (5, partial(school.side, PartyFacts(kind="groupe", label="Des locataires du 4", language="tr"))),
        (
            5,
            partial(
                school.side,
                PartyFacts(kind="institution", label="Foyers du Rouet (exemple)", empowered="La responsable"),
            ),
        ),
        (4, partial(school.reach, Stage.RECEVABILITE)),
    )
    return [(present - days * _DAY, step) for days, step in told]


class _Story:
    """One mediation and what becomes of it."""

    def __init__(self, house: House, by: str, team: str) -> None:
        self.actor: Actor = house.actors[by]
        self.team = house.teams[team]
        self.case = uuid7()
        self.parties: list[uuid.UUID] = []

    def open(self, origin: str, subject: str) -> None:
        """The saisine."""
        told = OpenCase(id=self.case, team_id=self.team, origin=origin, asked_on=today(), subject=subject)
        services.open_case(actor=self.actor, command=told)

    def person(self, name: str, language: str) -> None:
        """A party of the registry: a name, because an agreement bears it."""
        facts = PersonFacts(team_id=self.team, name=name, name_reason="mediation", speaks=(language,))
        person = privacy.open_person(actor=self.actor, facts=facts)
        self.side(PartyFacts(kind="personne", person_id=person.pk, language=language, interpreter=language != "fr"))

    def side(self, facts: PartyFacts) -> None:
        """One more party."""
        self.parties.append(services.add_party(actor=self.actor, case_id=self.case, facts=facts).pk)

    def reach(self, target: Stage) -> None:
        """Go as far as a stage, doing what each one asks; the shuttle is left aside."""
        here = Stage(get_vault(self.actor, self.case).stage)
        order: list[Stage] = [stage for stage in Stage if stage != Stage.NAVETTE]
        for stage in order[order.index(here) + 1 : order.index(target) + 1]:
            self._ready(stage)
            services.move_case(actor=self.actor, case_id=self.case, target=stage)
            if stage == Stage.PLENIERE:
                self._session("pleniere", tuple("ABCD"[: len(self.parties)]))

    def _ready(self, stage: Stage) -> None:
        if stage == Stage.CONTACT:
            services.accept_case(actor=self.actor, case_id=self.case, nothing_forbids=True)
        for letter, party in zip("ABCD", self.parties, strict=False):
            known: dict[str, Any] = {"actor": self.actor, "case_id": self.case, "party_id": party}
            if stage == Stage.ENTRETIENS:
                services.note_contacted(on=today(), **known)
            elif stage == Stage.ENGAGEMENT:
                self._session("information", (letter,))
            elif stage == Stage.PLENIERE:
                services.give_consent(on=today(), manner="parole", language_code="fr", **known)

    def _session(self, kind: str, present: tuple[str, ...]) -> None:
        facts = SessionFacts(
            kind=kind,
            happened_at=now() - dt.timedelta(hours=1),
            minutes=50,
            present=present,
            place="La salle du centre social",
            frame_explained=True,
        )
        services.record_session(actor=self.actor, case_id=self.case, facts=facts)

    def note(self, text: str) -> None:
        """A word for the vault."""
        services.write_note(actor=self.actor, case_id=self.case, kind="enjeu", text=text)

    def agree(self) -> None:
        """Both undertake something, hear it read, give their word."""
        quiet = UndertakingFacts(
            party="B", what="Poser un tapis et couper la musique à 22 h", due_on=today() + 5 * _DAY,
            checked_how="Un message le dimanche soir",
        )  # fmt: skip
        ring = UndertakingFacts(
            party="A", what="Sonner avant d’écrire au bailleur", due_on=today() + _DAY, checked_how="Au prochain point"
        )
        facts = AgreementFacts(
            kind="ecrit",
            context="Chacun veut se reposer et vivre chez soi. Le plancher porte les bruits.",
            difficulty="Chacun rappelle le médiateur avant toute autre démarche.",
            read_aloud=True,
            undertakings=(quiet, ring),
        )
        services.draft_agreement(actor=self.actor, case_id=self.case, facts=facts, base_version=0)
        sign = partial(services.sign_agreement, actor=self.actor, case_id=self.case, manner="ecran")
        for party, hand in zip(self.parties, HANDS, strict=True):
            sign(party_id=party, drawing=hand)
        services.conclude_agreement(actor=self.actor, case_id=self.case)

    def look(self, kept: str) -> None:
        """The next look at the agreement, as both say it."""
        case = get_vault(self.actor, self.case)
        due = next(one for one in follow_ups_of(case) if one.done_on is None)
        said = [
            Answer(party="A", link="retabli", misunderstanding="leve", face=3, heard="oui", sentence="On se parle."),
            Answer(party="B", link="en_partie", misunderstanding="leve", face=2, heard="oui"),
        ]
        known: dict[str, Any] = {"case_id": self.case, "follow_up_id": due.pk, "kept": kept}
        services.record_follow_up(actor=self.actor, answers=said, **known)

    def close(self, outcome: str) -> None:
        """It ends."""
        services.close_case(actor=self.actor, case_id=self.case, outcome=outcome)

    def stop(self, ground: str) -> None:
        """Something forbids it."""
        services.forbid_case(actor=self.actor, case_id=self.case, ground=ground)
