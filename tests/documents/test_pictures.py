"""Photos are made again: nothing but their points survives, and hostile files are refused in words."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image, PngImagePlugin

from entremise.core.errors import InvalidInput
from entremise.documents.services import clean_picture, pictures

SECRETS = (b"SECRET", b"Exif", b"GPS", b"ICC_PROFILE", b"http://ns.adobe.com", b"Nadia", b"TELEPHONE-X")


def photo(size=(320, 200), color="seagreen") -> Image.Image:
    image = Image.new("RGB", size, color)
    image.paste("white", (0, 0, size[0] // 4, size[1] // 4))  # the upper left corner, to see which way is up
    return image


def located_jpeg(orientation: int = 1, size=(320, 200)) -> bytes:
    """A real JPEG as a telephone makes it: position, date, device, thumbnail, comment, XMP and a profile."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "TELEPHONE-X", "SECRET-MODEL", orientation
    exif[0x9C9B] = "Nadia".encode("utf-16-le")
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (50.0, 17.0, 30.5), "E", (2.0, 46.0, 40.2)
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0SECRET commentaire"
    buffer = io.BytesIO()
    photo(size).save(
        buffer, "JPEG", exif=exif, comment=b"SECRET Nadia", icc_profile=b"SECRET profile" * 20,
        xmp=b"http://ns.adobe.com/xap/1.0/ SECRET",
    )  # fmt: skip
    return buffer.getvalue() + b"SECRET appended"


def saved(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def clean(content: bytes) -> pictures.Picture:
    return clean_picture(io.BytesIO(content))


def test_position_device_comments_profile_and_what_was_appended_are_gone():
    source = located_jpeg()
    with Image.open(io.BytesIO(source)) as before:
        assert before.getexif().get_ifd(0x8825)[2] == (50.0, 17.0, 30.5)
        assert {"comment", "icc_profile", "xmp"} <= set(before.info)
    found = clean(source)
    assert [secret for secret in SECRETS if secret in found.content] == []
    with Image.open(io.BytesIO(found.content)) as after:
        assert (after.format, dict(after.getexif())) == ("JPEG", {})
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_text_of_a_png_and_data_of_a_webp_are_gone():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRET Nadia")
    text.add_itxt("XML:com.adobe.xmp", "SECRET http://ns.adobe.com")
    exif = Image.Exif()
    exif[0x010F] = "TELEPHONE-X"
    sources = (
        saved(photo(), "PNG", pnginfo=text, exif=exif, icc_profile=b"SECRET profile"),
        saved(photo(), "WEBP", exif=exif, xmp=b"SECRET http://ns.adobe.com", icc_profile=b"SECRET profile"),
    )
    for source in sources:
        assert [secret for secret in SECRETS if secret in clean(source).content] == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_photo_stands_upright(orientation):
    found = clean(located_jpeg(orientation))
    assert (found.width, found.height) == ((200, 320) if orientation > 4 else (320, 200))
    corners = {1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}
    with Image.open(io.BytesIO(found.content)) as image:
        where = {
            "tl": (9, 9), "tr": (found.width - 9, 9), "bl": (9, found.height - 9),
            "br": (found.width - 9, found.height - 9),
        }  # fmt: skip
        light = {name: sum(image.getpixel(point)) for name, point in where.items()}
    assert max(light, key=light.get) == corners[orientation]


def test_a_large_photo_is_made_smaller_and_a_small_one_is_left():
    big = clean(saved(photo((4000, 3000)), "JPEG"))
    assert (big.width, big.height) == (1600, 1200)
    assert (clean(saved(photo((90, 30)), "JPEG")).width, len(big.content) < 400_000) == (90, True)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_every_way_to_write_points_is_read(mode):
    image = Image.new("I;16", (40, 30), 40_000) if mode == "I;16" else photo((40, 30)).convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert clean(saved(image, kind)).width == 40


def test_what_is_clear_becomes_white():
    found = clean(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    with Image.open(io.BytesIO(found.content)) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_the_first_picture_of_a_double_jpeg_is_the_photo():
    double = saved(photo((64, 48)), "MPO", save_all=True, append_images=[photo((64, 48), "red")])
    assert clean(double).width == 64


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return buffer.getvalue()


HOSTILE = {
    "empty": (b"", "est vide"),
    "text": (b"bonjour", "n’est pas une photo"),
    "html": (b"<html><script>alert(1)</script></html>", "n’est pas une photo"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "n’est pas une photo"),
    "zip": (zipped(), "n’est pas une photo"),
    "pdf": (b"%PDF-1.7\n" + located_jpeg(), "n’est pas une photo"),
    "gif": (saved(photo(), "GIF"), "n’est pas une photo"),
    "tiff": (saved(photo(), "TIFF"), "n’est pas une photo"),
    "gif polyglot": (b"GIF89a/*" + located_jpeg() + b"*/=1;alert(1)", "n’est pas une photo"),
    "bomb": (png_bomb(9_000, 9_000), "trop de points"),
    "warned bomb": (png_bomb(11_000, 11_000), "trop de points"),
    "great bomb": (png_bomb(60_000, 60_000), "trop de points"),
    "short": (png_bomb(300, 300), "abîmée"),
    "truncated": (located_jpeg(size=(900, 900))[:4000], "abîmée"),
    "cut png": (saved(photo((300, 300)), "PNG")[:200], "abîmée"),
    "animated webp": (saved(photo(), "WEBP", save_all=True, append_images=[photo(color="red")]), "animée"),
    "animated png": (saved(photo(), "PNG", save_all=True, append_images=[photo(color="red")]), "animée"),
    "heavy": (b"\xff\xd8\xff" + b"x" * 8_000_000, "pèse plus de"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name):
    content, words = HOSTILE[name]
    with pytest.raises(InvalidInput) as refusal:
        clean(content)
    assert words in refusal.value.errors["photos"][0]


def test_what_hides_in_a_photo_does_not_survive():
    source = saved(photo(), "JPEG", comment=b"<script>alert(1)</script>") + zipped()
    found = clean(source).content
    assert b"script" not in found
    assert not zipfile.is_zipfile(io.BytesIO(found))
