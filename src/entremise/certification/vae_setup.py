"""What the VAE tells the modules below, once, when the applications are ready."""

from entremise.certification import events, tasks_vae
from entremise.certification.services import vae_corrections, vae_decisions, vae_jury
from entremise.core import schedule
from entremise.core.ui.navigation import Item, register
from entremise.journal.events import subscribe


def declare() -> None:
    """Navigation, what follows a jury, periodic work."""
    register(Item("VAE", "certification:vae", "certification.manage", 352, "note", section="certification"))
    subscribe(events.VaeSendQueued, tasks_vae.enqueue_send)
    subscribe(events.SessionMoved, vae_jury.session_moved)
    subscribe(events.SessionChanged, vae_jury.session_moved)
    subscribe(events.MinutesSealed, vae_jury.minutes_sealed)
    subscribe(events.AddendumSigned, vae_corrections.addendum_signed)
    schedule.register("certification.vae-activite", vae_decisions.watch_activity)
    schedule.register("certification.vae-envois", tasks_vae.watch_sends)
