"""The meeting: one gathering of a group. Nothing that is said there has a field here (C-09)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.meetings.errors import (
    MeetingCancelled,
    MeetingHasStarted,
    MeetingInThePast,
    NotCorrectable,
)
from app.domain.meetings.place import PlaceType
from app.domain.shared.ids import GroupId, MeetingId, OrganisationId

CORRECTION_TIME = timedelta(days=7)
"""How long after its start members may say that a meeting was not held after all."""


class MeetingKind(StrEnum):
    """What the meeting is for; it decides the agenda. Computed, never stored."""

    FIRST_WITH_STARTER = "first_with_starter"
    FIRST_WITHOUT_STARTER = "first_without_starter"
    SECOND = "second"
    LAST_WITH_STARTER = "last_with_starter"
    NEW_GENERATION = "new_generation"
    ORDINARY = "ordinary"

    @property
    def is_first(self) -> bool:
        """Whether the group meets for the first time."""
        return self in (MeetingKind.FIRST_WITH_STARTER, MeetingKind.FIRST_WITHOUT_STARTER)


class StarterAt(StrEnum):
    """Whether a starter is there at a meeting, and whether it is the last one with a starter (X-08). Computed."""

    NONE = "none"
    PRESENT = "present"
    LAST = "last"


class MeetingStatus(StrEnum):
    """Computed: a meeting counts as held once its start has passed and nobody has said otherwise."""

    PLANNED = "planned"
    HELD = "held"
    NOT_HELD = "not_held"
    CANCELLED = "cancelled"


@dataclass(slots=True, kw_only=True)
class Meeting:
    """One gathering. Times are instants in UTC; the place is shown to those who belong only (M-17)."""

    id: MeetingId
    organisation_id: OrganisationId
    group_id: GroupId
    starts_at: datetime
    minutes: int
    """Planned length; 120 is usual (M-02)."""
    place: str
    place_type: PlaceType
    slot_at: datetime | None
    """Its start in the group's series, if it comes from there."""
    apart_at: datetime | None
    """When the group moved it by itself, out of the series."""
    replaced_at: datetime | None
    """When it gave way to another rhythm; it is cancelled then, and in no list."""
    cancelled_at: datetime | None
    not_held_at: datetime | None
    """When members said that it was not held after all."""
    moved_at: datetime | None = None
    """When the group last gave it another time or place, so that those who weren't there can be told."""
    version: int

    @property
    def ends_at(self) -> datetime:
        """When it is over as planned."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def has_started(self, now: datetime) -> bool:
        """Whether its start has passed without its having been cancelled (half-open: at the start, yes)."""
        return self.cancelled_at is None and self.starts_at <= now

    def status(self, now: datetime) -> MeetingStatus:
        """What has become of it, as of an instant."""
        if self.cancelled_at is not None:
            return MeetingStatus.CANCELLED
        if now < self.starts_at:
            return MeetingStatus.PLANNED
        return MeetingStatus.HELD if self.not_held_at is None else MeetingStatus.NOT_HELD

    def move(
        self,
        starts_at: datetime,
        minutes: int,
        place: str,
        now: datetime,
        place_type: PlaceType = PlaceType.OTHER_PUBLIC,
    ) -> None:
        """Another time or place, as long as it hasn't begun. A series lets go of it."""
        self._still_to_come(now)
        if starts_at <= now:
            raise MeetingInThePast("/starts_at")
        self.starts_at, self.minutes, self.place, self.place_type = starts_at, minutes, place, place_type
        self.moved_at = now
        if self.slot_at is not None:
            self.apart_at = self.apart_at or now

    def cancel(self, now: datetime) -> None:
        """It won't take place. Cancelling twice is the same as once."""
        if self.cancelled_at is None:
            self._still_to_come(now)
            self.cancelled_at = now

    def correct(self, *, held: bool, now: datetime) -> None:
        """Say that it was not held after all, or that it was. The group stays closed either way (A-01)."""
        if self.cancelled_at is not None or not self.starts_at <= now < self.starts_at + CORRECTION_TIME:
            raise NotCorrectable
        self.not_held_at = None if held else self.not_held_at or now

    def follow(self, minutes: int, place: str, place_type: PlaceType) -> bool:
        """Be as its series says, where the group hasn't moved or cancelled it by itself; whether anything changed."""
        if self.apart_at is not None or (self.cancelled_at is not None and self.replaced_at is None):
            return False
        before = (self.replaced_at, self.minutes, self.place, self.place_type)
        self.cancelled_at = self.replaced_at = None
        self.minutes, self.place, self.place_type = minutes, place, place_type
        return before != (None, minutes, place, place_type)

    def give_way(self, now: datetime) -> bool:
        """Make room for another rhythm, where the group hasn't moved or cancelled it by itself; whether it did."""
        if self.apart_at is not None or self.cancelled_at is not None:
            return False
        self.cancelled_at = self.replaced_at = now
        return True

    def _still_to_come(self, now: datetime) -> None:
        if self.cancelled_at is not None:
            raise MeetingCancelled
        if self.starts_at <= now:
            raise MeetingHasStarted


def kind_of(
    position: int, generation: int, first_of_generation: bool, starter: StarterAt = StarterAt.NONE
) -> MeetingKind:
    """What a meeting is for: its place among the group's meetings (0 = first), and whether it is a new generation's first.

    With the entry of a new member the next meeting becomes `new_generation` by itself (A-05).
    """
    if position == 0:
        alone = starter is StarterAt.NONE
        return MeetingKind.FIRST_WITHOUT_STARTER if alone else MeetingKind.FIRST_WITH_STARTER
    if generation > 1 and first_of_generation:
        return MeetingKind.NEW_GENERATION
    if starter is StarterAt.LAST:
        return MeetingKind.LAST_WITH_STARTER
    return MeetingKind.SECOND if position == 1 else MeetingKind.ORDINARY
