"""Who may speak to the phones' interface. Every refusal is JSON with our mark and takes nothing away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware

from entremise.accounts.gate import SECOND_FACTOR_DONE, is_passed
from entremise.accounts.services import second_factor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.sync.services.answers import MARKER

View = Callable[..., HttpResponse]
SENTENCES = {
    "session": "La session est fermée. Reconnectez-vous : rien n’est perdu.",
    "second_factor": "Confirmez votre second facteur, puis l’envoi reprendra.",
    "csrf": "Le jeton de la page a changé. Redemandez-le, puis renvoyez.",
    "organisation": "Ce compte n’est d’aucune organisation ouverte.",
    "unreadable": "Cet envoi est illisible. Rien n’a été enregistré.",
    "too_large": "Cet envoi est trop gros. Envoyez-en la moitié.",
    "not_found": "Introuvable.",
    "not_allowed": "Votre rôle ne permet pas cela.",
    "invalid": "Cet envoi ne peut pas être gardé tel quel.",
    "busy": "Le serveur est occupé. Recommencez un peu plus tard.",
}


def refuse(status: int, code: str, **facts: Any) -> HttpResponse:
    """A refusal of the whole request; a phone that reads it keeps everything it has."""
    body = {"marker": MARKER, "error": code, "sentence": SENTENCES[code], **facts}
    return plain(JsonResponse(body, status=status))


def plain(response: HttpResponse) -> HttpResponse:
    """Never kept by a cache."""
    response["Cache-Control"] = "no-store"
    return response


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: Any, reason: str) -> Any:
        return HttpResponse(reason, status=403)


def _csrf_fails(request: Any) -> bool:
    check = _Csrf(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, _unmarked, (), {}) is not None


def _unmarked(request: Any) -> HttpResponse:
    """A view that is not exempt, for the check above."""
    return HttpResponse()


def phone(view: View) -> View:
    """Check session, second factor, membership and token, and turn services' refusals into JSON."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if (refused := _closed(request)) is not None:
            return refused
        try:
            return view(request, *args, **kwargs)
        except NotFound:
            return refuse(404, "not_found")
        except NotAllowed:
            return refuse(403, "not_allowed")
        except InvalidInput as invalid:
            return refuse(422, "invalid", errors=invalid.errors)

    return guarded


def unreadable(request: Any, _error: Exception) -> HttpResponse:
    """An address whose numbers are missing or are none: refused as everything else is, in JSON with our mark."""
    return _closed(request) or refuse(400, "unreadable")


def _closed(request: Any) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return refuse(401, "session")
    needed = request.actor is not None and second_factor.is_required(request.actor.roles)
    if not is_passed(request) or (needed and not request.session.get(SECOND_FACTOR_DONE)):
        return refuse(401, "second_factor")
    if request.actor is None:
        return refuse(403, "organisation")
    if request.method not in ("GET", "HEAD") and _csrf_fails(request):
        return refuse(403, "csrf")
    return None
