"""The office's search, and communes suggested while typing. Typed words travel in the body, never in an address."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.places import queries
from entremise.places.models import Commune
from entremise.places.search import MAX_TEXT
from entremise.places.search import search as search_everywhere


@require_http_methods(["GET", "POST"])
def search(request: Request) -> HttpResponse:
    """Sites, partners and references that hold the words typed. GET shows the empty form alone."""
    require(request.actor, "places.view")
    text = request.POST.get("recherche", "")[:MAX_TEXT]
    found = search_everywhere(request.actor, text)
    return render(request, "places/search.html", {"text": text, "found": found})


@require_POST
def commune_options(request: Request) -> HttpResponse:
    """Suggestions for the field of a commune (fragment)."""
    require(request.actor, "places.view")
    communes = queries.search_communes(request.POST.get("commune", "")[:MAX_TEXT])
    return render(request, "places/_commune_options.html", {"communes": communes})


@require_GET
def commune(request: Request, code: str) -> HttpResponse:
    """What the national list says of a commune, its town hall, and the organisation's sites there."""
    actor = request.actor
    require(actor, "places.view")
    shown = get_object_or_404(Commune, pk=code)
    sites = queries.list_sites(actor).filter(commune_code=code)[:100]
    return render(request, "places/commune.html", {"commune": shown, "lines": queries.site_lines(actor, sites)})
