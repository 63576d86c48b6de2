"""Second factor: time-based codes (RFC 6238) and recovery codes."""

import base64
import secrets
from datetime import timedelta

from django.db import transaction
from django_otp.oath import TOTP

from entremise.accounts.enums import SECOND_FACTOR_ROLES, Limit
from entremise.accounts.events import (
    RecoveryCodesRenewed,
    SecondFactorDisabled,
    SecondFactorEnabled,
    SecondFactorFailed,
    SecondFactorPassed,
)
from entremise.accounts.models import RecoveryCode, SecondFactor, User
from entremise.accounts.queries import pending_second_factor_of, second_factor_of
from entremise.accounts.services import limits
from entremise.accounts.services.passwords import confirm_identity
from entremise.accounts.services.sessions import close_other_sessions
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.time import local, now
from entremise.journal.services import publish
from entremise.keys.services import lookup_hash

STEP = 30  # seconds a code lasts; the one before and the one after are accepted
SECRET_BYTES = 20
RECOVERY_CODES = 10
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read for another


def is_required(roles: frozenset[str]) -> bool:
    """True for every role above mediator."""
    return bool(roles & SECOND_FACTOR_ROLES)


@transaction.atomic
def begin(*, actor: Actor, user: User) -> SecondFactor:
    """Draw a secret to show once; nothing changes until a code proves that the authenticator has it."""
    if second_factor_of(user) is not None:
        raise InvalidInput({FORM: ["Le second facteur est déjà en place sur ce compte."]})
    pending = pending_second_factor_of(user) or SecondFactor(user=user)
    pending.secret = secrets.token_bytes(SECRET_BYTES).hex()
    pending.save()
    return pending


def typed_secret(factor: SecondFactor) -> str:
    """The secret in base 32, in groups of four, for those who cannot scan."""
    text = base64.b32encode(bytes.fromhex(factor.secret)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def authenticator_address(factor: SecondFactor, *, issuer: str) -> str:
    """The otpauth address of the QR code. The label is the product, not the person."""
    secret = base64.b32encode(bytes.fromhex(factor.secret)).decode()
    return f"otpauth://totp/{issuer}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP}"


def confirm(*, actor: Actor, user: User, code: str, session_key: str | None) -> list[str]:
    """Turn the second factor on with a first code; the recovery codes, shown once. Other sessions close."""
    factor = pending_second_factor_of(user)
    if factor is None:
        raise InvalidInput({FORM: ["Recommencez la mise en place : elle n’a pas été commencée sur ce compte."]})
    _refuse_when_limited(user)
    if not _matches(factor, _digits(code)):
        _failed(actor, user)
        raise InvalidInput(
            {"code": ["Ce code n’est pas le bon. Vérifiez l’heure du téléphone, puis tapez le code suivant."]}
        )
    limits.clear(Limit.SECOND_FACTOR, str(user.pk))
    with transaction.atomic():
        factor.confirmed_at = now()
        factor.save()
        codes = _new_codes(user)
        close_other_sessions(actor=actor, user=user, current_key=session_key)
        publish(SecondFactorEnabled(actor=actor, target_id=user.pk))
    return codes


def verify(*, actor: Actor, user: User, code: str) -> str:
    """Check a code of the authenticator, or a recovery code; ``totp`` or ``recovery``. InvalidInput otherwise."""
    factor = second_factor_of(user)
    if factor is None:
        raise InvalidInput({FORM: ["Ce compte n’a pas de second facteur."]})
    _refuse_when_limited(user)
    method = _passes(factor, code)
    if not method:
        _failed(actor, user)
        raise InvalidInput(
            {"code": ["Ce code n’est pas le bon. Tapez le code affiché maintenant, ou un code de secours."]}
        )
    limits.clear(Limit.SECOND_FACTOR, str(user.pk))
    with transaction.atomic():
        publish(SecondFactorPassed(actor=actor, target_id=user.pk, codes={"method": method}))
    return method


def next_code(factor: SecondFactor) -> str:
    """The next code that would be accepted: the demonstration shows it, since its accounts are everyone's."""
    totp = TOTP(bytes.fromhex(factor.secret), step=STEP)
    totp.time = now().timestamp()
    totp.drift = max(0, factor.last_step + 1 - totp.t())
    return f"{totp.token():06d}"


def renew_recovery_codes(*, actor: Actor, user: User, password: str) -> list[str]:
    """Ten new recovery codes, shown once; the former ones no longer work."""
    confirm_identity(actor=actor, user=user, password=password)
    if second_factor_of(user) is None:
        raise InvalidInput({FORM: ["Ce compte n’a pas de second facteur."]})
    with transaction.atomic():
        codes = _new_codes(user)
        publish(RecoveryCodesRenewed(actor=actor, target_id=user.pk))
    return codes


def disable(*, actor: Actor, user: User, password: str) -> None:
    """Turn the second factor off. With a role that needs it, the next page asks to set it up again."""
    confirm_identity(actor=actor, user=user, password=password)
    remove(actor=actor, user=user)


@transaction.atomic
def remove(*, actor: Actor, user: User) -> None:
    """Drop the second factor without asking (operator's command, after checking who asks)."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    publish(SecondFactorDisabled(actor=actor, target_id=user.pk))


def _passes(factor: SecondFactor, code: str) -> str:
    if _matches(factor, _digits(code)):
        return "totp"
    typed = "".join(sign for sign in code.lower() if sign in _SIGNS)
    if len(typed) == 12:
        unused = RecoveryCode.objects.filter(user_id=factor.user_id, code_hash=_code_hash(typed), used_at=None)
        if unused.update(used_at=now()) == 1:
            return "recovery"
    return ""


def _matches(factor: SecondFactor, digits: str) -> bool:
    """True once per code: the interval of an accepted code is kept, and never accepted again."""
    if len(digits) != 6:
        return False
    totp = TOTP(bytes.fromhex(factor.secret), step=STEP)
    totp.time = now().timestamp()
    if not totp.verify(int(digits), tolerance=1, min_t=factor.last_step + 1):
        return False
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=totp.t())
    if unused.update(last_step=totp.t()) != 1:
        return False
    factor.last_step = totp.t()
    return True


def _digits(code: str) -> str:
    text = "".join(code.split())
    return text if text.isascii() and text.isdigit() else ""


def _refuse_when_limited(user: User) -> None:
    until = limits.spend(Limit.SECOND_FACTOR, str(user.pk))
    if until is not None:
        hour = local(until + timedelta(minutes=1))  # rounded up: at that minute it does open
        raise InvalidInput({"code": [f"Trop de codes refusés. Recommencez à {hour:%H h %M}."]})


def _failed(actor: Actor, user: User) -> None:
    with transaction.atomic():
        publish(SecondFactorFailed(actor=actor, target_id=user.pk))


def _new_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(_SIGNS) for _ in range(12)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_code_hash(code)) for code in codes)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def _code_hash(code: str) -> str:
    return lookup_hash(code, "recovery")
