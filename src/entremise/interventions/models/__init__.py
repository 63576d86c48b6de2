"""Tables of the act of mediation and of the threads that join acts."""

from entremise.interventions.models.act import Intervention
from entremise.interventions.models.parts import InterventionCode, InterventionRevision, PublicCount
from entremise.interventions.models.thread import Thread

__all__ = ["Intervention", "InterventionCode", "InterventionRevision", "PublicCount", "Thread"]
