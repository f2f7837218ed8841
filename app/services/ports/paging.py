"""Pages of a list: a cursor, never a total."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
MAX_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page: how many entries (1 to 100), and after which sort key."""

    limit: int = 25
    after: tuple[str, ...] | None = None
    """The sort key of the last entry seen, as the ways in have unsealed it from the caller's cursor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some entries of a list, and the sort key to go on from."""

    items: list[T]
    after: tuple[str, ...] | None
    """None on the last page."""


FIRST_PAGE = PageRequest()
