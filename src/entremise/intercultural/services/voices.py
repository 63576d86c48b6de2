"""Recorded voices: checked by their first bytes, sealed in a file, removed with it."""

import io
import time
import uuid
from collections.abc import Sequence
from typing import IO

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.documents.sealing import seal_stream
from entremise.intercultural.decks import LINES, decks
from entremise.intercultural.enums import MediatorForm
from entremise.intercultural.events import CardVoiceKept, CardVoiceRemoved
from entremise.intercultural.models import CardVoice
from entremise.intercultural.queries.voices import get_voice, voice_folder
from entremise.journal.services import publish

MAX_BYTES = 3_000_000  # two minutes of speech at the usual rate of a telephone, with room
NAME_MAX = 80
STRAY = 3600  # seconds after which a file without a record is a leftover
_NO_FILE = "Choisissez l’enregistrement à ajouter."
_TOO_LARGE = "Ce fichier pèse plus de 3 Mo. Enregistrez la carte seule, en moins de deux minutes."
_WRONG_TYPE = "Ce fichier n’est pas un son MP3, M4A, OGG ou WAV. Enregistrez avec le dictaphone du téléphone."


@transaction.atomic
def keep_voice(
    *, actor: Actor, language: str, card: str, form: str, file: IO[bytes] | None, speaker_name: str, agreed: bool
) -> CardVoice:
    """Keep a voice for a card, in place of the one before. Raises NotFound, InvalidInput.

    ``agreed``: the person whose voice it is accepts that it be kept and heard.
    """
    require(actor, "intercultural.review_cards")
    if language not in decks() or card not in LINES or form not in MediatorForm.values:
        raise NotFound(f"{language} {card}")
    content = file.read(MAX_BYTES + 1) if file is not None else b""
    media_type = media_type_of(content)
    errors = _errors(content, media_type, one_line(speaker_name), agreed)
    if errors:
        raise InvalidInput(errors)
    before = CardVoice.objects.visible_to(actor).filter(language=language, card=card, form=form)
    erase_voices(list(before.values_list("pk", flat=True)))
    voice = CardVoice(
        organisation_id=actor.organisation_id,
        language=language,
        card=card,
        form=form,
        speaker_name=one_line(speaker_name),
        media_type=media_type,
        size=len(content),
        by_id=actor.member_id,
    )
    voice.file_name = f"{voice.pk.hex}.scelle"
    # The file first: a record without its file would be a mute button, a file without its record is swept.
    seal_stream(io.BytesIO(content), voice_folder() / voice.file_name, voice.encryption_scope(), voice.associated)
    voice.save(force_insert=True)
    publish(CardVoiceKept(actor=actor, target_id=voice.pk, codes={"language": language, "card": card}))
    return voice


def _errors(content: bytes, media_type: str, name: str, agreed: bool) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not content:
        errors["file"] = [_NO_FILE]
    elif len(content) > MAX_BYTES:
        errors["file"] = [_TOO_LARGE]
    elif not media_type:
        errors["file"] = [_WRONG_TYPE]
    if not name:
        errors["speaker_name"] = ["Écrivez le nom de la personne, tel qu’elle accepte de le voir."]
    elif len(name) > NAME_MAX:
        errors["speaker_name"] = [f"Raccourcissez le nom : {NAME_MAX} signes au plus."]
    if not agreed:
        errors["agreed"] = ["Sans l’accord de la personne, sa voix n’est pas gardée."]
    return errors


def media_type_of(content: bytes) -> str:
    """The type that the first bytes tell, whatever the file is called; empty for anything else."""
    if content.startswith(b"ID3") or (len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    if content.startswith(b"OggS"):
        return "audio/ogg"
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "audio/wav"
    if content[4:8] == b"ftyp" and content[8:11] in {b"M4A", b"mp4", b"iso", b"3gp"}:
        return "audio/mp4"
    return ""


@transaction.atomic
def remove_voice(*, actor: Actor, voice_id: uuid.UUID) -> CardVoice:
    """Remove a voice and its file. Raises NotFound, NotAllowed."""
    voice = get_voice(actor, voice_id)
    require(actor, "intercultural.review_cards")
    erase_voices([voice.pk])
    publish(CardVoiceRemoved(actor=actor, target_id=voice_id, codes={"language": voice.language, "card": voice.card}))
    return voice


def erase_voices(voice_ids: Sequence[uuid.UUID]) -> int:
    """Delete records, then their files once the transaction holds; how many records."""
    names = list(CardVoice.objects.filter(pk__in=voice_ids).values_list("file_name", flat=True))
    CardVoice.objects.filter(pk__in=voice_ids).delete()
    transaction.on_commit(lambda: _unlink(names))
    return len(names)


def _unlink(names: Sequence[str]) -> None:
    for name in names:
        (voice_folder() / name).unlink(missing_ok=True)


def sweep_voices() -> int:
    """Delete the files that no record names (a save cut short); how many."""
    limit = time.time() - STRAY
    old = {path.name: path for path in voice_folder().iterdir() if path.stat().st_mtime < limit}
    strays = set(old) - set(CardVoice.objects.values_list("file_name", flat=True))
    for name in strays:
        old[name].unlink(missing_ok=True)
    return len(strays)
