"""The series: a group's own rhythm of meetings, and what becomes of meetings when the rhythm changes.

Meetings of a series are written ahead for half a year, so that everything that looks at meetings (held ones, the next
one, a grace, an exit, an offer's expiry) sees them with no job running. Whoever in the group looks at or changes
meetings writes the next ones. A group that nobody has looked at for half a year runs out of meetings, and is asked how
it is (G-h9); meetings never go on by themselves in a group that has stopped meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.domain.meetings.errors import MeetingInThePast, SeriesOver
from app.domain.meetings.meeting import Meeting
from app.domain.meetings.place import PlaceType
from app.domain.meetings.rhythm import Rhythm
from app.domain.shared.ids import GroupId, OrganisationId

HORIZON = timedelta(weeks=26)
"""How far ahead meetings are written: at most 26 at a time, as nobody meets more often than weekly."""
SHORT = timedelta(weeks=18)
"""Below this much written ahead, whoever looks writes on."""


@dataclass(slots=True, kw_only=True)
class Series:
    """The rhythm of a group, one for each; the members' own, and nobody else's (G-17, M-06)."""

    organisation_id: OrganisationId
    group_id: GroupId
    first_local: datetime
    time_zone: str
    weekly_meetings: int
    then_every_weeks: int
    until: date | None
    minutes: int
    place: str
    place_type: PlaceType
    planned_until: datetime
    """Up to this instant its meetings have been written."""
    ended_at: datetime | None
    version: int

    @property
    def rhythm(self) -> Rhythm:
        """When it meets."""
        return Rhythm(
            first_local=self.first_local,
            time_zone=self.time_zone,
            weekly_meetings=self.weekly_meetings,
            then_every_weeks=self.then_every_weeks,
            until=self.until,
        )

    def follow(self, rhythm: Rhythm, minutes: int, place: str, place_type: PlaceType, now: datetime) -> None:
        """Take up another rhythm, length or place from now on."""
        self.require_running()
        require_ahead(rhythm, now)
        self.first_local, self.time_zone = rhythm.first_local, rhythm.time_zone
        self.weekly_meetings, self.then_every_weeks = rhythm.weekly_meetings, rhythm.then_every_weeks
        self.until, self.minutes, self.place, self.place_type = rhythm.until, minutes, place, place_type

    def end(self, now: datetime) -> None:
        """No more meetings by themselves. Ending twice is the same as once."""
        self.ended_at = self.ended_at or now

    def require_running(self) -> None:
        """Refuse whatever only a running series allows."""
        if self.ended_at is not None:
            raise SeriesOver

    def is_short(self, now: datetime) -> bool:
        """Whether it is time to write its next meetings."""
        return self.ended_at is None and self.planned_until < now + SHORT

    def go_on(self, now: datetime) -> list[datetime]:
        """The starts that have not been written yet, up to the horizon; from then on they have been."""
        through = horizon(self.rhythm, now)
        if self.ended_at is not None or self.planned_until >= through:
            return []
        starts = self.rhythm.starts(max(self.planned_until, now), through)
        self.planned_until = through
        return starts


@dataclass(slots=True)
class Replanned:
    """What a change of the series does to meetings: those to save, and starts of those to add."""

    changed: list[Meeting] = field(default_factory=list)
    added: list[datetime] = field(default_factory=list)


def horizon(rhythm: Rhythm, now: datetime) -> datetime:
    """How far meetings are written: half a year ahead, from the first meeting where that is still to come."""
    return max(now, rhythm.first_start()) + HORIZON


def require_ahead(rhythm: Rhythm, now: datetime) -> None:
    """Refuse a rhythm whose first meeting lies behind us."""
    if rhythm.first_start() <= now:
        raise MeetingInThePast("/first_local")


def replan(series: Series, rows: Sequence[Meeting], now: datetime) -> Replanned:
    """Fit the meetings that the series has written to what it says now.

    `rows`: its meetings whose own start in the rhythm is still to come. What the group has moved or cancelled by itself
    stays as the group left it, and isn't doubled; what nobody has touched follows, or goes.
    """
    through = horizon(series.rhythm, now)
    wanted = set() if series.ended_at else set(series.rhythm.starts(now, through))
    plan = Replanned()
    for meeting in rows:
        if meeting.slot_at in wanted:
            wanted.discard(meeting.slot_at)
            if meeting.follow(series.minutes, series.place, series.place_type):
                plan.changed.append(meeting)
        elif meeting.give_way(now):
            plan.changed.append(meeting)
    plan.added = sorted(wanted)
    series.planned_until = through
    return plan
