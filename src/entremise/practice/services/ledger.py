"""Writing one's ledgers: internships with their hours, times of experience with their nature."""

import json
import uuid

from django.db import transaction

from entremise.accounts.services import hold_account
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now, today
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish
from entremise.practice.commands import KeepLine
from entremise.practice.enums import ExperienceField, LedgerKind, Nature
from entremise.practice.events import LedgerChanged
from entremise.practice.ledger import HOURS_A_DAY, Span
from entremise.practice.models import LedgerLine
from entremise.practice.queries.ledger import get_line, ledger_lines
from entremise.practice.services.guard import require_open

LINE, WORDS, OLDEST = 160, 2_000, 1950


@transaction.atomic
def keep_line(*, actor: Actor, command: KeepLine, line_id: uuid.UUID | None = None) -> LedgerLine:
    """Write a line, or write it again: what was attested of its former words no longer counts."""
    require(actor, "practice.keep_portfolio")
    require_open(actor)
    assert actor.user_id is not None
    hold_account(actor.user_id)
    line = get_line(actor, line_id) if line_id else LedgerLine(author_id=actor.user_id, kind=command.kind)
    place, person, tasks = one_line(clean(command.place)), one_line(clean(command.person)), clean(command.tasks)
    errors = _faults(command, place, person, tasks)
    if not errors and _is_twice(actor, command, place, line.pk):
        errors[FORM] = ["Cette ligne est déjà au registre : même lieu, même premier jour."]
    if errors:
        raise InvalidInput(errors)
    is_stay = command.kind == LedgerKind.INTERNSHIP
    content = {
        "place": place,
        "person": person,
        "tasks": tasks,
        "starts_on": command.starts_on.isoformat(),
        "ends_on": command.ends_on.isoformat() if command.ends_on else None,
        "hours": command.hours if is_stay else 0,
        "nature": "" if is_stay else command.nature,
        "fields": [] if is_stay else [code for code in ExperienceField.values if code in command.fields],
    }
    line.kind, line.content, line.kept_at = command.kind, json.dumps(content, ensure_ascii=False), now()
    line.save()
    publish(LedgerChanged(actor=actor, target_id=line.pk))
    return line


@transaction.atomic
def remove_line(*, actor: Actor, line_id: uuid.UUID) -> None:
    """Take a line out, with what was attested of it."""
    require_open(actor)
    line = get_line(actor, line_id)
    identifier = line.pk
    line.delete()
    publish(LedgerChanged(actor=actor, target_id=identifier))


def _faults(command: KeepLine, place: str, person: str, tasks: str) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if command.kind not in LedgerKind.values:
        errors[FORM] = ["Ce registre n’existe pas."]
    if not place or len(place) > LINE:
        errors["place"] = [f"Dites dans quelle structure, en {LINE} signes au plus."]
    if len(person) > LINE:
        errors["person"] = [f"Raccourcissez : {LINE} signes au plus."]
    if len(tasks) > WORDS:
        errors["tasks"] = [f"Ce texte dépasse {WORDS} signes : raccourcissez-le."]
    errors |= _date_faults(command)
    return errors | (_stay_faults(command) if command.kind == LedgerKind.INTERNSHIP else _lived_faults(command))


def _date_faults(command: KeepLine) -> dict[str, list[str]]:
    errors = {}
    if command.starts_on > today() or command.starts_on.year < OLDEST:
        errors["starts_on"] = ["Indiquez un jour déjà venu, après 1950."]
    if command.ends_on and command.ends_on < command.starts_on:
        errors["ends_on"] = ["Ce jour est avant le premier : corrigez l’un des deux."]
    elif command.ends_on and command.ends_on > today():
        errors["ends_on"] = ["Laissez vide tant que ce n’est pas fini."]
    return errors


def _stay_faults(command: KeepLine) -> dict[str, list[str]]:
    errors = {}
    if not one_line(command.person):
        errors["person"] = ["Dites qui a été votre tuteur ou votre tutrice."]
    end = command.ends_on or today()
    most = Span(command.starts_on, max(command.starts_on, end)).days * HOURS_A_DAY
    if command.hours is None or command.hours < 1:
        errors["hours"] = ["Écrivez le nombre d’heures faites."]
    elif command.hours > most:
        errors["hours"] = [f"Ces dates ne laissent place qu’à {most} heures, dix par jour au plus."]
    return errors


def _lived_faults(command: KeepLine) -> dict[str, list[str]]:
    errors = {}
    if command.nature not in Nature.values:
        errors["nature"] = ["Dites si cette expérience est salariée ou bénévole."]
    if not command.fields or not set(command.fields) <= set(ExperienceField.values):
        errors["fields_of"] = ["Choisissez au moins un domaine : animation, accueil, information, accompagnement."]
    return errors


def _is_twice(actor: Actor, command: KeepLine, place: str, but: uuid.UUID) -> bool:
    same = (command.kind, place.casefold(), command.starts_on.isoformat())
    return any(
        (one.line.kind, one.content["place"].casefold(), one.content["starts_on"]) == same
        for one in ledger_lines(actor, ())
        if one.line.pk != but
    )
