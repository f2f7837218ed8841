"""Verksted's REST API: `verksted_client.rest` is generated from its OpenAPI document, the rest is written by hand.

    from verksted_client import connect
    from verksted_client.rest.api.admission import list_offers

    with connect("https://verksted.example", token="…") as client:
        offers = list_offers.sync(organisation_id, client=client)

Every call gives the answer's body, or raises `Refused` (the service said no, and why) or `Unreachable` (nobody knows).
Each POST that honours an `Idempotency-Key` carries one, and is repeated with the same.
"""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import httpx

from .refused import Refused, Unreachable
from .rest import AuthenticatedClient
from .retrying import AsyncRetrying, Patience, Retrying, new_key

__all__ = ["Patience", "Refused", "Unreachable", "connect", "each", "new_key"]
T = TypeVar("T")
TIMEOUT = httpx.Timeout(15.0)
"""Seconds. The service itself answers within ten."""


def connect(
    base_url: str, *, token: str, language: str = "nb", patience: Patience | None = None
) -> AuthenticatedClient:
    """A client for the calls of `verksted_client.rest.api`, sync and asyncio; use it in a `with` block.

    `language` is that of texts for people: nb, nn, da or en.
    """
    how = patience or Patience()
    client = AuthenticatedClient(base_url, token, timeout=TIMEOUT)
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
    client.set_httpx_client(
        httpx.Client(
            base_url=base_url,
            headers=headers,
            timeout=TIMEOUT,
            transport=Retrying(httpx.HTTPTransport(), how),
        )
    )
    client.set_async_httpx_client(
        httpx.AsyncClient(
            base_url=base_url,
            headers=headers,
            timeout=TIMEOUT,
            transport=AsyncRetrying(httpx.AsyncHTTPTransport(), how),
        )
    )
    return client


class Page(Protocol[T]):
    """A page of a list."""

    @property
    def items(self) -> "list[T]": ...
    @property
    def next_cursor(self) -> str | None: ...


def each(ask: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """All entries of a list with pages, asked for as they are needed: `each(lambda cursor: list_offers.sync(…))`."""
    cursor: str | None = None
    while True:
        page = ask(cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
