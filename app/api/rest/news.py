"""News as server-sent events (WHATWG HTML, 9.2): the one answer that doesn't end.

It stands beside the table of operations, as GraphQL has it as a subscription. What is told to whom, the use cases decide.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from typing import Annotated, Any

import orjson
from fastapi import Query
from fastapi.routing import APIRoute
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api.rest.route import OperationRoute
from app.api.shared.auth import actor_of, require_person, seconds_left
from app.api.shared.exchange import AS_SENT
from app.api.shared.later import MAKING
from app.api.shared.problem_docs import refusals
from app.api.shared.streams.hub import Streams
from app.api.shared.strict_model import StrictModel, Uuid
from app.api.shared.ways import Ways
from app.domain.events.news import NewsTopic
from app.domain.groups.errors import GroupNotFound
from app.domain.shared.errors import PersonNeeded, TokenExpired, TooMany, Unauthenticated
from app.domain.shared.ids import GroupId
from app.services.events.news_views import NewsView

PATH = "/v1/me/news"
_MEDIA_TYPE = "text/event-stream"
_TOPICS = "|".join(NewsTopic)
_PATIENCE_SECONDS = 20.0
"""How long somebody may leave a word unread before the line is cut; what waits for them is bounded anyway."""
_RETRY = b"retry: 5000\n\n"
_BEAT = b": here\n\n"
_EXAMPLE = """\
retry: 5000

event: ask
data: {"said":"ask","why":"opened","in_seconds":0}

event: news
data: {"said":"news","type":"group.ballot.opened","topic":"ballots",\
"organisation_id":"019a8c3e-4d00-8a00-8000-2a7f5511aa00","group_id":"019a8c3e-4d00-8c01-8000-2a7f5511aa11","ballot_id":"019a8c3e-4d00-8c02-8000-2a7f5511aa22"}

: here

event: end
data: {"said":"end","why":"token_expired"}

"""


class NewsFilter(StrictModel):
    """Which news."""

    about: Annotated[
        str | None,
        Field(
            description="Only these topics, with commas between them: `ballots,meetings,tasks`. Default: all.",
            pattern=rf"^({_TOPICS})(,({_TOPICS})){{0,2}}$",
            max_length=40,
        ),
    ] = None
    group_id: Annotated[
        Uuid | None, Field(description="Only this group of yours; the stream ends when it is yours no more.")
    ] = None


class EventStream(Response):
    """What is said in a stream, as it comes."""

    media_type = _MEDIA_TYPE

    def __init__(self, stack: AsyncExitStack, said: AsyncGenerator[NewsView | None]) -> None:
        super().__init__(headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})
        self._stack, self._said = stack, said

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._stack:
            headers = [pair for pair in self.raw_headers if pair[0] != b"content-length"]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            is_head = AS_SENT in scope["state"]
            if is_head or await self._came_to_its_end(receive, send):
                await send({"type": "http.response.body", "body": b""})

    async def _came_to_its_end(self, receive: Receive, send: Send) -> bool:
        """Say all that there is to say; False where somebody has left, or reads no more."""
        speaking, leaving = asyncio.create_task(self._speak(send)), asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({speaking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (speaking, leaving):
                task.cancel()
            await asyncio.gather(speaking, leaving, return_exceptions=True)
        return not speaking.cancelled() and speaking.result()

    async def _speak(self, send: Send) -> bool:
        body = _RETRY
        async with aclosing(self._said) as said:
            async for view in said:
                body += _BEAT if view is None else written(view)
                try:
                    async with asyncio.timeout(_PATIENCE_SECONDS):
                        await send({"type": "http.response.body", "body": body, "more_body": True})
                except TimeoutError:
                    return False
                body = b""
        return True


def written(view: NewsView) -> bytes:
    """One word as an event; what is null is left out."""
    content = {
        name: value
        for name, value in orjson.loads(orjson.dumps(view, default=str)).items()
        if value is not None
    }
    return b"event: %s\ndata: %s\n\n" % (view.said.encode(), orjson.dumps(content))


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def follow_my_news(request: Request, query: Annotated[NewsFilter, Query()]) -> Response:
    """Follow what is new of yours: ballots of your groups, their meetings, and what else may ask something of you.

    A stream of server-sent events, to be read with `fetch` (a browser's `EventSource` can't send your token, and it never
    belongs into an address). It says that something is new, and never what: a type and ids to ask by. Whether you may
    know is decided at each event, as of that moment. Nothing is told of votes: not whose, not how many, not that one came.
    Events are `news` (ask again for what the ids name), `ask` (ask again for all that you show; the first word is one,
    so a stream that was cut needs no memory) and `end` (with `why`, and `in_seconds` when to come back). It ends when your
    token expires.
    """
    ways: Ways = request.app.state.ways
    streams: Streams = request.app.state.streams
    actor = await actor_of(request, ways)
    require_person(actor)
    topics = (
        frozenset(NewsTopic) if query.about is None else frozenset(map(NewsTopic, query.about.split(",")))
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(streams.line(actor))
        async with ways.even():
            group = None if query.group_id is None else GroupId(query.group_id)
            stream = await stack.enter_async_context(
                streams.open(actor, seconds_left(request.scope, ways), topics, group)
            )
        return EventStream(stack.pop_all(), stream.said())


def news_route() -> OperationRoute:
    """Its route; what FastAPI makes of it is made when it is first needed, as of all others."""
    return OperationRoute(
        PATH,
        follow_my_news,
        method="GET",
        name="follow_my_news",
        parameters=NewsFilter.model_fields.keys(),
        described=_described,
    )


def _described() -> APIRoute:
    """What the OpenAPI document says of it."""
    with MAKING:
        return APIRoute(
            PATH,
            follow_my_news,
            methods=["GET"],
            status_code=200,
            tags=["events"],
            operation_id="follow_my_news",
            name="follow_my_news",
            summary="Follow what is new of yours",
            response_class=EventStream,
            responses={
                **refusals(Unauthenticated, TokenExpired, PersonNeeded, GroupNotFound, TooMany),
                200: _answer(),
            },
            openapi_extra={"security": [{"bearer": []}], "parameters": [_LAST_EVENT_ID]},
        )


_LAST_EVENT_ID = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "What a client may send that has been here before. Nothing follows from it: ask once, then listen.",
    "schema": {"type": "string", "maxLength": 200, "examples": ["7"]},
}


def _answer() -> dict[str, Any]:
    named = (
        ("X-Request-Id", "RequestId"),
        ("RateLimit-Policy", "RateLimitPolicy"),
        ("RateLimit", "RateLimit"),
    )
    return {
        "description": "The stream",
        "headers": {header: {"$ref": f"#/components/headers/{name}"} for header, name in named},
        "content": {_MEDIA_TYPE: {"schema": {"type": "string"}, "example": _EXAMPLE}},
    }
