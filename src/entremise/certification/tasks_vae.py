"""Talk with the national service of the VAE, away from any page. Identifiers only."""

import datetime as dt
import uuid

from entremise.certification.events import VaeSendQueued
from entremise.certification.models import VaeSend
from entremise.certification.services import vae_arrivals, vae_documents, vae_sends
from entremise.core.tasks import task
from entremise.core.time import now

FORGOTTEN = dt.timedelta(hours=1)


@task()
def send_one(send_id: str) -> bool:
    """Tell the service once; again later where it was away; then what waited behind. True when it left."""
    wait = vae_sends.try_send(uuid.UUID(send_id))
    if wait is not None:
        send_one.using(run_after=now() + wait).enqueue(send_id)
    behind = vae_sends.following(uuid.UUID(send_id))
    if behind is not None:
        send_one.enqueue(str(behind))
    return VaeSend.objects.filter(pk=send_id).exclude(sent_at=None).exists()


@task()
def collect(organisation_id: str) -> int:
    """Read what waits for this certifier. Returns how many."""
    return vae_arrivals.collect(uuid.UUID(organisation_id))


@task()
def fetch(dossier_id: str) -> int:
    """Join the documents that a candidate deposited at the service. Returns how many are new."""
    return vae_documents.fetch_documents(uuid.UUID(dossier_id))


def enqueue_send(event: VaeSendQueued) -> None:
    """Queue it in the transaction that decided it: neither outlives the other."""
    send_one.enqueue(str(event.target_id))


def watch_sends() -> str:
    """Take up what a stopped worker left behind: never tried, an hour after it was queued."""
    rows = VaeSend.objects.filter(sent_at=None, refusal="", queued_at__lt=now() - FORGOTTEN)
    left = list(rows.values_list("pk", flat=True)[:100])
    for send_id in left:
        send_one.enqueue(str(send_id))
    return f"{len(left)} envois au service national repris"
