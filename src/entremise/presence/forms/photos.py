"""Photos added to a defect: read, cleaned and refused before anything is kept."""

from typing import Any

from django import forms

from entremise.core.errors import InvalidInput
from entremise.documents.services import Picture, clean_picture
from entremise.presence.forms.watch import DefectForm
from entremise.presence.services.photos import MAX_PHOTOS

HELP = (
    "4 au plus, 8 Mo chacune. Ce qui est cassé, jamais quelqu’un : pas de visage, pas de plaque, pas de nom sur une "
    "boîte aux lettres. La position et la date sont effacées de l’image ; elle reste entre vos équipes."
)
TOO_MANY = f"{MAX_PHOTOS} photos au plus. Choisissez-les de nouveau."
AGAIN = "Choisissez de nouveau toutes les photos : le navigateur ne les garde pas."


class PhotosInput(forms.FileInput):
    """Several files at once; on a phone, the camera is proposed."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"multiple": True, "accept": "image/jpeg,image/png,image/webp"})


class PhotosField(forms.FileField):
    """Cleaned pictures (``documents.services.Picture``), none when nothing was chosen."""

    widget = PhotosInput

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Photos", required=False, help_text=HELP, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        """Every file made again; all the refusals at once."""
        files = [file for file in (data if isinstance(data, list) else [data]) if file]
        if len(files) > MAX_PHOTOS:
            raise forms.ValidationError(TOO_MANY)
        pictures, refused = [], []
        for rank, file in enumerate(files, start=1):
            try:
                pictures.append(clean_picture(file, name=f"La photo {rank}" if len(files) > 1 else "Cette photo"))
            except InvalidInput as refusal:
                refused += refusal.errors["photos"]
        if refused:
            raise forms.ValidationError([*refused, AGAIN] if len(files) > 1 else refused)
        return pictures


class DefectWithPhotosForm(DefectForm):
    """A technical defect with its photos."""

    photos = PhotosField()

    field_order = ["round_id", "site_id", "category", "empty_confirmed", "urgency", "description", "photos"]


class PhotosForm(forms.Form):
    """Photos added later, from the page of the defect."""

    photos = PhotosField()

    def clean(self) -> dict[str, Any]:
        """At least one."""
        data = super().clean() or {}
        if not self.errors and not data.get("photos"):
            self.add_error("photos", "Choisissez une photo.")
        return data
