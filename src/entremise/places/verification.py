"""What `entremise verify` checks of places."""

from entremise.core import verify
from entremise.core.verify import Finding
from entremise.places.models import Commune, Site

NAME = "lieux.communes"


def known_communes() -> Finding:
    """Every commune that a site names is in the national list."""
    coded = Site.objects.exclude(commune_code="")
    unknown = coded.exclude(commune_code__in=Commune.objects.values("code")).count()
    total = coded.count()
    if unknown:
        return Finding(NAME, False, f"{unknown} lieux sur {total} nomment une commune absente de la liste nationale")
    return Finding(NAME, True, f"{total} lieux nomment une commune, toutes dans la liste nationale")


def register_checks() -> None:
    """Called when the application is ready."""
    verify.register(NAME, known_communes)
