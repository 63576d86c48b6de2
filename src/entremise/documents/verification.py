"""What can be proved about prepared files."""

from entremise.core import verify
from entremise.core.crypto import CryptoError
from entremise.core.verify import Finding
from entremise.documents.enums import FileStatus
from entremise.documents.models import GeneratedFile
from entremise.documents.sealing import check_file
from entremise.documents.services.preparation import associated, folder


def register_checks() -> None:
    """Add this module's check to `entremise verify`."""
    verify.register("documents.exports", check_files)


def check_files() -> Finding:
    """Every file said to be ready opens to its end, with the size that was written."""
    opened, failed = 0, 0
    for file in GeneratedFile.objects.filter(status=FileStatus.PRETE).iterator():
        try:
            whole = check_file(folder() / file.file_name, associated(file)) == file.size
        except CryptoError:
            whole = False
        opened, failed = opened + whole, failed + (not whole)
    sentence = f"{failed} fichiers ne s’ouvrent pas" if failed else f"{opened} fichiers s’ouvrent en entier"
    return Finding("documents.exports", not failed, sentence)
