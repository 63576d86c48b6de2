"""What the registry of persons tells the other modules, once, when the applications are ready."""

from entremise.core import waiting
from entremise.core.ui import navigation
from entremise.documents.services import register_export
from entremise.places.search import register_source
from entremise.privacy import exports, panels


def set_up() -> None:
    """Navigation, search, spreadsheet, what waits."""
    navigation.register(
        navigation.Item("Personnes suivies", "privacy:persons", "privacy.use_persons", 24, "person", section="field")
    )
    register_source("Personnes suivies", panels.find_persons)
    register_export(exports.EXPORT, exports.export)
    waiting.register(panels.waiting_for)
