"""What someone may start a reflective sheet from: the facts of an act they signed, names taken out."""

import uuid

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.reflection import StartingPoint
from entremise.core.time import local
from entremise.interventions.enums import Slot
from entremise.interventions.models import Intervention
from entremise.interventions.queries import content_of, get_intervention
from entremise.interventions.queries.figures import slot_of
from entremise.interventions.rules import is_author
from entremise.interventions.texthelper import pseudonymised

KIND = "intervention"
FOLLOWED = (
    "Cet acte concerne une personne suivie : ses mots ne sont pas recopiés, ils s’effaceraient avec elle. "
    "Racontez avec les vôtres, sans la nommer."
)
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
_CODES = (
    ("Registre", "L1", "registers"),
    ("Demande", "L10", "demands"),
    ("Thème", "L11", "themes"),
    ("Objet du conflit", "L13", "conflict_objects"),
    ("Actions", "L17", "actions"),
    ("Résultat", "L18", "outcome"),
    ("Suite", "L19", "follow_ups"),
)


def starting_point(actor: Actor, act_id: uuid.UUID) -> StartingPoint:
    """The facts of an act for one of its authors: the kind of place and the month, never the address nor the day."""
    act = get_intervention(actor, act_id)
    if not is_author(actor, act):
        raise NotFound("intervention")
    content = content_of(act)
    lists = choices_for(act.organisation_id, "L4", *(reference for _, reference, _ in _CODES))
    facts = [("Où", lists["L4"].label(act.site.space_type)), ("Quand", _when(act))]
    for label, reference, name in _CODES:
        value = getattr(content, name)
        codes = value if isinstance(value, tuple) else (value,)
        facts.append((label, ", ".join(lists[reference].label(code) for code in codes if code)))
    if act.tension_before is not None and act.tension_after is not None:
        facts.append(("Tension", f"{act.tension_before} en arrivant, {act.tension_after} en repartant"))
    words = "" if act.sealed_for else _words(act)
    return StartingPoint(
        title=f"{lists['L1'].label(content.registers[0])}, {_when(act)}" if content.registers else _when(act),
        facts=[(label, value) for label, value in facts if value],
        words=words,
        withheld=FOLLOWED if act.sealed_for else "",
    )


def _when(act: Intervention) -> str:
    moment = local(act.occurred_at)
    slot = Slot(slot_of(moment.hour)).label.partition(" (")[0].lower()
    return f"{_MONTHS[moment.month - 1]} {moment.year}, {slot}"


def _words(act: Intervention) -> str:
    told = (("Partie A : ", act.party_a), ("Partie B : ", act.party_b), ("", act.narrative))
    return "\n".join(label + pseudonymised(text) for label, text in told if text)
