"""What can be proved about accounts."""

from entremise.accounts.models import User, email_hash
from entremise.core import verify
from entremise.core.crypto import CryptoError
from entremise.core.verify import Finding


def register_checks() -> None:
    """Add this module's checks to `entremise verify`."""
    verify.register("comptes.adresses", check_addresses)


def check_addresses() -> Finding:
    """Every account's sealed address opens and is the one its hash finds: nobody signs in as another."""
    wrong = total = 0
    for user in User.objects.only("email", "email_hash").iterator():
        total += 1
        try:
            wrong += user.email_hash != email_hash(user.email)
        except CryptoError:
            wrong += 1
    sentence = f"{wrong} comptes dont l'adresse ne correspond pas" if wrong else f"{total} adresses conformes"
    return Finding("comptes.adresses", not wrong, sentence)
