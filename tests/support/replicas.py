"""Replicas of the service: each with pools, memories and streams of its own, over one database, served on loopback."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import httpx
from fastapi import FastAPI

from app.bootstrap import Running
from app.domain.shared.actor import Actor
from tests.support.following import Follower, following
from tests.support.serving import application_of, serving


@dataclass(frozen=True)
class Replica:
    """One of them."""

    app: FastAPI
    url: str
    http: httpx.AsyncClient
    token: Callable[..., str]

    def follow(self, actor: Actor, **asked: str) -> AbstractAsyncContextManager[Follower]:
        """Follow as somebody."""
        assert actor.subject is not None
        return following(self.http, self.token(actor.subject), **asked)


@asynccontextmanager
async def replica_of(
    service: Running, token: Callable[..., str], public_url: str = "https://verksted.test"
) -> AsyncIterator[Replica]:
    """A replica over a service."""

    async with (
        application_of(service, public_url=public_url) as app,
        serving(app) as url,
        httpx.AsyncClient(base_url=url, timeout=30) as http,
    ):
        yield Replica(app, url, http, token)
