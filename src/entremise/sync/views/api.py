"""The phones' interface, ``/api/sync/``: docs/adr/0009 is its contract."""

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from ninja import NinjaAPI
from ninja.errors import ValidationError

from entremise import __version__
from entremise.accounts import device as browser
from entremise.core.time import now
from entremise.sync import envelope
from entremise.sync.commands import EnrolDevice, SendBatch
from entremise.sync.envelope import Unreadable
from entremise.sync.queries import devices as queries
from entremise.sync.queries.epoch import current_epoch
from entremise.sync.queries.media import received_of
from entremise.sync.services import answers, devices, enrol_device, receive_batch
from entremise.sync.services.keys import current_key
from entremise.sync.services.media import PIECE, WrongOffset, receive_piece
from entremise.sync.services.receiving import HEAVIEST, MOST_OPERATIONS
from entremise.sync.views import schemas
from entremise.sync.views.gate import phone, plain, refuse, unreadable

api = NinjaAPI(title="Carnet hors ligne", version="1", docs_url=None, openapi_url=None, urls_namespace="sync_api")
api.add_exception_handler(ValidationError, unreadable)  # type: ignore[arg-type]
REFUSALS = dict.fromkeys((400, 401, 403, 404, 413, 422), schemas.Refusal)


def _said(**facts: Any) -> HttpResponse:
    return plain(JsonResponse({"marker": answers.MARKER, **facts}))


def _json(request: Any, heaviest: int = HEAVIEST) -> Any:
    """The decoded body; raises Unreadable, or TooLarge before reading more than needed."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > heaviest or len(request.body) > heaviest:
        raise TooLarge
    return envelope.loads(request.body)


class TooLarge(Exception):
    """The body weighs more than a batch may."""


@api.get("/hello", response={200: schemas.Hello, **REFUSALS}, operation_id="hello")
@phone
def hello(request: Any) -> HttpResponse:
    """The hour, the token, the key to seal to, and what the server knows of the member's devices."""
    key = current_key(request.actor.organisation_id)
    return _said(
        now=answers.instant(now()),
        epoch=current_epoch(),
        version=__version__,
        csrf=get_token(request),
        organisation=str(request.actor.organisation_id),
        member=str(request.actor.member_id),
        organisation_key=key.public,
        organisation_key_id=str(key.pk),
        limits={"operations": MOST_OPERATIONS, "bytes": HEAVIEST},
        schemas=queries.accepted_schemas(),
        devices={str(one.pk): devices.told(one) for one in queries.own_devices(request.actor)},
    )


@api.post(
    "/devices",
    response={200: schemas.Enrolled, **REFUSALS},
    operation_id="enrol",
    openapi_extra={"requestBody": schemas.ENROLMENT_BODY},
)
@phone
def enrol(request: Any) -> HttpResponse:
    """Enrol the phone; the same keys are answered the same."""
    try:
        command = _enrolment(_json(request, 4096), browser.label(request))
    except (Unreadable, TooLarge):
        return refuse(400, "unreadable")
    device = enrol_device(actor=request.actor, command=command)
    key = current_key(request.actor.organisation_id)
    return _said(
        device=str(device.pk),
        organisation=str(device.organisation_id),
        member=str(device.member_id),
        organisation_key=key.public,
        organisation_key_id=str(key.pk),
        epoch=current_epoch(),
        state=devices.told(device),
    )


def _enrolment(body: Any, label: str) -> EnrolDevice:
    if not isinstance(body, dict):
        raise Unreadable("not an enrolment")
    try:
        return EnrolDevice(
            signing_public=str(body["signing_public"]),
            reading_public=str(body["reading_public"]),
            name=label,
            device=uuid.UUID(str(body["device"])) if body.get("device") else None,
        )
    except (KeyError, ValueError) as error:
        raise Unreadable("not an enrolment") from error


@api.post(
    "/batches",
    response={200: schemas.BatchAnswer, **REFUSALS},
    operation_id="send",
    openapi_extra={"requestBody": schemas.BATCH_BODY},
)
@phone
def send(request: Any) -> HttpResponse:
    """Take in a batch of sealed operations, answered one by one."""
    try:
        body = _json(request)
        command = _batch(body)
    except TooLarge:
        return refuse(413, "too_large", limits={"operations": MOST_OPERATIONS, "bytes": HEAVIEST})
    except Unreadable:
        return refuse(400, "unreadable")
    if isinstance(body.get("health"), dict) and command.device is not None:
        devices.report_health(actor=request.actor, device_id=command.device, report=body["health"])
    return plain(JsonResponse(receive_batch(actor=request.actor, command=command)))


def _batch(body: Any) -> SendBatch:
    if not isinstance(body, dict) or body.get("v") != 1 or not isinstance(body.get("ops"), list):
        raise Unreadable("not a batch")
    if len(body["ops"]) > MOST_OPERATIONS:
        raise TooLarge
    known = {} if body.get("known") is None else body["known"]
    batch = body.get("batch")
    if not isinstance(known, dict) or not isinstance(batch, str) or not 0 < len(batch) <= 64:
        raise Unreadable("not a batch")
    try:
        device = uuid.UUID(str(body["device"])) if body.get("device") else None
        ranks = {uuid.UUID(str(device)): min(max(int(rank), 0), 2**53) for device, rank in list(known.items())[:20]}
        seen = tuple(uuid.UUID(str(one)) for one in list(body.get("seen") or [])[:200])
    except (ValueError, TypeError, OverflowError) as error:
        raise Unreadable("not a batch") from error
    epoch = str(body.get("epoch") or "")[:64]
    return SendBatch(batch=batch, ops=tuple(body["ops"]), device=device, seen=seen, known=ranks, epoch=epoch)


@api.get("/mirror", response={200: schemas.MirrorAnswer, **REFUSALS}, operation_id="mirror")
@phone
def mirror(request: Any) -> HttpResponse:
    """The parts of the mirror whose digest is not one of ``?known=code:digest,…``."""
    pairs = (one.partition(":") for one in request.GET.get("known", "")[:4000].split(","))
    codes, parts = queries.mirror_parts(request.actor, {code: digest for code, _, digest in pairs})
    return _said(now=answers.instant(now()), epoch=current_epoch(), codes=codes, parts=parts)


@api.get("/media/{sha256}", response={200: schemas.MediaAnswer, **REFUSALS}, operation_id="media_state")
@phone
def media_state(request: Any, sha256: str) -> HttpResponse:
    """How many bytes of a file have come."""
    blob = received_of(request.actor, sha256)
    return _said(received=blob.received if blob else 0, complete=bool(blob and blob.complete_at))


@api.put(
    "/media/{sha256}",
    response={200: schemas.MediaAnswer, 409: schemas.MediaAnswer, **REFUSALS},
    operation_id="media_piece",
    openapi_extra={"requestBody": schemas.PIECE_BODY},
)
@phone
def media_piece(request: Any, sha256: str, offset: int, total: int) -> HttpResponse:
    """The next piece of a file, one megabyte at most."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > PIECE:
        return refuse(413, "too_large", limits={"operations": MOST_OPERATIONS, "bytes": PIECE})
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        return refuse(400, "unreadable")
    try:
        blob = receive_piece(actor=request.actor, sha256=sha256, offset=offset, total=total, piece=request.body)
    except WrongOffset as wrong:
        body = {"marker": answers.MARKER, "received": wrong.received, "complete": False}
        return plain(JsonResponse(body, status=409))
    return _said(received=blob.received, complete=blob.complete_at is not None)
