"""The file of an outside document: deposited by its author's choice, taken away with a word, gone with the evidence."""

from entremise.core import pieces
from entremise.core.actor import Actor
from entremise.practice.commands import KeepEvidence
from entremise.practice.enums import EvidenceKind
from entremise.practice.models import Evidence, EvidenceFile
from entremise.practice.queries.evidence_files import file_of, own_files

_FULL = f"Un portfolio tient {pieces.MOST} fichiers au plus : présentez l’original de celui-ci, ou retirez-en un."


def file_faults(actor: Actor, command: KeepEvidence, evidence: Evidence | None) -> dict[str, list[str]]:
    """Why the file cannot be deposited; empty when none is, or when nothing keeps it from being."""
    if command.kind != EvidenceKind.DOCUMENT or not command.keeps_file:
        return {}
    held = file_of(evidence)
    if command.file is None:
        return {} if held else {"file": ["Choisissez le fichier à déposer, ou ne gardez que son empreinte."]}
    if not pieces.media_type_of(command.file):
        return {"file": [pieces.REFUSED]}
    if held is None and own_files(actor).count() >= pieces.MOST:
        return {"file": [_FULL]}
    return {}


def settle_file(evidence: Evidence, command: KeepEvidence) -> None:
    """Keep the file that was chosen, or let go of the one that was there. Inside a transaction, faults looked for."""
    if not command.keeps_file or command.file is not None:
        EvidenceFile.objects.filter(evidence=evidence).delete()
    if command.keeps_file and command.file is not None:
        kept = pieces.columns_of(command.file)
        EvidenceFile.objects.create(evidence=evidence, author_id=evidence.author_id, **kept)
