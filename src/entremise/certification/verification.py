"""What can be proved about minutes and certificates: texts, signatures, seals, addenda, results that count."""

from collections.abc import Iterator

from entremise.certification import minutes_text, verification_badges
from entremise.certification.enums import SessionState
from entremise.certification.models import BlockResult, Certificate, Minutes
from entremise.certification.queries.certificates import read_certificate
from entremise.certification.queries.results import results_of
from entremise.certification.services.minutes import addendum_content, read_content
from entremise.core import verify
from entremise.core.crypto import CryptoError
from entremise.core.verify import Finding
from entremise.journal.queries import events_of

NAME, PAPERS = "certification.pv", "certification.certificats"


def register_checks() -> None:
    """Add the minutes' check to `entremise verify`."""
    verify.register(NAME, check_minutes)
    verify.register(PAPERS, check_certificates)
    verify.register(verification_badges.NAME, verification_badges.check_badges)


def check_certificates() -> Finding:
    """Every certificate in force: its text is the one delivered, its blocks are still acquired."""
    count, faults = 0, []
    for one in Certificate.objects.filter(revoked_at=None).order_by("organisation_id", "year", "rank"):
        count += 1
        if one.content:
            faults += [f"{one.number} : {fault}" for fault in _paper_faults(one)]
    if faults:
        return Finding(PAPERS, False, "; ".join(faults[:5]))
    return Finding(PAPERS, True, f"certificats et attestations valables : {count}")


def _paper_faults(one: Certificate) -> Iterator[str]:
    try:
        text = one.content
    except CryptoError:
        yield "le texte ne s’ouvre pas"
        return
    if minutes_text.digest_of(text) != one.digest:
        yield "le texte a changé depuis la délivrance"
        return
    acquired = {found.block_code for found in results_of(one.candidate_id) if found.is_acquired}
    told = read_certificate(one)["blocks"]
    lost = [code for block in told for code in block.get("rests_on", [block["code"]]) if code not in acquired]
    if lost:
        yield f"le bloc {lost[0]} n’est plus acquis : retirez ce certificat"


def check_minutes() -> Finding:
    """Every sealed minutes, from the first: what does not hold is named by its number."""
    count, faults = 0, []
    previous: dict[object, str] = {}
    sealed = Minutes.objects.filter(sealed_at__isnull=False).select_related("session")
    for minutes in sealed.order_by("organisation_id", "sealed_at", "pk").prefetch_related("signatures", "addenda"):
        count += 1
        before = previous.get(minutes.organisation_id, minutes_text.GENESIS)
        faults += [f"{minutes.number} : {fault}" for fault in _faults(minutes, before)]
        previous[minutes.organisation_id] = minutes.seal
    if faults:
        return Finding(NAME, False, "; ".join(faults[:5]))
    return Finding(NAME, True, f"procès-verbaux de jury scellés et signés : {count}")


def _faults(minutes: Minutes, before: str) -> Iterator[str]:
    if minutes.previous != before:
        yield "la chaîne des sceaux est rompue"
    if minutes.seal != minutes_text.chained(minutes.previous, minutes.digest, minutes.number):
        yield "le sceau ne correspond pas"
    if any(one.digest != minutes.digest for one in minutes.signatures.all()) or not minutes.signatures.all():
        yield "une signature porte sur un autre texte"
    known = events_of(minutes.pk, ["minutes.sealed"])
    if known and known[0].codes.get("seal") != minutes.seal:
        yield "le journal a gardé un autre sceau"
    if minutes.erased_at is None:
        yield from _text_faults(minutes)


def _text_faults(minutes: Minutes) -> Iterator[str]:
    try:
        text = minutes.content
    except CryptoError:
        yield "le texte ne s’ouvre pas"
        return
    if minutes_text.digest_of(text) != minutes.digest:
        yield "le texte a changé depuis les signatures"
        return
    if minutes.session.state != SessionState.SEALED:
        yield "la session n’est plus close"
    written = {one["sitting"]: one["outcome"] for one in read_content(minutes)["results"] if one["outcome"]}
    kept = BlockResult.objects.filter(sitting__session=minutes.session).values_list("sitting_id", "outcome")
    if written != {str(sitting): outcome for sitting, outcome in kept}:
        yield "un résultat n’est plus celui du texte"
    for addendum in minutes.addenda.all():
        expected = minutes_text.addendum_digest(minutes.seal, addendum.rank, addendum_content(addendum))
        if addendum.digest != expected:
            yield f"l’additif {addendum.rank} a changé"
