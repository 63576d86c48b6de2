"""What this module tells the modules below it, once, when the applications are ready."""

from entremise.accounts import presets as job_presets
from entremise.accounts import sensitive
from entremise.core import nomenclature
from entremise.core import reflection as starting
from entremise.core.ui import frame, navigation, offline
from entremise.documents.services import register_export
from entremise.intercultural.services import set_act_source
from entremise.interventions import enums, logline, part, reflection, waiting
from entremise.interventions import offline as offline_parts
from entremise.interventions.exports import actions, acts, threads
from entremise.interventions.holdable import find_act
from entremise.interventions.models import Thread
from entremise.interventions.presets import LOG_SUBJECT, OPENS_A_CARD, REGISTERS_BY_JOB, SENSITIVE
from entremise.interventions.search import act_link, find_references
from entremise.interventions.services import anonymity
from entremise.interventions.services.after import seen_again
from entremise.interventions.services.followed import close_with_agreement, close_with_opposition
from entremise.interventions.services.rounds import follow_merge
from entremise.journal.events import subscribe
from entremise.places.search import register_source
from entremise.presence import figures as day_figures
from entremise.presence import guard, log
from entremise.presence import waiting as waiting_room
from entremise.presence.events import RoundsMerged, StopReached
from entremise.privacy import holdable as holds
from entremise.privacy.enums import HoldKind
from entremise.privacy.events import AgreementWithdrawn, PersonOpposed
from entremise.privacy.panels import PANELS
from entremise.privacy.services import register_part

_LISTS = (
    ("L1", "Registre d’activité", enums.Register),
    ("L2", "Origine", enums.Origin),
    ("L3", "Mode de contact", enums.ContactMode),
    ("L5", "Configuration du public", enums.PublicConfiguration),
    ("L7", "Genre", enums.Gender),
    ("L8", "Qualité du public", enums.PublicQuality),
    ("L9", "Besoin de langue", enums.LanguageNeed),
    ("L10", "Nature de la demande", enums.Demand),
    ("L11", "Thème", enums.Theme),
    ("L12", "Type de conflit", enums.ConflictKind),
    ("L13", "Objet du conflit", enums.ConflictObject),
    ("L14", "Antériorité", enums.History),
    ("L16", "Signal de danger", enums.DangerSign),
    ("L17", "Action réalisée", enums.Action),
    ("L18", "Résultat immédiat", enums.Outcome),
    ("L19", "Suite", enums.FollowUp),
)


def declare() -> None:
    """Lists, presets, sensitive values, navigation, log lines, things to do."""
    for reference, name, choices in _LISTS:
        nomenclature.register(reference, name, choices)
    for job, registers in REGISTERS_BY_JOB.items():
        job_presets.declare(job, "registers", [(code.value, str(code.label)) for code in registers])
    for (reference, code), why in SENSITIVE.items():
        sensitive.register(
            reference, code, why, shown="pour ouvrir la carte réflexe" if reference == OPENS_A_CARD else ""
        )
    navigation.register(
        navigation.Item("Noter", "interventions:record", "interventions.record", 12, icon="note", bar=True)
    )
    navigation.register(
        navigation.Item("Interventions", "interventions:list", "interventions.list", 22, icon="note", section="field")
    )
    navigation.register(
        navigation.Item("Suites", "interventions:after", "interventions.record", 23, icon="arrow", section="field")
    )
    offline.register("interventions.act", offline_parts.forms_of)
    offline.register("interventions.urgent", offline_parts.urgent)
    frame.register_head("interventions/_text_helper.html")
    log.register_renderer(LOG_SUBJECT, logline.render)
    log.register_filter("conflits", "Conflits", logline.is_conflict, order=20)
    guard.register(anonymity.objection)
    register_source("Interventions", find_references)
    set_act_source(act_link)
    starting.register_source(reflection.KIND, reflection.starting_point)
    holds.register(HoldKind.INTERVENTION, find_act)
    holds.register(HoldKind.FIL, holds.by_identifier(Thread))
    register_export(acts.EXPORT, acts.export)
    register_export(threads.EXPORT, threads.export)
    register_export(actions.EXPORT, actions.export)
    subscribe(RoundsMerged, follow_merge)
    subscribe(StopReached, seen_again)
    subscribe(AgreementWithdrawn, close_with_agreement)
    subscribe(PersonOpposed, close_with_opposition)
    PANELS.register("Fils et interventions", "interventions:person_panel", "interventions.list", 10)
    register_part(part.PART)
    waiting_room.register(waiting.waiting_for)
    day_figures.register(waiting.figures_of)
