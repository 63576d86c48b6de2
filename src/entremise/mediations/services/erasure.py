"""The words of a case go: its key is destroyed, its rows are emptied, its figures stay."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.core.actor import system_actor
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.keys.services import erase_keyed, finish_keyed
from entremise.mediations.enums import ShownOutcome, Stage
from entremise.mediations.events import MediationErased
from entremise.mediations.models import (
    Case,
    CaseMediator,
    Consent,
    Disclosure,
    FollowUpAnswer,
    MediationAgreement,
    NoteVersion,
    Party,
    PreparationSheet,
    Session,
    Signature,
    Undertaking,
    VaultNote,
)


def erase_cases(case_ids: Sequence[uuid.UUID]) -> int:
    """Erase what was confided in these cases; gives how many were not erased yet. Harmless when run twice.

    A case still open is closed as lost from sight.
    """
    return erase_keyed(Case.objects.all(), case_ids, _empty)


def finish_erasures() -> str:
    """Empty the rows of cases whose key is gone. One sentence for the operator."""
    return f"{finish_keyed(Case.objects.all(), _empty)} médiations vidées"


@transaction.atomic
def _empty(case_ids: Sequence[uuid.UUID]) -> int:
    for model in (VaultNote, NoteVersion, PreparationSheet, Undertaking):
        model.objects.filter(case_id__in=case_ids).delete()
    MediationAgreement.objects.filter(case_id__in=case_ids).update(context="", difficulty="")
    FollowUpAnswer.objects.filter(case_id__in=case_ids).update(sentence="")
    Signature.objects.filter(case_id__in=case_ids).update(drawing="")
    Disclosure.objects.filter(case_id__in=case_ids).update(words="")
    Session.objects.filter(case_id__in=case_ids).update(place="")
    Consent.objects.filter(case_id__in=case_ids).update(language="")
    CaseMediator.objects.filter(case_id__in=case_ids).update(link="")
    Party.objects.filter(case_id__in=case_ids).update(
        person=None, label="", empowered="", supporter="", own_wish="", language=""
    )
    cases = Case.objects.filter(pk__in=case_ids)
    lost = {"outcome": ShownOutcome.PERDU_VUE, "stage": Stage.CLOTURE, "closed_at": now()}
    cases.filter(closed_at=None).update(**lost)
    owners = dict(cases.values_list("pk", "organisation_id"))
    cases.update(act=None, asked_by="", subject="", exact_outcome="", ground="", erased_at=now())
    for case_id, organisation_id in owners.items():
        publish(MediationErased(actor=system_actor(organisation_id), target_id=case_id))
    return len(owners)
