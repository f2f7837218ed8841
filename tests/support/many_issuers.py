"""Issuers of every kind on loopback, and services that believe all of them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast

import httpx
from fastapi import FastAPI

from app.bootstrap import running
from app.settings import IssuerSettings, Settings
from tests.support.fake_issuer import AUDIENCE, KINDS, FakeIssuer
from tests.support.serving import client_of, serving
from tests.support.world import Travel

PUBLIC = "https://api.example.no"


@asynccontextmanager
async def issuers_served() -> AsyncIterator[dict[str, FakeIssuer]]:
    """One issuer of each kind, asked over real sockets."""
    async with AsyncExitStack() as stack:
        issuers = {}
        for kind in KINDS:
            issuer = issuers[kind] = FakeIssuer(kind)
            issuer.issuer = await stack.enter_async_context(serving(cast("FastAPI", issuer)))
        yield issuers


@asynccontextmanager
async def service_of(
    settings: Settings, issuers: dict[str, FakeIssuer], travel: Travel
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service of its own, with its own pool, verifier and memory, that believes these issuers.

    Its clock is that of everybody else in this database: what they have counted of somebody's attempts lies in its past.
    """
    believed = tuple(
        IssuerSettings(
            issuer=issuer.issuer,
            audience=AUDIENCE,
            profile=cast(Any, kind),
            without_acr="nothing" if kind == "oidc" else None,
        )
        for kind, issuer in issuers.items()
    )
    ours = settings.model_copy(update={"issuers": believed, "public_url": PUBLIC, "pool_size": 3})
    async with (
        running(ours, travel) as service,
        client_of(service, base_url="http://10.0.0.7:8000", public_url=PUBLIC) as client,
    ):
        yield client
