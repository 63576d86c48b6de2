"""Badges: given to their holder, verified by anybody, with the lists and the keys that verify them."""

import uuid
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.certification.forms.badges import CheckForm
from entremise.certification.models import Certificate
from entremise.certification.openbadges.reading import MOST_BYTES
from entremise.certification.queries import badges as queries
from entremise.certification.queries.certificates import get_certificate, verified
from entremise.certification.services import badges as services
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.http import Request, as_file
from entremise.core.permissions import require
from entremise.core.ui.saving import act


@require_safe
def download(request: Request, certificate_id: uuid.UUID) -> HttpResponse:
    """The badge, for its holder and its certifier."""
    return _file(get_certificate(request.actor, certificate_id))


@require_POST
def issue(request: Request, certificate_id: uuid.UUID) -> HttpResponse:
    """Sign the badge of a certificate that has none."""
    require(request.actor, "certification.manage")
    found = get_certificate(request.actor, certificate_id)
    done = "Le badge est signé : il peut être téléchargé et vérifié."
    sign = partial(services.issue_badge, actor=request.actor, certificate_id=found.pk)
    return act(request, sign, done, "certification:candidate", found.candidate_id)


@require_POST
def tie(request: Request, certificate_id: uuid.UUID) -> HttpResponse:
    """Tie one's own badge to an address, or to nobody again."""
    found = get_certificate(request.actor, certificate_id)
    address = request.POST.get("address", "").replace("\x00", "")
    done = "Votre badge est signé de nouveau : téléchargez-le, l’ancien est retiré."
    sign = partial(services.tie_badge, actor=request.actor, certificate_id=found.pk, address=address)
    return act(request, sign, done, "certification:candidate", found.candidate_id)


@require_POST
def change_key(request: Request) -> HttpResponse:
    """A new key for the badges to come."""
    require(request.actor, "certification.manage")
    services.change_key(actor=request.actor)
    messages.success(request, "Les prochains badges seront signés par une nouvelle clé. Les précédents restent vrais.")
    return redirect("certification:settings")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a badge is true and still holds, for anybody; nothing is kept of it."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    verdict = None
    if form.is_valid():
        try:
            content = form.cleaned_data["file"].read(MOST_BYTES + 1)
            verdict = queries.judge(content, form.cleaned_data["address"])
        except InvalidInput as refusal:
            form.add_error("file", refusal.errors["file"])
    context = {"form": form, "verdict": verdict}
    return render(request, "certification/badge_check.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def of_paper(request: HttpRequest, number: str, check: str) -> HttpResponse:
    """The badge of a paper one holds."""
    try:
        return _file(verified(number, check))
    except NotFound as error:
        raise Http404 from error


@login_not_required
@cache_control(public=True, max_age=300)
@require_safe
def withdrawn(request: HttpRequest, key: str) -> HttpResponse:
    """The signed list of the withdrawn badges of a key, for programs wherever they run."""
    answer = HttpResponse(queries.public_key(key).withdrawn, content_type="application/vc")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@login_not_required
@require_safe
def key_page(request: HttpRequest, key: str) -> HttpResponse:
    """Whose key a badge names."""
    found = queries.public_key(key)
    return render(request, "certification/badge_key.html", {"key": found, "keys": queries.keys_beside(found)})


def _file(found: Certificate) -> HttpResponse:
    return as_file(queries.get_badge(found).content, "application/ld+json", f"badge-{found.number}.json")
