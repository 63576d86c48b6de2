"""The team's safety on both sides, for ``tests/matrix_world.py``."""

from entremise.safety import services

KINDS = {"alert_id": "alert", "timer_id": "timer"}
AUDIENCES = {"astreinte": {"samia", "paul", "claire", "alban", "dora", "leo", "hugo"}}


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
        side["timer"] = [services.arm_timer(actor=person.actor, minutes=30).pk]
