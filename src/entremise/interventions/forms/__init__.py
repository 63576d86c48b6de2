"""Forms of acts and threads."""

from entremise.interventions.forms.act import CONFLICT_FIELDS, ActForm, Choices, CorrectForm, RecordForm
from entremise.interventions.forms.choices import choices_for
from entremise.interventions.forms.review import CorrectionRequestForm, OpenThreadForm, PersonForm, ReminderForm

__all__ = [
    "CONFLICT_FIELDS",
    "ActForm",
    "Choices",
    "CorrectForm",
    "CorrectionRequestForm",
    "OpenThreadForm",
    "PersonForm",
    "RecordForm",
    "ReminderForm",
    "choices_for",
]
