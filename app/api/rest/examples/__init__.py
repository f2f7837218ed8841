"""Examples for the OpenAPI document: one story told through every operation, a module for each feature."""

from typing import Any

from app.api.rest.examples import (
    admission,
    courses,
    forming,
    groups,
    guidance,
    intake,
    meetings,
    organisations,
    own_affairs,
    people,
    starters,
    volunteers,
)

_FEATURES = (
    admission,
    courses,
    forming,
    groups,
    guidance,
    intake,
    meetings,
    organisations,
    own_affairs,
    people,
    starters,
    volunteers,
)
VIEWS: dict[str, Any] = {name: view for feature in _FEATURES for name, view in feature.VIEWS.items()}
BODIES: dict[str, Any] = {name: body for feature in _FEATURES for name, body in feature.BODIES.items()}


def add_examples(document: dict[str, Any]) -> None:
    """Put an example beside every body and every answer, in place."""
    for path in document["paths"].values():
        for operation in path.values():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is not None:
                content["example"] = BODIES[_name(content["schema"])]
            for status, response in operation["responses"].items():
                answered = response.get("content", {}).get("application/json")
                if status.startswith("2") and answered is not None:
                    answered["example"] = _answer(_name(answered["schema"]))


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]


def _answer(name: str) -> Any:
    if name.startswith("PageOut_"):
        return {"items": [VIEWS[name.removeprefix("PageOut_").rstrip("_")]], "next_cursor": None}
    if name.startswith("ListOut_"):
        return {"items": [VIEWS[name.removeprefix("ListOut_").rstrip("_")]]}
    return VIEWS[name]
