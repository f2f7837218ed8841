"""An issuer that is known by its name alone: its metadata say where its keys are (OpenID Connect, RFC 8414)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from app.adapters.identity.fetching import FRESH, STALE, Kept, require_https
from app.adapters.identity.jwks import JwksCache
from app.adapters.identity.keys import Jwk
from app.adapters.identity.metadata import OPENID, metadata_uri
from app.domain.shared.errors import Busy

if TYPE_CHECKING:
    import httpx


class DiscoveredKeys:
    """A `KeySource` that learns from the metadata where the keys are, once a day, with the same limits as for keys.

    Metadata that name another issuer are none, and neither are metadata whose `jwks_uri` isn't https. Where the keys
    have moved, the old ones serve until the new place has given its first answer.
    """

    def __init__(
        self, client: "httpx.AsyncClient", issuer: str, *, document: str = OPENID, development: bool = False
    ) -> None:
        """`development` allows plain http to this machine. Raises `ValueError` for every other address."""
        self._client = client
        self._issuer = issuer
        self._development = development
        self._place: Kept[str] = Kept(
            client, metadata_uri(issuer, document), self._read, development=development
        )
        self._keys: JwksCache | None = None
        self._earlier: JwksCache | None = None

    async def find(self, kid: str, now: datetime) -> Jwk | None:
        """See `JwksCache.find`; `Busy` also where the metadata have never been seen, or too long ago."""
        place = self._place
        if not place.seen_within(FRESH, now) and not (
            place.is_under_way and place.seen_within(FRESH + STALE, now)
        ):
            await place.refresh(now)
        if place.value is None or not place.seen_within(FRESH + STALE, now):
            raise Busy
        if self._keys is None or self._keys.uri != place.value:
            if self._keys is not None and self._keys.has_keys:
                self._earlier = self._keys
            self._keys = JwksCache(self._client, place.value, development=self._development)
        try:
            found = await self._keys.find(kid, now)
        except Busy:
            if self._earlier is None or self._keys.has_keys:
                raise
            return await self._earlier.find(kid, now)
        self._earlier = None
        return found

    def _read(self, metadata: Mapping[str, object]) -> str:
        if metadata.get("issuer") != self._issuer:
            raise ValueError("the metadata of somebody else")
        uri = metadata.get("jwks_uri")
        if not isinstance(uri, str):
            raise ValueError("metadata without keys")
        require_https(uri, development=self._development)
        return uri
