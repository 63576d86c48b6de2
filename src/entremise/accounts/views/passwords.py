"""A forgotten password: ask for a link, choose a new one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entremise.accounts import device
from entremise.accounts.forms.access import PasswordRequestForm
from entremise.accounts.forms.base import TwicePasswordForm
from entremise.accounts.services import passwords as service
from entremise.accounts.views.base import attempt, refused, request_id


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def request_reset(request: HttpRequest) -> HttpResponse:
    """The answer is the same whoever asks."""
    form = PasswordRequestForm(request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/password_request.html", {"form": form})
    if not form.is_valid():
        return refused(request, "accounts/password_request.html", {"form": form})
    client = device.client_mark(request)
    service.request_reset(email=form.cleaned_data["email"], client=client, request_id=request_id(request))
    return redirect("accounts:password_request_sent")


@login_not_required
def request_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "accounts/password_request_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Choose a new password; the link works once."""
    if service.user_of_reset_link(who, token) is None:
        return render(request, "accounts/link_closed.html", {"kind": "password"}, status=410)
    form = TwicePasswordForm(request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/password_reset.html", {"form": form})
    rid = request_id(request)
    if not attempt(form, lambda data: service.reset_password(who=who, token=token, new=data["new"], request_id=rid)):
        return refused(request, "accounts/password_reset.html", {"form": form})
    messages.success(request, "Votre nouveau mot de passe est en place. Connectez-vous.")
    return redirect("accounts:sign_in")
