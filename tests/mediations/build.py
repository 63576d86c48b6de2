"""A noise dispute between two neighbours, at any stage."""

import datetime as dt

from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.mediations import services
from entremise.mediations.commands import OpenCase, PartyFacts, SessionFacts
from entremise.mediations.enums import Stage
from entremise.mediations.models import Case, Party
from tests.privacy.people import named

SUBJECT = "Le bruit le soir au-dessus."


def opened(cast, by=None, **values) -> Case:
    """A case opened today by samia on a resident's request."""
    who = by or cast.samia
    told = {"origin": "habitant", "asked_on": today(), "asked_by": "Une habitante", "subject": SUBJECT, **values}
    team = next(iter(who.actor.team_ids))
    return services.open_case(actor=who.actor, command=OpenCase(id=uuid7(), team_id=team, **told))


def party(cast, case, name="Awa Cissokho", by=None, **values) -> Party:
    """A party of the registry, unless another kind is said."""
    if "kind" not in values:
        values |= {"kind": "personne", "person_id": named(cast, name, by=by).pk}
    return services.add_party(actor=(by or cast.samia).actor, case_id=case.pk, facts=PartyFacts(**values))


def session(cast, case, kind, *letters, **values):
    """A session an hour ago, the frame explained."""
    told = {"happened_at": now() - dt.timedelta(hours=1), "minutes": 45, "frame_explained": True, **values}
    facts = SessionFacts(kind=kind, present=letters, **told)
    return services.record_session(actor=cast.samia.actor, case_id=case.pk, facts=facts)


def move(cast, case, target):
    """One step."""
    return services.move_case(actor=cast.samia.actor, case_id=case.pk, target=target)


def consent(cast, case, one):
    """A spoken agreement to enter, today, in French."""
    told = {"on": today(), "manner": "parole", "language_code": "fr"}
    return services.give_consent(actor=cast.samia.actor, case_id=case.pk, party_id=one.pk, **told)


def at_stage(cast, stage, case=None) -> Case:
    """A case of two neighbours brought to this stage, nothing left out."""
    actor = cast.samia.actor
    case = case or opened(cast)
    sides = [party(cast, case, "Awa Cissokho"), party(cast, case, "Marc Lindon")]
    for target in list(Stage)[1 : list(Stage).index(Stage(stage)) + 1]:
        if target == Stage.CONTACT:
            services.accept_case(actor=actor, case_id=case.pk, nothing_forbids=True)
        for one in sides if target == Stage.ENTRETIENS else ():
            services.note_contacted(actor=actor, case_id=case.pk, party_id=one.pk, on=today())
        for one in sides if target == Stage.ENGAGEMENT else ():
            session(cast, case, "information", one.letter)
        for one in sides if target == Stage.NAVETTE else ():
            consent(cast, case, one)
        move(cast, case, target)
    return Case.objects.get(pk=case.pk)
