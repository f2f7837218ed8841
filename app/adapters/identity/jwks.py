"""An issuer's public keys, fetched from one pinned place and kept."""

import asyncio
import logging
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from app.adapters.identity.compact import decode_object
from app.adapters.identity.keys import Jwk, by_kid
from app.domain.shared.errors import Busy

FRESH = timedelta(hours=24)
"""So long keys are used without asking again (Digdir: "say 24 hours")."""
STALE = timedelta(hours=24)
"""So much longer they are used while the issuer can't be reached."""
BETWEEN_FETCHES = timedelta(seconds=60)
"""The issuer is asked at most this often, whatever strangers write into their tokens."""
TIMEOUT_SECONDS = 2.0
MAX_BYTES = 65_536

_log = logging.getLogger(__name__)


def is_loopback(host: str) -> bool:
    """Whether this host name or address can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class JwksCache:
    """A `KeySource` that fetches a JWKS document over https and serves it from memory.

    Keys are replaced as a whole by each good answer, so a withdrawn key is gone with the next fetch. One fetch
    runs at a time and everyone who needs it waits for the same one; who has a key already, if an old one, does
    not wait. A redirect, another status, a bad or too large document, or 2 seconds without an end are all the
    same: the issuer is down, and what we have stays.
    """

    def __init__(self, client: httpx.AsyncClient, uri: str, *, development: bool = False) -> None:
        """`development` allows plain http to this machine. Raises `ValueError` for every other address."""
        parts = urlsplit(uri)
        plain = development and parts.scheme == "http" and is_loopback(parts.hostname or "")
        if not parts.hostname or parts.username is not None or not (parts.scheme == "https" or plain):
            raise ValueError("keys are fetched over https, without credentials in the address")
        self._client = client
        self._uri = uri
        self._keys: dict[str, Jwk] = {}
        self._etag: str | None = None
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._is_down = False
        self._flight: asyncio.Task[None] | None = None

    async def find(self, kid: str, now: datetime) -> Jwk | None:
        """The key with exactly this id, or None where the issuer is up and has none.

        Raises `Busy` where the key has never been seen, or was seen too long ago, and the issuer is down.
        """
        known = self._keys.get(kid)
        if known is not None and self._seen_within(FRESH, now):
            return known
        if known is not None and self._flight is not None and self._seen_within(FRESH + STALE, now):
            return known
        if self._flight is not None or self._may_try(now):
            await self._refresh(now)
        if not self._seen_within(FRESH + STALE, now):
            raise Busy
        found = self._keys.get(kid)
        if found is None and self._is_down:
            raise Busy  # it may be a new key that we have not been able to learn of
        return found

    def _seen_within(self, span: timedelta, now: datetime) -> bool:
        return self._fetched_at is not None and now - self._fetched_at < span

    def _may_try(self, now: datetime) -> bool:
        # abs: a clock that was set back must not keep us from asking.
        return self._tried_at is None or abs(now - self._tried_at) >= BETWEEN_FETCHES

    async def _refresh(self, now: datetime) -> None:
        if self._flight is None:
            self._tried_at = now
            self._flight = asyncio.create_task(self._fetch(now))
        # Shielded: a client that hangs up must not end the fetch that others wait for.
        await asyncio.shield(self._flight)

    async def _fetch(self, now: datetime) -> None:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self._ask()
        except (httpx.HTTPError, OSError, ValueError) as error:
            self._is_down = True
            _log.warning("keys could not be fetched from %s: %s", self._uri, type(error).__name__)
        else:
            self._is_down = False
            self._fetched_at = now
        finally:
            self._flight = None

    async def _ask(self) -> None:
        # No compression: 64 kB of it could unfold to 64 MB.
        headers = {"Accept": "application/jwk-set+json, application/json", "Accept-Encoding": "identity"}
        if self._etag is not None:
            headers["If-None-Match"] = self._etag
        request = self._client.build_request("GET", self._uri, headers=headers, timeout=TIMEOUT_SECONDS)
        response = await self._client.send(request, stream=True, follow_redirects=False)
        try:
            if response.status_code == httpx.codes.NOT_MODIFIED and self._etag is not None:
                return
            if (
                response.status_code != httpx.codes.OK
                or response.headers.get("content-encoding", "identity") != "identity"
            ):
                raise ValueError("not an answer that we take")
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise ValueError("too large")
            self._keys = by_kid(decode_object(bytes(body)))
            self._etag = response.headers.get("etag")
        finally:
            await response.aclose()
