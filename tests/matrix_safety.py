"""The team's safety on both sides, for ``tests/matrix_world.py``."""

from entremise.core.time import now, today
from entremise.interventions import services as acts
from entremise.safety import services
from entremise.safety.services.sheets import SheetFacts

KINDS = {"alert_id": "alert", "timer_id": "timer", "sheet_id": "sheet", "debrief_id": "debrief"}
KINDS |= {"visit_id": "visit", "action_id": "action"}
TEXTS = {"party": "a"}
AUDIENCES = {"astreinte": {"samia", "paul", "claire", "alban", "dora", "leo", "hugo"}}
AUDIENCES |= {
    "incident": {"samia", "hugo", "claire"},
    "debriefing": {"samia", "claire"},
    "lecture": {"samia", "claire"},
}


def fill(world) -> None:
    """An alert and a timer on each side, an on-call chain on ours."""
    cast = world.cast
    services.set_chain(
        actor=cast.claire.actor,
        rungs=[services.RungFacts(label="MARQUE-astreinte-FIN", phone="06 00 00 00 01")],
    )
    services.set_chain(
        actor=cast.clara.actor,
        rungs=[services.RungFacts(label="MARQUE-etranger-FIN", phone="06 00 00 00 02")],
    )
    for side, person in ((world.own, cast.samia), (world.foreign, cast.ines)):
        alert = services.raise_alert(actor=person.actor, site_id=side["site"][0])
        services.call_next(alert.pk)
        side["alert"] = [alert.pk]
        mine = side is world.own
        concerned = (cast.hugo.member.pk,) if mine else ()
        words, said = ("MARQUE-incident-FIN", "MARQUE-debriefing-FIN") if mine else ("MARQUE-etranger-FIN",) * 2
        facts = SheetFacts(kind="menace", happened_at=now(), facts=words, done=words, person_ids=concerned)
        side["sheet"] = [services.write_sheet(actor=person.actor, facts=facts).pk]
        side["debrief"] = [services.hold_debrief(actor=person.actor, facts=said, lived=said).pk]
        side["visit"] = [acts.plan_return(actor=person.actor, intervention_id=side["act"][0]).pk]
        read = "MARQUE-lecture-FIN" if mine else "MARQUE-etranger-FIN"
        acts.read_party(
            actor=person.actor, intervention_id=side["act"][0], party="a", stage=3, texts={"positions": read}
        )
        side["action"] = [_action(person, "MARQUE-equipe-FIN" if mine else "MARQUE-etranger-FIN")]
        side["timer"] = [services.arm_timer(actor=person.actor, minutes=30).pk]


def _action(person, text: str):
    facts = {"text": text, "owner_id": person.member.pk, "due_on": today()}
    return acts.open_action(actor=person.actor, team_id=next(iter(person.actor.team_ids)), **facts).pk
