"""What must leave for the national service: queued in the transaction that decided it, tried by the work queue.

A refusal changes nothing here: the line stays to send, with its reason, until somebody mends the cause and sends it
again, or the queue does by itself where the service was only away.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping

from django.conf import settings as django_settings
from django.db import transaction

from entremise.certification.events import VaeSendQueued, VaeSendTried
from entremise.certification.models import ExamSession, VaeDossier, VaeSend
from entremise.certification.national import SendKind
from entremise.certification.queries.vae import vae_settings_for
from entremise.certification.services.vae_client import DOUBTFUL, REFUSALS, ServiceClient, ServiceRefusal
from entremise.core.actor import Actor, system_actor
from entremise.core.db import get_one
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish

# After each failed try, how long the queue waits; then a person decides.
PATIENCE = (60, 300, 1800, 7200, 43200)  # seconds
_DOSSIERS = {SendKind.FEASIBILITY: "dossierDeFaisabilite", SendKind.VALIDATION: "dossierDeValidation"}


def queue(
    actor: Actor,
    dossier: VaeDossier,
    kind: SendKind,
    payload: Mapping[str, str],
    *,
    session: ExamSession | None = None,
) -> VaeSend | None:
    """Put it to send; nothing when the candidature is not known to the national service. Inside a transaction."""
    if not dossier.service_id:
        return None
    send = VaeSend.objects.create(
        organisation_id=dossier.organisation_id,
        candidate_id=dossier.candidate_id,
        dossier=dossier,
        session=session,
        kind=kind,
        payload=json.dumps(payload, ensure_ascii=False),
    )
    publish(VaeSendQueued(actor=actor, target_id=send.pk, codes={"kind": kind}))
    return send


def get_send(actor: Actor, send_id: uuid.UUID) -> VaeSend:
    """Something still to send, for the certifier's staff; NotFound for anybody else's, and once it left."""
    require(actor, "certification.manage")
    return get_one(VaeSend.objects.visible_to(actor).filter(pk=send_id, sent_at=None))


def client_for(organisation_id: uuid.UUID) -> ServiceClient:
    """The conversation of one certifier; ServiceRefusal when the link is closed or the service has no address."""
    settings = vae_settings_for(organisation_id)
    if not settings.service_open or not settings.service_token:
        raise ServiceRefusal("closed")
    if not django_settings.VAE_SERVICE:
        raise ServiceRefusal("address")
    return ServiceClient(django_settings.VAE_SERVICE, settings.service_token)


def try_send(send_id: uuid.UUID) -> dt.timedelta | None:
    """Tell the service once. Gives how long to wait before trying again; None when it left or a person must act.

    No lock is held while the service answers: whoever counts the try first is the one who speaks.
    """
    send = VaeSend.objects.select_related("dossier").filter(pk=send_id, sent_at=None).first()
    if send is None or _earlier(send):
        return None
    if not VaeSend.objects.filter(pk=send.pk, sent_at=None, attempts=send.attempts).update(attempts=send.attempts + 1):
        return None
    refusal = ""
    try:
        _tell(client_for(send.organisation_id), send)
    except ServiceRefusal as refused:
        refusal = refused.code
    _note(send, refusal)
    again = bool(refusal) and REFUSALS[refusal][1] and send.attempts <= len(PATIENCE)
    return dt.timedelta(seconds=PATIENCE[send.attempts - 1]) if again else None


def following(send_id: uuid.UUID) -> uuid.UUID | None:
    """Once it left, the next line of the same dossier, which waited behind it."""
    send = VaeSend.objects.filter(pk=send_id).exclude(sent_at=None).first()
    if send is None:
        return None
    left = VaeSend.objects.filter(dossier_id=send.dossier_id, sent_at=None).order_by("queued_at", "pk")
    return left.values_list("pk", flat=True).first()


def _earlier(send: VaeSend) -> bool:
    """What was decided before leaves before: the service would refuse a jury for a dossier it holds incomplete."""
    rows = VaeSend.objects.filter(dossier_id=send.dossier_id, sent_at=None, queued_at__lt=send.queued_at)
    return rows.exclude(pk=send.pk).exists()


def _tell(client: ServiceClient, send: VaeSend) -> None:
    payload = json.loads(send.payload)
    candidature, kind = send.dossier.service_id, SendKind(send.kind)
    if send.refusal in DOUBTFUL and kind in _DOSSIERS and _already_told(client, send, payload):
        return
    verbs: dict[SendKind, Callable[[str, Mapping[str, str]], None]] = {
        SendKind.FEASIBILITY: client.decide_feasibility,
        SendKind.VALIDATION: client.decide_validation,
        SendKind.SESSION: client.put_session,
        SendKind.RESULT: client.put_result,
    }
    verbs[kind](candidature, payload)


def _already_told(client: ServiceClient, send: VaeSend, payload: Mapping[str, str]) -> bool:
    """After a silence: the service may have taken the decision, and would take it twice."""
    told = client.decisions(send.dossier.service_id, _DOSSIERS[SendKind(send.kind)])
    return any(
        one.get("decision") == payload["decision"]
        and (one.get("commentaire") or "") == payload["commentaire"]
        and str(one.get("dateEnvoi") or "") >= send.queued_at.strftime("%Y-%m-%dT%H:%M:%S")
        for one in told
    )


@transaction.atomic
def _note(send: VaeSend, refusal: str) -> None:
    send.attempts += 1
    changed = {"refusal": refusal} if refusal else {"refusal": "", "sent_at": now()}
    VaeSend.objects.filter(pk=send.pk).update(**changed)
    codes = {"kind": send.kind, "refusal": refusal}
    publish(VaeSendTried(actor=system_actor(send.organisation_id), target_id=send.pk, codes=codes))
