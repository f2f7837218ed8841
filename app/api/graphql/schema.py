"""The GraphQL schema: every operation of the table as a field, and relations that are loaded in batches."""

from typing import Any, cast

import strawberry
from strawberry.schema.config import StrawberryConfig

from app.api.graphql.build import field_of
from app.api.graphql.news import subscription_type
from app.api.shared.operations import ALL


def _root(name: str, description: str, *, queries: bool) -> Any:
    namespace = {operation.name: field_of(operation) for operation in ALL if operation.is_query is queries}
    return strawberry.type(type(name, (), namespace), description=description)


def make_schema() -> strawberry.Schema:
    """The schema; the way in (`http.py`) executes it, with its own limits."""
    return strawberry.Schema(
        query=cast("type", _root("Query", "What people can look at.", queries=True)),
        mutation=cast("type", _root("Mutation", "What people can do.", queries=False)),
        subscription=cast("type", subscription_type()),
        config=StrawberryConfig(disable_field_suggestions=True, relay_max_results=100),
    )
