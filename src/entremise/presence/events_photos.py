"""What happens to photos of defects. Identifiers and counts only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class DefectPhotosAdded(Event):
    """Photos were added to a defect; ``codes`` hold how many."""

    name = "defect.photos_added"
    target_type = "defect"


@dataclass(frozen=True, kw_only=True)
class DefectPhotoRemoved(Event):
    """A photo was removed; its file is gone."""

    name = "defect.photo_removed"
    target_type = "defect"
