"""What this module tells the modules below it, once, when the applications are ready."""

from entremise.accounts.events import ConfidencesClosed
from entremise.core import reflection as starting
from entremise.core import schedule
from entremise.core import waiting as waiting_room
from entremise.core.ui import navigation, slots
from entremise.documents.services import register_export
from entremise.journal.events import subscribe
from entremise.mediations import panels, part, reflection, waiting
from entremise.mediations.exports import cases
from entremise.mediations.models import Case
from entremise.mediations.services import access, consents, erasure, mediators
from entremise.privacy import holdable
from entremise.privacy.enums import HoldKind
from entremise.privacy.events import AgreementWithdrawn, IdentityChecked, PersonOpposed
from entremise.privacy.services import register_part


def declare() -> None:
    """Navigation, exports, what persons are given, what is erased with them and what may be held."""
    navigation.register(
        navigation.Item("Médiations", "mediations:list", "mediations.use", 25, icon="swap", section="field")
    )
    register_export(cases.EXPORT, cases.export)
    register_part(part.PART)
    holdable.register(HoldKind.MEDIATION, holdable.by_identifier(Case))
    subscribe(AgreementWithdrawn, consents.follow_agreement)
    subscribe(PersonOpposed, consents.leave_mediations)
    subscribe(IdentityChecked, access.warn_of_request)
    subscribe(ConfidencesClosed, mediators.warn_of_new_way_in)
    waiting_room.register(waiting.waiting_for)
    slots.register("act.beside", panels.beside_act)
    starting.register_source(reflection.KIND, reflection.starting_point)
    schedule.register("mediations.effacements", erasure.finish_erasures)
