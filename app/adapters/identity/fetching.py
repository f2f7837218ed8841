"""A JSON document of an issuer, fetched seldom from one pinned place, and kept."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from app.adapters.identity.compact import decode_object

if TYPE_CHECKING:
    import httpx

FRESH = timedelta(hours=24)
"""So long a document is used without asking again (Digdir: "say 24 hours")."""
STALE = timedelta(hours=24)
"""So much longer it is used while the issuer can't be reached."""
BETWEEN_FETCHES = timedelta(seconds=60)
"""The issuer is asked at most this often, whatever strangers write into their tokens."""
TIMEOUT_SECONDS = 2.0
MAX_BYTES = 65_536

T = TypeVar("T")
_log = logging.getLogger(__name__)


def is_loopback(host: str) -> bool:
    """Whether this host name or address can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require_https(uri: str, *, development: bool = False) -> None:
    """Raises `ValueError` for what is no plain https address. `development` allows http to this machine."""
    parts = urlsplit(uri)
    plain = development and parts.scheme == "http" and is_loopback(parts.hostname or "")
    if not parts.hostname or parts.username is not None or not (parts.scheme == "https" or plain):
        raise ValueError("issuers are asked over https, without credentials in the address")


class Kept(Generic[T]):
    """What was read from the last good answer.

    One fetch runs at a time, and everyone who waits waits for the same one. A redirect, another status, a bad or too
    large document, or 2 seconds without an end are all the same: the issuer is down, and what we have stays.
    """

    def __init__(
        self,
        client: "httpx.AsyncClient",
        uri: str,
        read: Callable[[Mapping[str, object]], T],
        *,
        development: bool = False,
    ) -> None:
        """`read` raises `ValueError` for a document that is none. So does this for an address that isn't https."""
        require_https(uri, development=development)
        self.uri = uri
        self.value: T | None = None
        self.is_down = False
        self._client = client
        self._read = read
        self._etag: str | None = None
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._flight: asyncio.Task[None] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether somebody is fetching it just now."""
        return self._flight is not None

    def seen_within(self, span: timedelta, now: datetime) -> bool:
        """Whether the last good answer is that young."""
        return self._fetched_at is not None and now - self._fetched_at < span

    async def refresh(self, now: datetime) -> None:
        """Fetch it, unless that was tried within the last minute; returns when it is done, and never fails."""
        if self._flight is None:
            # abs: a clock that was set back must not keep us from asking.
            if self._tried_at is not None and abs(now - self._tried_at) < BETWEEN_FETCHES:
                return
            self._tried_at = now
            self._flight = asyncio.create_task(self._fetch(now))
        # Shielded: a client that hangs up must not end the fetch that others wait for.
        await asyncio.shield(self._flight)

    async def _fetch(self, now: datetime) -> None:
        import httpx  # by whoever made the client already

        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self._ask()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            self.is_down = True
            _log.warning("%s could not be fetched: %s", self.uri, type(error).__name__)
        else:
            self.is_down = False
            self._fetched_at = now
        finally:
            self._flight = None

    async def _ask(self) -> None:
        # No compression: 64 kB of it could unfold to 64 MB.
        headers = {"Accept": "application/jwk-set+json, application/json", "Accept-Encoding": "identity"}
        if self._etag is not None:
            headers["If-None-Match"] = self._etag
        request = self._client.build_request("GET", self.uri, headers=headers, timeout=TIMEOUT_SECONDS)
        response = await self._client.send(request, stream=True, follow_redirects=False)
        try:
            if response.status_code == HTTPStatus.NOT_MODIFIED and self._etag is not None:
                return
            if (
                response.status_code != HTTPStatus.OK
                or response.headers.get("content-encoding", "identity") != "identity"
            ):
                raise ValueError("not an answer that we take")
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise ValueError("too large")
            self.value = self._read(decode_object(bytes(body)))
            self._etag = response.headers.get("etag")
        finally:
            await response.aclose()
