"""Pages, for both ways in: cursors are sealed here and opened here."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from app.api.shared.operations.operation import Operation
from app.api.shared.strict_model import PageSize, StrictModel
from app.api.shared.ways import Ways
from app.domain.shared.actor import Actor
from app.domain.shared.errors import CursorMismatch
from app.services.ports.paging import Page, PageRequest


class PageIn(StrictModel):
    """Which page."""

    limit: Annotated[PageSize, Field(description="How many entries, 1 to 100.")] = 25
    cursor: Annotated[
        str | None,
        Field(max_length=1024, description="The next cursor that the page before has told; good for a day."),
    ] = None


def question_of(operation: Operation, place: dict[str, Any], filters: StrictModel | None) -> dict[str, Any]:
    """What is asked, so that a cursor fits this list, these filters and this person only.

    `filters` may hold the page as well; which one that is, is no part of the question.
    """
    asked: dict[str, Any] = {"list": operation.name, **{name: str(value) for name, value in place.items()}}
    if filters is not None:
        for name in _names(type(filters)):
            value = getattr(filters, name)
            asked[name] = None if value is None else str(value)
    return asked


@cache
def _names(filters: type[StrictModel]) -> frozenset[str]:
    return frozenset(filters.model_fields.keys() - PageIn.model_fields.keys())


def open_page(ways: Ways, actor: Actor, question: dict[str, Any], wanted: PageIn) -> PageRequest:
    """The page that is asked for; `CursorMismatch` for a cursor that isn't ours, or is for something else."""
    if wanted.cursor is None:
        return PageRequest(limit=wanted.limit)
    values = ways.cursors.open(wanted.cursor, question, actor, ways.clock())
    if not all(isinstance(value, str) for value in values):
        raise CursorMismatch
    return PageRequest(limit=wanted.limit, after=tuple(str(value) for value in values))


def next_cursor(ways: Ways, actor: Actor, question: dict[str, Any], page: Page[Any]) -> str | None:
    """The cursor of the page after this one; None on the last."""
    if page.after is None:
        return None
    return ways.cursors.seal(page.after, question, actor, ways.clock())
