"""Follows a stream as a client would: reads server-sent events, one after the other."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.canaries import Channel, found_in

PATIENCE_SECONDS = 20.0
Word = dict[str, Any]


class Over(Exception):
    """The stream has ended."""


@dataclass
class Follower:
    """The words of one stream."""

    lines: AsyncGenerator[str]
    headers: httpx.Headers
    beats: int = 0
    heard: list[Word] = field(default_factory=list)

    async def next(self) -> Word:
        """The next word; `Over` where there is none."""
        kind = ""
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for line in self.lines:
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    word: Word = json.loads(line.removeprefix("data: "))
                    assert kind == word["said"]
                    self.heard.append(word)
                    assert not found_in(Channel.DELIVERY, line), line
                    return word
                elif line.startswith(":"):
                    self.beats += 1
        raise Over

    async def first(self, *types: str) -> Word:
        """The first word of one of these types: what happened before one followed may still be on its way."""
        while (word := await self.next())["type"] not in types:
            pass
        return word

    async def ends(self) -> None:
        """Nothing more is said."""
        try:
            word = await self.next()
        except Over:
            return
        raise AssertionError(f"there was {word} yet")


@asynccontextmanager
async def following(http: httpx.AsyncClient, token: str, **asked: str) -> AsyncIterator[Follower]:
    """Open a stream and hear its first word."""
    headers = {"Authorization": f"Bearer {token}"}
    async with http.stream("GET", "/v1/me/news", params=asked, headers=headers) as response:
        assert response.status_code == 200, await response.aread()
        assert response.headers["content-type"].startswith("text/event-stream")
        follower = Follower(response.aiter_lines(), response.headers)  # type: ignore[arg-type]
        assert await follower.next() == {"said": "ask", "why": "opened", "in_seconds": 0}
        yield follower
