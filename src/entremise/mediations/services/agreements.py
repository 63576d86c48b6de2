"""The agreement: drafted with every party, signed by each, concluded, looked at again."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, Conflict, InvalidInput
from entremise.core.time import now, today
from entremise.mediations import process
from entremise.mediations.commands import AgreementFacts, UndertakingFacts
from entremise.mediations.enums import AgreementKind, SignatureManner, Stage
from entremise.mediations.models import Case, Consent, FollowUp, MediationAgreement, Party, Signature, Undertaking
from entremise.mediations.presets import FOLLOW_UP_DAYS
from entremise.mediations.queries.process import facts_of
from entremise.mediations.services.cases import step
from entremise.mediations.services.holding import WORDS, held_case, held_party, row, written
from entremise.mediations.services.wording import refusal
from entremise.mediations.strokes import strokes_of
from entremise.privacy.services.texts import clean

MOST = 12  # undertakings
FARTHEST = dt.timedelta(days=366)
NOT_DRAWN = "Faites signer dans le cadre. Si ce n’est pas possible, choisissez « sur papier » ou « de vive voix »."


@transaction.atomic
def draft_agreement(
    *, actor: Actor, case_id: uuid.UUID, facts: AgreementFacts, base_version: int
) -> MediationAgreement:
    """Write the draft, whole; whoever had signed it signs again. Conflict when it changed since it was read."""
    case = _at_agreement(actor, case_id)
    draft = MediationAgreement.objects.select_for_update().filter(case=case, concluded_at=None).first()
    if (draft.version if draft else 0) != base_version:
        raise Conflict("the draft changed since it was read")
    letters = {party.letter: party for party in Party.objects.filter(case=case)}
    kept = _checked(facts, letters)
    assert actor.member_id is not None
    if draft is None:
        draft = MediationAgreement(**row(case, version=0, drafted_by_id=actor.member_id, drafted_at=now()))
    draft.kind, draft.read_aloud = facts.kind, facts.read_aloud
    draft.context, draft.difficulty = clean(facts.context), clean(facts.difficulty)
    draft.version += 1
    draft.save()
    draft.signatures.all().delete()
    draft.undertakings.all().delete()
    for rank, (party, what, due_on, checked_how) in enumerate(kept):
        Undertaking.objects.create(
            **row(case, agreement=draft, rank=rank, party=party, what=what, due_on=due_on, checked_how=checked_how)
        )
    written(actor, case, "agreement")
    return draft


Kept = tuple[Party | None, str, dt.date, str]


def _checked(facts: AgreementFacts, letters: dict[str, Party]) -> list[Kept]:
    """The undertakings to keep. Errors name ``undertakings-<row>-<field>``."""
    errors: dict[str, list[str]] = {}
    if facts.kind not in AgreementKind.values:
        errors["kind"] = ["Choisissez une réponse."]
    for name in ("context", "difficulty"):
        reason = _text_fault(clean(getattr(facts, name)))
        errors |= {name: [reason]} if reason else {}
    if not clean(facts.context):
        errors["context"] = ["Dites le contexte dans des mots que chaque partie accepte."]
    kept: list[Kept] = []
    for index, one in enumerate(facts.undertakings):
        if not (clean(one.what) or one.due_on or clean(one.checked_how)):
            continue
        found = _undertaking_faults(one, letters)
        errors |= {f"undertakings-{index}-{name}": [reason] for name, reason in found.items()}
        if not found and one.due_on is not None:
            kept.append((letters.get(one.party), clean(one.what), one.due_on, clean(one.checked_how)))
    if not kept and not any(name.startswith("undertakings") for name in errors):
        errors[FORM] = ["Un accord dit au moins une chose que quelqu’un fera."]
    if len(facts.undertakings) > MOST:
        errors[FORM] = [f"Un accord tient en {MOST} engagements au plus."]
    if errors:
        raise InvalidInput(errors)
    return kept


def _undertaking_faults(one: UndertakingFacts, letters: dict[str, Party]) -> dict[str, str]:
    what, checked = clean(one.what), clean(one.checked_how)
    faults = {"what": _text_fault(what), "checked_how": _text_fault(checked), "due_on": "", "party": ""}
    if one.party and one.party not in letters:
        faults["party"] = "Cette partie n’est pas dans la médiation."
    if not what:
        faults["what"] = "Dites ce qui sera fait."
    if one.due_on is None:
        faults["due_on"] = "Dites à partir de quel jour : un engagement sans date ne se vérifie pas."
    elif not today() <= one.due_on <= today() + FARTHEST:
        faults["due_on"] = "Choisissez une date entre aujourd’hui et dans un an."
    if not checked:
        faults["checked_how"] = "Dites comment on le vérifiera."
    return {name: reason for name, reason in faults.items() if reason}


def _text_fault(text: str) -> str:
    return f"Raccourcissez : {WORDS} caractères au plus." if len(text) > WORDS else refusal(text)


@transaction.atomic
def sign_agreement(
    *, actor: Actor, case_id: uuid.UUID, party_id: uuid.UUID, manner: str, drawing: str = ""
) -> Signature:
    """A party's word on the draft, attested by the mediator. Given twice, the same one.

    On a screen it is drawn (``strokes``), and sealed with the case; a word given aloud or on paper has no drawing.
    """
    case = _at_agreement(actor, case_id)
    party = held_party(case, party_id)
    draft = _draft_of(case)
    if manner not in SignatureManner.values:
        raise InvalidInput({"manner": ["Choisissez une réponse."]})
    drawing = _drawn(drawing) if manner == SignatureManner.ECRAN else ""
    if not draft.read_aloud:
        raise InvalidInput({FORM: ["Lisez d’abord l’accord à voix haute, puis dites-le dans le projet d’accord."]})
    if not Consent.objects.filter(party=party, withdrawn_at=None).exists():
        raise InvalidInput({FORM: ["Cette partie n’est pas, ou plus, d’accord pour être en médiation."]})
    known = draft.signatures.filter(party=party).first()
    if known is not None:
        return known
    assert actor.member_id is not None
    known_of = {"agreement": draft, "party": party, "manner": manner, "drawing": drawing}
    signature = Signature.objects.create(**row(case, signed_at=now(), attested_by_id=actor.member_id, **known_of))
    written(actor, case, "signature")
    return signature


def _drawn(drawing: str) -> str:
    try:
        strokes_of(drawing)
    except ValueError:
        raise InvalidInput({"drawing": [NOT_DRAWN]}) from None
    return drawing


@transaction.atomic
def conclude_agreement(*, actor: Actor, case_id: uuid.UUID) -> MediationAgreement:
    """Conclude what every party signed, each of them agreeing today to be there; the follow-up begins."""
    case = _at_agreement(actor, case_id)
    draft = _draft_of(case)
    everyone = set(Party.objects.filter(case=case).values_list("pk", flat=True))
    if everyone != set(draft.signatures.values_list("party_id", flat=True)):
        raise InvalidInput({FORM: ["Chaque partie doit avoir signé, ou donné sa parole."]})
    draft.concluded_at = now()
    draft.save(update_fields=["concluded_at"])
    missing = process.refusals(Stage(case.stage), Stage.SUIVI, facts_of(case))
    if missing:
        raise InvalidInput({FORM: missing})
    case.agreed_on = case.agreed_on or today()
    case.save(update_fields=["agreed_on"])
    FollowUp.objects.filter(case=case, done_on=None).delete()  # those of the agreement it replaces
    for rung, days in FOLLOW_UP_DAYS.items():
        due = today() + dt.timedelta(days=days)
        FollowUp.objects.create(**row(case, agreement=draft, step=rung, due_on=due))
    step(actor, case, Stage.SUIVI)
    return draft


def _at_agreement(actor: Actor, case_id: uuid.UUID) -> Case:
    case = held_case(actor, case_id)
    if case.stage != Stage.ACCORD:
        raise InvalidInput({FORM: ["L’accord s’écrit à l’étape de l’accord."]})
    return case


def _draft_of(case: Case) -> MediationAgreement:
    draft = MediationAgreement.objects.select_for_update().filter(case=case, concluded_at=None).first()
    if draft is None:
        raise InvalidInput({FORM: ["Écrivez d’abord le projet d’accord."]})
    return draft
