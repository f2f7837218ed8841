"""The GraphQL schema: every operation of the table as a field, and relations that are loaded in batches."""

from typing import Any, cast

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types import Info

from app.api.graphql.build import field_of
from app.api.graphql.context import Context
from app.api.graphql.plans import PlannedExecution
from app.api.graphql.types import extend, output_type
from app.api.shared.operations import ALL
from app.domain.shared.ids import GroupId
from app.services.meetings.views import MeetingView


async def _upcoming_meetings(root: Any, info: Info[Context, None]) -> Any:
    return await info.context.loaders.upcoming_meetings.load(GroupId(root.id))


_MEETING: Any = output_type(MeetingView)
_upcoming_meetings.__annotations__ = {"root": Any, "info": Info, "return": list[_MEETING]}
extend(
    "GroupView",
    upcoming_meetings=strawberry.field(
        resolver=_upcoming_meetings, description="The next five meetings, as far as you may see them."
    ),
)


def _root(name: str, description: str, *, queries: bool) -> Any:
    namespace = {operation.name: field_of(operation) for operation in ALL if operation.is_query is queries}
    return strawberry.type(type(name, (), namespace), description=description)


def make_schema() -> strawberry.Schema:
    """The schema; the way in (`http.py`) executes it, with its own limits."""
    return strawberry.Schema(
        query=cast("type", _root("Query", "What people can look at.", queries=True)),
        mutation=cast("type", _root("Mutation", "What people can do.", queries=False)),
        execution_context_class=PlannedExecution,
        config=StrawberryConfig(disable_field_suggestions=True, relay_max_results=100),
    )
