"""Tables of the act of mediation and of the threads that join acts."""

from entremise.interventions.models.act import Intervention
from entremise.interventions.models.after import PartyReading, ReturnVisit, TeamAction
from entremise.interventions.models.merged import DistinctActs, MergedAct
from entremise.interventions.models.parts import InterventionCode, InterventionRevision, PublicCount
from entremise.interventions.models.reference import CharterRefusal, NumberCheck
from entremise.interventions.models.thread import Thread

__all__ = [
    "CharterRefusal",
    "DistinctActs",
    "Intervention",
    "InterventionCode",
    "InterventionRevision",
    "MergedAct",
    "NumberCheck",
    "PartyReading",
    "PublicCount",
    "ReturnVisit",
    "TeamAction",
    "Thread",
]
