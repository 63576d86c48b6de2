"""The portfolio as a whole: what its author says of it, and the day they freeze it."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from entremise.accounts.queries import display_name, get_member
from entremise.core.actor import Actor
from entremise.core.canonical import canonical, digest_of
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish
from entremise.practice.commands import StateAiUse
from entremise.practice.enums import FROM_EMPLOYER, AiUse, AttestationKind, LedgerKind
from entremise.practice.events import PortfolioExported, PortfolioFrozen, StatementMade
from entremise.practice.models import Snapshot, Statement
from entremise.practice.proposals import RECORD
from entremise.practice.queries.ledger import LineShown, Signed, ledger_lines, signed_of, totals_of
from entremise.practice.queries.portfolio import EvidenceLine, evidence_lines, own_statement, said_by
from entremise.practice.queries.sources import hiding, is_read_here
from entremise.practice.services.guard import require_open

FORMAT = "entremise-portfolio/1"
WORDS = 2_000
_NO_REUSE = "L’accord de l’employeur manque : demandez-le par un lien, puisque des preuves viennent de ses outils."
_FOUND_AGAIN = "« {} » ne se perd plus parmi assez d’actes : rouvrez cette preuve, elle en dira moins."
_ELSEWHERE = (
    "« {} » vient de ce que vous ne lisez pas ici : figez votre portfolio depuis l’organisation où vous l’avez signé, "
    "ou retirez cette preuve."
)


@transaction.atomic
def state_ai_use(*, actor: Actor, command: StateAiUse) -> Statement:
    """Say how tools that write were used, or that none was. Saying it again replaces what was said."""
    require(actor, "practice.keep_portfolio")
    require_open(actor)
    words = clean(command.words)
    errors: dict[str, list[str]] = {}
    if command.use not in AiUse.values:
        errors["use"] = ["Choisissez une réponse."]
    elif command.use != AiUse.NONE and not words:
        errors["words"] = ["Dites quel outil, et pour quelles preuves."]
    if len(words) > WORDS:
        errors["words"] = [f"Ce texte dépasse {WORDS} signes : raccourcissez-le."]
    if errors:
        raise InvalidInput(errors)
    assert actor.user_id is not None
    said, _ = Statement.objects.get_or_create(author_id=actor.user_id, defaults={"use": command.use})
    said.use, said.words, said.made_at = command.use, words, now()
    said.save()
    publish(StatementMade(actor=actor, target_id=said.pk, codes={"use": said.use}))
    return said


@transaction.atomic
def freeze_portfolio(*, actor: Actor) -> Snapshot:
    """Freeze what the portfolio says today, with its date and fingerprint. InvalidInput with all that is missing."""
    require(actor, "practice.keep_portfolio")
    require_open(actor)
    lines = evidence_lines(actor)
    signed = signed_of(actor, [line.evidence for line in lines])
    if reasons := missing_to_freeze(actor, lines, signed):
        raise InvalidInput({FORM: reasons})
    moment = now().replace(microsecond=0)
    text = canonical(portfolio_content(actor, at=moment))
    assert actor.user_id is not None
    snapshot = Snapshot(author_id=actor.user_id, content=text, digest=digest_of(text), frozen_at=moment)
    snapshot.save(force_insert=True)
    publish(PortfolioFrozen(actor=actor, target_id=snapshot.pk, codes={"digest": snapshot.digest}))
    return snapshot


def missing_to_freeze(actor: Actor, lines: list[EvidenceLine], signed: list[Signed]) -> list[str]:
    """What keeps a portfolio from being frozen; empty when nothing does."""
    found = []
    if not lines:
        found.append("Il n’y a encore aucune preuve dans ce portfolio.")
    if own_statement(actor) is None:
        found.append("La déclaration d’usage de l’IA manque : dites lequel, ou dites qu’il n’y en a pas eu.")
    drawn = any(line.evidence.kind in FROM_EMPLOYER for line in lines)
    if drawn and not any(one.counts for one in signed if one.attestation.kind == AttestationKind.REUSE):
        found.append(_NO_REUSE)
    still_hidden = hiding(actor)
    for line in lines:
        if not still_hidden(line.evidence.kind, said_by(line.content)):
            here = is_read_here(actor, line.evidence.kind, line.content["source"])
            found.append((_FOUND_AGAIN if here else _ELSEWHERE).format(line.content["title"]))
    return found


@transaction.atomic
def record_export(*, actor: Actor, snapshot_id: uuid.UUID | None) -> None:
    """Keep that a portfolio, frozen or not, was taken away by its author."""
    require_open(actor)
    assert actor.user_id is not None
    publish(PortfolioExported(actor=actor, target_id=snapshot_id or actor.user_id))


def portfolio_content(actor: Actor, *, at: dt.datetime) -> dict[str, Any]:
    """All that the portfolio says, as plain data; neither the records it came from, nor what was left out."""
    lines = evidence_lines(actor)
    signed = signed_of(actor, [line.evidence for line in lines])
    ledgers = ledger_lines(actor)
    statement = own_statement(actor)
    totals = totals_of(ledgers)
    return {
        "format": FORMAT,
        "record": RECORD,
        "author": display_name(get_member(actor, actor.member_id)) if actor.member_id else "",
        "frozen_at": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "ai": {"use": str(statement.use), "words": statement.words} if statement else None,
        "reuse": [_answer(one) for one in signed if one.attestation.kind == AttestationKind.REUSE and one.counts],
        "evidence": [_evidence(rank, line, signed) for rank, line in enumerate(lines, 1)],
        "ledgers": {str(kind): [_line(one) for one in ledgers if one.line.kind == kind] for kind in LedgerKind},
        "totals": vars(totals),
    }


def _evidence(rank: int, line: EvidenceLine, signed: list[Signed]) -> dict[str, Any]:
    told = line.content
    kept = {name: told[name] for name in ("title", "period", "facts", "text", "competences", "document")}
    given = [_answer(one) for one in signed if one.attestation.evidence_id == line.evidence.pk and one.counts]
    return {"rank": rank, "kind": str(line.evidence.kind), **kept, "attestations": given}


def _line(shown: LineShown) -> dict[str, Any]:
    return {**shown.content, "attestations": [_answer(one) for one in shown.attestations if one.counts]}


def _answer(one: Signed) -> dict[str, str]:
    """The signer's own words, and the day."""
    assert one.signed_on is not None
    return {**one.answer, "signed_on": one.signed_on.isoformat()}
