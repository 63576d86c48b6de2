"""A badge made of invented facts and a key that signs nothing else."""

import datetime as dt
import uuid
from typing import Any

from entremise.certification.openbadges import credential, proof

KEY = bytes(range(32))
LIST_URL = "https://certificateur.exemple.test/badges/listes/essai"
AT = dt.datetime(2026, 7, 1, 9, 30, tzinfo=dt.UTC)
STAMP = credential.instant(AT)
REGISTER = "https://www.francecompetences.fr/recherche/rncp/41674/"


def signed(*, position: int = 4242, address: str = "", key: bytes = KEY) -> dict[str, Any]:
    """The badge of a block, signed by the sample's key."""
    targets = [credential.Target(code, "Médiation", REGISTER) for code in ("RNCP41674", "RNCP41674BC01")]
    badge = credential.Badge(
        identifier=uuid.UUID("0198a7c2-5f00-7000-8000-000000000001"),
        issuer=credential.Issuer(proof.did_of(key), "Jury commun (exemple)", "https://certificateur.exemple.test/cle"),
        achievement=credential.Achievement(
            "RNCP41674BC01", "Assurer une présence active", "Un bloc.", "Mise en situation.", False, targets
        ),
        acquired_on=AT.date(),
        issued_at=AT,
        proven_by="Décision d’un jury collégial.",
        list_url=LIST_URL,
        position=position,
        holder=("sel", credential.hashed_address(address, "sel")) if address else None,
    )
    return proof.sign(credential.document(badge), key, STAMP)
