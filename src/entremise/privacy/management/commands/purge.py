"""`entremise purge`: run the retention rules now, rehearse them, or let a suspended run go on."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.accounts.queries import organisation_ids
from entremise.core import personal
from entremise.core.errors import NotFound
from entremise.core.personal import Rule, duration_label
from entremise.privacy.enums import RunStatus, Suspension
from entremise.privacy.models import RetentionRun
from entremise.privacy.queries.durations import rule_of
from entremise.privacy.queries.retention import duration_table
from entremise.privacy.services.retention import run_rule


class Command(BaseCommand):
    help = "Applique les durées de conservation. Sans option : toutes les règles, comme chaque nuit."

    def add_arguments(self, parser: Any) -> None:
        """Options in the words of the operator."""
        parser.add_argument("--a-blanc", action="store_true", dest="dry", help="compter seulement, ne rien effacer")
        parser.add_argument("--regle", dest="rule", help="cette règle seulement (son code)")
        parser.add_argument("--organisation", type=uuid.UUID, help="cette organisation seulement (son identifiant)")
        parser.add_argument("--confirmer", action="store_true", dest="confirmed", help="laisser passer une suspension")
        parser.add_argument("--durees", action="store_true", dest="table", help="écrire le tableau des durées")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a rule and organisation where something is due; exit 1 when a run waits for a confirmation."""
        if options["table"]:
            self.stdout.write(duration_table())
            return
        if options["confirmed"] and not options["rule"]:
            raise CommandError("Dites quelle règle confirmer : --regle CODE --confirmer.")
        runs = [run for rule in self._rules(options["rule"]) for run in self._run(rule, options)]
        for run in runs:
            self.stdout.write(_sentence(run))
        if not runs:
            self.stdout.write("Rien n’est échu.")
        waiting = [run for run in runs if run.status == RunStatus.SUSPENDU]
        if waiting:
            raise CommandError(
                f"{len(waiting)} passages suspendus : relisez leur nombre, puis --regle CODE --confirmer."
            )

    def _rules(self, code: str | None) -> list[Rule]:
        if not code:
            return [rule for rule in personal.rules() if rule.is_run]
        try:
            rule = rule_of(code)
        except NotFound:
            known = ", ".join(rule.code for rule in personal.rules() if rule.is_run)
            raise CommandError(f"Aucune règle ne porte le code {code}. Les codes : {known}.") from None
        if not rule.is_run:
            raise CommandError(f"{rule.label} : {rule.starts}. Cette règle ne se lance pas.")
        return [rule]

    def _run(self, rule: Rule, options: dict[str, Any]) -> list[RetentionRun]:
        asked = options["organisation"]
        everyone = [asked] if asked else organisation_ids()
        found = []
        for organisation_id in everyone if rule.per_organisation else [None]:
            run = run_rule(rule, organisation_id, dry=options["dry"], confirmed=options["confirmed"])
            if run is not None and (run.due or run.status == RunStatus.SUSPENDU):
                found.append(run)
        return found


def _sentence(run: RetentionRun) -> str:
    where = run.organisation_id or "installation"
    counts = f"{run.due} échues, {run.done} {'à traiter' if run.dry else 'traitées'}, {run.held} gelées"
    tail = f"empreinte {run.proof}" if run.proof else ""
    if run.status == RunStatus.SUSPENDU:
        tail = f"SUSPENDU : {Suspension(run.suspension).label.lower()} ({duration_label(run.days)})"
    return f"{run.rule_code} ({where}) : {counts}, {run.failed} en échec. {tail}".rstrip()
