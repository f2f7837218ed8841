"""What is shown of a meeting: to members all of it, to whoever hasn't signed the first meeting's time and place."""

from datetime import date, datetime
from typing import Any, ClassVar

from app.domain.groups.standing import Standing
from app.domain.meetings.advice import MeetingAdvice
from app.domain.meetings.meeting import Meeting, MeetingKind, MeetingStatus, StarterAt, kind_of
from app.domain.meetings.place import PlaceType, may_know_place
from app.domain.meetings.series import Series
from app.domain.shared.ids import GroupId, MeetingId
from app.services.ports.view import DESCRIBED, view


@view
class MeetingFacts:
    """A meeting, and where it stands among the group's meetings."""

    meeting: Meeting
    position: int
    """How many meetings of the group come before it, cancelled ones aside."""
    generation: int
    """The generation that meets."""
    first_of_generation: bool
    starter: StarterAt = StarterAt.NONE
    """Whether a starter is there, and whether for the last time."""


@view
class Surroundings:
    """What stands around a meeting, for advice on it."""

    country: str
    time_zone: str
    """IANA name; the organisation's."""
    previous_at: datetime | None
    """Start of the group's meeting before it."""
    next_at: datetime | None
    """Start of the one after it."""
    room_taken: bool
    """Whether another group of the organisation is in the same public room at the same time; never which."""


@view
class MeetingHintView:
    """Something worth knowing about a meeting. It never stands in the way of one."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    code: MeetingAdvice
    """What it is about."""
    rules: list[str]
    """The rules behind it."""
    text: str
    """In the reader's language."""


@view
class MeetingView:
    """One gathering of a group. What is said there stands nowhere (C-09)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: MeetingId
    """Id of the meeting."""
    group_id: GroupId
    """The group that meets."""
    starts_at: datetime
    """Start, UTC."""
    ends_at: datetime
    """Planned end, UTC."""
    minutes: int
    """Planned length in minutes; 120 is usual (M-02)."""
    place: str | None
    """Where, or how to get in; null for whoever hasn't signed, except where the first meeting is (D-h1). A home, a
    link or a number is for signed members alone (M-h6)."""
    place_type: PlaceType
    """What kind of place it is."""
    in_series: bool
    """Whether it comes from the group's series and follows it; moved by itself, it doesn't any more."""
    kind: MeetingKind
    """What it is for; it decides the agenda."""
    status: MeetingStatus
    """A meeting counts as held once its start has passed."""
    advice: list[MeetingHintView] | None
    """What is worth knowing about a meeting to come, where one is read or changed; null in lists, and for whoever
    hasn't signed or isn't of the group. It never stands in the way."""
    version: int
    """Send it back as `If-Match` (REST) or `version` (GraphQL) when you change the meeting."""

    @staticmethod
    def of(
        facts: MeetingFacts,
        standing: Standing,
        now: datetime,
        advice: list[MeetingHintView] | None = None,
        *,
        shielded: bool,
    ) -> "MeetingView":
        """The meeting as whoever has this standing may see it. `shielded`: `Group.shields_place`."""
        meeting = facts.meeting
        kind = kind_of(facts.position, facts.generation, facts.first_of_generation, facts.starter)
        sees_place = may_know_place(
            meeting.place_type,
            signed=standing in (Standing.MEMBER, Standing.STARTER),
            arranges=standing is Standing.COORDINATOR,
            is_first=kind.is_first,
            shielded=shielded,
        )
        return MeetingView(
            id=meeting.id,
            group_id=meeting.group_id,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            minutes=meeting.minutes,
            place=meeting.place if sees_place else None,
            place_type=meeting.place_type,
            in_series=meeting.slot_at is not None and meeting.apart_at is None,
            kind=kind,
            status=meeting.status(now),
            advice=None if standing in (Standing.UNSIGNED, Standing.STARTER) else advice,
            version=meeting.version,
        )


@view
class SeriesView:
    """The rhythm of a group's meetings: the group's own, in wall time (M-01, M-04, G-17)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    group_id: GroupId
    """The group that meets."""
    first_local: str
    """First meeting by the clock on the wall: `2026-10-08T18:00`."""
    time_zone: str
    """IANA name of that clock's zone. The hour on the wall stays when the clocks change."""
    weekly_meetings: int
    """How many meetings, from the first, are a week apart (M-04)."""
    then_every_weeks: int
    """How many weeks lie between those that follow."""
    until: date | None
    """Last day on which the group means to meet; its own choice, to be dropped at any time (G-16). Null: no end."""
    recurrence: list[str]
    """The same as RFC 5545 writes it: for each phase a `DTSTART` and an `RRULE`, on a line each."""
    minutes: int
    """Planned length of each meeting in minutes."""
    place: str | None
    """Where, or how to get in; null for whoever hasn't signed."""
    place_type: PlaceType
    """What kind of place it is."""
    ended: bool
    """Whether the group has ended it."""
    advice: list[MeetingHintView]
    """What is worth knowing about it, holidays of the coming half year included. It never stands in the way."""
    version: int
    """Send it back as `If-Match` (REST) or `version` (GraphQL) when you change the series."""

    @staticmethod
    def of(series: Series, standing: Standing, advice: list[MeetingHintView]) -> "SeriesView":
        """The series as whoever has a place in the group may see it."""
        signed = standing is Standing.MEMBER
        return SeriesView(
            group_id=series.group_id,
            first_local=series.first_local.isoformat(timespec="minutes"),
            time_zone=series.time_zone,
            weekly_meetings=series.weekly_meetings,
            then_every_weeks=series.then_every_weeks,
            until=series.until,
            recurrence=series.rhythm.recurrence(),
            minutes=series.minutes,
            place=series.place if signed else None,
            place_type=series.place_type,
            ended=series.ended_at is not None,
            advice=advice if signed else [],
            version=series.version,
        )
