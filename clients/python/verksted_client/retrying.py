"""Transports of httpx that repeat what may be repeated, as it was sent: with the same body and the same key.

After a broken connection and 502, 503, 504: every method but a POST without an `Idempotency-Key`, since nobody knows
whether that was carried out. After 429, which was refused before anything was done, every method. After 409 with
`Retry-After`: the first attempt is still under way.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from uuid import uuid4

import httpx

from .refused import Unreachable


def new_key() -> str:
    """A key for one thing that somebody wants done. The same key for the same wish: then it is done once."""
    return str(uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often, and how long (seconds)."""

    attempts: int = 4
    """How often a request is sent at most, the first time included."""
    first_wait: float = 0.4
    """The first wait is at most this long; each further one twice as long, by chance between nothing and all of it."""
    longest_wait: float = 60.0
    """Nobody waits longer than this, not for `Retry-After` either: then the answer is handed on as it is."""
    chance: Callable[[], float] = random.random
    """From 0 to below 1."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def wait(self, attempt: int, response: httpx.Response | None) -> float:
        """How long to wait after this attempt (from 1), if it is to be repeated."""
        wait = self.first_wait * float(2 ** (attempt - 1)) * self.chance()
        return wait if response is None else max(wait, self._told(response))

    def _told(self, response: httpx.Response) -> float:
        """`Retry-After`: seconds or a date (RFC 9110); nothing where it says nothing."""
        told = response.headers.get("retry-after", "")
        if told.isdecimal():
            return float(told)
        try:
            return (parsedate_to_datetime(told) - self.now()).total_seconds()
        except (ValueError, TypeError):
            return 0.0


def is_harmless(request: httpx.Request) -> bool:
    """Whether it may be sent again although nobody knows if it was carried out."""
    return request.method != "POST" or "idempotency-key" in request.headers


def passes(response: httpx.Response, *, harmless: bool) -> bool:
    """Whether it is likely to be otherwise in a moment, and may be asked again."""
    match response.status_code:
        case 429:
            return True
        case 409:
            return harmless and "retry-after" in response.headers
        case 502 | 503 | 504:
            return harmless
    return False


class Retrying(httpx.BaseTransport):
    """Around another transport."""

    def __init__(
        self, within: httpx.BaseTransport, patience: Patience, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._within, self._patience, self._sleep = within, patience, sleep

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One wish, however many attempts."""
        harmless = is_harmless(request)
        request.read()  # what is streamed could be sent but once
        for attempt in range(1, self._patience.attempts + 1):
            is_last, response = attempt == self._patience.attempts, None
            try:
                response = self._within.handle_request(request)
                response.read()  # a connection can break here, too
            except httpx.TransportError as error:
                if is_last or not harmless:
                    raise Unreachable("the server could not be reached") from error
                wait = self._patience.wait(attempt, None)
            else:
                wait = self._patience.wait(attempt, response)
                if is_last or not passes(response, harmless=harmless) or wait > self._patience.longest_wait:
                    return response
            self._sleep(wait)
        raise AssertionError("the last attempt answers or raises")

    def close(self) -> None:
        """Close what is within."""
        self._within.close()


class AsyncRetrying(httpx.AsyncBaseTransport):
    """The same for asyncio."""

    def __init__(
        self,
        within: httpx.AsyncBaseTransport,
        patience: Patience,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._within, self._patience, self._sleep = within, patience, sleep

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One wish, however many attempts."""
        harmless = is_harmless(request)
        await request.aread()
        for attempt in range(1, self._patience.attempts + 1):
            is_last, response = attempt == self._patience.attempts, None
            try:
                response = await self._within.handle_async_request(request)
                await response.aread()
            except httpx.TransportError as error:
                if is_last or not harmless:
                    raise Unreachable("the server could not be reached") from error
                wait = self._patience.wait(attempt, None)
            else:
                wait = self._patience.wait(attempt, response)
                if is_last or not passes(response, harmless=harmless) or wait > self._patience.longest_wait:
                    return response
            await self._sleep(wait)
        raise AssertionError("the last attempt answers or raises")

    async def aclose(self) -> None:
        """Close what is within."""
        await self._within.aclose()
