"""Impact assessments: pre-filled from the declarations, completed by the organisation."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.time import today
from entremise.privacy.enums_accountability import FearedEvent, ImpactDecision, Level
from entremise.privacy.models import ImpactVersion
from entremise.privacy.queries.declared import Declared, declared_sheets, from_stored, get_declared, to_stored

# What the organisation writes: code of the field, its title, what to say there.
IMPACT_FIELDS = {
    "context": ("Contexte et enjeux", "Pourquoi ce traitement, pour qui, à quelle échelle, avec quels partenaires."),
    "necessity": (
        "Nécessité et proportionnalité",
        "Pourquoi ces données et pas moins ; ce que l’équipe ne ferait pas sans ; qui veille à leur exactitude.",
    ),
    "rights": ("Droits des personnes", "Comment elles sont informées chez vous, par qui, où elles s’adressent."),
    "measures": ("Mesures ajoutées par l’organisation", "Locaux, téléphones, formation, charte, prestataires."),
    "dpo_opinion": ("Avis du délégué à la protection des données", "Favorable ou non, avec quelles réserves."),
    "persons_opinion": (
        "Avis des personnes concernées ou de leurs représentants",
        "Comment vous l’avez recueilli et ce qu’il dit ; sinon, pourquoi vous ne l’avez pas demandé.",
    ),
    "decision_reason": ("Motif de la décision", "Ce qui a compté ; le plan d’action et qui en répond."),
}
RISK_TEXTS = {
    "impacts": "Ce que cela ferait aux personnes",
    "sources": "Ce qui pourrait le causer",
}
SERIOUS = {Level.IMPORTANT, Level.MAXIMAL}


@dataclass(frozen=True)
class Risk:
    """One feared event, weighed: levels are codes of ``Level``, empty until chosen."""

    event: str
    severity: str = ""
    likelihood: str = ""
    impacts: str = ""
    sources: str = ""

    @property
    def label(self) -> str:
        """The event in words."""
        return str(FearedEvent(self.event).label)

    @property
    def severity_label(self) -> str:
        """The severity in words, empty until chosen."""
        return str(Level(self.severity).label) if self.severity else ""

    @property
    def likelihood_label(self) -> str:
        """The likelihood in words, empty until chosen."""
        return str(Level(self.likelihood).label) if self.likelihood else ""

    @property
    def is_high(self) -> bool:
        """Severity and likelihood are both important or more: article 36 asks for the authority's opinion."""
        return self.severity in SERIOUS and self.likelihood in SERIOUS


@dataclass(frozen=True)
class Study:
    """What the organisation wrote of an assessment."""

    texts: dict[str, str] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)
    dpo_on: dt.date | None = None
    decision: str = ""
    review_on: dt.date | None = None

    def risk(self, event: str) -> Risk:
        """One feared event, weighed or not yet."""
        return self.risks.get(event) or Risk(event)

    @property
    def all_risks(self) -> list[Risk]:
        """The three events, in order."""
        return [self.risk(event) for event in FearedEvent.values]

    @property
    def decision_label(self) -> str:
        """The decision in words, empty until taken."""
        return str(ImpactDecision(self.decision).label) if self.decision else ""

    def missing(self) -> list[str]:
        """What an adopted assessment needs and this one has not, as sentences."""
        found = [
            f"Écrivez : {title.lower()}." for name, (title, _) in IMPACT_FIELDS.items() if not self.texts.get(name)
        ]
        for risk in self.all_risks:
            if not (risk.severity and risk.likelihood):
                found.append(f"Pesez la gravité et la vraisemblance : {risk.label.lower()}.")
        if self.dpo_on is None:
            found.append("Datez l’avis du délégué.")
        if not self.decision:
            found.append("Choisissez la décision.")
        if self.review_on is None:
            found.append("Donnez la date de révision.")
        if self.decision in (ImpactDecision.POURSUIVRE, ImpactDecision.MESURES) and self.is_high:
            found.append("Un risque reste élevé : consultez la CNIL avant de commencer, ou ajoutez des mesures.")
        return found

    @property
    def is_high(self) -> bool:
        """One of the risks stays high."""
        return any(risk.is_high for risk in self.all_risks)

    def dumped(self) -> str:
        """As a version seals it; decision and review date have columns of their own."""
        risks = {event: {name: getattr(risk, name) for name in _RISK} for event, risk in self.risks.items()}
        stored = {"texts": self.texts, "risks": risks, "dpo_on": self.dpo_on.isoformat() if self.dpo_on else ""}
        return json.dumps(stored, ensure_ascii=False, sort_keys=True)


_RISK = ("severity", "likelihood", "impacts", "sources")


@dataclass(frozen=True)
class Assessment:
    """The assessment of one processing. ``version`` None: not begun."""

    declared: Declared
    study: Study
    version: ImpactVersion | None
    author: str
    is_stale: bool

    @property
    def missing(self) -> list[str]:
        """What is left to write."""
        return self.study.missing()


@dataclass(frozen=True)
class ImpactLine:
    """A processing in the list, with where its assessment stands (``state`` is a code of ``IMPACT_STATES``)."""

    declared: Declared
    version: ImpactVersion | None
    state: str


IMPACT_STATES = {
    "a_faire": ("wait", "À faire"),
    "brouillon": ("neutral", "Brouillon"),
    "adoptee": ("ok", "Adoptée"),
    "a_revoir": ("wait", "À revoir"),
}


def read_study(version: ImpactVersion | None) -> Study:
    """What a version says."""
    if version is None:
        return Study()
    stored: dict[str, Any] = json.loads(version.words)
    risks = {event: Risk(event, **facts) for event, facts in stored.get("risks", {}).items()}
    day = stored.get("dpo_on")
    return Study(
        texts=stored.get("texts", {}),
        risks=risks,
        dpo_on=dt.date.fromisoformat(day) if day else None,
        decision=version.decision,
        review_on=version.review_on,
    )


def last_version(actor: Actor, code: str) -> ImpactVersion | None:
    """The last saving of one assessment."""
    return ImpactVersion.objects.visible_to(actor).filter(processing=code).order_by("-number").first()


def get_assessment(actor: Actor, code: str, number: int | None = None) -> Assessment:
    """The assessment of a processing, as it stands or at one version; NotFound otherwise."""
    if number is None:
        declared = get_declared(actor.organisation_id, code)
        version = last_version(actor, code)
        stale = version is not None and version.declared != to_stored(declared)
    else:
        version = get_one(ImpactVersion.objects.visible_to(actor).filter(processing=code, number=number))
        declared, stale = from_stored(version.declared), False
    author = member_names([version.author_id])[version.author_id] if version else ""
    return Assessment(declared, read_study(version), version, author, stale)


def list_impacts(actor: Actor) -> list[ImpactLine]:
    """Every processing with the state of its assessment: two queries."""
    latest: dict[str, ImpactVersion] = {}
    for version in ImpactVersion.objects.visible_to(actor).order_by("number").defer("words"):
        latest[version.processing] = version
    return [
        ImpactLine(one, latest.get(one.code), _state(one, latest.get(one.code)))
        for one in declared_sheets(actor.organisation_id)
    ]


def list_impact_versions(actor: Actor, code: str) -> list[tuple[ImpactVersion, str]]:
    """Every saving of an assessment with its author, the newest first."""
    rows = ImpactVersion.objects.visible_to(actor).filter(processing=code).order_by("-number")
    versions = list(rows.defer("words", "declared"))
    names = member_names(version.author_id for version in versions)
    return [(version, names[version.author_id]) for version in versions]


def _state(declared: Declared, version: ImpactVersion | None) -> str:
    if version is None:
        return "a_faire"
    if not version.is_adopted:
        return "brouillon"
    overdue = version.review_on is not None and version.review_on <= today()
    return "a_revoir" if overdue or version.declared != to_stored(declared) else "adoptee"
