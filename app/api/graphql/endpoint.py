"""The GraphQL way in as a whole: schema, limits, who asks, and how failures are told."""

from pathlib import Path
from typing import Any, cast

from starlette.requests import Request

from app.api.graphql.context import Context
from app.api.graphql.http import GraphQLEndpoint
from app.api.graphql.limits import Limits
from app.api.graphql.masking import ErrorMask
from app.api.graphql.schema import make_schema
from app.api.graphql.trusted import OWN, TrustedDocuments
from app.api.shared.auth import actor_of
from app.api.shared.problems import describe, headers_for, shown_in
from app.api.shared.strict_json import loads
from app.content.texts import Language
from app.domain.shared.errors import DomainError

LIMITS = Limits(list_sizes={"Group.members": 8, "Group.upcomingMeetings": 5, "GroupList.items": 10})


def make_endpoint(trusted: tuple[Path, ...] = ()) -> GraphQLEndpoint:
    """The endpoint. Half a second of processor time, or more: see `app.main`, which makes it beside the loop.

    `trusted`: lists of documents beside our own.
    """
    return GraphQLEndpoint(
        make_schema(),
        _context,
        loads,
        LIMITS,
        _may_introspect,
        ErrorMask(_described, lambda context: cast("Context", context).actor.mark.request_id),
        _challenge,
        _charge,
        TrustedDocuments.load(OWN, *trusted),
        _writes_freely,
    )


async def _context(request: Request) -> Context:
    ways = request.app.state.ways
    return Context(request, ways, await actor_of(request, ways, b"graphql"))


def _charge(context: Any, cost: int) -> None:
    asked = cast("Context", context)
    asked.ways.limits.costs(asked.request.scope, cost)


def _described(error: DomainError, context: Any) -> dict[str, Any]:
    mark = cast("Context", context).actor.mark
    problem = describe(error, cast("Language", mark.language), mark.request_id)
    return {"message": problem["title"], "code": problem["code"], "rules": list(problem["rules"])}


def _challenge(context: Any) -> dict[str, str]:
    step_up = cast("Context", context).step_up
    return {} if step_up is None else headers_for(step_up, shown_in(context.request.scope))


def _writes_freely(context: Any) -> bool:
    asked = cast("Context", context)
    return asked.ways.free_documents(asked.actor)


def _may_introspect(context: Any) -> bool:
    return cast("Context", context).actor.is_known
