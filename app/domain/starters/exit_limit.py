"""How long a starter stays, fixed before they start (X-01, X-03): a latest day, a number of held meetings, or both.

The exact end, decided once for all: a latest day ends with that day in the organisation's time zone (S-h11: it is a
date, not an appointment); a number of meetings ends with the planned end of the last of them. A meeting counts from its
start, if nobody has cancelled it or said that it wasn't held, whether or not the starter was there (S-h4). The
organisation's ceiling cuts both. Whatever comes first is the end, and no decision moves an end into the past.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.shared.ids import BallotId
from app.domain.starters.errors import ExitInThePast, ExitNeeded, PastCeiling


class ExitStep(StrEnum):
    """What made a version of the exit."""

    FIXED = "fixed"
    """By the coordinator, together with the assignment (X-01)."""
    INHERITED = "inherited"
    """A replacement takes over what is left."""
    CONFIRMED = "confirmed"
    """The group has talked about it at its second meeting, and it stays as it is (X-05)."""
    SHORTENED = "shortened"
    EXTENDED = "extended"
    """By a ballot of the group; once (S-h2)."""
    ENDED_EARLY = "ended_early"
    """At once, by the starter or the organisation."""


class Party(StrEnum):
    """Whose decision it was. Within the group nobody is named: it is the group's."""

    COORDINATOR = "coordinator"
    GROUP = "group"
    STARTER = "starter"


def day_after(day: date, zone: str) -> datetime:
    """The instant (UTC) at which the day after this one begins in a time zone (IANA name)."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """What no decision goes past: the organisation's policy as it was when the first assignment was made (T1, B-15)."""

    meetings: int
    until: datetime
    """UTC; half-open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitLimit:
    """A limit as it was decided. At least one of the two is there (X-01)."""

    latest_date: date | None
    """The last day on which the starter may be there, as a date of the organisation's time zone."""
    until: datetime | None
    """When that day is over, UTC; half-open."""
    max_meetings: int | None
    """After how many held meetings they leave."""

    def __post_init__(self) -> None:
        if (self.latest_date is None) != (self.until is None):
            raise ValueError("a latest day has an end, and nothing else has")
        if self.latest_date is None and self.max_meetings is None:
            raise ExitNeeded

    @staticmethod
    def of(latest_date: date | None, max_meetings: int | None, zone: str) -> "ExitLimit":
        """The limit in an organisation of this time zone; `ExitNeeded` where neither is given."""
        until = None if latest_date is None else day_after(latest_date, zone)
        return ExitLimit(latest_date=latest_date, until=until, max_meetings=max_meetings)

    def require_still_to_come(self, now: datetime) -> None:
        """Refuse a latest day that is over."""
        if self.until is not None and self.until <= now:
            raise ExitInThePast("/latest_date")

    def require_within(self, ceiling: Ceiling) -> None:
        """Refuse a limit past the organisation's ceiling (T1)."""
        if self.max_meetings is not None and self.max_meetings > ceiling.meetings:
            raise PastCeiling("/max_meetings", meetings=ceiling.meetings, date=_last_day(ceiling.until))
        if self.until is not None and self.until > ceiling.until:
            raise PastCeiling("/latest_date", meetings=ceiling.meetings, date=_last_day(ceiling.until))

    def with_changes(self, latest_date: date | None, max_meetings: int | None, zone: str) -> "ExitLimit":
        """The same limit, changed in what is named."""
        if latest_date is None and max_meetings is None:
            raise ExitNeeded
        changed = ExitLimit.of(latest_date or self.latest_date, max_meetings or self.max_meetings, zone)
        if latest_date is None:
            # The instant stays as it was decided, should the time zone's rules change meanwhile.
            return ExitLimit(
                latest_date=self.latest_date, until=self.until, max_meetings=changed.max_meetings
            )
        return changed

    def bounds(self, ceiling: Ceiling) -> Ceiling:
        """What holds in truth: the limit, cut by the ceiling, in meetings and in time."""
        return Ceiling(
            meetings=min(self.max_meetings or ceiling.meetings, ceiling.meetings),
            until=min(self.until or ceiling.until, ceiling.until),
        )

    def with_agreed(self, agreed: "LongerStay") -> "ExitLimit":
        """The same limit, with what a group has agreed on in the place of what it names."""
        dated = agreed if agreed.latest_date is not None else self
        return ExitLimit(
            latest_date=dated.latest_date,
            until=dated.until,
            max_meetings=agreed.max_meetings or self.max_meetings,
        )

    def is_shorter_than(self, other: "ExitLimit", ceiling: Ceiling) -> bool:
        """Whether it lets the starter stay less, in one respect at least and in none longer."""
        mine, theirs = self.bounds(ceiling), other.bounds(ceiling)
        return mine != theirs and mine.meetings <= theirs.meetings and mine.until <= theirs.until


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerStay:
    """What a group is asked to agree on: a later last day, more meetings, or both. What isn't named stays as it is."""

    latest_date: date | None
    until: datetime | None
    """When that day is over, as it was when the group was asked."""
    max_meetings: int | None


def _last_day(until: datetime) -> str:
    return (until - timedelta(microseconds=1)).date().isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitVersion:
    """One version of an exit. Versions are added, never edited, and all are kept (T1)."""

    number: int
    step: ExitStep
    by: Party
    limit: ExitLimit
    recorded_at: datetime
    ballot_id: BallotId | None = None
    """The ballot that adopted a longer stay."""

    def __post_init__(self) -> None:
        if (self.step is ExitStep.EXTENDED) != (self.ballot_id is not None):
            raise ValueError("a longer stay has its ballot, and nothing else has one (T1)")


def end_under(
    *, step: ExitStep, recorded_at: datetime, until: datetime, last_meeting_ends_at: datetime | None
) -> datetime:
    """When the starter's rights are gone (half-open), as things stand.

    `until` is cut by the ceiling already; `last_meeting_ends_at` is the end of the last meeting that the limit allows,
    held or planned, or None where so many aren't in sight.
    """
    if step is ExitStep.ENDED_EARLY:
        return recorded_at
    end = until if last_meeting_ends_at is None else min(until, last_meeting_ends_at)
    return max(recorded_at, end)


def last_meeting_end(meetings: int, ends: Sequence[datetime]) -> datetime | None:
    """The end of the last meeting that a limit of so many allows, of the meetings that stand, in their order."""
    return ends[meetings - 1] if len(ends) >= meetings else None
