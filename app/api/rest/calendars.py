"""A calendar as a file that other people's programs subscribe to (RFC 5545): the one answer here that isn't JSON.

It stands outside the table of operations: it has no login, and GraphQL has nothing like it. What it says is decided by the
use case like everything else.
"""

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any

from fastapi import Path
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from app.api.shared.etags import etag_of, is_unchanged
from app.api.shared.problem_docs import refusals
from app.api.shared.problem_handlers import request_id_of
from app.api.shared.ways import Ways
from app.content.texts import Texts
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.errors import NotFound
from app.services.meetings.calendar_views import CalendarView

PATH = "/v1/calendars/{token}.ics"
_MEDIA_TYPE = "text/calendar"
_EXAMPLE = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//calendar//1//EN\r
CALSCALE:GREGORIAN\r
REFRESH-INTERVAL;VALUE=DURATION:PT6H\r
X-PUBLISHED-TTL:PT6H\r
X-WR-CALNAME:Meetings\r
BEGIN:VEVENT\r
SUMMARY:Meeting\r
DTSTART;TZID=Europe/Oslo:20261203T180000\r
DTEND;TZID=Europe/Oslo:20261203T200000\r
DTSTAMP:20261105T171200Z\r
UID:7e2f41c0-93da-8b57-a1c4-02d95be8836f\r
CLASS:PRIVATE\r
LOCATION:The library\\, room 2\r
SEQUENCE:1\r
STATUS:CONFIRMED\r
END:VEVENT\r
END:VCALENDAR\r
"""


class CalendarFile(Response):
    """The calendar."""

    media_type = _MEDIA_TYPE


async def read_calendar(
    request: Request,
    token: Annotated[
        str, Path(description="What stands in the address, as it was shown when it was made.", max_length=200)
    ],
) -> Response:
    """Read a calendar.

    What a calendar program subscribes to; the address is made by `make_my_calendar` or `make_group_calendar`, and whoever
    has it needs no login. It holds the meetings of the last month and all that are planned, each with a stable `UID` and a
    `SEQUENCE` that rises with each change; cancelled ones stay for a month with `STATUS:CANCELLED`. It names no group, no
    theme and nobody, and no home, link or number. An address that is wrong, was changed or has ended is not found, each in
    the same way.
    """
    ways: Ways = request.app.state.ways
    ways.limits.nobody(request.scope)
    actor = Actor(mark=RequestMark(request_id=request_id_of(request.scope)))
    try:
        async with ways.even():
            found = await ways.services.meetings.open_calendar(actor, token)
    except NotFound:
        # Programs of many people ask from one address, so only those that are wrong count as guessing.
        await ways.limits.bad_token(request.scope)
        raise
    body = (await _writing())(found, ways.texts)
    tag = etag_of(body)
    headers = {"ETag": tag, "Content-Language": found.language, "Cache-Control": "private, no-store"}
    if is_unchanged(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return CalendarFile(body, headers=headers)


async def _writing() -> Callable[[CalendarView, Texts], bytes]:
    """What writes the file. `icalendar` is ninety modules (3 MB), which a process without calendars does without; the first
    who asks for one waits a tenth of a second, and nobody else does."""
    return _written() if _written.cache_info().currsize else await asyncio.to_thread(_written)


@cache
def _written() -> Callable[[CalendarView, Texts], bytes]:
    from app.api.rest.icalendar_text import written

    return written


def calendar_route() -> APIRoute:
    """Its route, with what the OpenAPI document says of it."""
    return APIRoute(
        PATH,
        read_calendar,
        methods=["GET"],
        tags=["meetings"],
        operation_id="read_calendar",
        name="read_calendar",
        summary="Read a calendar",
        response_class=CalendarFile,
        responses={**refusals(NotFound), 200: _answer(), 304: _unchanged()},
        openapi_extra={"security": [{}], "parameters": [_IF_NONE_MATCH]},
    )


_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` that you have: 304 without a body if it still holds.",
    "schema": {"type": "string", "format": "etags", "examples": ['"3f6c0d2a9be14f0c8a51d7e2b4c6f801"']},
}


def _headers(*names: tuple[str, str]) -> dict[str, Any]:
    return {header: {"$ref": f"#/components/headers/{name}"} for header, name in names}


def _answer() -> dict[str, Any]:
    return {
        "description": "The calendar",
        "headers": _headers(
            ("ETag", "ETag"),
            ("Content-Language", "ContentLanguage"),
            ("X-Request-Id", "RequestId"),
            ("RateLimit-Policy", "RateLimitPolicy"),
            ("RateLimit", "RateLimit"),
        ),
        "content": {_MEDIA_TYPE: {"schema": {"type": "string"}, "example": _EXAMPLE}},
    }


def _unchanged() -> dict[str, Any]:
    return {
        "description": "You have it already (`If-None-Match`)",
        "headers": _headers(("ETag", "ETag"), ("X-Request-Id", "RequestId")),
    }
