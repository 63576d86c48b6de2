"""Languages of ``tests/matrix_world.py``: on each side, a need of interpreting, a review and a recorded voice."""

import io
import uuid

from entremise.core.time import today
from entremise.intercultural import services
from entremise.intercultural.commands import ReviewedText, UseFacts
from entremise.intercultural.decks import decks
from entremise.intercultural.models import InterpreterUse

KINDS = {"use_id": "use", "voice_id": "voice"}
TEXTS = {"language": "en", "card": "qui", "paper": "a6", "part": "qui"}
AUDIENCES = {"interprete": {"samia", "paul", "claire"}, "interprete-etranger": {"ines", "clara"}}
AUDIENCES |= {"relecteur": {"claire", "alban"}, "relecteur-etranger": {"clara"}}
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64


def fill(world) -> None:
    """The same in each organisation."""
    cast = world.cast
    _side(world.own, cast.samia, cast.claire, cast.team.pk, "interprete", "relecteur")
    _side(world.foreign, cast.ines, cast.clara, cast.foreign_team.pk, "interprete-etranger", "relecteur-etranger")


def _side(side: dict[str, list[uuid.UUID]], worker, boss, team: uuid.UUID, words: str, reviewer: str) -> None:
    facts = UseFacts(
        team_id=team,
        used_on=today(),
        language="ti",
        kind="professionnel",
        understanding="compris",
        service=f"MARQUE-{words}-FIN",
        act_id=side["act"][0],
    )
    side["use"] = [services.record_use(actor=worker.actor, facts=facts).pk]
    assert InterpreterUse.objects.filter(pk=side["use"][0], act_id=side["act"][0]).exists()
    own = decks()["en"].texts["qui.police"]
    text = ReviewedText(key="qui.police", feminine=own.feminine, masculine=own.masculine)
    name = f"MARQUE-{reviewer}-FIN"
    services.review_texts(actor=boss.actor, language="en", texts=[text], reviewer_name=name)
    said = {"language": "en", "card": "qui", "form": "f", "speaker_name": name, "agreed": True}
    side["voice"] = [services.keep_voice(actor=boss.actor, file=io.BytesIO(WAV), **said).pk]
