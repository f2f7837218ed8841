"""An issuer's public keys, fetched from one pinned place and kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from app.adapters.identity.fetching import FRESH, STALE, Kept
from app.adapters.identity.keys import Jwk, by_kid
from app.domain.shared.errors import Busy

if TYPE_CHECKING:
    import httpx

_NONE: Mapping[str, Jwk] = {}


class JwksCache:
    """A `KeySource` that fetches a JWKS document over https and serves it from memory.

    Keys are replaced as a whole by each good answer, so a withdrawn key is gone with the next fetch. An unknown key
    makes us ask again, once a minute at most; who has a key already, if an old one, waits for nobody else's fetch.
    """

    def __init__(self, client: "httpx.AsyncClient", uri: str, *, development: bool = False) -> None:
        """`development` allows plain http to this machine. Raises `ValueError` for every other address."""
        self._document: Kept[dict[str, Jwk]] = Kept(client, uri, by_kid, development=development)

    @property
    def uri(self) -> str:
        """Where the keys come from."""
        return self._document.uri

    @property
    def has_keys(self) -> bool:
        """Whether there ever was a good answer."""
        return self._document.value is not None

    async def find(self, kid: str, now: datetime) -> Jwk | None:
        """The key with exactly this id, or None where the issuer is up and has none.

        Raises `Busy` where the key has never been seen, or was seen too long ago, and the issuer is down.
        """
        document = self._document
        known = (document.value or _NONE).get(kid)
        if known is not None:
            if document.seen_within(FRESH, now):
                return known
            if document.is_under_way and document.seen_within(FRESH + STALE, now):
                return known
        await document.refresh(now)
        if not document.seen_within(FRESH + STALE, now):
            raise Busy
        found = (document.value or _NONE).get(kid)
        if found is None and document.is_down:
            raise Busy  # it may be a new key that we have not been able to learn of
        return found
