"""What can be proved about records."""

from django.db.models import Count

from entremise.competences.models import Block, Record
from entremise.core import verify
from entremise.core.verify import Finding


def register_checks() -> None:
    """Add the records' check to `entremise verify`."""
    verify.register("competences.fiches", check_records)


def check_records() -> Finding:
    """No block without a competence: evidence tied to it would hang on nothing.

    A record that nobody has confirmed yet serves none.
    """
    blocks = Block.objects.filter(record__confirmed_at__isnull=False)
    empty = blocks.annotate(found=Count("competences")).filter(found=0).count()
    count = Record.objects.count()
    if empty:
        return Finding("competences.fiches", False, f"{empty} blocs n’ont aucune compétence : rechargez les fiches")
    return Finding("competences.fiches", True, f"{count} fiche{'s' if count > 1 else ''} de compétences")
