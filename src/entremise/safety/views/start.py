"""Where a sheet or a debriefing starts from: an act, an alert, a sheet, kept as an identifier in the address."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from entremise.core.http import Request
from entremise.core.time import local, now
from entremise.interventions.queries import get_intervention
from entremise.safety import queries
from entremise.safety.enums import Subject
from entremise.safety.queries.sheets import get_sheet, people_of_sheets


@dataclass(frozen=True)
class Start:
    """The record one comes from, and the first values it gives."""

    subject: Subject = Subject.LIBRE
    identifier: uuid.UUID | None = None
    initial: dict[str, Any] = field(default_factory=dict)
    url: str = ""

    @property
    def act_id(self) -> uuid.UUID | None:
        """The act, when it starts from one."""
        return self.identifier if self.subject == Subject.ACTE else None

    @property
    def alert_id(self) -> uuid.UUID | None:
        """The alert, when it starts from one."""
        return self.identifier if self.subject == Subject.ALERTE else None


def start_of(request: Request) -> Start:
    """``?acte=``, ``?alerte=`` or ``?fiche=``; NotFound for what the actor may not read."""
    for subject, read in ((Subject.ACTE, _act), (Subject.ALERTE, _alert), (Subject.FICHE, _sheet)):
        asked = request.GET.get(subject.value, "")
        try:
            identifier = uuid.UUID(asked)
        except ValueError:
            continue
        return read(request, identifier)
    return Start(initial={"happened_at": local(now())})


def _act(request: Request, identifier: uuid.UUID) -> Start:
    act = get_intervention(request.actor, identifier)
    people = [member for member in (act.author_id, act.second_author_id) if member]
    initial = {"team_id": act.team_id, "site_id": act.site_id, "happened_at": local(act.occurred_at)}
    url = reverse("interventions:detail", args=[act.pk])
    return Start(Subject.ACTE, act.pk, initial | {"person_ids": people}, url)


def _alert(request: Request, identifier: uuid.UUID) -> Start:
    alert = queries.get_alert(request.actor, identifier)
    initial = {"team_id": alert.team_id, "site_id": alert.site_id, "happened_at": local(alert.raised_at)}
    url = reverse("safety:alert", args=[alert.pk])
    return Start(Subject.ALERTE, alert.pk, initial | {"person_ids": [alert.author_id]}, url)


def _sheet(request: Request, identifier: uuid.UUID) -> Start:
    sheet = get_sheet(request.actor, identifier)
    people = people_of_sheets([sheet.pk])[sheet.pk]
    initial = {"team_id": sheet.team_id, "happened_at": local(sheet.happened_at), "person_ids": people}
    return Start(Subject.FICHE, sheet.pk, initial, reverse("safety:sheet", args=[sheet.pk]))
