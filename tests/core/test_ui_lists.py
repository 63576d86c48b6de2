"""Lists: bounded counts, absurd page numbers, safe sorting, addresses that keep their filters."""

import pytest
from django.test import RequestFactory

from entremise.accounts.models import Organisation
from entremise.core.ui import lists

NBSP = "\N{NO-BREAK SPACE}"


def get(query=""):
    return RequestFactory().get(f"/liste{query}")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("?page=2", 2),
        ("?page=0", 1),
        ("?page=-3", 1),
        ("?page=x", 1),
        ("?page=٣", 1),
        ("?page=99", 3),
        ("?page=1e9", 1),
        ("?page=999999999999999999999", 1),
        ("?page=%00", 1),
        ("?page=", 1),
        ("?page=200", 3),
    ],
)
def test_an_absurd_page_number_gives_the_first_or_the_last_page(asked, number):
    page = lists.paginate(get(asked), range(120))
    assert page.number == number
    assert len(page) == (20 if number == 3 else 50)


def test_a_page_knows_its_neighbours():
    first, middle, last = (lists.paginate(get(f"?page={n}"), range(120)) for n in (1, 2, 3))
    assert (first.previous, first.next) == (None, 2)
    assert (middle.previous, middle.next) == (1, 3)
    assert (last.previous, last.next) == (2, None)
    assert list(first) == list(range(50))


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        (0, "0"),
        (1, "1 sur 1"),
        (50, "1–50 sur 50"),
        (312, "1–50 sur 312"),
        (1000, f"1–50 sur 1{NBSP}000"),
        (1001, f"1–50 sur plus de 1{NBSP}000"),
        (90000, f"1–50 sur plus de 1{NBSP}000"),
    ],
)
def test_the_total_is_exact_up_to_a_thousand(rows, label):
    assert lists.paginate(get(), range(rows)).total_label == label


def test_paging_stops_where_a_filter_would_be_faster():
    page = lists.paginate(get("?page=999"), range(90_000))
    assert page.number == 200
    assert page.is_cut
    assert page.next is None


def test_an_empty_list_is_false():
    assert not lists.paginate(get(), [])


@pytest.mark.django_db
def test_a_queryset_costs_one_query_when_it_fits_and_two_when_it_does_not(django_assert_num_queries):
    Organisation.objects.bulk_create([Organisation(name=f"Org {n:03}", kind="association") for n in range(60)])
    everyone = Organisation.objects.order_by("name")
    with django_assert_num_queries(1):
        assert len(lists.paginate(get(), everyone, per_page=60)) == 60
    with django_assert_num_queries(2) as captured:
        assert lists.paginate(get("?page=2"), everyone).total_label == "51–60 sur 60"
    assert all("LIMIT" in query["sql"] for query in captured.captured_queries)
    with django_assert_num_queries(4):
        assert lists.paginate(get("?page=150"), everyone).number == 2


def test_keep_query_changes_adds_and_removes():
    request = get("?registre=a&registre=b&page=3")
    assert lists.keep_query(request) == "?registre=a&registre=b&page=3"
    assert lists.keep_query(request, page=None) == "?registre=a&registre=b"
    assert lists.keep_query(request, registre=["c", "d"], page="") == "?registre=c&registre=d"
    assert lists.keep_query(request, registre=None, page=None) == "?"


@pytest.mark.parametrize(
    ("asked", "columns"),
    [
        ("", ["-day", "id"]),
        ("?tri=nom", ["name", "id"]),
        ("?tri=-nom", ["-name", "-id"]),
        ("?tri=password", ["-day", "id"]),
        ("?tri=--nom", ["-day", "id"]),
        ("?tri=jour", ["day", "-id"]),
    ],
)
def test_only_declared_columns_sort(asked, columns):
    allowed = {"nom": ["name", "id"], "jour": ["day", "-id"]}
    assert lists.ordering(get(asked), allowed, "-jour") == columns


def test_a_single_column_may_be_given_as_text():
    assert lists.ordering(get("?tri=-nom"), {"nom": "name"}, "nom") == ["-name"]
