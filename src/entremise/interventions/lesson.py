"""What an upper module needs to let a lesson become a team action: the form and the service, together."""

from entremise.interventions.forms.after import LessonForm
from entremise.interventions.services.after import open_action

__all__ = ["LessonForm", "open_action"]
