"""The shell of the notebook, which a phone keeps whole: no word of it belongs to a person or to a place."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.notebook import queries


@require_safe
def shell(request: Request) -> HttpResponse:
    """The one page of the notebook. The same for every member of the organisation, so that it may be kept."""
    require(request.actor, "notebook.use")
    html = render_to_string("notebook/shell.html", queries.shell_context(request.actor), request)
    response = HttpResponse(queries.tight(html))
    response["Cache-Control"] = "no-cache"  # the service worker keeps it, the browser's own cache does not
    return response


@require_safe
def service_worker(request: Request) -> HttpResponse:
    """The service worker: its version is the hash of what it keeps, so that a phone takes what changes."""
    require(request.actor, "notebook.use")
    files = queries.kept_files()
    version = queries.shell_context(request.actor)["settings"]["version"]
    context = {"files": files, "version": version}
    response = render(request, "notebook/service-worker.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: Request) -> JsonResponse:
    """What installs the notebook on a phone's home screen."""
    require(request.actor, "notebook.use")
    return JsonResponse(queries.manifest(), content_type="application/manifest+json")


@require_safe
def me(request: Request) -> JsonResponse:
    """Who is signed in: identifiers alone, so that the phone opens the right notebook."""
    require(request.actor, "notebook.use")
    actor = request.actor
    return JsonResponse({"organisation": str(actor.organisation_id), "member": str(actor.member_id)})
