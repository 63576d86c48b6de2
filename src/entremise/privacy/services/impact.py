"""Writing impact assessments: each saving is a version; an adopted one is complete and dated."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.journal.services import publish
from entremise.privacy.enums_accountability import FearedEvent, ImpactDecision, Level
from entremise.privacy.events_accountability import ImpactExported, ImpactWritten
from entremise.privacy.models import ImpactVersion
from entremise.privacy.queries.declared import get_declared, to_stored
from entremise.privacy.queries.impact import IMPACT_FIELDS, RISK_TEXTS, Study, last_version
from entremise.privacy.services.checks import Errors, checked_day, checked_text, refuse
from entremise.privacy.services.register import OVERTAKEN, SAME


def save_impact(*, actor: Actor, code: str, base: int, study: Study, adopt: bool = False) -> ImpactVersion:
    """Save a draft, or adopt the assessment once nothing is missing.

    ``base`` is the version one started from, 0 for none: an older one is refused, nothing is lost. Raises
    InvalidInput (the fields of ``IMPACT_FIELDS``, ``<event>_impacts`` and the like, dpo_on, decision, review_on).
    """
    require(actor, "privacy.write_impact")
    declared = to_stored(get_declared(actor.organisation_id, code))
    last = last_version(actor, code)
    number = last.number if last else 0
    checked = _checked(study, adopt=adopt)
    if base != number:
        raise InvalidInput({FORM: [OVERTAKEN.format(number=number)]})
    if adopt and (missing := checked.missing()):
        raise InvalidInput({FORM: missing})
    version = ImpactVersion(
        organisation_id=actor.organisation_id,
        processing=code,
        number=number + 1,
        author_id=actor.member_id,  # type: ignore[misc] # a person writes: the permission asks a role
        is_adopted=adopt,
        decision=checked.decision,
        review_on=checked.review_on,
        declared=declared,
        words=checked.dumped(),
    )
    if last is not None and _same(last, version):
        raise InvalidInput({FORM: [SAME]})
    return _keep(actor, version)


@transaction.atomic
def record_impact_export(*, actor: Actor, version: ImpactVersion) -> None:
    """Note that an assessment left as a file."""
    require(actor, "privacy.view_register")
    codes = {"processing": version.processing, "version": version.number}
    publish(ImpactExported(actor=actor, target_id=version.pk, codes=codes))


def _keep(actor: Actor, version: ImpactVersion) -> ImpactVersion:
    try:
        with transaction.atomic():
            version.save(force_insert=True)
            codes = {"processing": version.processing, "version": version.number, "adopted": version.is_adopted}
            publish(ImpactWritten(actor=actor, target_id=version.pk, codes=codes))
    except IntegrityError:  # two people saved at once
        raise InvalidInput({FORM: [OVERTAKEN.format(number=version.number)]}) from None
    return version


def _same(last: ImpactVersion, version: ImpactVersion) -> bool:
    names = ("words", "decision", "review_on", "declared", "is_adopted")
    return all(getattr(last, name) == getattr(version, name) for name in names)


def _checked(study: Study, *, adopt: bool) -> Study:
    errors: Errors = {}
    texts = {name: checked_text(errors, name, study.texts.get(name, "")) for name in IMPACT_FIELDS}
    risks = {}
    for event in FearedEvent.values:
        risk = study.risk(event)
        words = {name: checked_text(errors, f"{event}_{name}", getattr(risk, name)) for name in RISK_TEXTS}
        for name in ("severity", "likelihood"):
            if getattr(risk, name) and getattr(risk, name) not in Level.values:
                errors[f"{event}_{name}"] = ["Choisissez un des quatre niveaux."]
        risks[event] = replace(risk, **words)
    if study.decision and study.decision not in ImpactDecision.values:
        errors["decision"] = ["Choisissez une des décisions proposées."]
    checked_day(errors, "dpo_on", study.dpo_on)
    checked_day(errors, "review_on", study.review_on, ahead=adopt)
    refuse(errors)
    return replace(study, texts=texts, risks=risks)
