"""Giving a frozen report to a funder, and the page the funder opens."""

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import get_organisation, member_names
from entremise.core.errors import Conflict, NotFound
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.ui.lists import paginate
from entremise.statistics import exports, filters, services
from entremise.statistics.enums import Format
from entremise.statistics.filters import Asked
from entremise.statistics.models import ReportLink
from entremise.statistics.queries import get_convention, get_link
from entremise.statistics.report import from_json
from entremise.statistics.screen import screen_of
from entremise.statistics.views.reports import as_plain_file, made


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Request) -> HttpResponse:
    """Preview what the funder will read, then make its link."""
    actor = request.actor
    require(actor, "statistics.manage")
    asked = filters.read(request, actor)
    if asked.convention is None:
        raise NotFound("convention")
    if not asked.is_valid or asked.not_yet:
        return redirect(f"{reverse('statistics:report')}?{urlencode(asked.codes)}")
    if request.method != "POST":
        return _preview(request, asked)
    try:
        link, token = services.share_report(
            actor=actor,
            convention_id=asked.convention.pk,
            period=asked.period,
            comparison=asked.comparison,
            seen=request.POST.get("seen", ""),
        )
    except Conflict:
        return _preview(request, asked, moved=True)
    return _made(request, link, token)


def _preview(request: Request, asked: Asked, *, moved: bool = False) -> HttpResponse:
    """What will be frozen, with its digest; ``moved`` when the figures changed since they were read."""
    report = made(request, asked)
    context = {
        "asked": asked,
        "codes": urlencode(asked.codes),
        "screen": screen_of(report),
        "seen": services.digest_of(report),
        "moved": moved,
    }
    return render(request, "statistics/share.html", context, status=422 if moved else 200)


def _made(request: Request, link: ReportLink, token: str) -> HttpResponse:
    """The address, shown once: only its hash is kept, so no redirection can show it again."""
    address = f"{settings.BASE_URL}{reverse('statistics:shared', args=[token])}"
    response = render(request, "statistics/shared_made.html", {"link": link, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def links(request: Request, convention_id: uuid.UUID) -> HttpResponse:
    """The links given for a convention: until when, opened how often."""
    actor = request.actor
    convention = get_convention(actor, convention_id)
    require(actor, "statistics.download", convention)
    found = filters.LinkFilters({**request.GET.dict(), "convention": str(convention.pk)}, actor=actor)
    page = paginate(request, found.listed())
    names = member_names(link.created_by_id for link in page)
    context = {
        "convention": convention,
        "filters": found,
        "page": page,
        "export": "liens",
        "export_also": {"convention": convention.pk},
        "links": [{"link": link, "author": names.get(link.created_by_id, "")} for link in page],
        "can_manage": can(actor, "statistics.manage"),
    }
    return render(request, "statistics/links.html", context)


@require_POST
def revoke(request: Request, link_id: uuid.UUID) -> HttpResponse:
    """Close a link at once."""
    actor = request.actor
    link = get_link(actor, link_id)
    services.revoke_link(actor=actor, link_id=link.pk)
    messages.success(request, "Lien retiré : il n’ouvre plus rien.")
    return redirect("statistics:links", link.convention_id)


@login_not_required
@require_GET
def shared(request: Request, token: str) -> HttpResponse:
    """The frozen report, for whoever holds the link; no account, no cookie."""
    link = services.open_shared(token)
    if link is None:
        return _private(render(request, "statistics/shared_closed.html", status=404))
    services.note_opening(link)
    context = {
        "link": link,
        "token": token,
        "screen": screen_of(from_json(link.snapshot)),
        "organisation_name": get_organisation(link.organisation_id).name,
    }
    return _private(render(request, "statistics/shared.html", context))


@login_not_required
@require_GET
def shared_pdf(request: Request, token: str) -> HttpResponse:
    """The same as a PDF."""
    link = services.open_shared(token)
    if link is None:
        return _private(render(request, "statistics/shared_closed.html", status=404))
    document = exports.to_document(from_json(link.snapshot))
    content, media_type = exports.render(document, Format.PDF)
    return _private(as_plain_file(content, media_type, f"{document.title}.pdf"))


def _private(response: HttpResponse) -> HttpResponse:
    """Out of search engines, caches and the next page's logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
