"""What several tests of this module's pages write."""

from entremise.core.time import local
from entremise.presence import services


def typed(moment):
    """An instant as a form sends it."""
    return local(moment).strftime("%Y-%m-%dT%H:%M")


def fill(cast, ground):
    """One more of everything; the round is closed."""
    samia = cast.samia.actor
    outing = services.open_round(actor=samia, team_id=cast.team.pk, sector_id=ground.sector.pk)
    services.arrive_at_site(actor=samia, round_id=outing.pk, site_id=ground.hall.pk)
    services.observe(actor=samia, team_id=cast.team.pk, site_id=ground.square.pk, watch_type="ambiance")
    services.report_defect(actor=samia, team_id=cast.team.pk, site_id=ground.hall.pk, category="eau")
    services.close_round(actor=samia, round_id=outing.pk, handover="Repasser")
    services.note_call(actor=samia, team_id=cast.team.pk, text="Bruit", site_id=ground.hall.pk)
