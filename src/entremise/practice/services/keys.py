"""Finishing what a destroyed key leaves to do: its bytes driven out of the store's own files."""

from entremise.keys.services import erased_scopes, settle
from entremise.practice.models import Meeting


def finish_destructions() -> str:
    """Settle the keys of closed accounts and of ended meetings; one sentence for the operator."""
    authors = erased_scopes("author")
    cases = erased_scopes("case")
    ended = set(Meeting.objects.filter(pk__in=cases).values_list("pk", flat=True))
    done = 0
    for kind, identifiers in (("author", authors), ("case", [one for one in cases if one in ended])):
        if identifiers and settle(kind, identifiers):
            done += len(identifiers)
    return f"{done} clés de carnets et de séances effacées"
