"""Lines of JSON, read while they come: what is too long is passed over, and nobody may be silent for long."""

import asyncio
from codecs import BOM_UTF8
from collections.abc import AsyncIterator, Awaitable

from starlette.types import Message, Receive

from app.api.shared.asking import Gone, TooLarge
from app.domain.courses.course_import import LONGEST_ROW_KB

LONGEST_LINE = LONGEST_ROW_KB * 1024
MOST_PASSED_OVER = 1024 * 1024
"""Of one line; whoever goes on after that isn't listened to any more."""
SILENCE_SECONDS = 10.0
"""How long a caller may take to send something more."""


class TooSlow(Exception):
    """Nothing came for too long."""


def begun(first: Awaitable[Message], receive: Receive) -> Receive:
    """`receive` where its first message has been asked for already."""
    waiting = [first]

    async def goes_on() -> Message:
        return await (waiting.pop() if waiting else receive())

    return goes_on


async def lines_of(receive: Receive, *, silence: float = SILENCE_SECONDS) -> AsyncIterator[bytes | None]:
    """Each line without its end; None for one that is too long. `TooSlow`, `Gone` where the caller has left, and `TooLarge`
    where a line has no end in sight. A byte order mark at the very start is passed over."""
    waiting = b""
    passed_over = 0
    is_begun = False
    more = True
    while more:
        try:
            async with asyncio.timeout(silence):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.disconnect":
            raise Gone
        more = message.get("more_body", False)
        waiting += message.get("body", b"")
        if not is_begun and (len(waiting) >= len(BOM_UTF8) or not more):
            is_begun, waiting = True, waiting.removeprefix(BOM_UTF8)
        if not is_begun:
            continue
        *whole, waiting = waiting.split(b"\n")
        for line in whole:
            yield None if passed_over or len(line) > LONGEST_LINE else line.removesuffix(b"\r")
            passed_over = 0
        if passed_over or len(waiting) > LONGEST_LINE:
            passed_over += len(waiting)
            waiting = b""
        if passed_over > MOST_PASSED_OVER:
            raise TooLarge
    if passed_over:
        yield None
    elif waiting:
        yield waiting.removesuffix(b"\r")
