"""The one subscription: what is new of yours. Beside the table of operations, as REST has it as a stream."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from typing import Annotated, Any, Union
from uuid import UUID

import strawberry
from strawberry.types import Info

from app.api.graphql.context import Context
from app.api.graphql.problems import Problem, problem_of
from app.api.graphql.types import convert, enum_type, output_type
from app.api.shared.auth import require_person, seconds_left
from app.api.shared.streams.hub import Streams
from app.domain.events.news import NewsTopic
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import GroupId
from app.services.events.news_views import NewsView

_DESCRIPTION = """\
Follow what is new of yours: ballots of your groups, their meetings, and what else may ask something of you

It says that something is new, and never what: a type and ids to ask by. Whether you may know is decided at each event,
as of that moment. Nothing is told of votes: not whose, not how many, not that one came. The first word is to ask for all
that you show; so a stream that was cut needs no memory."""


def subscription_type() -> Any:
    """The root type of subscriptions."""
    topics: Any = list[enum_type(NewsTopic)] | None  # type: ignore[misc]
    about = strawberry.argument(description="Only these topics. Default: all.")
    group = strawberry.argument(
        description="Only this group of yours; the stream ends when it is yours no more."
    )
    answer: Any = Annotated[
        Union[output_type(NewsView), Problem],  # noqa: UP007 (built at run time)
        strawberry.union("FollowMyNewsResult", description="One word of a stream, or why there is none."),
    ]

    async def follow_my_news(info: Info[Context, None], about: Any = None, group_id: Any = None) -> Any:
        async for view in _followed(info.context, about, group_id):
            yield view

    follow_my_news.__annotations__ = {
        "info": Info,
        "about": Annotated[topics, about],
        "group_id": Annotated[UUID | None, group],
        "return": AsyncGenerator[answer, None],
    }
    field = strawberry.subscription(resolver=follow_my_news, description=_DESCRIPTION)
    made = type("Subscription", (), {"follow_my_news": field})
    return strawberry.type(made, description="What people can follow.")


async def _followed(
    context: Context, about: list[NewsTopic] | None, group: UUID | None
) -> AsyncGenerator[Any]:
    ways, actor = context.ways, context.actor
    streams: Streams = context.request.app.state.streams
    topics = frozenset(NewsTopic) if about is None else frozenset(about)
    try:
        require_person(actor)
        async with AsyncExitStack() as stack:
            async with ways.even():
                left = seconds_left(context.request.scope, ways)
                wanted = None if group is None else GroupId(group)
                stream = await stack.enter_async_context(streams.open(actor, left, topics, wanted))
            said = await stack.enter_async_context(aclosing(stream.said()))
            async for view in said:
                if view is not None:
                    yield convert(view)
    except DomainError as error:
        yield problem_of(error, actor)
