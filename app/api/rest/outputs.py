"""Answers as JSON: the view, written once, with its ETag."""

from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app.api.shared.auth import REPLAYED
from app.api.shared.etags import etag_of, is_unchanged
from app.content.texts import Language

T = TypeVar("T")


class PageOut(BaseModel, Generic[T]):
    """A page of a list."""

    model_config = ConfigDict(extra="forbid")

    items: list[T] = Field(description="The entries.")
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")


class ListOut(BaseModel, Generic[T]):
    """A whole list."""

    model_config = ConfigDict(extra="forbid")

    items: list[T] = Field(description="The entries.")


def written(value: Any) -> bytes:
    """A view as JSON."""
    return orjson.dumps(value, default=_as_text, option=orjson.OPT_UTC_Z)


def _as_text(value: Any) -> str:
    """Ids come from the database as a class of its driver, derived from the standard one, which orjson doesn't know."""
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no view holds a {type(value).__name__}")


def answer(
    request: Request,
    value: Any,
    *,
    status: int,
    language: Language,
    location: str | None = None,
    version: int | None = None,
) -> Response:
    """The view as this viewer sees it. `304` where they have it already; they have been authorised by now.

    orjson writes our views as the models of the OpenAPI document would (a test compares them), in half the time.
    """
    body = written(value)
    tag = etag_of(body)
    if version is not None:
        tag = f'"v{version}-{tag[1:]}'
    headers = {"ETag": tag, "Content-Language": language}
    if request.method in ("GET", "HEAD") and is_unchanged(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    if location is not None:
        headers["Location"] = location
    if request.scope["state"].get(REPLAYED, False):
        headers["Idempotency-Replayed"] = "true"
    return Response(body, status_code=status, headers=headers, media_type="application/json")
