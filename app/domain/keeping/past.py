"""What is past its time, and what has become of it: a report that tells what really went, and not what was meant to."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.keeping.retention import Kept
from app.domain.shared.ids import OrganisationId


class Ending(StrEnum):
    """What becomes of a row at the end of its time."""

    DELETED = "deleted"
    UNLINKED = "unlinked"
    """It stands for nobody any more; its dates stay."""
    EMPTIED = "emptied"
    """Its words go; that it was there stays for its own time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Rows of one table of one organisation that are past the time of their class."""

    organisation: OrganisationId
    table: str
    kept: Kept
    ending: Ending
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What was done with them: how many were found, how many of them really went, and how many are still there."""

    past: Past
    gone: int
    left: int

    @property
    def is_true(self) -> bool:
        """Whether nothing is left that should have gone: as a query afterwards has found, whatever was done."""
        return self.left == 0
