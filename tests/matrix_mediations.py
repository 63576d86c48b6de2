"""The vaults of ``tests/matrix_world.py``: on each side a case whose every text is marked for its mediator alone."""

from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.mediations import services
from entremise.mediations.commands import AgreementFacts, Answer, OpenCase, PartyFacts, SessionFacts, UndertakingFacts
from entremise.mediations.enums import Stage
from entremise.mediations.models import Case, FollowUp

KINDS = {"case_id": "case", "party_id": "party", "session_id": "session", "note_id": "note", "place_id": "place"}
KINDS |= {"follow_up_id": "follow_up", "disclosure_id": "disclosure"}
DRAWING = "137,113 173,31 251,97"  # looked for where nothing readable may stand
GROUND = "violences_couple"
AUDIENCES = {"coffre": {"samia"}, "coffre-etranger": {"ines"}}
AUDIENCES |= {"sortie": {"samia", "claire"}, "sortie-etranger": {"ines", "clara"}}


def fill(world) -> None:
    """A case in each organisation, conducted by one mediator of the team."""
    cast = world.cast
    side(world.own, cast.samia, cast.team.pk, "MARQUE-coffre-FIN", "MARQUE-sortie-FIN")
    side(world.foreign, cast.ines, cast.foreign_team.pk, "MARQUE-coffre-etranger-FIN", "MARQUE-sortie-etranger-FIN")
    named = {"case_id": world.own["case"][0], "member_id": cast.paul.member.pk}
    world.own["place"] = [services.name_mediator(actor=cast.claire.actor, **named).pk]


def side(found, person, team, mark: str, told: str) -> None:
    """A case with words in every place where words may be, its agreement concluded and looked at once."""
    actor = person.actor
    opening = OpenCase(
        id=uuid7(), team_id=team, origin="habitant", asked_on=today(), asked_by=mark, subject=f"Le bruit. {mark}"
    )
    case = services.open_case(actor=actor, command=opening).pk
    sides = [
        PartyFacts(kind="groupe", label=mark, representation="soutenue", supporter=mark, **_young(mark)),
        PartyFacts(kind="institution", label=mark, empowered=mark),
    ]
    parties = [services.add_party(actor=actor, case_id=case, facts=facts).pk for facts in sides]
    agree(actor, case, parties, mark)
    session = _words(actor, case, parties[0], mark)
    disclosure = services.ask_disclosure(
        actor=actor, case_id=case, ground="enfant", recipient="crip", words=told, called_first=False
    )
    follow_up = FollowUp.objects.filter(case_id=case).order_by("due_on").first()
    said = Answer(party="A", link="retabli", misunderstanding="leve", face=3, heard="oui", sentence=mark)
    services.record_follow_up(actor=actor, case_id=case, follow_up_id=follow_up.pk, kept="respecte", answers=[said])
    _stop(actor, team, mark)
    found |= {"case": [case], "party": [parties[0]], "session": [session[0]], "note": [session[1]]}
    found |= {"follow_up": [follow_up.pk], "disclosure": [disclosure.pk]}


def _young(mark: str) -> dict:
    """A minor, in their own words."""
    return {"is_minor": True, "own_wish": mark, "authority": "pas_contactee"}


def _stop(actor, team, mark: str) -> None:
    """Another case, that something forbids: why, and how it truly ended, are sealed too."""
    told = OpenCase(id=uuid7(), team_id=team, origin="habitant", asked_on=today(), asked_by=mark, subject=mark)
    case = services.open_case(actor=actor, command=told).pk
    services.forbid_case(actor=actor, case_id=case, ground=GROUND)


def agree(actor, case, parties, mark: str) -> None:
    """From the saisine to a concluded agreement."""
    for stage in list(Stage)[1:9]:
        if stage == Stage.CONTACT:
            services.accept_case(actor=actor, case_id=case, nothing_forbids=True)
        for rank, one in enumerate(parties):
            if stage == Stage.ENTRETIENS:
                services.note_contacted(actor=actor, case_id=case, party_id=one, on=today())
            if stage == Stage.ENGAGEMENT:
                letters = ("AB"[rank],)
                held = SessionFacts(kind="information", happened_at=now(), minutes=30, present=letters, place=mark)
                services.record_session(actor=actor, case_id=case, facts=_explained(held))
            if stage == Stage.NAVETTE:
                given = {"on": today(), "manner": "parole", "language_code": "fr"}
                services.give_consent(actor=actor, case_id=case, party_id=one, **given)
        services.move_case(actor=actor, case_id=case, target=stage)
    undertaking = UndertakingFacts(party="A", what=mark, due_on=today(), checked_how=mark)
    facts = AgreementFacts(kind="ecrit", context=mark, difficulty=mark, read_aloud=True, undertakings=(undertaking,))
    services.draft_agreement(actor=actor, case_id=case, facts=facts, base_version=0)
    for one in parties:
        services.sign_agreement(actor=actor, case_id=case, party_id=one, manner="ecran", drawing=DRAWING)
    services.conclude_agreement(actor=actor, case_id=case)
    assert Case.objects.get(pk=case).stage == Stage.SUIVI


def _explained(held: SessionFacts) -> SessionFacts:
    return SessionFacts(**(vars(held) | {"frame_explained": True}))


def _words(actor, case, party, mark: str):
    held = SessionFacts(kind="navette", happened_at=now(), minutes=30, present=("A",), place=mark)
    session = services.record_session(actor=actor, case_id=case, facts=held)
    told = {"kind": "fait", "session_id": session.pk, "party_id": party}
    note = services.write_note(actor=actor, case_id=case, text=mark, **told)
    services.correct_note(actor=actor, case_id=case, note_id=note.pk, kind="enjeu", text=f"{mark} relu", base_version=1)
    for about, content in ((party, {"mesore": mark}), (None, {"salle": mark})):
        services.write_sheet(actor=actor, case_id=case, party_id=about, content=content, base_version=0)
    return session.pk, note.pk
