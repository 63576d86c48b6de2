"""Impact assessments: list, read, complete, take away."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import get_organisation
from entremise.core.http import Request, as_file
from entremise.core.permissions import can, require
from entremise.core.time import today
from entremise.core.ui.saving import saved
from entremise.documents.services import to_odt
from entremise.privacy.enums_accountability import FearedEvent
from entremise.privacy.exports_accountability import CODE, impact_document, sheet_rows
from entremise.privacy.forms.accountability import ImpactForm
from entremise.privacy.measures import MEASURES, measures_for
from entremise.privacy.queries.impact import (
    IMPACT_FIELDS,
    IMPACT_STATES,
    RISK_TEXTS,
    Assessment,
    get_assessment,
    list_impact_versions,
    list_impacts,
)
from entremise.privacy.queries.register import SHEET_FIELDS, Sheet
from entremise.privacy.services.impact import record_impact_export, save_impact
from entremise.privacy.views.downloads import ODT


@require_GET
def impacts(request: Request) -> HttpResponse:
    """Every processing with where its assessment stands."""
    require(request.actor, "privacy.view_register")
    lines = [(line, *IMPACT_STATES[line.state]) for line in list_impacts(request.actor)]
    return render(request, "privacy/impacts.html", {"lines": lines})


def _described(assessment: Assessment) -> list[tuple[str, str]]:
    """The code's sentences on the processing."""
    sheet = Sheet(assessment.declared, dict.fromkeys(SHEET_FIELDS, ""), [])
    return [(title, words) for title, words, who in sheet_rows(sheet) if who == CODE and words]


@require_GET
def impact(request: Request, processing: str, number: int | None = None) -> HttpResponse:
    """One assessment, as it stands or at one version."""
    require(request.actor, "privacy.view_register")
    assessment = get_assessment(request.actor, processing, number)
    context = {
        "assessment": assessment,
        "described": _described(assessment),
        "texts": {name: (title, assessment.study.texts.get(name, "")) for name, (title, _) in IMPACT_FIELDS.items()},
        "risks": [
            (risk, [(t, getattr(risk, n)) for n, t in RISK_TEXTS.items()]) for risk in assessment.study.all_risks
        ],
        "measures": MEASURES,
        "versions": list_impact_versions(request.actor, processing),
        "may_write": can(request.actor, "privacy.write_impact") and number is None,
        "is_old": number is not None,
    }
    return render(request, "privacy/impact.html", context)


@require_http_methods(["GET", "POST"])
def impact_edit(request: Request, processing: str) -> HttpResponse:
    """Complete an assessment: keep the draft, or adopt it."""
    require(request.actor, "privacy.write_impact")
    assessment = get_assessment(request.actor, processing)
    base = assessment.version.number if assessment.version else 0
    form = ImpactForm(
        request.POST if request.method == "POST" else None, initial=ImpactForm.initial_of(assessment.study, base)
    )
    if form.is_valid() and _saved(request, form, processing):
        return redirect("privacy:impact", processing)
    context = {
        "form": form,
        "assessment": assessment,
        "described": _described(assessment),
        "events": [
            (event, label, measures_for(event), _risk_fields(form, event)) for event, label in FearedEvent.choices
        ],
    }
    return render(request, "privacy/impact_form.html", context, status=422 if form.is_bound else 200)


def _risk_fields(form: ImpactForm, event: str) -> list[Any]:
    return [form[f"{event}_{name}"] for name in (*RISK_TEXTS, "severity", "likelihood")]


def _saved(request: Request, form: ImpactForm, code: str) -> bool:
    adopt = request.POST.get("geste") == "adopter"
    write = partial(save_impact, actor=request.actor, code=code, adopt=adopt)
    found = saved(form, lambda: write(base=form.cleaned_data["base"], study=form.study()))
    if found is not None:
        done = "L’analyse est adoptée." if adopt else "Le brouillon est gardé."
        messages.success(request, f"{done} C’est la version {found.number}.")
    return found is not None


@require_POST
def impact_export(request: Request, processing: str) -> HttpResponse:
    """The assessment as an ODT."""
    require(request.actor, "privacy.view_register")
    assessment = get_assessment(request.actor, processing)
    if assessment.version is not None:
        record_impact_export(actor=request.actor, version=assessment.version)
    organisation = get_organisation(request.actor.organisation_id)
    document = impact_document(assessment, organisation.name)
    return as_file(to_odt(document), ODT, f"analyse-d-impact-{processing}-{today().isoformat()}.odt")
