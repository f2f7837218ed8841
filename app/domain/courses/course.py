"""A coping course from which a group can grow, and the five things that make it more likely (R-03 to R-08).

Dates are calendar days where the organisation is. What is due is computed from them, never stored.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.courses.errors import (
    CourseOver,
    LastDayBeforeFirst,
    MilestoneInTheFuture,
    SignUpNotOpen,
    StartUndecided,
)
from app.domain.shared.ids import CourseId, OrganisationId, PersonId, SignUpId


class Milestone(StrEnum):
    """What is done on the way from a course to a group, in the order in which it falls due."""

    TOLD_FROM_THE_START = "told_from_the_start"
    """R-03"""
    OPEN_FOR_QUESTIONS = "open_for_questions"
    """R-05"""
    RAISED_AGAIN = "raised_again"
    """R-06"""
    NEEDS_CLARIFIED = "needs_clarified"
    """R-07"""
    SIGN_UPS_TAKEN = "sign_ups_taken"
    """R-08"""


class MilestoneState(StrEnum):
    """How a milestone stands on a day."""

    AHEAD = "ahead"
    DUE = "due"
    DONE = "done"


_SHARE = {
    Milestone.TOLD_FROM_THE_START: (0, 6),
    Milestone.OPEN_FOR_QUESTIONS: (3, 6),
    Milestone.RAISED_AGAIN: (4, 6),
    Milestone.NEEDS_CLARIFIED: (5, 6),
    Milestone.SIGN_UPS_TAKEN: (6, 6),
}
"""At which part of the course each falls due: on the first day, half way, in its last third, before the end, last day."""


@dataclass(slots=True, kw_only=True)
class Course:
    """A course of an organisation. Its group's date and place are decided before sign-up opens (R-02)."""

    id: CourseId
    organisation_id: OrganisationId
    title: str
    first_day: date
    last_day: date
    theme: str | None
    """What the group will gather around; None is as good (G-14)."""
    form: str
    """How the group will meet (G-27)."""
    area: str
    """Coarse: a town or a part of it."""
    language: str
    seats: int
    group_starts_at: datetime | None
    """UTC; the group's first meeting."""
    group_place: str | None
    """Where; told to those who have signed up."""
    practical: str | None
    """What else people want to know before they come (R-08)."""
    sign_up_code: str
    sign_up_opened_at: datetime | None
    cancelled_at: datetime | None
    created_at: datetime
    version: int
    done: dict[Milestone, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.require_whole()

    def require_whole(self) -> None:
        """Refuse days in the wrong order, and an open sign-up without a date and a place (R-02)."""
        if self.sign_up_opened_at is not None and not self.start_is_decided:
            raise StartUndecided
        if self.last_day < self.first_day:
            raise LastDayBeforeFirst("/last_day")
        if self.group_starts_at is not None and self.group_starts_at.date() < self.first_day:
            raise LastDayBeforeFirst("/group_starts_at")

    def due_on(self, milestone: Milestone) -> date:
        """The day on which a milestone falls due."""
        part, whole = _SHARE[milestone]
        return self.first_day + timedelta(days=(self.last_day - self.first_day).days * part // whole)

    def state(self, milestone: Milestone, today: date) -> MilestoneState:
        """How a milestone stands on a day."""
        if milestone in self.done:
            return MilestoneState.DONE
        return MilestoneState.DUE if today >= self.due_on(milestone) else MilestoneState.AHEAD

    def note(self, milestone: Milestone, done_on: date | None, today: date) -> None:
        """Note that a milestone was done, or that it wasn't after all."""
        if done_on is None:
            self.done.pop(milestone, None)
        elif done_on > today:
            raise MilestoneInTheFuture("/done_on")
        else:
            self.done[milestone] = done_on

    @property
    def start_is_decided(self) -> bool:
        """Whether there is a date and a place for the group's start."""
        return self.group_starts_at is not None and self.group_place is not None

    def is_over(self, now: datetime) -> bool:
        """Whether nothing more can come of it: cancelled, or its group's start has passed."""
        return self.cancelled_at is not None or (
            self.group_starts_at is not None and self.group_starts_at <= now
        )

    def is_open(self, now: datetime) -> bool:
        """Whether people can sign up: from its opening until the group's start."""
        return self.sign_up_opened_at is not None and not self.is_over(now)

    def require_going_on(self, now: datetime) -> None:
        """Refuse what a course that is over can't have any more."""
        if self.is_over(now):
            raise CourseOver

    def require_open(self, now: datetime) -> None:
        """Refuse whoever can't sign up now."""
        if not self.is_open(now):
            raise SignUpNotOpen

    def open_sign_up(self, now: datetime) -> None:
        """Let people sign up. Only with a date and a place that they can count on (R-02)."""
        self.require_going_on(now)
        if not self.start_is_decided:
            raise StartUndecided
        if self.sign_up_opened_at is None:
            self.sign_up_opened_at = now

    def cancel(self, now: datetime) -> None:
        """The course is cancelled, or no group shall grow from it."""
        if self.cancelled_at is None:
            self.cancelled_at = now


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """A person's own wish to be in the group that grows from a course (R-08, A-07). It goes with the invitation."""

    id: SignUpId
    organisation_id: OrganisationId
    course_id: CourseId
    person_id: PersonId
    signed_up_at: datetime
