"""Photos as they are kept: made again from their points alone, so that nothing else of the file survives.

Position, date, device, comments, thumbnail, colour profile, what was appended after the picture: none of it is
copied. What cannot be read whole is refused in words.
"""

import io
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps

from entremise.core.errors import InvalidInput
from entremise.documents.words import megabytes

MAX_BYTES = 8_000_000
MAX_SIDE = 1600  # points: enough to read a notice, too few to recognise someone across a square
MAX_POINTS = 80_000_000  # what a present-day telephone takes; beyond, a small file that fills the memory
FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82

WRONG_TYPE = "n’est pas une photo JPEG, PNG ou WebP. Reprenez-la avec l’appareil photo du téléphone."
ANIMATED = "est une image animée. Choisissez une photo fixe."
TOO_LARGE = "a trop de points pour être ouverte. Reprenez-la avec une définition plus petite."
BROKEN = "est abîmée ou incomplète. Reprenez-la, ou envoyez-la de nouveau."
EMPTY = "est vide. Choisissez-la de nouveau."


@dataclass(frozen=True)
class Picture:
    """A cleaned photo: JPEG bytes and their size in points."""

    content: bytes
    width: int
    height: int


def clean_picture(file: IO[bytes], *, name: str = "Cette photo", field: str = "photos") -> Picture:
    """The photo made again: upright, 1,600 points at most, without anything but its points.

    Raises InvalidInput on ``field``; the sentence begins with ``name`` ("La photo 2").
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _refusal(field, name, f"pèse plus de {megabytes(MAX_BYTES)}. Choisissez-en une plus légère.")
    if not content:
        raise _refusal(field, name, EMPTY)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            return _made_again(image, field, name)
    except InvalidInput:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise _refusal(field, name, TOO_LARGE) from None
    except Image.UnidentifiedImageError:
        raise _refusal(field, name, WRONG_TYPE) from None
    except Exception:  # a hostile file makes the decoder raise anything: it is refused, never an error page
        raise _refusal(field, name, BROKEN) from None


def _refusal(field: str, name: str, reason: str) -> InvalidInput:
    return InvalidInput({field: [f"{name} {reason}"]})


def _made_again(image: Image.Image, field: str, name: str) -> Picture:
    width, height = image.size
    if width * height > MAX_POINTS:
        raise _refusal(field, name, TOO_LARGE)
    # A telephone may put a second picture (depth, brightness) after a JPEG: the first one is the photo.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise _refusal(field, name, ANIMATED)
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", upright.size, "white")  # a new picture: it inherits no comment, no profile
    if upright.has_transparency_data:
        shown = upright.convert("RGBA")
        clean.paste(shown, mask=shown)
    else:
        clean.paste(upright.convert("RGB"))
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(buffer.getvalue(), *clean.size)
