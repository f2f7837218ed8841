"""The gate against breaking changes, by mutation: each rule has a change that breaks and one that doesn't (R20)."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.openapi_diff import graphql_breaks, main, openapi_breaks
from tools.schema_diff import Break

Document = dict[str, Any]
Change = Callable[[Document], object]

OPERATION = "/v1/groups/{id}"


def contract() -> Document:
    """A contract with one of everything that the rules speak of."""
    return {
        "openapi": "3.1.0",
        "security": [{"bearer": ["groups:read"]}],
        "paths": {
            OPERATION: {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "put": {
                    "operationId": "change_group",
                    "parameters": [{"$ref": "#/components/parameters/Limit"}],
                    "requestBody": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/GroupIn"}}}
                    },
                    "responses": {
                        "200": {
                            "headers": {"ETag": {"schema": {"type": "string"}}},
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/Group"}}
                            },
                        },
                        "404": {"description": "not there"},
                    },
                },
                "delete": {
                    "operationId": "delete_group",
                    "responses": {"200": {}, "204": {}},
                    "security": [{"bearer": ["groups:write"]}, {"key": []}],
                },
            }
        },
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            },
            "parameters": {
                "Limit": {
                    "name": "limit",
                    "in": "query",
                    "schema": {"type": "integer", "maximum": 100, "minimum": 1},
                }
            },
            "schemas": {
                "Kind": {"type": "string", "enum": ["open", "closed"]},
                "GroupIn": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string", "maxLength": 80},
                        "note": {"anyOf": [{"type": "string", "maxLength": 500}, {"type": "null"}]},
                        "size": {"type": "integer"},
                        "kind": {"$ref": "#/components/schemas/Kind"},
                        "tags": {"type": "array", "items": {"type": "string"}},
                        "start": {"oneOf": [{"type": "string", "format": "date"}, {"type": "integer"}]},
                    },
                },
                "Base": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
                "Group": {
                    "allOf": [{"$ref": "#/components/schemas/Base"}],
                    "required": ["kind", "since"],
                    "properties": {
                        "kind": {"$ref": "#/components/schemas/Kind"},
                        "since": {"type": "string", "format": "date"},
                        "parent": {"anyOf": [{"$ref": "#/components/schemas/Group"}, {"type": "null"}]},
                        "place": {"type": "string"},
                        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
                    },
                },
            },
        },
    }


def item(document: Document) -> Document:
    return document["paths"][OPERATION]  # type: ignore[no-any-return]


def schema(document: Document, name: str) -> Document:
    return document["components"]["schemas"][name]  # type: ignore[no-any-return]


def taken(document: Document) -> Document:
    return schema(document, "GroupIn")["properties"]  # type: ignore[no-any-return]


def given(document: Document) -> Document:
    return schema(document, "Group")["properties"]  # type: ignore[no-any-return]


def limit(document: Document) -> Document:
    return document["components"]["parameters"]["Limit"]  # type: ignore[no-any-return]


def answer(document: Document) -> Document:
    return item(document)["put"]["responses"]["200"]  # type: ignore[no-any-return]


def parameter(name: str, *, required: bool) -> Document:
    return {"name": name, "in": "query", "required": required, "schema": {"type": "string"}}


RULES: dict[str, tuple[Break, Change, Change]] = {
    "operation": (
        Break.OPERATION_REMOVED,
        lambda d: item(d).pop("delete"),
        lambda d: item(d).update(get={"operationId": "read_group", "responses": {}}),
    ),
    "operation name": (
        Break.OPERATION_RENAMED,
        lambda d: item(d)["put"].update(operationId="alter_group"),
        lambda d: item(d)["put"].update(summary="Another summary"),
    ),
    "parameter gone": (
        Break.PARAMETER_REMOVED,
        lambda d: limit(d).update(name="page_size"),
        lambda d: limit(d).update(description="How many at most"),
    ),
    "parameter from the path": (
        Break.PARAMETER_REMOVED,
        lambda d: item(d)["parameters"].clear(),
        lambda d: (
            item(d)["put"]["parameters"].extend(item(d)["parameters"]),
            item(d)["delete"].update(parameters=item(d).pop("parameters")),
        ),
    ),
    "parameter new": (
        Break.REQUIRED_ADDED,
        lambda d: item(d)["put"]["parameters"].append(parameter("fresh", required=True)),
        lambda d: item(d)["put"]["parameters"].append(parameter("fresh", required=False)),
    ),
    "parameter required": (
        Break.NOW_REQUIRED,
        lambda d: limit(d).update(required=True),
        lambda d: limit(d).update(required=False),
    ),
    "parameter type": (
        Break.TYPE_CHANGED,
        lambda d: limit(d)["schema"].update(type="string"),
        lambda d: limit(d)["schema"].update(type="number"),
    ),
    "body required": (
        Break.NOW_REQUIRED,
        lambda d: item(d)["put"]["requestBody"].update(required=True),
        lambda d: item(d)["put"]["requestBody"].update(description="The group"),
    ),
    "body new": (
        Break.REQUIRED_ADDED,
        lambda d: item(d)["delete"].update(requestBody={"required": True, "content": {}}),
        lambda d: item(d)["delete"].update(requestBody={"required": False, "content": {}}),
    ),
    "body media type": (
        Break.MEDIA_TYPE_REMOVED,
        lambda d: item(d)["put"]["requestBody"]["content"].pop("application/json"),
        lambda d: item(d)["put"]["requestBody"]["content"].update({"application/cbor": {}}),
    ),
    "body member gone": (
        Break.MEMBER_REMOVED,
        lambda d: taken(d).update(title=taken(d).pop("note")),
        lambda d: taken(d).update(title={"type": "string"}),
    ),
    "body member new": (
        Break.REQUIRED_ADDED,
        lambda d: (
            taken(d).update(title={"type": "string"}),
            schema(d, "GroupIn")["required"].append("title"),
        ),
        lambda d: taken(d).update(title={"type": "string"}),
    ),
    "body member required": (
        Break.NOW_REQUIRED,
        lambda d: schema(d, "GroupIn")["required"].append("note"),
        lambda d: schema(d, "GroupIn")["required"].clear(),
    ),
    "body type": (
        Break.TYPE_CHANGED,
        lambda d: taken(d)["note"]["anyOf"].pop(),
        lambda d: taken(d)["size"].update(type=["integer", "null"]),
    ),
    "body items": (
        Break.TYPE_CHANGED,
        lambda d: taken(d)["tags"]["items"].update(type="integer"),
        lambda d: taken(d)["tags"]["items"].update(type=["string", "integer"]),
    ),
    "body alternative": (
        Break.TYPE_CHANGED,
        lambda d: taken(d)["start"].update(oneOf=[{"type": "integer"}, {"type": "boolean"}]),
        lambda d: taken(d)["start"]["oneOf"].append({"type": "boolean"}),
    ),
    "enum value": (
        Break.ENUM_VALUE_REMOVED,
        lambda d: schema(d, "Kind")["enum"].remove("closed"),
        lambda d: schema(d, "Kind")["enum"].append("half-open"),
    ),
    "enum new": (
        Break.VALIDATION_ADDED,
        lambda d: taken(d)["name"].update(enum=["Tuesday group"]),
        lambda d: taken(d).update(kind={"type": "string"}),
    ),
    "ceiling": (
        Break.VALIDATION_ADDED,
        lambda d: taken(d)["name"].update(maxLength=79),
        lambda d: taken(d)["name"].update(maxLength=81),
    ),
    "ceiling below null": (
        Break.VALIDATION_ADDED,
        lambda d: taken(d)["note"]["anyOf"][0].update(maxLength=100),
        lambda d: taken(d)["note"]["anyOf"][0].pop("maxLength"),
    ),
    "floor": (
        Break.VALIDATION_ADDED,
        lambda d: limit(d)["schema"].update(minimum=2),
        lambda d: limit(d)["schema"].update(minimum=0),
    ),
    "floor new": (
        Break.VALIDATION_ADDED,
        lambda d: taken(d)["tags"].update(minItems=1),
        lambda d: given(d)["place"].update(minLength=1),
    ),
    "pattern": (
        Break.VALIDATION_ADDED,
        lambda d: taken(d)["name"].update(pattern="^[A-Z]"),
        lambda d: given(d)["place"].update(pattern="^[A-Z]"),
    ),
    "closed": (
        Break.VALIDATION_ADDED,
        lambda d: schema(d, "GroupIn").update(additionalProperties=False),
        lambda d: schema(d, "Group").update(additionalProperties=False),
    ),
    "response": (
        Break.RESPONSE_REMOVED,
        lambda d: item(d)["delete"]["responses"].pop("204"),
        lambda d: item(d)["put"]["responses"].pop("404"),
    ),
    "response media type": (
        Break.MEDIA_TYPE_REMOVED,
        lambda d: answer(d)["content"].update({"text/plain": answer(d)["content"].pop("application/json")}),
        lambda d: answer(d)["content"].update({"text/plain": {}}),
    ),
    "response header": (
        Break.MEMBER_REMOVED,
        lambda d: answer(d)["headers"].clear(),
        lambda d: answer(d)["headers"].update(Vary={"schema": {"type": "string"}}),
    ),
    "response member gone": (
        Break.MEMBER_REMOVED,
        lambda d: given(d).update(location=given(d).pop("place")),
        lambda d: given(d).update(location={"type": "string"}),
    ),
    "inherited member gone": (
        Break.MEMBER_REMOVED,
        lambda d: schema(d, "Base")["properties"].clear(),
        lambda d: (given(d).update(name={"type": "string"}), schema(d, "Base")["properties"].clear()),
    ),
    "response member absent": (
        Break.MEMBER_MAY_BE_ABSENT,
        lambda d: schema(d, "Group")["required"].remove("since"),
        lambda d: schema(d, "Group")["required"].append("place"),
    ),
    "response type": (
        Break.TYPE_CHANGED,
        lambda d: given(d)["place"].update(type=["string", "null"]),
        lambda d: given(d)["parent"]["anyOf"].pop(),
    ),
    "response format": (
        Break.TYPE_CHANGED,
        lambda d: given(d)["since"].update(format="date-time"),
        lambda d: given(d)["since"].update(description="The first meeting"),
    ),
    "response values": (
        Break.TYPE_CHANGED,
        lambda d: given(d)["counts"]["additionalProperties"].update(type="number"),
        lambda d: given(d)["counts"].update(description="By month"),
    ),
    "response alternative": (
        Break.TYPE_CHANGED,
        lambda d: given(d)["parent"]["anyOf"].append({"$ref": "#/components/schemas/Base"}),
        lambda d: given(d)["parent"]["anyOf"].reverse(),
    ),
    "response enum": (
        Break.TYPE_CHANGED,
        lambda d: given(d).update(kind={"type": "string"}),
        lambda d: given(d).update(kind={"type": "string", "enum": ["open", "closed"]}),
    ),
    "scope": (
        Break.SECURITY_CHANGED,
        lambda d: d["security"][0]["bearer"].append("groups:write"),
        lambda d: d["security"][0]["bearer"].clear(),
    ),
    "way in": (
        Break.SECURITY_CHANGED,
        lambda d: item(d)["delete"]["security"].pop(),
        lambda d: item(d)["delete"]["security"].append({"other": []}),
    ),
    "scheme": (
        Break.SECURITY_CHANGED,
        lambda d: d["components"]["securitySchemes"]["key"].update(name="X-Other-Key"),
        lambda d: d["components"]["securitySchemes"]["key"].update(description="A key"),
    ),
}


def changed(change: Change) -> Document:
    document = copy.deepcopy(contract())
    change(document)
    assert document != contract(), "the change changed nothing"
    return document


@pytest.mark.parametrize("rule", RULES)
def test_breaking_change_is_found(rule: str) -> None:
    kind, breaking, _ = RULES[rule]
    assert {finding.kind for finding in openapi_breaks(contract(), changed(breaking))} == {kind}


@pytest.mark.parametrize("rule", RULES)
def test_compatible_change_passes(rule: str) -> None:
    _, _, compatible = RULES[rule]
    assert openapi_breaks(contract(), changed(compatible)) == []


def test_every_kind_has_a_rule_here() -> None:
    assert {kind for kind, _, _ in RULES.values()} == set(Break)


def test_demanding_a_token_where_none_was_needed() -> None:
    free = changed(lambda d: (d.pop("security"), item(d)["delete"].pop("security")))
    assert {finding.kind for finding in openapi_breaks(free, contract())} == {Break.SECURITY_CHANGED}
    assert {finding.what for finding in openapi_breaks(free, contract())} == {"no token was enough before"}


def test_a_finding_says_where() -> None:
    (finding,) = openapi_breaks(contract(), changed(lambda d: taken(d)["name"].update(maxLength=79)))
    assert str(finding) == "validation-added: PUT /v1/groups/{id}: body.name: maxLength 80 became 79"


def test_graphql() -> None:
    old = "type Query { name: String, size: String! }"
    assert graphql_breaks(old, "type Query { name: String!, size: String!, fresh: Int }") == []
    assert [finding.kind for finding in graphql_breaks(old, "type Query { name: String }")] == [
        "field-removed"
    ]


@pytest.mark.parametrize("suffix", ["json", "graphql"])
def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    old, new = tmp_path / f"old.{suffix}", tmp_path / f"new.{suffix}"
    if suffix == "json":
        old.write_text(json.dumps(contract()))
        new.write_text(json.dumps(changed(lambda d: item(d).pop("delete"))))
    else:
        old.write_text("type Query { name: String, size: String }")
        new.write_text("type Query { name: String }")
    assert main([str(old), str(old)]) == 0
    assert main([str(old), str(new)]) == 1
    assert "removed" in capsys.readouterr().out
    assert main([str(old)]) == 2
