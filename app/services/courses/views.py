"""How courses are shown. Staff see who has signed up until they are invited; nobody else sees a name."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from app.domain.courses.announcement import CourseSaid
from app.domain.courses.course import Course, Milestone, MilestoneState, SignUp
from app.domain.groups.group import Form
from app.domain.shared.ids import CourseId, GroupId, OrganisationId, PersonId, SignUpId
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseMilestoneView:
    """One of the five things that make a group after a course more likely."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    milestone: Milestone
    """Which one."""
    rule: str
    """The rule behind it."""
    what: str
    """What is to be done, in your language."""
    due_on: date
    """The day on which it falls due, from the course's own dates."""
    done_on: date | None
    """The day on which it was done."""
    state: MilestoneState
    """How it stands today, where the organisation is."""


_RULES = {
    Milestone.TOLD_FROM_THE_START: "R-03",
    Milestone.OPEN_FOR_QUESTIONS: "R-05",
    Milestone.RAISED_AGAIN: "R-06",
    Milestone.NEEDS_CLARIFIED: "R-07",
    Milestone.SIGN_UPS_TAKEN: "R-08",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """A course from which a group can grow."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: CourseId
    """Id of the course."""
    organisation_id: OrganisationId
    """The organisation."""
    title: str
    """What it is called."""
    first_day: date
    """Its first day."""
    last_day: date
    """Its last day."""
    theme: str | None
    """What the group will gather around, or nothing in particular."""
    form: Form
    """How the group will meet."""
    area: str
    """Where, coarsely."""
    language: str
    """The group's language."""
    seats: int
    """Seats of the group."""
    group_starts_at: datetime | None
    """When the group starts (UTC), decided before anybody can sign up (R-02). Null for systems, but for what they say."""
    group_place: str | None
    """Where the group starts; told to those who have signed up. Null for systems, except for what they say."""
    practical: str | None
    """What people who sign up are told besides (R-08). Null for systems, except for what they say."""
    sign_up_code: str | None
    """What people sign up with; null until sign-up is open. Give it to the course, not to anybody's address."""
    sign_up_open: bool
    """Whether people can sign up now."""
    cancelled: bool
    """Whether it was cancelled."""
    milestones: list[CourseMilestoneView]
    """The five, in the order in which they fall due (R-03, R-05 to R-08)."""
    version: int
    """Rises with each change; send it back when you change something."""

    def for_system(self, said: CourseSaid | None = None) -> "CourseView":
        """The same for a system, which is told nothing by which somebody could watch who comes (P-h14).

        No code; and of when and where the group starts, and what else people who signed up are told, only what the system
        says itself in this very call.
        """
        return replace(
            self,
            sign_up_code=None,
            group_starts_at=said.group_starts_at if said else None,
            group_place=said.group_place if said else None,
            practical=said.practical if said else None,
        )

    @classmethod
    def of(cls, course: Course, now: datetime, today: date, words: Words, language: str) -> "CourseView":
        """The course as its organisation's coordinators see it on a day."""
        is_open = course.is_open(now)
        return cls(
            id=course.id,
            organisation_id=course.organisation_id,
            title=course.title,
            first_day=course.first_day,
            last_day=course.last_day,
            theme=course.theme,
            form=Form(course.form),
            area=course.area,
            language=course.language,
            seats=course.seats,
            group_starts_at=course.group_starts_at,
            group_place=course.group_place,
            practical=course.practical,
            sign_up_code=course.sign_up_code if is_open else None,
            sign_up_open=is_open,
            cancelled=course.cancelled_at is not None,
            milestones=[
                CourseMilestoneView(
                    milestone=each,
                    rule=_RULES[each],
                    what=words.say("courses", f"milestones.{each}", language),
                    due_on=course.due_on(each),
                    done_on=course.done.get(each),
                    state=course.state(each, today),
                )
                for each in Milestone
            ],
            version=course.version,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpEntry:
    """Somebody who has signed up for a course's group and isn't invited yet, for the coordinator."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: SignUpId
    """Id of the sign-up."""
    person_id: PersonId
    """Who."""
    name: str
    """What they want to be called by the organisation."""
    signed_up_at: datetime
    """When (UTC)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MySignUp:
    """Your own sign-up, with all that is practical (R-08)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: SignUpId
    """Id of your sign-up."""
    organisation_id: OrganisationId
    """The organisation."""
    course_title: str
    """The course."""
    group_starts_at: datetime
    """When the group starts (UTC)."""
    group_place: str
    """Where."""
    practical: str | None
    """What else there is to know."""
    signed_up_at: datetime
    """When you signed up (UTC)."""

    @classmethod
    def of(cls, course: Course, sign_up: SignUp) -> "MySignUp":
        """What the person themselves sees; sign-up is open only where date and place are decided."""
        assert course.group_starts_at is not None
        assert course.group_place is not None
        return cls(
            id=sign_up.id,
            organisation_id=sign_up.organisation_id,
            course_title=course.title,
            group_starts_at=course.group_starts_at,
            group_place=course.group_place,
            practical=course.practical,
            signed_up_at=sign_up.signed_up_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseGroupView:
    """The forming group that has grown from a course's sign-ups."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    course_id: CourseId
    """The course."""
    group_id: GroupId
    """The forming group; everybody invited accepts their place themselves, or not (A-07)."""
    invited: int
    """How many were invited, in the order in which they had signed up."""
    waiting_for_intake: int
    """How many wait because no intake outcome allows a group yet."""
    left_over: int
    """How many wait because the group has no more seats: form another one."""
