"""Quiet hours: when somebody doesn't want to be disturbed, by the clock on their wall."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.shared.errors import DomainError, Kind

UTC = ZoneInfo("UTC")


class QuietHoursMakeNoSense(DomainError):
    """Quiet hours have a beginning and another end, or there are none: neither of the two is given then."""

    kind, code = Kind.INVALID, "messages.quiet_hours"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when (half-open), by the clock of a zone; over midnight where the end is earlier than the beginning."""

    starts: time
    ends: time
    zone: str

    def __post_init__(self) -> None:
        if self.starts == self.ends:
            raise QuietHoursMakeNoSense("/quiet_from")

    def covers(self, moment: datetime) -> bool:
        """Whether it is quiet then."""
        clock = moment.astimezone(ZoneInfo(self.zone)).timetz().replace(tzinfo=None)
        if self.starts < self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends

    def over_at(self, moment: datetime) -> datetime:
        """The first instant from this one on at which it isn't quiet.

        In the hour that comes twice, it is the first end after the moment; an end that the change of the clock leaves out
        is as late as the clock would have been.
        """
        if not self.covers(moment):
            return moment
        zone = ZoneInfo(self.zone)
        local = moment.astimezone(zone)
        ends = [
            datetime.combine(local.date() + timedelta(days=days), self.ends, zone).replace(fold=fold)
            for days in (0, 1)
            for fold in (0, 1)
        ]
        later = (end.astimezone(UTC) for end in ends)
        return min(end for end in later if end >= moment)


def quiet_hours(starts: time | None, ends: time | None, zone: str) -> QuietHours | None:
    """Quiet hours from both of their ends; None where there are none."""
    if (starts is None) != (ends is None):
        raise QuietHoursMakeNoSense("/quiet_from" if starts is None else "/quiet_until")
    return None if starts is None or ends is None else QuietHours(starts, ends, zone)
