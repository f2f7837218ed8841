"""An import: rows that come line by line, and what came of each, told line by line while the next is still on its way.

It stands outside the table of operations: nothing in GraphQL can stream both ways. What a row does is decided by the very
rules by which one call is.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable
from time import monotonic
from typing import Annotated, Any, Literal, cast
from uuid import UUID

import orjson
from fastapi import Path
from fastapi.routing import APIRoute
from pydantic import ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from app.api.rest.outputs import written
from app.api.rest.route import OperationRoute
from app.api.shared.asking import Gone, TooLarge
from app.api.shared.auth import actor_of
from app.api.shared.later import MAKING
from app.api.shared.limits import Limited
from app.api.shared.operations.announcements import IMPORT_PATH, AnnouncedCourseIn, OwnId
from app.api.shared.operations.courses import NoteMilestoneIn
from app.api.shared.problem_docs import refusals
from app.api.shared.problem_handlers import items_of, note_surprise, request_id_of
from app.api.shared.problems import ProblemDict, ProblemItemDict, describe, describe_edge
from app.api.shared.row_lines import TooSlow, begun, lines_of
from app.api.shared.strict_json import MalformedJson, loads
from app.api.shared.strict_model import OneOf, Uuid
from app.api.shared.ways import Ways
from app.content.texts import Language, Texts
from app.domain.courses.announcement import CourseSaid, MilestoneSaid
from app.domain.courses.course import Milestone
from app.domain.courses.course_import import LONGEST_ROW_KB, MOST_ROWS, OF_THE_ROW, RowSaid
from app.domain.courses.errors import ImportDiffers, ImportRowTooLong, ImportTooLong, ImportTooSlow
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError, Invalid, TokenExpired, Unauthenticated
from app.domain.shared.ids import OrganisationId
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted

LINES = "application/x-ndjson"
LONGEST_SECONDS = 600.0
"""How long one sending may take; whoever isn't through by then sends the same again."""


class CourseRowIn(AnnouncedCourseIn):
    """A row that says what a course is."""

    model_config = ConfigDict(defer_build=True)

    kind: Literal["course"]
    own_id: OwnId

    def said(self) -> RowSaid:
        """What the use case takes."""
        said = {name: getattr(self, name) for name in AnnouncedCourseIn.model_fields}
        return RowSaid(own_id=self.own_id, says=CourseSaid(**said))


class MilestoneRowIn(NoteMilestoneIn):
    """A row that says when a milestone was done."""

    model_config = ConfigDict(defer_build=True)

    kind: Literal["milestone"]
    own_id: OwnId
    milestone: Annotated[OneOf[Milestone], Field(description="Which one.")]

    def said(self) -> RowSaid:
        """What the use case takes."""
        return RowSaid(own_id=self.own_id, says=MilestoneSaid(milestone=self.milestone, done_on=self.done_on))


class Unreadable(Exception):
    """A row that isn't what a row can be; with the places at fault."""

    def __init__(self, items: list[ProblemItemDict]) -> None:
        super().__init__()
        self.items = items


class Lines(Response):
    """What came of each row."""

    media_type = LINES

    def __init__(self, job: "_Import") -> None:
        super().__init__()
        del self.headers["content-length"]
        self._job = job

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Whoever waits for 100 (curl does) gets it when the body is first asked for, and only before the answer begins.
        first = asyncio.ensure_future(self._job.receive())
        try:
            await asyncio.sleep(0)
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async for line in self._job.told(first):
                await send({"type": "http.response.body", "body": line + b"\n", "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            first.cancel()


async def import_courses(
    request: Request,
    organisation_id: Annotated[Uuid, Path(description="Id of the organisation.")],
    import_id: Annotated[Uuid, Path(description="Id of the import: any UUID of your own.")],
) -> Response:
    """Import courses and milestones.

    Send a line of JSON for each (`application/x-ndjson`): `{"kind": "course", "own_id": …}` with the members of
    `announce_course`, or `{"kind": "milestone", "own_id": …, "milestone": …, "done_on": …}`. Each row is done by itself, in
    order, and answered by a line: its number, what came of it, or the problem. The last line tells the whole.

    Broken off in the middle, send the same file under the same id again: it goes on, and nothing is done twice; rows that
    were refused are tried again, put right or not. At most 5,000 rows of 16 kB. Rows that come faster than they may are
    read more slowly. There is no row that could say anything about a person (P-h14). For systems with `courses.write`.
    """
    ways: Ways = request.app.state.ways
    organisation = OrganisationId(organisation_id)
    actor = await actor_of(request, ways)
    if not actor.is_known:
        raise Unauthenticated
    await ways.limits.before(Limited.EXPENSIVE, actor, request.scope)
    async with ways.even():
        await ways.services.courses.begin_course_import(actor, organisation, import_id)
    return Lines(_Import(request, ways, actor, organisation, import_id))


class _Import:
    """One sending of an import."""

    def __init__(
        self, request: Request, ways: Ways, actor: Actor, organisation_id: OrganisationId, import_id: UUID
    ) -> None:
        self.receive, self._until = request.receive, monotonic() + LONGEST_SECONDS
        self._number = 0
        self._ways, self._actor = ways, actor
        self._of, self._id = organisation_id, import_id
        self._request_id = request_id_of(request.scope)
        self._language = cast("Language", actor.mark.language)

    async def told(self, first: Awaitable[Message]) -> AsyncIterator[bytes]:
        """The lines of the answer. What is wrong with all the rest ends it, with the problem on the last line."""
        try:
            async for line in self._rows(first):
                yield line
            whole = await self._ways.services.courses.finish_course_import(self._actor, self._of, self._id)
            yield written({"import": whole})
        except Gone:
            return
        except TooLarge:
            yield self._ended(ImportRowTooLong(kilobytes=LONGEST_ROW_KB))
        except TooSlow:
            yield self._ended(ImportTooSlow(row=self._number + 1))
        except DomainError as refusal:
            yield self._ended(refusal)
        except Exception as error:
            note_surprise(error, self._request_id, IMPORT_PATH)
            yield _line({"problem": describe_edge("shared.surprise", self._language, self._request_id)})

    async def _rows(self, first: Awaitable[Message]) -> AsyncIterator[bytes]:
        async for line in lines_of(begun(first, self.receive)):
            number = self._number + 1
            if line is not None and not line.strip():
                self._number = number
                continue
            if number > MOST_ROWS:
                raise ImportTooLong(most=MOST_ROWS, row=number)
            while wait := self._ways.limits.row(self._actor):
                await self._ways.pause(wait)
            if monotonic() > self._until:
                raise TooSlow
            self._number = number
            yield await self._row(number, line)

    async def _row(self, number: int, line: bytes | None) -> bytes:
        problem: ProblemDict | None = None
        said: RowSaid | DomainError
        try:
            too_long = ImportRowTooLong(kilobytes=LONGEST_ROW_KB)
            said = too_long if line is None else read_row(line, self._language)
        except Unreadable as unreadable:
            said = Invalid()
            problem = describe_edge(Invalid.code, self._language, self._request_id, unreadable.items)
        digest = hashlib.sha256(line or b"").digest()
        try:
            done = await self._ways.services.courses.import_course_row(
                self._actor, self._of, self._id, number, digest, said
            )
        except DomainError as refusal:
            if refusal.kind not in OF_THE_ROW:
                raise
            if problem is None or isinstance(refusal, ImportDiffers):
                problem = describe(refusal, self._language, self._request_id)
            return _line({"row": number, "outcome": "refused", "problem": problem})
        return written(done)

    def _ended(self, refusal: DomainError) -> bytes:
        return _line({"problem": describe(refusal, self._language, self._request_id)})


def read_row(line: bytes, language: Language) -> RowSaid:
    """What a row says; `Unreadable` for what is none."""
    try:
        found = loads(line)
    except MalformedJson:
        how = Texts.load().refusal("shared.malformed", language, {}).next
        raise Unreadable([{"pointer": "", "where": "body", "code": "malformed", "detail": how}]) from None
    kind = found.get("kind") if isinstance(found, dict) else None
    try:
        if kind == "milestone":
            return MilestoneRowIn.model_validate(found).said()
        return CourseRowIn.model_validate(found).said()
    except ValidationError as error:
        found_errors = error.errors(include_url=False, include_context=False, include_input=False)
        raise Unreadable(items_of(found_errors, language)) from None


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value)


_COURSE_LINE = (
    '{"kind":"course","own_id":"K-2026-014","title":"Living with pain","first_day":"2026-09-01",'
    '"last_day":"2026-11-24","form":"in_person","area":"Fjordby","language":"nb"}'
)
_MILESTONE_LINE = (
    '{"kind":"milestone","own_id":"K-2026-014","milestone":"told_from_the_start","done_on":"2026-09-02"}'
)
_TOLD = (
    '{"row":1,"outcome":"created","done_before":false,"course_id":"019a8d00-1000-8c01-8000-2a7f11aa22bb"}\n'
    '{"row":2,"outcome":"changed","done_before":false,"course_id":"019a8d00-1000-8c01-8000-2a7f11aa22bb"}\n'
    '{"import":{"id":"8f2c1f9e-3b1d-4f0e-9d55-6a1f0c7d2e11","organisation_id":"019a8c3e-4d00-8a00-8000-2a7f5511aa00",'
    '"rows":2,"created":1,"changed":1,"unchanged":0,"refused":0,"refused_rows":[],"begun_at":"2026-09-03T02:00:00Z",'
    '"finished_at":"2026-09-03T02:00:01Z"}}\n'
)


def import_route() -> OperationRoute:
    """Its route; what FastAPI makes of it is made when it is first needed, as of all others."""
    return OperationRoute(
        IMPORT_PATH, import_courses, method="PUT", name="import_courses", described=_described
    )


def _described() -> APIRoute:
    """What the OpenAPI document says of it."""
    headers = {
        name: {"$ref": f"#/components/headers/{ref}"}
        for name, ref in (
            ("X-Request-Id", "RequestId"),
            ("RateLimit-Policy", "RateLimitPolicy"),
            ("RateLimit", "RateLimit"),
        )
    }
    answer = {
        "description": "A line for each row, and one for the whole",
        "headers": headers,
        "content": {LINES: {"schema": {"type": "string"}, "example": _TOLD}},
    }
    body = {
        "required": False,
        "description": "A line of JSON for each row.",
        "content": {
            LINES: {
                "schema": {"type": "string", "maxLength": MOST_ROWS * 16 * 1024},
                "example": f"{_COURSE_LINE}\n{_MILESTONE_LINE}\n",
            }
        },
    }
    with MAKING:
        return APIRoute(
            IMPORT_PATH,
            import_courses,
            methods=["PUT"],
            tags=["courses", "municipal"],
            operation_id="import_courses",
            name="import_courses",
            summary="Import courses and milestones",
            status_code=200,
            response_class=Lines,
            responses={
                **refusals(Unauthenticated, TokenExpired, SystemNotAdmitted, ScopeNeeded),
                200: answer,
            },
            openapi_extra={
                "security": [{"bearer": []}],
                "x-system-scope": "courses.write",
                "requestBody": body,
            },
        )
