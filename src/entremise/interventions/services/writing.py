"""Putting a checked content into rows, and remembering what it replaced."""

import json

from entremise.core import crypto
from entremise.core.actor import Actor
from entremise.core.time import now
from entremise.interventions.commands import ActContent
from entremise.interventions.models import Intervention, InterventionCode, InterventionRevision, PublicCount
from entremise.interventions.queries.content import CODES, MARGINS, PLAIN, Changes


def apply(act: Intervention, content: ActContent) -> None:
    """Set the plain fields of an act; the caller saves it, then calls ``write_parts``."""
    for name in PLAIN:
        setattr(act, name, getattr(content, name))


def write_parts(act: Intervention, content: ActContent, *, new: bool = False) -> None:
    """Replace the codes and head counts of a saved act; a new one has none yet."""
    codes = [
        InterventionCode.of(act, reference, code, rank)
        for name, reference in CODES.items()
        for rank, code in enumerate(getattr(content, name))
    ]
    counts = [
        PublicCount(
            organisation_id=act.organisation_id,
            intervention=act,
            dimension=dimension,
            code=band.code,
            count=band.count,
            estimated=band.estimated,
        )
        for name, dimension in MARGINS.items()
        for band in getattr(content, name)
    ]
    if not new:
        act.codes.all().delete()
        act.public.all().delete()
    InterventionCode.objects.bulk_create(codes)
    PublicCount.objects.bulk_create(counts)


def remember(act: Intervention, actor: Actor, changes: Changes) -> dict[str, tuple[str, str]]:
    """Number the change, keep before and after sealed with the act, and give their fingerprints for the journal."""
    assert actor.member_id is not None  # every rule that leads here asks for a member
    act.version += 1
    InterventionRevision.objects.create(
        organisation_id=act.organisation_id,
        intervention=act,
        version=act.version,
        at=now(),
        author_id=actor.member_id,
        sealed_for=act.sealed_for,
        changes=json.dumps(changes, ensure_ascii=False),
    )
    return {name: (_mark(act, name, pair[0]), _mark(act, name, pair[1])) for name, pair in changes.items()}


def _mark(act: Intervention, name: str, value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return crypto.fingerprint(act.encryption_scope(), f"{act.pk}:{name}:{text}", "intervention")
