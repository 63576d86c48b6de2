"""Reads of one's own ledgers and attestations; and of one attestation by whoever holds its link."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.core.canonical import canonical, digest_of
from entremise.core.db import get_one, open_together
from entremise.core.permissions import require
from entremise.core.time import local, now, today
from entremise.practice import ledger
from entremise.practice.enums import AttestationKind, ExperienceField, LedgerKind, Nature
from entremise.practice.ledger import Span, Totals
from entremise.practice.models import Attestation, Evidence, LedgerLine


def list_lines(actor: Actor) -> QuerySet[LedgerLine]:
    """One's own lines."""
    require(actor, "practice.keep_portfolio")
    return LedgerLine.objects.visible_to(actor)


def get_line(actor: Actor, line_id: uuid.UUID) -> LedgerLine:
    """One of one's own; NotFound for any other."""
    return get_one(list_lines(actor).filter(pk=line_id))


def list_attestations(actor: Actor) -> QuerySet[Attestation]:
    """Everything one asked somebody to sign."""
    require(actor, "practice.keep_portfolio")
    return Attestation.objects.visible_to(actor)


def get_attestation(actor: Actor, attestation_id: uuid.UUID) -> Attestation:
    """One of one's own; NotFound for any other."""
    return get_one(list_attestations(actor).filter(pk=attestation_id))


def hash_of(token: str) -> str:
    """SHA-256 (hex) of the secret of a link: 256 random bits need no key."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_attestation(token: str) -> Attestation | None:
    """What a link leads to; None when it is unknown, lapsed, taken back or signed already."""
    waiting = Attestation.objects.filter(revoked_at=None, signed_at=None, expires_at__gt=now())
    return waiting.filter(token_hash=hash_of(token)).first()


def subject_digest(target: LedgerLine | Evidence | None) -> str:
    """The fingerprint of what is attested, as it stands."""
    return digest_of(canonical(json.loads(target.content))) if target is not None else ""


@dataclass(frozen=True)
class Signed:
    """An attestation as its author sees it: ``answer`` holds the signer's own words."""

    attestation: Attestation
    answer: dict[str, str]
    is_stale: bool  # what it attests was written again since

    @property
    def counts(self) -> bool:
        """Signed, and about what is there today."""
        return self.attestation.signed_at is not None and not self.is_stale

    @property
    def signed_on(self) -> dt.date | None:
        """The day it was signed, as the signer's calendar has it."""
        return local(self.attestation.signed_at).date() if self.attestation.signed_at else None

    @property
    def state(self) -> tuple[str, str]:
        """(kind of tag, words)."""
        one = self.attestation
        if one.signed_at is not None:
            return ("wait", "À redemander : le texte a changé") if self.is_stale else ("ok", "Signée")
        if one.revoked_at is not None:
            return "neutral", "Lien retiré"
        return ("wait", "Attendue") if one.expires_at > now() else ("neutral", "Lien expiré")


def signed_of(actor: Actor, targets: Iterable[LedgerLine | Evidence] = ()) -> list[Signed]:
    """Every attestation one asked for, opened together; ``targets`` already loaded spare their reading."""
    rows = list(list_attestations(actor))
    open_together(rows, "answer")
    digests = {target.pk: subject_digest(target) for target in targets}
    return [Signed(row, json.loads(row.answer) if row.answer else {}, _is_stale(row, digests)) for row in rows]


def _is_stale(row: Attestation, digests: dict[uuid.UUID, str]) -> bool:
    if row.kind == AttestationKind.REUSE:
        return False
    return digests.get(row.line_id or row.evidence_id or row.pk) != row.subject_digest


@dataclass(frozen=True)
class LineShown:
    """A line of a ledger, opened, with who attested it."""

    line: LedgerLine
    content: dict[str, Any]
    attestations: tuple[Signed, ...]

    @property
    def span(self) -> Span:
        """Its days; one still under way runs to today."""
        start = dt.date.fromisoformat(self.content["starts_on"])
        end = dt.date.fromisoformat(self.content["ends_on"]) if self.content["ends_on"] else today()
        return Span(start, max(start, end))

    @property
    def is_attested(self) -> bool:
        """Somebody signed it as it stands."""
        return any(one.counts for one in self.attestations)

    @property
    def attested(self) -> Span | None:
        """The days somebody signed for; None when nobody did. A line still under way, up to the signature only."""
        signed = [day for one in self.attestations if one.counts and (day := one.signed_on)]
        if not signed or self.content["ends_on"]:
            return self.span if signed else None
        return Span(self.span.start, max(self.span.start, *signed))

    @property
    def how(self) -> str:
        """Nature and fields of an experience, in words."""
        fields = [str(ExperienceField(code).label).lower() for code in self.content["fields"]]
        nature = str(Nature(self.content["nature"]).label).lower() if self.content["nature"] else ""
        return ", ".join(filter(None, [nature, *fields]))


def ledger_lines(actor: Actor, signed: Sequence[Signed] | None = None) -> list[LineShown]:
    """Both ledgers with their attestations, by date."""
    rows = list(list_lines(actor))
    open_together(rows, "content")
    given = signed if signed is not None else signed_of(actor, rows)
    found = [
        LineShown(row, json.loads(row.content), tuple(one for one in given if one.attestation.line_id == row.pk))
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.content["starts_on"], str(one.line.pk)))


def totals_of(lines: Iterable[LineShown]) -> Totals:
    """What both ledgers add up to."""
    rows = list(lines)
    stays = [one for one in rows if one.line.kind == LedgerKind.INTERNSHIP]
    lived = [one for one in rows if one.line.kind == LedgerKind.EXPERIENCE]
    return Totals(
        hours=ledger.hours([(one.span, one.content["hours"]) for one in stays]),
        hours_attested=ledger.hours([(one.span, one.content["hours"]) for one in stays if one.is_attested]),
        months=ledger.months(one.span for one in lived),
        months_attested=ledger.months(span for one in lived if (span := one.attested)),
    )


def shown_by(attestation: Attestation) -> dict[str, Any]:
    """What the signer reads: ``author`` and ``lines``."""
    return json.loads(attestation.shown)


def still_missing(totals: Mapping[str, int], asked_hours: int | None, asked_months: int | None) -> list[str]:
    """What the attested lines of a deposited portfolio still lack, in sentences; ``totals`` as it says them."""
    return ledger.missing(Totals(**totals), asked_hours, asked_months)
