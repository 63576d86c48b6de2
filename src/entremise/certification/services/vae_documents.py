"""The documents a candidate deposited at the national service: asked by a person, fetched by the queue, joined sealed.

Their addresses are in the dossiers that the published source of the service answers (read in January 2026). A
document is fetched only at the service's own address, bounded, and told by its first bytes; what is left out is said.
"""

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from entremise.certification.enums import PieceKind, VaeStepKind
from entremise.certification.models import VaeDossier, VaePiece
from entremise.certification.queries.vae import vae_candidate
from entremise.certification.services.texts import LINE, line
from entremise.certification.services.vae import step
from entremise.certification.services.vae_client import REFUSALS, ServiceClient, ServiceRefusal
from entremise.certification.services.vae_sends import client_for
from entremise.core import pieces
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require

# What the service says of a document of the second dossier → what it is here; the jury reads both.
_KINDS = {"DOSSIER_DE_VALIDATION": PieceKind.VALIDATION, "PIECE_SUPPLEMENTAIRE": PieceKind.ADDITIONAL}
_TYPE = "n’est ni un PDF, ni une image JPEG ou PNG."
_MORE = "{} documents de plus n’ont pas été lus : consultez-les au service national."
_FULL = f"est de trop : un dossier tient {pieces.MOST} pièces au plus."


@dataclass
class _Found:
    """What was fetched, and in sentences what was not."""

    files: list[tuple[PieceKind, str, bytes]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def ask_documents(*, actor: Actor, candidate_id: uuid.UUID) -> VaeDossier:
    """The dossier whose documents may be asked for; InvalidInput where the service does not know it."""
    require(actor, "certification.manage")
    _, candidacy = vae_candidate(actor, candidate_id)
    found = VaeDossier.objects.filter(candidacy=candidacy).exclude(service_id="").first()
    if found is None:
        raise InvalidInput({FORM: ["Dites d’abord quelle candidature du service national est celle-ci."]})
    return found


def fetch_documents(dossier_id: uuid.UUID) -> int:
    """Read both dossiers at the service and join what is new; gives how many were. Its history says the rest."""
    dossier = VaeDossier.objects.exclude(service_id="").filter(pk=dossier_id).first()
    if dossier is None:
        return 0
    found = _Found()
    try:
        _read(client_for(dossier.organisation_id), dossier, found)
    except ServiceRefusal as refused:
        found.refused.append(REFUSALS[refused.code][0])
    return _join(dossier_id, found)


def _read(client: ServiceClient, dossier: VaeDossier, found: _Found) -> None:
    """Both dossiers, one document at a time: one that is refused does not keep the others away."""
    rows: list[tuple[PieceKind, Any]] = [
        (PieceKind.SERVICE, one) for one in _rows(client.dossier(dossier.service_id, "dossierDeFaisabilite"))
    ]
    for one in _rows(client.dossier(dossier.service_id, "dossierDeValidation")):
        rows.append((_KINDS.get(str(one.get("type")), PieceKind.SERVICE), one.get("fichier")))
    for kind, told in rows[: pieces.MOST]:
        if not isinstance(told, dict):
            continue
        name = line(str(told.get("nom") or ""))[-LINE:] or "document"
        try:
            content = client.document(str(told.get("url") or ""))
        except ServiceRefusal as refused:
            found.refused.append(f"« {name} » : {REFUSALS[refused.code][0]}")
            continue
        if pieces.media_type_of(content):
            found.files.append((kind, name, content))
        else:
            found.refused.append(f"« {name} » {_TYPE}")
    if (more := len(rows) - pieces.MOST) > 0:
        found.refused.append(_MORE.format(more))


def _rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    listed = told.get("documents")
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


@transaction.atomic
def _join(dossier_id: uuid.UUID, found: _Found) -> int:
    dossier = VaeDossier.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=dossier_id)
    known = set(dossier.pieces.values_list("digest", flat=True))
    joined = 0
    for kind, name, content in found.files:
        digest = hashlib.sha256(content).hexdigest()
        if digest in known:
            continue
        if len(known) >= pieces.MOST:
            found.refused.append(f"« {name} » {_FULL}")
            continue
        known.add(digest)
        owner = {"dossier": dossier, "candidate_id": dossier.candidate_id}
        VaePiece.objects.create(kind=kind, name=name, **owner, **pieces.columns_of(content))
        joined += 1
    said = [f"Nouveaux : {joined}.", *found.refused]
    step(system_actor(dossier.organisation_id), dossier, VaeStepKind.FETCHED, "\n".join(said))
    return joined
