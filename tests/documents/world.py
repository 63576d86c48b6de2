"""A list registered for the tests: its rows are numbers, its permission can be taken away."""

from contextlib import contextmanager

import rules

from entremise.accounts.enums import Role
from entremise.documents import registry
from entremise.documents.registry import Export
from entremise.documents.tables import Column

PERMISSION = "tests.export_numbers"
if not rules.perm_exists(PERMISSION):
    rules.add_perm(PERMISSION, rules.predicate(lambda actor: actor.has_role(Role.MEDIATEUR, Role.ENCADRANT)))
    rules.add_perm("tests.anyone", rules.always_allow)


@contextmanager
def numbers(count=3, rows=None):
    """Register the list ``numbers`` for a while."""

    def produce(actor, params):
        for index in range(count):
            yield (f"=Ligne {index}", index, str(actor.member_id), params.get("lieu", ""))

    columns = [Column("Texte"), Column("Rang", "number"), Column("Pour"), Column("Lieu")]
    export = Export("Nombres d’essai", PERMISSION, columns, rows or produce, lambda *_: count, [("Rang", "Un rang.")])
    registry._exports["numbers"] = export
    try:
        yield export
    finally:
        registry._exports.pop("numbers", None)
