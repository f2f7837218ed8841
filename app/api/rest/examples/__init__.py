"""Examples for the OpenAPI document: one story told through every operation, a module for each feature."""

from typing import Any

from app.api.rest.examples import (
    admission,
    calendars,
    consents,
    courses,
    events,
    forming,
    groups,
    guidance,
    intake,
    keeping,
    meetings,
    messages,
    organisations,
    own_affairs,
    people,
    starters,
    statistics,
    systems,
    volunteers,
    webhooks,
)

_FEATURES = (
    admission,
    calendars,
    consents,
    courses,
    events,
    forming,
    groups,
    guidance,
    intake,
    keeping,
    meetings,
    messages,
    organisations,
    own_affairs,
    people,
    starters,
    systems,
    statistics,
    volunteers,
    webhooks,
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
    if name.endswith("Page"):
        return {"items": [VIEWS[name.removesuffix("Page")]], "next_cursor": None}
    if name.endswith("List"):
        return {"items": [VIEWS[name.removesuffix("List")]]}
    return VIEWS[name]
