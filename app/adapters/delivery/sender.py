"""One attempt: an event, signed as Standard Webhooks says, posted once. No redirect, no proxy, no cookie; of the answer its
status alone is kept, and for how long it asks to be left alone.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import httpcore
import orjson
from standardwebhooks.webhooks import Webhook as Signing

from app.adapters.delivery.asked_time import asked_time
from app.adapters.delivery.connecting import AddressRefused
from app.domain.events.delivery import Answer, Delivery, Fault
from app.services.events.ports import Happened
from app.services.events.sending import Outgoing
from app.services.events.views import EventView

CONTENT_TYPE = b"application/cloudevents+json; charset=utf-8"
AGENT = b"verksted-webhooks"
ATTEMPT_SECONDS = 15.0
"""From the first name that is asked for to the status; then it has failed."""
STEP_SECONDS = 8.0
BODY_BYTES = 4096
"""So much of an answer is read, so that the connection can be used again; longer ones are cut off."""
BODY_SECONDS = 2.0
_TIMEOUTS = {"connect": STEP_SECONDS, "write": STEP_SECONDS, "read": ATTEMPT_SECONDS, "pool": STEP_SECONDS}


def body_of(delivery: Delivery) -> bytes:
    """The event as the feed tells it: the same view, in JSON."""
    happened = Happened(
        number=delivery.number,
        id=delivery.event_id,
        type=delivery.type,
        subject=delivery.subject,
        ids=delivery.ids,
        occurred_at=delivery.occurred_at,
    )
    told = EventView.of(happened, delivery.organisation_id)
    return orjson.dumps(told, default=str, option=orjson.OPT_UTC_Z)  # asyncpg has a UUID of its own


def signed_headers(outgoing: Outgoing, body: bytes, now: datetime) -> list[tuple[bytes, bytes]]:
    """The headers of Standard Webhooks: the same id at every attempt, this attempt's time, a signature for each secret."""
    event_id = str(outgoing.delivery.event_id)
    signatures = [Signing(secret).sign(event_id, now, body.decode()) for secret in outgoing.secrets]
    return [
        (b"webhook-id", event_id.encode()),
        (b"webhook-timestamp", str(int(now.timestamp())).encode()),
        (b"webhook-signature", " ".join(signatures).encode()),
    ]


@dataclass(frozen=True, slots=True)
class Sender:
    """Makes attempts over a pool that opens checked connections alone."""

    pool: httpcore.AsyncConnectionPool
    clock: Callable[[], datetime]
    """The real one: receivers hold the time of an attempt against theirs."""
    seconds: float = ATTEMPT_SECONDS

    async def __call__(self, outgoing: Outgoing) -> Answer:
        """Make the attempt. Whatever goes wrong out there is an answer, too."""
        body = body_of(outgoing.delivery)
        headers = [
            (b"Content-Type", CONTENT_TYPE),
            (b"User-Agent", AGENT),
            *signed_headers(outgoing, body, self.clock()),
        ]
        try:
            async with asyncio.timeout(self.seconds):
                return await self._answer(outgoing.url, headers, body)
        except AddressRefused:
            return Answer(None, Fault.ADDRESS)
        except (TimeoutError, httpcore.TimeoutException):
            return Answer(None, Fault.TIMEOUT)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError):
            return Answer(None, Fault.UNREACHABLE)

    async def _answer(self, url: str, headers: list[tuple[bytes, bytes]], body: bytes) -> Answer:
        async with self.pool.stream(
            "POST", url, headers=headers, content=body, extensions={"timeout": _TIMEOUTS}
        ) as response:
            answer = Answer.of_status(response.status, asked_time(response.headers, self.clock()))
            # It has answered. What it says besides is read a little, and forgotten; a long tail is cut off.
            with suppress(
                TimeoutError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError
            ):
                async with asyncio.timeout(BODY_SECONDS):
                    read = 0
                    async for chunk in response.aiter_stream():
                        read += len(chunk)
                        if read > BODY_BYTES:
                            break
            return answer
