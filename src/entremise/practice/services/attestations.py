"""Asking somebody to attest, by a link without account; and their signature. What they write stays as they wrote it."""

import datetime as dt
import json
import secrets
import uuid

from django.db import transaction

from entremise.accounts.queries import display_name, get_member
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now
from entremise.core.ui.formats import short_date
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish
from entremise.practice.commands import AskAttestation, SignAttestation
from entremise.practice.enums import FROM_EMPLOYER, AttestationKind, LedgerKind
from entremise.practice.events import AttestationAsked, AttestationRevoked, AttestationSigned
from entremise.practice.models import Attestation, Evidence, LedgerLine
from entremise.practice.queries.ledger import LineShown, get_attestation, get_line, hash_of, subject_digest
from entremise.practice.queries.portfolio import EvidenceLine, evidence_lines, get_evidence, told_by
from entremise.practice.services.guard import require_open

VALIDITY = dt.timedelta(days=30)
TOKEN_BYTES = 32
LINE, WORDS = 160, 4_000
NBSP = "\N{NO-BREAK SPACE}"
_REUSE = (
    "Des actes et des médiations notés dans les outils de votre structure servent de preuves.",
    "Elles ne disent ni nom, ni lieu, ni jour : seulement ce que cinq actes au moins ont en commun.",
    "Ce portfolio est lu par son auteur, puis par le jury, qui signe d’abord un engagement de confidentialité.",
    "En signant, vous dites que votre structure accepte cette réutilisation.",
)


@transaction.atomic
def ask_attestation(*, actor: Actor, command: AskAttestation) -> tuple[Attestation, str]:
    """The attestation and the secret of its link, which is kept nowhere."""
    require(actor, "practice.keep_portfolio")
    require_open(actor)
    assert actor.user_id is not None
    asked = Attestation(author_id=actor.user_id, kind=command.kind, expires_at=now() + VALIDITY)
    target = _target(actor, command)
    if isinstance(target, LedgerLine):
        asked.line = target
    elif isinstance(target, Evidence):
        asked.evidence = target
    token = secrets.token_urlsafe(TOKEN_BYTES)
    asked.token_hash, asked.subject_digest = hash_of(token), subject_digest(target)
    name = display_name(get_member(actor, actor.member_id)) if actor.member_id else ""
    asked.shown = json.dumps({"author": name, "lines": _shown(actor, target)}, ensure_ascii=False)
    asked.save(force_insert=True)
    publish(AttestationAsked(actor=actor, target_id=asked.pk, codes={"kind": command.kind}))
    return asked, token


def _target(actor: Actor, command: AskAttestation) -> LedgerLine | Evidence | None:
    if command.kind not in AttestationKind.values:
        raise InvalidInput({FORM: ["Cette attestation n’existe pas."]})
    if command.kind == AttestationKind.REUSE:
        return None
    if command.target_id is None:
        raise NotFound("what is attested")
    if command.kind == AttestationKind.LINE:
        return get_line(actor, command.target_id)
    return get_evidence(actor, command.target_id)


def _shown(actor: Actor, target: LedgerLine | Evidence | None) -> list[str]:
    """What the signer will read, line by line."""
    if target is None:
        count = sum(line.evidence.kind in FROM_EMPLOYER for line in evidence_lines(actor))
        return [f"Preuves tirées de vos outils, aujourd’hui{NBSP}: {count}.", *_REUSE]
    if isinstance(target, LedgerLine):
        return line_words(LineShown(target, json.loads(target.content), ()))
    return evidence_words(EvidenceLine(target, told_by(target)))


def line_words(shown: LineShown) -> list[str]:
    """A line of a ledger as somebody else reads it."""
    told, span = shown.content, shown.span
    end = f"au {short_date(span.end)}" if told["ends_on"] else "à aujourd’hui"
    stay = shown.line.kind == LedgerKind.INTERNSHIP
    words = [
        f"{'Stage' if stay else 'Expérience'}{NBSP}: {told['place']}",
        f"Du {short_date(span.start)} {end}",
        f"Heures{NBSP}: {told['hours']}" if stay else f"Nature et domaines{NBSP}: {shown.how}",
    ]
    words += [f"{'Tutorat' if stay else 'Avec'}{NBSP}: {told['person']}"] if told["person"] else []
    return words + ([told["tasks"]] if told["tasks"] else [])


def evidence_words(line: EvidenceLine) -> list[str]:
    """A piece of evidence as somebody else reads it."""
    told = line.content
    facts = [f"{label}{NBSP}: {value}" for label, value in told["facts"]]
    when = [f"Quand{NBSP}: {told['period']}"] if told["period"] else []
    return [f"{line.kind}{NBSP}: {told['title']}", *when, *facts, told["text"]]


@transaction.atomic
def revoke_attestation(*, actor: Actor, attestation_id: uuid.UUID) -> Attestation:
    """Close a link at once; what was signed stays, unless the author removes what it is about."""
    require_open(actor)
    found = Attestation.objects.select_for_update().get(pk=get_attestation(actor, attestation_id).pk)
    if found.signed_at is None and found.revoked_at is None:
        found.revoked_at = now()
        found.save(update_fields=["revoked_at"])
        publish(AttestationRevoked(actor=actor, target_id=found.pk))
    return found


@transaction.atomic
def sign_attestation(*, attestation: Attestation, command: SignAttestation) -> Attestation:
    """Somebody signs what their link showed them, once. InvalidInput when something is missing, or said already."""
    held = Attestation.objects.select_for_update().get(pk=attestation.pk)
    if held.signed_at is not None or held.revoked_at is not None or held.expires_at <= now():
        raise InvalidInput({FORM: ["Ce lien ne sert plus : il a expiré, a été retiré, ou est déjà signé."]})
    said = {name: one_line(clean(getattr(command, name))) for name in ("name", "function", "structure")}
    words = clean(command.words)
    errors = {name: ["Dites-le, en 160 signes au plus."] for name, text in said.items() if not 0 < len(text) <= LINE}
    if len(words) > WORDS:
        errors["words"] = [f"Ce texte dépasse {WORDS} signes : raccourcissez-le."]
    if not command.agrees:
        errors["agrees"] = ["Cochez cette case pour signer ; sinon, fermez simplement la page."]
    if errors:
        raise InvalidInput(errors)
    held.answer = json.dumps({**said, "words": words}, ensure_ascii=False)
    held.signed_at = now()
    held.save()
    publish(AttestationSigned(actor=system_actor(None, "web"), target_id=held.pk, codes={"kind": held.kind}))
    return held
