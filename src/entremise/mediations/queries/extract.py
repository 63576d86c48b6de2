"""What a party may be handed of a mediation: all that is kept of them, nothing that another confided or that is noted
of another (GDPR, art. 15.4). Callers hold a case from ``read_vault``; a mediator reads it again before it leaves.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from entremise.core.db import open_together
from entremise.core.ui.formats import short_date
from entremise.mediations.models import Case, FollowUpAnswer, MediationAgreement, Party, Session, VaultNote
from entremise.mediations.presets import LAYOUTS
from entremise.mediations.queries.agreement import latest_agreement
from entremise.mediations.queries.vault import get_sheet

Fact = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A note about the party: its day, its kind, its words and those it held before."""

    pk: uuid.UUID
    title: str
    text: str
    former: list[Fact] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Everything about one party, by part."""

    party: list[Fact]
    consents: list[Fact]
    sessions: list[Fact]
    notes: list[Kept]
    preparation: list[Fact]
    agreement: list[Fact]
    answers: list[Fact]


def extract_of(case: Case, party: Party, name: str) -> Extract:
    """What concerns this party."""
    sessions = [one for one in Session.objects.filter(case=case) if party.letter in one.present]
    return Extract(
        party=list(_party(party, name)),
        consents=list(_consents(party)),
        sessions=[_session(one) for one in sessions],
        notes=list(_notes(case, party, {one.pk: one for one in sessions})),
        preparation=list(_preparation(case, party)),
        agreement=list(_agreement(latest_agreement(case), party)),
        answers=list(_answers(case, party)),
    )


def _party(party: Party, name: str) -> Iterator[Fact]:
    yield "Comment vous êtes appelé ici", f"Partie {party.letter} : {name}"
    yield "Vous êtes", party.get_kind_display()
    if party.empowered:
        yield "Qui peut s’engager pour vous", party.empowered
    if party.supporter:
        yield party.get_representation_display(), party.supporter
    if party.contacted_on:
        yield "Premier contact", short_date(party.contacted_on)
    if party.interpreter:
        yield "Interprète", "Nécessaire"
    if party.is_minor:
        yield "Ce que vous souhaitez", party.own_wish
        yield "Autorité parentale", party.get_authority_display()


def _consents(party: Party) -> Iterator[Fact]:
    for one in party.consents.all():
        yield f"D’accord, {one.get_manner_display().lower()}", short_date(one.given_on)
        if one.withdrawn_on:
            yield "Accord retiré", short_date(one.withdrawn_on)


def _session(session: Session) -> Fact:
    place = f", {session.place}" if session.place else ""
    kind = session.get_kind_display().partition(",")[0]
    return short_date(session.happened_at), f"{kind}, {session.minutes} minutes{place}"


def _notes(case: Case, party: Party, hers: dict[uuid.UUID, Session]) -> Iterator[Kept]:
    """Notes about this party, unless written where it was not: what another said of it stays another's. Notes about
    nobody in particular, of a session it had alone.
    """
    notes = VaultNote.objects.filter(case=case).prefetch_related("former").order_by("written_at", "pk")
    found = [one for one in notes if _is_hers(one, party, hers)]
    open_together(found, "text")
    for one in found:
        title = f"{one.get_kind_display()}, {short_date(one.written_at)}"
        former = [(f"Avant, {short_date(was.at)}", was.text) for was in one.former.all()]
        yield Kept(pk=one.pk, title=title, text=one.text, former=former)


def _is_hers(note: VaultNote, party: Party, hers: dict[uuid.UUID, Session]) -> bool:
    if note.party_id == party.pk:
        return note.session_id is None or note.session_id in hers
    session = hers.get(note.session_id) if note.party_id is None and note.session_id else None
    return session is not None and session.present == [party.letter]


def _preparation(case: Case, party: Party) -> Iterator[Fact]:
    sheet = get_sheet(case, party)
    content = json.loads(sheet.content) if sheet and sheet.content else {}
    for code, label, _ in LAYOUTS[sheet.kind] if sheet else ():
        if content.get(code):
            yield label, content[code]


def _agreement(known: MediationAgreement | None, party: Party) -> Iterator[Fact]:
    """A concluded agreement belongs to each party, whole; of a draft, what this one would do."""
    if known is None:
        return
    if known.concluded_at:
        yield "Contexte", known.context
        yield "Conclu le", short_date(known.concluded_at)
    for one in known.undertakings.all():
        if known.concluded_at or one.party_id in (None, party.pk):
            who = f"Partie {one.party.letter}" if one.party else "Toutes les parties"
            yield who, f"{one.what} (à partir du {short_date(one.due_on)} ; on le vérifie ainsi : {one.checked_how})"
    if known.concluded_at and known.difficulty:
        yield "En cas de difficulté", known.difficulty
    for signature in known.signatures.all():
        if signature.party_id == party.pk:
            yield "Votre parole", f"{signature.get_manner_display()}, {short_date(signature.signed_at)}"


def _answers(case: Case, party: Party) -> Iterator[Fact]:
    for one in FollowUpAnswer.objects.filter(case=case, party=party).select_related("follow_up"):
        said = [one.get_link_display(), f"malentendu : {one.get_misunderstanding_display().lower()}"]
        said += [one.get_face_display()] if one.face else []
        said += [f"écouté : {one.get_heard_display().lower()}"] if one.heard else []
        said += [one.sentence] if one.sentence else []
        yield f"Suivi {one.follow_up.get_step_display().lower()}", " · ".join(said)
