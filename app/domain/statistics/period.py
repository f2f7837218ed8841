"""Fixed periods: whole quarters of the calendar, and no others, so that no two of them overlap."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.shared.errors import DomainError, Kind

SETTLED_DAYS = 14
"""How long after its end a quarter is closed: members can correct for seven days whether a meeting was held."""
_WRITTEN = re.compile(r"(\d{4})-Q([1-4])")


class PeriodNotClosed(DomainError):
    """Figures are published for whole quarters, two weeks after their end at the earliest."""

    kind, code, rules = Kind.CONFLICT, "statistics.period_not_closed", ("O-06",)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @staticmethod
    def parse(written: str) -> "Quarter":
        """From `2026-Q3`; `ValueError` for anything else."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError("a quarter is written 2026-Q3")
        return Quarter(int(found[1]), int(found[2]))

    @staticmethod
    def of(moment: datetime, zone: str) -> "Quarter":
        """The quarter that an instant lies in, by the clock on the wall."""
        local = moment.astimezone(ZoneInfo(zone))
        return Quarter(local.year, (local.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    def before(self) -> "Quarter":
        """The one before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def begins(self, zone: str) -> datetime:
        """Its first instant, UTC."""
        return datetime(self.year, 3 * self.number - 2, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    def ends(self, zone: str) -> datetime:
        """The first instant after it, UTC."""
        after = Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)
        return after.begins(zone)

    def is_closed(self, now: datetime, zone: str) -> bool:
        """Whether its figures can't change any more."""
        return self.ends(zone) + timedelta(days=SETTLED_DAYS) <= now


def newest_closed(now: datetime, zone: str) -> Quarter:
    """The last quarter that is closed."""
    quarter = Quarter.of(now, zone).before()
    return quarter if quarter.is_closed(now, zone) else quarter.before()
