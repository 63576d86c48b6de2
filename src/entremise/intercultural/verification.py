"""What can be proved about recorded voices."""

from collections.abc import Iterator
from pathlib import Path

from entremise.core import verify
from entremise.core.crypto import CryptoError, Scope
from entremise.core.sealing import register_files
from entremise.core.verify import Finding
from entremise.documents.sealing import check_file
from entremise.intercultural.models import CardVoice
from entremise.intercultural.queries.voices import voice_folder


def register() -> None:
    """Add this module's check to ``entremise verify``, and its files to those that a new key seals again."""
    verify.register("intercultural.voices", check_voices)
    register_files("intercultural.voices", sealed_voices)


def sealed_voices() -> Iterator[tuple[Path, Scope, str]]:
    """Every voice, with what it is bound to."""
    for voice in CardVoice.objects.iterator():
        yield voice_folder() / voice.file_name, voice.encryption_scope(), voice.associated


def check_voices() -> Finding:
    """Every voice opens to its end, with the size that was written."""
    opened, failed = 0, 0
    for voice in CardVoice.objects.iterator():
        try:
            whole = check_file(voice_folder() / voice.file_name, voice.associated) == voice.size
        except CryptoError:
            whole = False
        opened, failed = opened + whole, failed + (not whole)
    sentence = f"{failed} voix ne s’ouvrent pas" if failed else f"{opened} voix s’ouvrent en entier"
    return Finding("intercultural.voices", not failed, sentence)
