"""A human voice is kept with the agreement of the person, sealed, heard with its card, and leaves with its file."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.intercultural import services
from entremise.intercultural.models import CardVoice
from entremise.intercultural.queries.voices import voice_folder
from entremise.intercultural.services.voices import MAX_BYTES, media_type_of, sweep_voices
from entremise.intercultural.verification import check_voices

pytestmark = pytest.mark.django_db
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64


def keep(person, content=WAV, **changed):
    facts = {"language": "ti", "card": "qui", "form": "f", "speaker_name": "Selam", "agreed": True, **changed}
    return services.keep_voice(actor=person.actor, file=io.BytesIO(content), **facts)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"ID3\x04\x00rest", "audio/mpeg"),
        (b"\xff\xfb\x90\x00rest", "audio/mpeg"),
        (b"OggS\x00rest", "audio/ogg"),
        (WAV, "audio/wav"),
        (b"\x00\x00\x00\x20ftypM4A rest", "audio/mp4"),
        (b"<html><script>", ""),
        (b"\x89PNG\r\n\x1a\n", ""),
        (b"", ""),
        (b"\xff", ""),
    ],
)
def test_the_type_is_told_by_the_first_bytes(content, kind):
    assert media_type_of(content) == kind


def test_a_voice_is_heard_with_its_card_and_sealed_at_rest(cast, signed_in, shown, django_capture_on_commit_callbacks):
    voice = keep(cast.claire)
    client = signed_in(cast.samia)
    address = reverse("intercultural:voice", args=[voice.pk])
    page = client.get(reverse("intercultural:card", args=["ti", "qui"]), {"forme": "f"}).content.decode()
    assert f'data-voix="{address}"' in page
    assert address not in client.get(reverse("intercultural:card", args=["ti", "qui"]), {"forme": "m"}).content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "audio/wav"
    assert b"".join(answer.streaming_content) == WAV
    assert WAV not in (voice_folder() / voice.file_name).read_bytes()
    assert check_voices().holds


def test_a_new_voice_takes_the_place_of_the_one_before(cast, django_capture_on_commit_callbacks):
    first = keep(cast.claire)
    with django_capture_on_commit_callbacks(execute=True):
        second = keep(cast.claire)
    assert list(CardVoice.objects.all()) == [second]
    assert not (voice_folder() / first.file_name).exists()


def test_a_voice_is_removed_with_its_file(cast, signed_in, django_capture_on_commit_callbacks):
    voice = keep(cast.claire)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(cast.alban).post(reverse("intercultural:voice_remove", args=[voice.pk]))
    assert not CardVoice.objects.exists()
    assert list(voice_folder().iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"content": b""}, "file"),
        ({"content": b"GIF89a"}, "file"),
        ({"content": WAV + b"\x00" * MAX_BYTES}, "file"),
        ({"speaker_name": " \x00"}, "speaker_name"),
        ({"speaker_name": "x" * 90}, "speaker_name"),
        ({"agreed": False}, "agreed"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(cast, changed, field):
    with pytest.raises(InvalidInput) as refused:
        keep(cast.claire, **changed)
    assert set(refused.value.errors) == {field}
    assert list(voice_folder().iterdir()) == []


@pytest.mark.parametrize("changed", [{"language": "wo"}, {"card": "rien"}, {"form": "x"}])
def test_a_voice_is_for_a_card_that_exists(cast, changed):
    with pytest.raises(NotFound):
        keep(cast.claire, **changed)


def test_mediators_hear_voices_and_do_not_put_them(cast, signed_in):
    voice = keep(cast.claire)
    with pytest.raises(NotAllowed):
        keep(cast.samia)
    with pytest.raises(NotAllowed):
        services.remove_voice(actor=cast.samia.actor, voice_id=voice.pk)
    assert signed_in(cast.ines).get(reverse("intercultural:voice", args=[voice.pk])).status_code == 404
    assert signed_in(cast.clara).post(reverse("intercultural:voice_remove", args=[voice.pk])).status_code == 404


def test_the_page_takes_a_file_and_says_what_it_did(cast, signed_in):
    client, address = signed_in(cast.claire), reverse("intercultural:voices", args=["ti"])
    sent = {"card": "accord", "form": "m", "speaker_name": "Selam", "agreed": "on"}
    refused = client.post(address, {**sent, "file": SimpleUploadedFile("voix.mp3", b"texte")})
    assert refused.status_code == 422
    assert "MP3, M4A, OGG ou WAV" in refused.content.decode()
    assert client.post(address, {**sent, "file": SimpleUploadedFile("voix.txt", WAV)}).status_code == 302
    assert "Selam" in client.get(address).content.decode()


def test_a_file_that_no_record_names_is_swept_and_a_lost_one_is_told(cast, monkeypatch):
    voice = keep(cast.claire)
    (voice_folder() / "reste.scelle").write_bytes(b"x")
    monkeypatch.setattr("entremise.intercultural.services.voices.STRAY", -10)
    assert sweep_voices() == 1
    (voice_folder() / voice.file_name).write_bytes(b"x" * 100)
    assert not check_voices().holds
