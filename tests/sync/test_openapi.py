"""The published description of the phones' interface: a change to it is a decision, seen in the repository.

``python -m tests.sync.test_openapi`` writes it again.
"""

import json
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "docs" / "api-carnet.json"


def described() -> str:
    """The description as it is served by the code."""
    from entremise.sync.views.api import api

    return json.dumps(api.get_openapi_schema(path_prefix="/api/sync/"), ensure_ascii=False, indent=1, sort_keys=True)


def test_the_interface_is_the_one_that_was_published():
    assert described() + "\n" == FILE.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_every_answer_has_the_fields_that_are_described(hall, wire, phone):
    schemas = json.loads(described())["components"]["schemas"]
    answer = wire.send(phone.act(hall), phone.act(hall, outcome=""))
    assert set(answer) == set(schemas["BatchAnswer"]["properties"])
    for result in answer["results"]:
        assert set(result) <= set(schemas["Result"]["properties"])
    assert set(wire.hello()) == set(schemas["Hello"]["properties"])


def test_nobody_without_a_session_learns_anything(client):
    for method, path in [
        ("get", "hello"),
        ("post", "batches"),
        ("post", "devices"),
        ("get", "mirror"),
        ("get", "media/x"),
    ]:
        response = getattr(client, method)(f"/api/sync/{path}")
        assert response.status_code == 401
        assert response.json()["error"] == "session"
        assert response.json()["marker"] == "entremise-sync/1"


if __name__ == "__main__":
    import django

    django.setup()
    FILE.write_text(described() + "\n", encoding="utf-8")
