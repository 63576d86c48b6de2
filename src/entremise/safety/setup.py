"""What this module tells the modules below it, once, when the applications are ready."""

from entremise.accounts.events import MemberLeft
from entremise.core import schedule, waiting
from entremise.core.ui import navigation, offline, slots
from entremise.journal.events import subscribe
from entremise.presence import log
from entremise.privacy import holdable
from entremise.privacy.enums import HoldKind
from entremise.safety import events, panels, personal, renderers, services, tasks, verification
from entremise.safety import offline as offline_parts
from entremise.safety import waiting as safety_waiting
from entremise.safety.models import IncidentSheet
from entremise.safety.services.alerts import ALERT


def declare() -> None:
    """Navigation, banner, log lines, watch, retention, legal holds."""
    navigation.register(
        navigation.Item("Sécurité de l’équipe", "safety:home", "safety.answer", 41, icon="lock", section="relay")
    )
    slots.register("page.banner", panels.banner)
    slots.register("urgent.page", panels.urgent)
    slots.register("act.beside", panels.beside_act)
    offline.register("safety.urgent", offline_parts.urgent)
    log.register_renderer(ALERT, renderers.alert_lines)
    waiting.register(safety_waiting.open_alerts)
    schedule.register("securite.veille", tasks.watch)
    holdable.register(HoldKind.INCIDENT, holdable.by_identifier(IncidentSheet))
    subscribe(events.AlertRaised, tasks.enqueue_calls)
    subscribe(events.TimerArmed, tasks.enqueue_watch)
    subscribe(MemberLeft, _forget)
    verification.register()
    personal.declare()


def _forget(event: MemberLeft) -> None:
    services.forget_member(event.actor.organisation_id, event.target_id)
