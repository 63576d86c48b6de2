"""Observations of social watch."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from entremise.accounts.queries import choices_for, member_names
from entremise.core.http import Request
from entremise.core.nomenclature import national
from entremise.core.ui.lists import paginate
from entremise.places.queries import site_names
from entremise.presence import queries, services
from entremise.presence.enums import TELLING_WATCH
from entremise.presence.filters import ObservationFilters
from entremise.presence.forms import ObservationForm
from entremise.presence.views.base import form_page, needs, submitted
from entremise.presence.views.start import initial_from


@require_GET
@needs("presence.view_log")
def observations(request: Request) -> HttpResponse:
    """Observations of one's teams. Beside a place, a telling type stays folded until the sheet is opened."""
    actor = request.actor
    form = ObservationFilters(actor, request.GET)
    page = paginate(request, form.listed(queries.list_observations(actor)))
    lists = form.lists("L25", "L26")
    names = site_names({row.site_id for row in page.items})
    rows = [
        {
            "observation": row,
            "site": names[row.site_id],
            "type": "" if national(row.watch_type) in TELLING_WATCH else lists["L25"].label(row.watch_type),
            "reliability": lists["L26"].label(row.reliability),
        }
        for row in page.items
    ]
    return render(request, "presence/observations.html", {"filters_form": form, "page": page, "rows": rows})


@require_GET
@needs("presence.view_log")
def observation(request: Request, observation_id: uuid.UUID) -> HttpResponse:
    """One observation, with its text."""
    actor = request.actor
    row = queries.get_observation(actor, observation_id)
    lists = choices_for(actor.organisation_id, "L25", "L26")
    context = {
        "observation": row,
        "site": site_names([row.site_id])[row.site_id],
        "type": lists["L25"].label(row.watch_type),
        "reliability": lists["L26"].label(row.reliability),
        "author": member_names([row.author_id])[row.author_id],
    }
    return render(request, "presence/observation.html", context)


@needs("presence.work")
def observe(request: Request) -> HttpResponse:
    """Note an observation."""
    actor = request.actor
    initial, back = initial_from(request, fallback="presence:observations")
    form = ObservationForm(actor, request.POST or None, initial=initial)
    if submitted(request, form, services.observe):
        messages.success(request, "Observation enregistrée.")
        return redirect(back)
    return form_page(request, form, title="Observer", submit="Enregistrer l’observation", back=back, kind="observe")
