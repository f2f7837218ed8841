"""Is it alive, may it be sent work, and how is it doing: for the machinery around, not for people."""

import asyncio
from collections.abc import Awaitable, Callable

import orjson
from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.responses import Response

from app.api.shared.draining import Drain
from app.api.shared.problem_handlers import request_id_of
from app.api.shared.problems import PROBLEM_JSON, describe_edge
from app.content.texts import negotiate

Readiness = Callable[[], Awaitable[list[str]]]
"""Answers the short names of what is missing (`database`, `migrations`); empty when all is well."""

_PATIENCE_SECONDS = 3.0


def health_routes(ready: Readiness, drain: Drain, registry: CollectorRegistry) -> APIRouter:
    """`/livez` (the process, whatever the database does), `/readyz` (503 while anything is missing or the
    process is draining) and `/metrics` (Prometheus' text form). Keep `/metrics` from the world at the proxy."""
    router = APIRouter(include_in_schema=False)

    @router.get("/livez")
    async def livez() -> Response:
        """Alive."""
        return _ok()

    @router.get("/readyz")
    async def readyz(request: Request) -> Response:
        """Ready for work, or what is missing."""
        reasons = ["draining"] if drain.has_begun else await _missing(ready)
        if not reasons:
            return _ok()
        language = negotiate(request.headers.get("accept-language"))
        problem = describe_edge("shared.not_ready", language, request_id_of(request.scope))
        return Response(
            orjson.dumps({**problem, "reasons": reasons}),
            status_code=503,
            headers={"Retry-After": "2", "Content-Language": language},
            media_type=PROBLEM_JSON,
        )

    @router.get("/metrics")
    async def metrics() -> Response:
        """Counts and durations; no person and no id in them."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


async def _missing(ready: Readiness) -> list[str]:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await ready()
    except TimeoutError:
        return ["no_answer"]
    except Exception:
        # Whatever keeps us from knowing keeps us from being ready; the check's own log tells more.
        return ["check_failed"]


def _ok() -> Response:
    return Response(b'{"status":"ok"}', media_type="application/json")
