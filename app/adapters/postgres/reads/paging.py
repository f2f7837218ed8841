"""Keyset pages: one entry more than asked for tells whether there is a next page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Uuid, or_, tuple_

from app.adapters.postgres.statements import p
from app.domain.shared.errors import CursorMismatch
from app.services.ports.paging import Page, PageRequest

T = TypeVar("T")
_AT, _ID = p("after_at", DateTime(timezone=True)), p("after_id", Uuid)


def before_cursor(moment: Any, entry: Any) -> ColumnElement[bool]:
    """Those of a list with the newest first that come after the page before, by `instant_and_id`; all on the first page."""
    return or_(_AT.is_(None), tuple_(moment, entry) < tuple_(_AT, _ID))


def after_cursor(moment: Any, entry: Any) -> ColumnElement[bool]:
    """The same of a list with the oldest first."""
    return or_(_AT.is_(None), tuple_(moment, entry) > tuple_(_AT, _ID))


def instant_and_id(after: tuple[str, ...] | None) -> dict[str, Any]:
    """Parameters of a page ordered by an instant and an id: `after_at` and `after_id`, None on the first page."""
    if after is None:
        return {"after_at": None, "after_id": None}
    try:
        moment, entry = after
        return {"after_at": datetime.fromisoformat(moment), "after_id": UUID(entry)}
    except ValueError:
        raise CursorMismatch from None


def page_of(
    rows: list[Any], request: PageRequest, make: Callable[[Any], T], key: Callable[[Any], tuple[str, ...]]
) -> Page[T]:
    """A page from rows of which one more than the limit was asked for."""
    shown = rows[: request.limit]
    after = key(shown[-1]) if len(rows) > request.limit else None
    return Page(items=[make(row) for row in shown], after=after)
