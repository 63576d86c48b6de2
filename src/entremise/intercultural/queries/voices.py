"""Recorded voices of cards."""

import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.documents.sealing import open_file
from entremise.intercultural.models import CardVoice


def voice_folder() -> Path:
    """Where sealed voices lie; never served by the web server."""
    path = Path(settings.MEDIA_ROOT) / "voix"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def voices_of(actor: Actor, language: str, form: str) -> dict[str, CardVoice]:
    """The voice of each card of a language, for a mediator of this form; one query."""
    found = CardVoice.objects.visible_to(actor).filter(language=language, form=form)
    return {voice.card: voice for voice in found}


def list_voices(actor: Actor, language: str) -> list[CardVoice]:
    """Every voice of a language, by card."""
    return list(CardVoice.objects.visible_to(actor).filter(language=language).order_by("card", "form"))


def get_voice(actor: Actor, voice_id: uuid.UUID) -> CardVoice:
    """One voice; NotFound for another organisation's."""
    return get_one(CardVoice.objects.visible_to(actor).filter(pk=voice_id))


def voice_content(voice: CardVoice) -> Iterator[bytes]:
    """The recording, opened as it is read; raises CryptoError when the file was changed or lost."""
    return open_file(voice_folder() / voice.file_name, voice.associated)
