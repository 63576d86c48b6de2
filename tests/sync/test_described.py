"""What docs/api-carnet.json says, held against anything a program may send: no fault, only answers it describes.

The requests are drawn from the description itself, right and wrong; every answer must have a status and a shape that
the description names. Nothing wrong is ever kept in silence: the answer is JSON with our mark.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db
DESCRIBED = json.loads((Path(__file__).parents[2] / "docs" / "api-carnet.json").read_text(encoding="utf-8"))
PREFIX = "/api/sync"
KINDS = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "number": (int, float)}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
OPERATIONS = [
    (method, path, operation) for path, methods in DESCRIBED["paths"].items() for method, operation in methods.items()
]
WAYS = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def drawn(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that the schema allows, and one in five that it does not."""
    return st.integers(0, 4).flatmap(lambda dice: JSON if dice == 0 else _right(schema))


def _right(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "const" in schema:
        return st.just(schema["const"])
    kind = schema.get("type")
    if kind == "object":
        known = schema.get("properties", {})
        required = {name: drawn(known[name]) for name in schema.get("required", [])}
        optional = {name: drawn(one) for name, one in known.items() if name not in required}
        return st.fixed_dictionaries(required, optional=optional)
    if kind == "array":
        return st.lists(drawn(schema.get("items", {})), max_size=3)
    if kind == "integer":
        return st.integers(-5, 2**40)
    return st.text(max_size=80) | st.uuids().map(str) if kind == "string" else JSON


def body_of(operation: dict[str, Any]) -> st.SearchStrategy[bytes]:
    """The body of a request: as described, another JSON, or bytes of no sort."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    written = drawn(schema).map(lambda value: json.dumps(value).encode())
    return written | st.binary(max_size=200)


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """True when an answer has the shape that is described."""
    if "$ref" in schema:
        return fits(value, DESCRIBED["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    kind = schema.get("type")
    if kind == "null":
        return value is None
    if kind is None:
        return True
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return False
    if kind == "array":
        return all(fits(one, schema.get("items", {})) for one in value)
    if kind == "object":
        return _object_fits(value, schema)
    return True


def _object_fits(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known, others = schema.get("properties"), schema.get("additionalProperties", {})
    if set(schema.get("required", [])) - value.keys() or (known is not None and value.keys() - known.keys()):
        return False
    if known is not None:
        return all(fits(one, known[name]) for name, one in value.items())
    return not isinstance(others, dict) or all(fits(one, others) for one in value.values())


def send(client: Any, method: str, path: str, operation: dict[str, Any], body: bytes, query: dict[str, str]) -> Any:
    """One request at an address of the description."""
    address = f"{PREFIX}{path.removeprefix(PREFIX)}".replace("{sha256}", query.pop("sha256", "x"))
    kind = next(iter(operation.get("requestBody", {}).get("content", {})), "application/json")
    if method == "get":
        return client.get(address, query)
    return client.generic(method.upper(), address, body, content_type=kind, query_params=query)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=[one[2]["operationId"] for one in OPERATIONS])
def test_whatever_is_sent_the_answer_is_one_that_is_described(cast, signed_in, method, path, operation):
    client = signed_in(cast.samia)
    names = [one["name"] for one in operation.get("parameters", [])]
    values = st.text(max_size=70) | st.integers(-3, 2**33).map(str) | st.just("ab" * 32)

    @WAYS
    @given(body=body_of(operation), query=st.fixed_dictionaries({}, optional=dict.fromkeys(names, values)))
    def check(body: bytes, query: dict[str, str]) -> None:
        digest = query.get("sha256", "x")
        query["sha256"] = "".join(sign for sign in digest if sign.isalnum()) or "x"
        response = send(client, method, path, operation, body, query)
        known = operation["responses"]
        assert str(response.status_code) in known, (response.status_code, response.content)
        answer = response.json()
        schema = known[str(response.status_code)]["content"]["application/json"]["schema"]
        assert fits(answer, schema), answer
        assert answer["marker"] == "entremise-sync/1"
        assert response["Cache-Control"] == "no-store"

    check()


def test_the_description_names_an_answer_for_each_way_of_refusing(cast):
    for _, _, operation in OPERATIONS:
        assert {"200", "400", "401", "403"} <= operation["responses"].keys()
