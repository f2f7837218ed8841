"""How often a group meets: by the clock on its wall, weekly at first and then more rarely (M-01, M-04).

Wall time and the name of a time zone are what is agreed; instants are computed from them. So 18:00 stays 18:00 when
the clocks change (M-h2). A time that the clocks leap over is read with the offset before the leap, one that they pass
twice is the first of the two: as RFC 5545 has it (3.3.5), and as `zoneinfo` does it with `fold=0`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from app.domain.shared.errors import Invalid

WEEK = timedelta(weeks=1)
_RFC = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Two phases: every week for the first meetings, then every so many weeks."""

    first_local: datetime
    """The first meeting by the clock on the wall, without an offset."""
    time_zone: str
    """IANA name of the zone of that clock."""
    weekly_meetings: int
    """How many meetings, from the first, are a week apart; 0 for none."""
    then_every_weeks: int
    """How many weeks lie between those that follow."""
    until: date | None
    """Last day on which the group means to meet, set and dropped by the group alone (G-16); None: no end."""

    def __post_init__(self) -> None:
        if self.first_local.tzinfo is not None:
            raise ValueError("wall time has no offset")
        if self.weekly_meetings < 0 or self.then_every_weeks < 1:
            raise ValueError("meetings go forward")
        if self.until is not None and self.until < self.first_local.date():
            raise Invalid("/until")

    def wall_times(self) -> Iterator[datetime]:
        """Every meeting by the clock on the wall, in order; without an end unless the group has set one."""
        times = (self.first_local + self._weeks_before(index) * WEEK for index in count())
        until = self.until
        return times if until is None else takewhile(lambda local: local.date() <= until, times)

    def first_start(self) -> datetime:
        """The first meeting's start, UTC."""
        return self.first_local.replace(tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)

    def starts(self, after: datetime, through: datetime) -> list[datetime]:
        """The starts (UTC) after one instant and up to another, that one included."""
        zone = ZoneInfo(self.time_zone)
        # A day of slack on either side: no offset is longer.
        last = through.astimezone(UTC).replace(tzinfo=None) + timedelta(days=1)
        instants = (
            local.replace(tzinfo=zone).astimezone(UTC)
            for local in takewhile(lambda local: local <= last, self.wall_times())
        )
        return [instant for instant in instants if after < instant <= through]

    def recurrence(self) -> list[str]:
        """The rhythm as RFC 5545 writes it: one text for each phase, a line with its start and a line with its rule."""
        split, until = self.weekly_meetings, self.until
        if self.then_every_weeks == 1 or split <= 1:
            return [self._phase(0, self.then_every_weeks, None, until)]
        weekly = split if until is None else min(split, self._weeks_to(until) + 1)
        parts = [self._phase(0, 1, weekly, None)]
        if until is None or self._wall(split).date() <= until:
            parts.append(self._phase(split, self.then_every_weeks, None, until))
        return parts

    def longest_gap(self) -> timedelta:
        """The longest time that the rhythm leaves between two meetings."""
        return self.then_every_weeks * WEEK

    def _weeks_before(self, index: int) -> int:
        calm = max(self.weekly_meetings - 1, 0)
        return index if index <= calm else calm + (index - calm) * self.then_every_weeks

    def _wall(self, index: int) -> datetime:
        return self.first_local + self._weeks_before(index) * WEEK

    def _weeks_to(self, day: date) -> int:
        return (day - self.first_local.date()).days // 7

    def _phase(self, index: int, weeks: int, times: int | None, until: date | None) -> str:
        rule = "RRULE:FREQ=WEEKLY"
        if weeks > 1:
            rule += f";INTERVAL={weeks}"
        if times is not None:
            rule += f";COUNT={times}"
        if until is not None:
            last = datetime.combine(until, time(23, 59, 59), ZoneInfo(self.time_zone)).astimezone(UTC)
            rule += f";UNTIL={last.strftime(_RFC)}Z"
        return f"DTSTART;TZID={self.time_zone}:{self._wall(index).strftime(_RFC)}\n{rule}"
