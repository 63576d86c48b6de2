"""Keeping evidence: chosen by its author alone, coarse enough to point at no act, read again before it is kept."""

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

from django.db import transaction

from entremise.accounts.services import hold_account
from entremise.competences.queries import competence_lines
from entremise.core.actor import Actor
from entremise.core.errors import FORM, Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now, today
from entremise.interventions.services.texts import clean
from entremise.interventions.texthelper import find, identifying
from entremise.journal.services import publish
from entremise.practice import wording
from entremise.practice.commands import KeepEvidence
from entremise.practice.enums import EvidenceKind
from entremise.practice.events import EvidenceKept, EvidenceRemoved
from entremise.practice.models import Evidence
from entremise.practice.proposals import RECORD
from entremise.practice.queries.portfolio import evidence_lines, get_evidence, told_by, used_sources
from entremise.practice.queries.sources import Source, facts_of, source_of, when_said
from entremise.practice.saying import Said, Trait
from entremise.practice.services.evidence_files import file_faults, settle_file
from entremise.practice.services.guard import require_open

TITLE, LINE, LONGEST = 120, 160, 6_000
DIGEST = 64
_ONCE = "Ce moment est déjà une preuve de votre portfolio : relisez-la plutôt."


@transaction.atomic
def keep_evidence(*, actor: Actor, command: KeepEvidence) -> Evidence:
    """Make a piece of evidence. InvalidInput with every fault at once, or when it would point at one act."""
    require(actor, "practice.keep_portfolio")
    require_open(actor)
    if command.kind not in EvidenceKind.values:
        raise InvalidInput({FORM: ["Cette nature de preuve n’existe pas."]})
    assert actor.user_id is not None
    hold_account(actor.user_id)
    source = source_of(actor, command.kind, command.source_id, command.on)
    if command.source_id and str(command.source_id) in used_sources(evidence_lines(actor)):
        raise InvalidInput({FORM: [_ONCE]})
    evidence = Evidence(author_id=actor.user_id, kind=command.kind)
    evidence.content = _content(actor, command, source, None)
    evidence.save(force_insert=True)
    settle_file(evidence, command)
    publish(EvidenceKept(actor=actor, target_id=evidence.pk))
    return evidence


@transaction.atomic
def change_evidence(*, actor: Actor, evidence_id: uuid.UUID, command: KeepEvidence, base_version: int) -> Evidence:
    """Write one's evidence again, from the same record. Conflict when another window did meanwhile."""
    require_open(actor)
    found = get_evidence(actor, evidence_id)
    evidence = Evidence.objects.select_for_update().get(pk=found.pk)
    if evidence.version != base_version:
        raise Conflict("the evidence was written again elsewhere")
    kept = told_by(evidence)["source"]
    source = source_of(actor, evidence.kind, uuid.UUID(kept) if kept else None, command.on)
    evidence.content = _content(actor, command, source, evidence)
    evidence.version, evidence.kept_at = evidence.version + 1, now()
    evidence.save()
    settle_file(evidence, command)
    publish(EvidenceKept(actor=actor, target_id=evidence.pk))
    return evidence


@transaction.atomic
def remove_evidence(*, actor: Actor, evidence_id: uuid.UUID) -> None:
    """Take it out of the portfolio; the record it came from does not change, a frozen portfolio neither."""
    require_open(actor)
    evidence = get_evidence(actor, evidence_id)
    identifier = evidence.pk
    evidence.delete()
    publish(EvidenceRemoved(actor=actor, target_id=identifier))


def _content(actor: Actor, command: KeepEvidence, source: Source, evidence: Evidence | None) -> str:
    title, text = one_line(clean(command.title)), clean(command.text)
    issuer, name = one_line(clean(command.issuer)), one_line(clean(command.file_name))
    errors = _faults(command, source, title, text) | _document_faults(command, issuer, name)
    errors |= file_faults(actor, command, evidence)
    if source.refusal:
        errors[FORM] = [source.refusal]
    if errors:
        raise InvalidInput(errors)
    traits = agreed(source, command.traits)
    said = Said(source.said.grain, source.said.start, source.said.end, traits)
    content: dict[str, Any] = {
        "title": title,
        "text": text,
        "grain": said.grain,
        "start": said.start.isoformat() if said.start else None,
        "end": said.end.isoformat() if said.end else None,
        "period": when_said(said),
        "traits": traits,
        "facts": facts_of(actor, traits),
        "competences": _ordered(command.competences),
        "source": str(source.id) if source.id else "",
        "on": command.on.replace(day=1).isoformat() if command.on else None,
        "document": {"issuer": issuer, "name": name, **_file(command)} if issuer else None,
    }
    return json.dumps(content, ensure_ascii=False)


def _file(command: KeepEvidence) -> dict[str, Any]:
    """What the evidence says of the file: its fingerprint, and whether the jury will read it or see the original."""
    digest = hashlib.sha256(command.file).hexdigest() if command.file is not None else command.file_digest.lower()
    return {"digest": digest, "filed": command.keeps_file}


def agreed(source: Source, chosen: Any) -> tuple[Trait, ...]:
    """Of what may be told, what the author agrees to tell; all of it unless they said otherwise."""
    if chosen is None:
        return source.said.traits
    return tuple(trait for trait in source.said.traits if ":".join(trait) in chosen)


def _faults(command: KeepEvidence, source: Source, title: str, text: str) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not title or len(title) > TITLE:
        errors["title"] = [f"Donnez un titre de {TITLE} signes au plus, sans nom ni lieu."]
    if not text or len(text) > LONGEST:
        reason = f"Ce texte dépasse {LONGEST} signes : raccourcissez-le."
        errors["text"] = [reason if text else "Dites ce que vous avez fait, et pourquoi : une preuve se raconte."]
    copied = source.words if source.copied else ""
    for field, words in (("title", title), ("text", text)):
        errors.setdefault(field, []).extend(wording.faults(words[:LONGEST], places=source.names, source=copied))
    found = identifying(find(f"{title}\n{text}"[:LONGEST]))
    if found and not command.reread:
        shown = ", ".join(f"« {one.word} »" for one in found[:5])
        errors["reread"] = [f"L’aide au texte montre {shown} : corrigez, ou dites que vous l’avez relu."]
    if not set(command.competences) <= _known() or not command.competences:
        errors["competences"] = ["Choisissez au moins une compétence de la fiche."]
    if command.on and command.on > today():
        errors["on"] = ["Ce mois n’est pas encore passé."]
    return {field: reasons for field, reasons in errors.items() if reasons}


def _document_faults(command: KeepEvidence, issuer: str, name: str) -> dict[str, list[str]]:
    if command.kind != EvidenceKind.DOCUMENT:
        return {}
    errors = {} if issuer and len(issuer) <= LINE else {"issuer": ["Dites qui a établi ce document."]}
    digest = command.file_digest.lower()
    if digest and (len(digest) != DIGEST or set(digest) - set("0123456789abcdef")):
        errors["file"] = ["L’empreinte de ce fichier ne se lit pas : choisissez-le de nouveau."]
    if len(name) > LINE:
        errors["file"] = [f"Le nom de ce fichier dépasse {LINE} signes."]
    return errors


def _known() -> set[str]:
    return {line.reference for line in competence_lines() if line.reference.startswith(f"{RECORD}-")}


def _ordered(references: Any) -> list[str]:
    return [line.reference for line in competence_lines(set(references))]


def month_of(text: str) -> dt.date | None:
    """The first day of a month kept as ISO text; None when none was kept."""
    return dt.date.fromisoformat(text) if text else None
