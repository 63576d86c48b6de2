"""The agreement: written with the parties, signed by each, concluded, looked at again."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.core.http import Request
from entremise.core.ui.saving import posted, read_again, saved
from entremise.intercultural.queries import paper_languages, paper_texts, paper_texts_or_french
from entremise.mediations.exports import agreement as printed
from entremise.mediations.exports import papers
from entremise.mediations.forms.agreement import AgreementForm, AnswerForm, FollowUpForm, SignatureForm
from entremise.mediations.models import Case, MediationAgreement, Party
from entremise.mediations.queries import get_party, get_vault, name_of, parties_of
from entremise.mediations.queries.agreement import get_follow_up, latest_agreement
from entremise.mediations.services import conclude_agreement, draft_agreement, record_follow_up, sign_agreement
from entremise.mediations.services.reading import read_vault
from entremise.mediations.strokes import HEIGHT, WIDTH, as_svg, strokes_of
from entremise.mediations.views.base import CHANGED, frame, in_vault, told

SOURCE = "fr"


@require_http_methods(["GET", "POST"])
@in_vault
def draft(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Write the draft, whole."""
    actor = request.actor
    case = read_vault(actor=actor, case_id=case_id, what="agreement")
    parties, known = parties_of(case), latest_agreement(case)
    more = bool(request.POST.get("encore"))
    form = AgreementForm(posted(request), parties=parties, known=known, more=more)
    if request.method == "POST" and not more and form.is_valid():
        write = partial(draft_agreement, actor=actor, case_id=case_id, base_version=form.cleaned_data["base_version"])
        try:
            write(facts=form.facts())
        except InvalidInput as refusal:
            form.refuse(refusal)
        except Conflict:
            form.add_error(None, CHANGED)
            read_again(form, known.version if known else 0)
            return _draft(request, case, form, known, status=409)
        else:
            messages.success(request, "Projet d’accord enregistré. Faites-le signer par chaque partie.")
            return redirect("mediations:agreement", case_id)
    return _draft(request, case, form, known, status=422 if request.method == "POST" and not more else 200)


def _draft(request: Request, case: Case, form: AgreementForm, known: Any, status: int) -> HttpResponse:
    context = frame(case, form=form, conflict=status == 409, known=known)
    return render(request, "mediations/agreement_form.html", context, status=status)


def signing(known: MediationAgreement, parties: list[Party], languages: dict[str, str]) -> list[dict[str, Any]]:
    """Each party with its word, the drawing of it, and the name of its language where its copy may be in it."""
    signed = {one.party_id: one for one in known.signatures.all()}
    found = []
    for party in parties:
        one = signed.get(party.pk)
        drawn = mark_safe(as_svg(strokes_of(one.drawing), "currentColor")) if one and one.drawing else ""  # noqa: S308
        own = languages.get(party.language, "") if party.language != SOURCE else ""
        found.append({"party": party, "name": name_of(party), "signature": one, "drawn": drawn, "own": own})
    return found


@require_safe
@in_vault
def show(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The agreement as the parties read it, and who signed."""
    case = read_vault(actor=request.actor, case_id=case_id, what="agreement")
    known = latest_agreement(case)
    if known is None:
        return redirect("mediations:draft_agreement", case_id)
    languages = paper_languages(request.actor)
    sides = signing(known, parties_of(case), dict(languages))
    ready = all(side["signature"] for side in sides)
    french = paper_texts(request.actor, SOURCE)
    context = frame(case, known=known, sides=sides, ready=ready, languages=languages, sentences=french.frame())
    return render(request, "mediations/agreement.html", context)


@require_http_methods(["GET", "POST"])
@in_vault
def sign(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """The whole agreement before a party, and its word."""
    actor = request.actor
    case = read_vault(actor=actor, case_id=case_id, what="agreement")
    party, known = get_party(case, party_id), latest_agreement(case)
    form = SignatureForm(posted(request))
    write = partial(sign_agreement, actor=actor, case_id=case_id, party_id=party_id)
    if saved(form, lambda: write(**form.cleaned_data), {"drawing": "manner"}):
        messages.success(request, f"Partie {party.letter} : sa parole est notée.")
        return redirect("mediations:agreement", case_id)
    own, french = paper_texts_or_french(actor, party.language), paper_texts(actor, SOURCE)
    context = frame(case, form=form, party=party, name=name_of(party), known=known, sentences=french.frame())
    context |= {"own": None if own.is_source else own, "width": WIDTH, "height": HEIGHT}
    return render(request, "mediations/sign.html", context, status=422 if form.errors else 200)


@require_POST
@in_vault
def conclude(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Conclude what every party signed."""
    done = "Accord conclu. Remettez son exemplaire à chaque partie ; un premier point est prévu dans une semaine."
    return told(request, partial(conclude_agreement, actor=request.actor, case_id=case_id), done, case_id)


@require_safe
@in_vault
def copy(request: Request, case_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """The copy of one party, in its language where its texts may be shown, or in another that is asked for."""
    actor = request.actor
    case = read_vault(actor=actor, case_id=case_id, what="agreement")
    party, known = get_party(case, party_id), latest_agreement(case)
    if known is None:
        raise NotFound("agreement")
    asked = request.GET.get("langue", "")
    own = paper_texts(actor, asked) if asked else paper_texts_or_french(actor, party.language)
    if not printed.can_print(own):
        return render(request, "intercultural/without_font.html", {"deck": own}, status=409)
    french = paper_texts(actor, SOURCE)
    return papers.handed(printed.to_pdf(case, known, parties_of(case), party, own, french), case)


@require_http_methods(["GET", "POST"])
@in_vault
def follow_up(request: Request, case_id: uuid.UUID, follow_up_id: uuid.UUID) -> HttpResponse:
    """What became of the agreement, as each party says it."""
    actor = request.actor
    case = get_vault(actor, case_id)
    found, data = get_follow_up(case, follow_up_id), posted(request)
    form = FollowUpForm(data, initial={"kept": found.kept})
    sides = [(one, name_of(one), AnswerForm(data, prefix=one.letter)) for one in parties_of(case)]
    if data is not None and all([form.is_valid(), *(answer.is_valid() for _, _, answer in sides)]):
        answers = [told for party, _, answer in sides if (told := answer.answer(party.letter))]
        write = partial(record_follow_up, actor=actor, case_id=case_id, follow_up_id=follow_up_id, answers=answers)
        names = {f"{party.letter}-{name}": "kept" for party, _, answer in sides for name in answer.fields}
        if saved(form, lambda: write(kept=form.cleaned_data["kept"]), names):
            messages.success(request, "Le point est noté, comme chaque partie le dit.")
            return redirect("mediations:case", case_id)
    context = frame(case, form=form, sides=sides, follow_up=found)
    return render(request, "mediations/follow_up.html", context, status=422 if data is not None else 200)
