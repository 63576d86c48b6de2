"""Who may no more pass in a session as it is now: asked at each page of it, at the convocation and at the opening."""

import datetime as dt
import uuid
from collections.abc import Collection

from entremise.certification.enums import Attendance
from entremise.certification.models import Candidacy, ExamSession, Sitting, VaeDossier
from entremise.certification.queries.candidates import open_names
from entremise.certification.queries.sessions import FaultLine
from entremise.certification.queries.vae import standing_of_dossier
from entremise.certification.vae_path import jury_faults
from entremise.competences.enums import Route

_AWAITED = (Attendance.EXPECTED, Attendance.PRESENT)


def passing_faults(session: ExamSession) -> list[FaultLine]:
    """One sentence for each candidate by the VAE who may not pass on the session's dates; three queries at most.

    They were asked when they entered; since then the dates may have moved, their admissibility ended, their candidacy
    lapsed or closed. Whoever is absent is asked nothing.
    """
    sittings = Sitting.objects.filter(session=session, route=Route.VAE, attendance__in=_AWAITED)
    people = {one.candidate_id: one.candidate for one in sittings.select_related("candidate").order_by("rank")}
    if not people:
        return []
    told = _told(people, session.ends_on)
    open_names([people[who] for who in told])
    return [FaultLine(sentence, people[who].name) for who, sentence in told.items()]


def _told(people: Collection[uuid.UUID], day: dt.date) -> dict[uuid.UUID, str]:
    """Candidate → why they may not pass that day; those who may are not there."""
    held = {one.candidate_id: one for one in Candidacy.objects.filter(candidate_id__in=people, withdrawn_on=None)}
    dossiers = {one.candidacy_id: one for one in VaeDossier.objects.filter(candidacy__in=held.values())}
    found = {}
    for who in people:
        candidacy = held.get(who)
        if candidacy is None:
            found[who] = "Cette candidature est close."
        elif candidacy.route == Route.VAE and (
            faults := jury_faults(standing_of_dossier(dossiers.get(candidacy.pk)), day)
        ):
            found[who] = _sentence(faults)
    return found


def _sentence(faults: Collection[str]) -> str:
    """Several faults of one candidate, as one sentence."""
    first, *others = (fault.rstrip(".") for fault in faults)
    return " ; ".join([first, *(one[0].lower() + one[1:] for one in others)]) + "."
