"""Health check and error pages."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.cache import never_cache

from entremise import __version__
from entremise.core.ui import samples
from entremise.core.ui.context import who

CSRF_FIELD = "csrfmiddlewaretoken"
_GIVEN_BACK = 200_000  # signs of a failed form shown again

TYPED_LENGTH = 8000  # characters of each text given back; the longest field takes as many


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; nothing about its content."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"etat": "ok", "version": __version__})


def _page(request: HttpRequest, status: int, title: str, sentence: str, typed: Sequence[str] = ()) -> HttpResponse:
    context = {"title": title, "sentence": sentence, "typed": typed}
    return render(request, "core/error.html", context, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what arrived could not be read; 413 when it was too long to be read at all."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, "Ce formulaire est trop long pour être envoyé", _too_long())
    sentence = "Rien n’a été enregistré. Rouvrez la page et recommencez."
    return _page(request, 400, "Demande illisible", sentence, _readable(request))


def _too_long() -> str:
    """A page whose scripts run stops such a form before it leaves: these words are for the others."""
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
    return (
        f"Ses textes dépassent ensemble {megabytes} Mo : ils n’ont pas été lus, et rien n’a été enregistré. "
        "Rouvrez le formulaire et n’y mettez que l’essentiel ; un document entier se garde ailleurs."
    )


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but this is not within the person's role."""
    return _page(
        request,
        403,
        "Cette page n’est pas ouverte à votre rôle",
        "Si vous en avez besoin pour travailler, demandez à l’administrateur de votre organisation.",
    )


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also the answer to every identifier of another organisation."""
    return _page(request, 404, "Page introuvable", "L’adresse est peut-être incomplète, ou la fiche n’existe plus.")


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without anything that could fail again, and giving back the words that were sent."""
    sent = sent_fields(request)
    too_long = sum(len(value) for _, value in sent) > _GIVEN_BACK
    context = {"path": request.get_full_path(), "sent": [] if too_long else sent}
    return HttpResponse(get_template("core/error_500.html").render(context), status=500)


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that did not arrive: a page kept in no cache may come back empty.

    Nothing of the pages of accounts (passwords, codes), nothing when a file was part of it: it must be chosen again.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None or match.app_name == "accounts":
        return []
    try:
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        return [] if request.FILES else fields
    except Exception:  # whatever could not be read; a page about a failure must not fail
        return []


def closed(request: HttpRequest, sent: list[tuple[str, str]]) -> HttpResponse:
    """401: the session closed before the form arrived. The page keeps it whole, to be sent again after signing in."""
    sentence = (
        "Rien n’a été enregistré, et rien n’est perdu : ce que vous avez écrit est dans cette page. "
        "Connectez-vous dans un nouvel onglet, revenez ici, puis envoyez de nouveau."
    )
    response = _again(request, 401, "Votre session s’est fermée", sentence, sent)
    response["Cache-Control"] = "no-store"
    return response


def _again(request: HttpRequest, status: int, title: str, sentence: str, sent: list[tuple[str, str]]) -> HttpResponse:
    fields = [(name, value) for name, value in sent if name != CSRF_FIELD]
    context = {
        "title": title,
        "sentence": sentence,
        "fields": fields,
        "words": [value for _, value in fields if " " in value.strip()],
        "path": request.get_full_path(),
        "sign_in": settings.LOGIN_URL if status == 401 else "",
    }
    return render(request, "core/send_again.html", context, status=status)


def _from_here(request: HttpRequest) -> bool:
    """True when the browser says that the form came from a page of this site."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection expired. Pages are in no cache, so the words that were typed are given back here."""
    signed_in = getattr(request, "actor", None) is not None
    title = "La page était ouverte depuis trop longtemps"
    sent = sent_fields(request) if signed_in and _from_here(request) else []
    if sent:
        sentence = "Rien n’a encore été enregistré. Ce que vous avez écrit est dans cette page : envoyez de nouveau."
        return _again(request, 403, title, sentence, sent)
    way = "depuis le menu" if signed_in else "par le lien ou l’adresse d’où vous veniez"
    sentence = f"Rien n’a été enregistré. Rouvrez le formulaire {way}, puis envoyez de nouveau."
    return _page(request, 403, title, sentence, _typed(request))


def _readable(request: HttpRequest) -> list[str]:
    try:
        return _typed(request)
    except Exception:  # whatever made the request unreadable; a page about a failure must not fail
        return []


def _typed(request: HttpRequest) -> list[str]:
    """Sentences sent by someone signed in, outside the pages of accounts, where a secret may be typed."""
    match = request.resolver_match
    if request.method != "POST" or getattr(request, "actor", None) is None or (match and match.app_name == "accounts"):
        return []
    return [str(value)[:TYPED_LENGTH] for value in request.POST.values() if " " in str(value).strip()]


@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Asked by a page before it sends a long form: is the session still open, for whom, with which token."""
    return JsonResponse({"csrf": get_token(request), "who": who(request)})


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what was checked, how, and what was not."""
    return render(request, "core/accessibility.html")


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "core/style.html", samples.context(request))
