"""Photos of defects: sealed, shown to the organisation's teams alone, removable, never sent to the owner."""

import io
import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from entremise.core import verify
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now
from entremise.documents.services import clean_picture
from entremise.journal.models import Entry
from entremise.places.services import create_sector, create_site
from entremise.presence import services, tasks
from entremise.presence.models import Defect, DefectPhoto
from entremise.presence.personal_photos import PHOTOS
from entremise.presence.queries.storage import photo_folder
from entremise.presence.services.photos import add_photos, remove_photo, sweep_photos
from tests.documents.test_pictures import HOSTILE, located_jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(cast):
    sector = create_sector(actor=cast.claire.actor, name="Le Port")
    return create_site(actor=cast.claire.actor, name="Hall B", space_type="hall", sector_id=sector.pk)


@pytest.fixture
def defect(cast, site):
    return services.report_defect(actor=cast.samia.actor, team_id=cast.team.pk, site_id=site.pk, category="eclairage")


def picture():
    return clean_picture(io.BytesIO(located_jpeg()))


@pytest.fixture
def photo(cast, defect, django_capture_on_commit_callbacks):
    return add_photos(actor=cast.samia.actor, defect_id=defect.pk, pictures=[picture()])[0]


def upload(content: bytes | None = None, name: str = "IMG_Nadia.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, located_jpeg() if content is None else content, content_type="image/jpeg")


def uploads(count: int) -> list[SimpleUploadedFile]:
    return [upload() for _ in range(count)]


def test_the_form_keeps_the_report_and_its_photos_without_their_position(cast, site, signed_in):
    client, address = signed_in(cast.samia), reverse("presence:report")
    assert 'enctype="multipart/form-data"' in client.get(address).content.decode()
    typed = {"site_id": site.pk, "category": "eclairage", "urgency": "normal", "team_id": cast.team.pk}
    answer = client.post(address, typed | {"photos": [upload(), upload()]})
    assert answer.status_code == 302
    photos = list(Defect.objects.get().photos.all())
    assert len(photos) == 2
    shown = client.get(reverse("presence:photo", args=[photos[0].pk]))
    content = b"".join(shown.streaming_content)
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "no-store")
    assert int(shown["Content-Length"]) == len(content)
    assert b"GPS" not in content
    with Image.open(io.BytesIO(content)) as image:
        assert dict(image.getexif()) == {}


def test_nothing_of_the_photo_lies_in_clear_on_the_disk(cast, photo):
    stored = (photo_folder() / photo.file_name).read_bytes()
    assert stored.startswith(b"ENTF1")
    assert b"JFIF" not in stored
    assert "Nadia" not in photo.file_name
    assert oct((photo_folder() / photo.file_name).stat().st_mode)[-3:] == "600"
    codes = Entry.objects.get(name="defect.photos_added").payload["codes"]
    assert codes == {"count": 1}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_photo_is_refused_beside_its_field_and_the_rest_is_kept(cast, site, signed_in, name):
    content, words = HOSTILE[name]
    typed = {
        "site_id": site.pk, "category": "eclairage", "urgency": "normal", "team_id": cast.team.pk,
        "description": "Ampoule cassée مرحبا 👋", "photos": [upload(content)],
    }  # fmt: skip
    answer = signed_in(cast.samia).post(reverse("presence:report"), typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Ampoule cassée مرحبا 👋" in html
    assert words in html
    assert not Defect.objects.exists()
    assert list(photo_folder().iterdir()) == []


def test_one_bad_photo_among_several_says_which(cast, defect, signed_in):
    answer = signed_in(cast.samia).post(
        reverse("presence:photo_add", args=[defect.pk]), {"photos": [upload(), upload(b"bonjour")]}
    )
    assert answer.status_code == 422
    assert "La photo 2 n’est pas une photo JPEG, PNG ou WebP." in answer.content.decode()
    assert not DefectPhoto.objects.exists()


def test_four_photos_at_most(cast, defect, signed_in):
    client, address = signed_in(cast.samia), reverse("presence:photo_add", args=[defect.pk])
    assert client.post(address, {"photos": uploads(5)}).status_code == 422
    assert client.post(address, {"photos": uploads(3)}).status_code == 302
    answer = client.post(address, {"photos": uploads(2)})
    assert "il en reste 1 à ajouter" in answer.content.decode()
    assert client.post(address, {}).status_code == 422
    assert DefectPhoto.objects.count() == 3


def test_a_closed_defect_takes_no_photo(cast, defect):
    services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="sans_suite")
    with pytest.raises(InvalidInput):
        add_photos(actor=cast.samia.actor, defect_id=defect.pk, pictures=[picture()])


def test_only_the_teams_of_the_organisation_see_a_photo(cast, photo, signed_in, client):
    address = reverse("presence:photo", args=[photo.pk])
    for who in ("samia", "paul", "claire", "hugo"):
        assert signed_in(getattr(cast, who)).get(address).status_code == 200
    for who in ("alban", "dora", "leo"):
        assert signed_in(getattr(cast, who)).get(address).status_code == 403
    for who in ("ines", "clara"):
        assert signed_in(getattr(cast, who)).get(address).status_code == 404
        with pytest.raises(NotFound):
            remove_photo(actor=getattr(cast, who).actor, photo_id=photo.pk)
    assert client.get(address).status_code == 302


def test_its_author_or_the_coordinator_removes_it_with_its_file(
    cast, defect, photo, signed_in, django_capture_on_commit_callbacks
):
    for who in ("paul", "hugo"):
        with pytest.raises(NotAllowed):
            remove_photo(actor=getattr(cast, who).actor, photo_id=photo.pk)
    page = reverse("presence:defect", args=[defect.pk])
    button = reverse("presence:photo_remove", args=[photo.pk])
    assert button not in signed_in(cast.paul).get(page).content.decode()
    assert button in signed_in(cast.claire).get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(cast.samia).post(button).status_code == 302
    assert not DefectPhoto.objects.exists()
    assert list(photo_folder().iterdir()) == []


def test_the_owner_never_receives_a_photo(cast, defect, photo):
    message = tasks.notice(defect, "agence@exemple.test")
    assert message.attachments == []
    assert "photo" not in message.body.lower()


def test_the_page_asks_the_same_queries_for_one_or_three_photos(
    cast, defect, photo, signed_in, django_assert_max_num_queries
):
    client, address = signed_in(cast.samia), reverse("presence:defect", args=[defect.pk])
    with django_assert_max_num_queries(40) as one:
        client.get(address)
    add_photos(actor=cast.paul.actor, defect_id=defect.pk, pictures=[picture(), picture()])
    with django_assert_max_num_queries(len(one)):
        assert client.get(address).content.decode().count("<img src=") == 3


def test_retention_deletes_photos_with_the_words_of_the_defect(cast, defect, photo, django_capture_on_commit_callbacks):
    assert list(PHOTOS.due(cast.organisation.pk, now())) == []
    services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="sans_suite")
    due = PHOTOS.due(cast.organisation.pk, now())
    assert [row.pk for row in due] == [photo.pk]
    with django_capture_on_commit_callbacks(execute=True):
        assert PHOTOS.apply([photo.pk]) == 1
    assert PHOTOS.apply([photo.pk]) == 0
    assert list(photo_folder().iterdir()) == []


def test_files_without_a_record_are_swept_and_the_others_stay(photo):
    stray = photo_folder() / "oublie.scelle"
    stray.write_bytes(b"x")
    assert sweep_photos() == 0
    old = time.time() - 7200
    for path in photo_folder().iterdir():
        os.utime(path, (old, old))
    assert sweep_photos() == 1
    assert [path.name for path in photo_folder().iterdir()] == [photo.file_name]


def test_verify_opens_every_photo_and_says_when_one_was_changed(photo):
    def finding():
        return next(one for one in verify.run() if one.name == "presence.photos")

    assert finding().holds
    path = photo_folder() / photo.file_name
    path.write_bytes(path.read_bytes()[:-1])
    assert not finding().holds
