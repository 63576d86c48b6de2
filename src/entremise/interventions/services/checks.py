"""What an act must satisfy before it is saved, whichever door it came through."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.nomenclature import national
from entremise.core.time import now
from entremise.interventions.commands import ActContent, Checked, Heads, changed
from entremise.interventions.enums import Link, Register, Visibility
from entremise.interventions.models.act import MAX_DURATION, MAX_PEOPLE, NARRATIVE_LENGTH
from entremise.interventions.presets import CONFLICT_REGISTERS, SENSITIVE, registers_of
from entremise.interventions.queries.content import CODES
from entremise.interventions.services.texts import clean
from entremise.places import queries as places
from entremise.presence.enums import Reception

PARTY_LENGTH = 160  # characters
AHEAD = dt.timedelta(minutes=5)  # clocks of phones differ
OLDEST = dt.timedelta(days=366)

# Fields of a content that hold one code, and those that hold head counts, with their list.
ONE = {
    "origin": "L2",
    "contact_mode": "L3",
    "language_need": "L9",
    "conflict_kind": "L12",
    "history": "L14",
    "outcome": "L18",
}
MARGINS = {"ages": "L6", "genders": "L7"}
CONFLICT_FIELDS = (
    "conflict_kind",
    "conflict_objects",
    "party_a",
    "party_b",
    "history",
    "tension_before",
    "tension_after",
    "link",
)
TEXTS = {"narrative": NARRATIVE_LENGTH, "party_a": PARTY_LENGTH, "party_b": PARTY_LENGTH}

Errors = defaultdict[str, list[str]]


def is_conflict(registers: tuple[str, ...]) -> bool:
    """True when one of the registers, local or national, is a conflict."""
    return any(national(code) in CONFLICT_REGISTERS for code in registers)


def check(
    actor: Actor, team_id: uuid.UUID, content: ActContent, *, author_id: uuid.UUID | None, before: ActContent | None
) -> Checked:
    """The content cleaned, sensitive values dropped; InvalidInput with every fault found.

    ``before`` is the content being corrected: what it already held (a colleague who has left, an old
    date, a register the team no longer works in) stays acceptable.
    """
    errors: Errors = defaultdict(list)
    content = _cleaned(content)
    _check_moment(content, before, errors)
    _check_site(actor, content, before, errors)
    _check_numbers(content, errors)
    _check_margins(content, errors)
    _check_codes(actor, content, errors)
    _check_registers(actor, team_id, content, before, errors)
    _check_conflict(content, errors)
    _check_second_author(actor, team_id, content, author_id, before, errors)
    if errors:
        raise InvalidInput(errors)
    return without_sensitive(actor.organisation_id, content)


def without_sensitive(organisation_id: uuid.UUID | None, content: ActContent) -> Checked:
    """Leave out the sensitive values that the data protection officer has not switched on."""
    found = [
        (f, c) for f in ("dangers", "publics") for c in getattr(content, f) if (CODES[f], national(c)) in SENSITIVE
    ]
    if not found or organisation_id is None:
        return Checked(content)
    allowed = accounts.allowed_sensitive(organisation_id)
    dropped = []
    for name, code in found:
        if (CODES[name], national(code)) not in allowed:
            kept = tuple(value for value in getattr(content, name) if value != code)
            content = changed(content, {name: kept})
            dropped.append((CODES[name], code))
    return Checked(content, tuple(dropped))


def kept_codes(organisation_id: uuid.UUID | None, name: str, codes: Sequence[str]) -> list[str]:
    """Those of the codes of one field that may be kept here."""
    allowed = accounts.allowed_sensitive(organisation_id) if organisation_id else set()
    found = ((CODES[name], national(code)) for code in codes)
    return [code for code, pair in zip(codes, found, strict=True) if pair not in SENSITIVE or pair in allowed]


def _cleaned(content: ActContent) -> ActContent:
    texts = {name: clean(getattr(content, name)) for name in TEXTS}
    many = {name: tuple(dict.fromkeys(getattr(content, name))) for name in CODES}
    return changed(content, {**texts, **many})


def _check_moment(content: ActContent, before: ActContent | None, errors: Errors) -> None:
    if before is not None and before.occurred_at == content.occurred_at:
        return
    present = now()
    if content.occurred_at > present + AHEAD:
        errors["occurred_at"].append("Cette heure est dans le futur. Indiquez quand l’intervention a commencé.")
    elif content.occurred_at < present - OLDEST:
        errors["occurred_at"].append("Cette date a plus d’un an. Vérifiez l’année.")


def _check_site(actor: Actor, content: ActContent, before: ActContent | None, errors: Errors) -> None:
    if before is not None and before.site_id == content.site_id:
        return
    try:
        places.get_site(actor, content.site_id)
    except NotFound:
        errors["site_id"].append("Ce lieu n’est pas dans la liste de votre organisation. Choisissez-en un autre.")


def _check_numbers(content: ActContent, errors: Errors) -> None:
    if content.duration_minutes is not None and not 0 < content.duration_minutes <= MAX_DURATION:
        errors["duration_minutes"].append("Indiquez une durée entre 1 minute et 24 heures, ou rien.")
    if content.people_count is not None and not 0 <= content.people_count <= MAX_PEOPLE:
        errors["people_count"].append(f"Indiquez un nombre de personnes entre 0 et {MAX_PEOPLE}, ou rien.")
    for name in ("tension_before", "tension_after"):
        value = getattr(content, name)
        if value is not None and not 0 <= value <= 5:
            errors[name].append("La tension se note de 0 à 5.")
    for name in TEXTS:
        if said := too_long(name, getattr(content, name)):
            errors[name].append(said)


def too_long(name: str, text: str) -> str:
    """What is said beside a text that passes its limit; empty within it. Forms say it with their other refusals."""
    limit, written = TEXTS[name], f"{len(text):,}".replace(",", "\u202f")
    if len(text) <= limit:
        return ""
    return f"Ce texte fait {written} caractères, il en faut {limit} au plus. Gardez les faits."


def _check_margins(content: ActContent, errors: Errors) -> None:
    for name in MARGINS:
        heads: tuple[Heads, ...] = getattr(content, name)
        if not heads:
            continue
        if any(not 0 < band.count <= MAX_PEOPLE for band in heads):
            errors[name].append(f"Chaque effectif est un nombre entre 1 et {MAX_PEOPLE}.")
        elif len({band.code for band in heads}) != len(heads):
            errors[name].append("La même tranche est comptée deux fois.")
        elif content.people_count is not None and sum(band.count for band in heads) > content.people_count:
            total = sum(band.count for band in heads)
            errors[name].append(
                f"Le total des tranches ({total}) dépasse le nombre de personnes ({content.people_count}). "
                "Corrigez l’un ou l’autre."
            )


def _check_codes(actor: Actor, content: ActContent, errors: Errors) -> None:
    asked = (*CODES.values(), *ONE.values(), *MARGINS.values())
    lists = actor.in_batch(("accounts.choices", *asked), lambda: accounts.choices_for(actor.organisation_id, *asked))
    if not content.registers:
        errors["registers"].append("Dites ce qui s’est passé : choisissez au moins un registre.")
    if not content.outcome:
        errors["outcome"].append("Choisissez le résultat.")
    for name, reference in CODES.items():
        _check_known(getattr(content, name), lists[reference], name, errors)
    for name, reference in ONE.items():
        _check_known([getattr(content, name)], lists[reference], name, errors)
    for name, reference in MARGINS.items():
        _check_known([band.code for band in getattr(content, name)], lists[reference], name, errors)
    if content.visibility not in Visibility.values:
        errors["visibility"].append("Choisissez qui peut lire la fiche.")
    for name, choices in (("link", Link), ("first_meeting", Reception)):
        if getattr(content, name) not in ("", *choices.values):
            errors[name].append("Choisissez une des réponses proposées.")


def _check_known(codes: object, choices: accounts.ListChoices, name: str, errors: Errors) -> None:
    if any(code and code not in choices.labels for code in codes):  # type: ignore[attr-defined]
        errors[name].append("Cette réponse n’est pas dans la liste. Choisissez une des réponses proposées.")


def _check_registers(
    actor: Actor, team_id: uuid.UUID, content: ActContent, before: ActContent | None, errors: Errors
) -> None:
    """The job of the team gives its registers, on the page as for any other sender."""
    allowed = registers_of(accounts.get_team(actor, team_id).job)
    held = before.registers if before else ()
    new = [code for code in content.registers if code not in held and national(code) in Register.values]
    outside = [code for code in new if national(code) not in allowed]
    if outside:
        labels = accounts.choices_for(actor.organisation_id, "L1")["L1"]
        names = ", ".join(f"« {labels.label(code)} »" for code in outside)
        errors["registers"].append(f"Hors des registres de l’équipe : {names}. Choisissez parmi ceux proposés.")


def _check_conflict(content: ActContent, errors: Errors) -> None:
    described = any(getattr(content, name) not in ("", None, ()) for name in CONFLICT_FIELDS)
    if described and not is_conflict(content.registers):
        errors["registers"].append(
            "Un conflit est décrit plus bas : choisissez aussi un registre de conflit, ou effacez cette description."
        )


def _check_second_author(
    actor: Actor,
    team_id: uuid.UUID,
    content: ActContent,
    author_id: uuid.UUID | None,
    before: ActContent | None,
    errors: Errors,
) -> None:
    second = content.second_author_id
    if second is None or (before is not None and before.second_author_id == second):
        return
    if second == author_id:
        errors["second_author_id"].append("Vous signez déjà cette fiche. Choisissez un autre membre de l’équipe.")
    elif not accounts.list_members(actor, team_ids=[team_id]).filter(pk=second).exists():
        errors["second_author_id"].append("Cette personne n’est pas dans l’équipe. Choisissez-en une autre.")
