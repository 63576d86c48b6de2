"""Lists of any length: pages with a bounded count, addresses that keep their filters, safe sorting."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest

COUNTED = 1000  # past this many rows the exact total would cost more than it tells
REACHABLE = 10_000  # rows that paging may reach; beyond, a filter finds faster than a finger
PAGE_KEY, SORT_KEY = "page", "tri"
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, its number (from 1), its neighbours (None at the ends)."""

    items: list[Any]
    number: int
    previous: int | None
    next: int | None
    total_label: str
    previous_url: str
    next_url: str
    is_cut: bool = False  # more rows exist than paging reaches

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)


def paginate(request: HttpRequest, queryset: QuerySet | Sequence[Any], per_page: int = 50) -> Page:
    """The page that ``?page=`` asks for; the first one when it is unreadable, the last one when too far.

    Never counts the whole list: one query when everything fits the first page, two otherwise
    (three on a page past the end).
    """
    number = min(_asked(request), max(1, REACHABLE // per_page))
    rows = _slice(queryset, number, per_page)
    if number == 1 and len(rows) <= per_page:
        counted = len(rows)
    else:
        counted = _count(queryset, COUNTED + 1)
        if not rows:
            number = max(1, -(-_count(queryset, REACHABLE) // per_page))
            rows = _slice(queryset, number, per_page)
    more = len(rows) > per_page
    reachable = number * per_page < REACHABLE
    following = number + 1 if more and reachable else None
    return Page(
        items=rows[:per_page],
        number=number,
        previous=number - 1 if number > 1 else None,
        next=following,
        total_label=_label(number, per_page, len(rows[:per_page]), counted),
        previous_url=keep_query(request, **{PAGE_KEY: number - 1 if number > 2 else None}),
        next_url=keep_query(request, **{PAGE_KEY: following}),
        is_cut=more and not reachable,
    )


def keep_query(request: HttpRequest, **changes: Any) -> str:
    """The present query string with some keys changed: ``?page=2&registre=conflit``.

    None or "" removes a key; a list gives several values. Never empty, so that it works as an href.
    """
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if isinstance(value, list | tuple):
            query.setlist(key, [str(one) for one in value])
        elif value not in (None, ""):
            query[key] = str(value)
    return f"?{query.urlencode()}"


Column = str | OrderBy


def empty_last(column: str) -> OrderBy:
    """A column that may be empty: those rows stand at the end both ways, on every database engine."""
    return F(column).asc(nulls_last=True)


def ordering(request: HttpRequest, allowed: Mapping[str, Column | Sequence[Column]], default: str) -> list[Any]:
    """The ``order_by`` arguments for ``?tri=``: ``allowed`` maps a public code to its column or columns.

    ``-code`` reverses; an unknown code gives the default. The last column should make the order total.
    """
    return asked_order(request.GET, allowed, default)


def asked_order(query: Mapping[str, Any], allowed: Mapping[str, Column | Sequence[Column]], default: str) -> list[Any]:
    """The same for a query string read elsewhere than in a request: the filters of an export."""
    asked = query.get(SORT_KEY) or default
    if asked.removeprefix("-") not in allowed:
        asked = default
    columns = allowed[asked.removeprefix("-")]
    listed = [columns] if isinstance(columns, str | OrderBy) else list(columns)
    return [_reversed(column) for column in listed] if asked.startswith("-") else listed


def _reversed(column: Column) -> Column:
    if isinstance(column, OrderBy):
        return OrderBy(column.expression, descending=not column.descending, nulls_last=True)
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


def _asked(request: HttpRequest) -> int:
    text = request.GET.get(PAGE_KEY, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) <= 9 else 1


def _slice(queryset: QuerySet | Sequence[Any], number: int, per_page: int) -> list[Any]:
    start = (number - 1) * per_page
    return list(queryset[start : start + per_page + 1])


def _count(queryset: QuerySet | Sequence[Any], bound: int) -> int:
    if isinstance(queryset, QuerySet):
        return queryset.order_by()[:bound].count()
    return min(len(queryset), bound)


def _label(number: int, per_page: int, shown: int, counted: int) -> str:
    if not shown:
        return "0"
    first = (number - 1) * per_page + 1
    span = f"{_spaced(first)}–{_spaced(first + shown - 1)}" if shown > 1 else _spaced(first)
    return f"{span} sur " + (f"plus de {_spaced(COUNTED)}" if counted > COUNTED else _spaced(counted))


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", NBSP)
