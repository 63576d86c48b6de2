"""What `entremise verify` says of the numbers to call."""

from entremise.core import verify
from entremise.core.time import today
from entremise.core.verify import Finding
from entremise.interventions.reference import numbers


def register_checks() -> None:
    """Add the numbers' check to `entremise verify`."""
    verify.register("numeros.verification", check_numbers)


def check_numbers() -> Finding:
    """A national date older than twenty-four months is a fault; a number never verified is said, not hidden."""
    known = numbers.load().numbers
    stale = [number.number for number in known if number.verified_on and numbers.is_stale(number.verified_on, today())]
    if stale:
        sentence = f"à vérifier de nouveau (plus de 24 mois) : {', '.join(stale)}"
        return Finding("numeros.verification", False, sentence)
    unverified = sum(number.verified_on is None for number in known)
    sentence = f"{len(known) - unverified} numéros vérifiés, {unverified} à vérifier avant impression"
    return Finding("numeros.verification", True, sentence)
