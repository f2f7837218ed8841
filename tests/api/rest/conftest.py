"""What the tests of the conventions share: somebody's requests, with their token."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from app.domain.shared.actor import Actor

Asking = Callable[[Actor], "Person"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a client and a token."""

    http: httpx.AsyncClient
    token: str
    more: dict[str, str] = field(default_factory=dict)

    async def ask(self, method: str, url: str, body: Any = None, **headers: str) -> httpx.Response:
        """One request as this person; names of headers with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.request(
            method, url, json=body, headers={"Authorization": f"Bearer {self.token}", **given}
        )

    async def get(self, url: str, **headers: str) -> httpx.Response:
        return await self.ask("GET", url, **headers)


@pytest.fixture
def asking(http: httpx.AsyncClient, token: Callable[[str], str]) -> Asking:
    """`asking(actor)` makes requests as that person."""

    def made(actor: Actor) -> Person:
        assert actor.subject is not None
        return Person(http, token(actor.subject))

    return made
