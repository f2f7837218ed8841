"""Courses that become groups."""

from typing import Annotated

from pydantic import Field

from app.api.shared.limits import Limited
from app.api.shared.operations.inputs import Area, Theme, Tongue
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Day, Instant, Line, OneOf, StrictModel, Text
from app.domain.courses.course import Milestone
from app.domain.courses.errors import (
    AlreadySignedUp,
    CourseNotFound,
    CourseOver,
    LastDayBeforeFirst,
    MilestoneInTheFuture,
    NobodyToInvite,
    SignUpNotFound,
    SignUpNotOpen,
    StartUndecided,
)
from app.domain.groups.group import Form, TooManySeats
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff, OrganisationNotFound
from app.domain.systems.account import SystemScope
from app.services.courses.cancel_course import CancelCourse
from app.services.courses.create_course import CreateCourse
from app.services.courses.edit_course import EditCourse
from app.services.courses.form_group_from_course import FormGroupFromCourse
from app.services.courses.list_courses import ListCourses
from app.services.courses.list_my_sign_ups import ListMySignUps
from app.services.courses.list_sign_ups import ListSignUps
from app.services.courses.note_milestone import NoteMilestone
from app.services.courses.open_sign_up import OpenSignUp
from app.services.courses.read_course import ReadCourse
from app.services.courses.sign_up_for_group import SignUpForGroup
from app.services.courses.views import CourseGroupView, CourseView, MySignUp, SignUpEntry
from app.services.courses.withdraw_sign_up import WithdrawSignUp

_STAFF = (NotStaff, StaffDeclarationNeeded)
_HIDDEN = (CourseNotFound, StaffDeclarationNeeded)
_COURSES = "/v1/organisations/{organisation_id}/courses"
_COURSE = "/v1/courses/{course_id}"


class CourseIn(StrictModel):
    """A course, and the group that may follow it."""

    title: Annotated[Line, Field(max_length=120, description="What the course is called.")]
    first_day: Annotated[Day, Field(description="Its first day.")]
    last_day: Annotated[Day, Field(description="Its last day.")]
    form: Annotated[OneOf[Form], Field(description="How the group will meet (G-27).")]
    area: Area
    language: Tongue
    theme: Theme = None
    seats: Annotated[int | None, Field(ge=3, le=8, description="Seats of the group (G-05).")] = None
    group_starts_at: Annotated[
        Instant | None,
        Field(
            description="Start of the group's first meeting; RFC 3339 with an offset (R-02). For those who sign up."
        ),
    ] = None
    group_place: Annotated[
        Line | None, Field(max_length=200, description="Where; told to those who have signed up.")
    ] = None
    practical: Annotated[
        Text | None, Field(max_length=1000, description="What else people want to know before they come.")
    ] = None


class NoteMilestoneIn(StrictModel):
    """When it was done."""

    done_on: Annotated[Day | None, Field(description="The day; without one: not done after all.")] = None


class SignUpIn(StrictModel):
    """The code from your course."""

    sign_up_code: Annotated[
        str, Field(min_length=8, max_length=64, pattern=r"^[a-z0-9]+$", description="As you were given it.")
    ]


OPERATIONS = (
    Operation(
        name="list_courses",
        scope=SystemScope.COURSES_READ,
        feature="courses",
        use=lambda services: services.courses.list_courses,
        use_case=ListCourses,
        method="GET",
        path=_COURSES,
        gives=CourseView,
        shape=Shape.PAGE,
        refuses=_STAFF,
    ),
    Operation(
        name="create_course",
        feature="courses",
        use=lambda services: services.courses.create_course,
        use_case=CreateCourse,
        method="POST",
        path=_COURSES,
        gives=CourseView,
        takes=CourseIn,
        status=201,
        refuses=(*_STAFF, LastDayBeforeFirst, TooManySeats),
        idempotent_by_key=True,
        location="/v1/courses/{id}",
    ),
    Operation(
        name="read_course",
        scope=SystemScope.COURSES_READ,
        feature="courses",
        use=lambda services: services.courses.read_course,
        use_case=ReadCourse,
        method="GET",
        path=_COURSE,
        gives=CourseView,
        refuses=_HIDDEN,
    ),
    Operation(
        name="edit_course",
        feature="courses",
        use=lambda services: services.courses.edit_course,
        use_case=EditCourse,
        method="PUT",
        path=_COURSE,
        gives=CourseView,
        takes=CourseIn,
        refuses=(*_HIDDEN, LastDayBeforeFirst, TooManySeats, StartUndecided, CourseOver),
        read_before="read_course",
    ),
    Operation(
        name="note_milestone",
        feature="courses",
        use=lambda services: services.courses.note_milestone,
        use_case=NoteMilestone,
        method="PUT",
        path=f"{_COURSE}/milestones/{{milestone}}",
        path_types={"milestone": Milestone},
        gives=CourseView,
        takes=NoteMilestoneIn,
        refuses=(*_HIDDEN, MilestoneInTheFuture),
    ),
    Operation(
        name="open_sign_up",
        feature="courses",
        use=lambda services: services.courses.open_sign_up,
        use_case=OpenSignUp,
        method="POST",
        path=f"{_COURSE}/sign-up-opening",
        gives=CourseView,
        refuses=(*_HIDDEN, StartUndecided, CourseOver),
        idempotent_by_key=True,
    ),
    Operation(
        name="cancel_course",
        feature="courses",
        use=lambda services: services.courses.cancel_course,
        use_case=CancelCourse,
        method="POST",
        path=f"{_COURSE}/cancellation",
        gives=CourseView,
        refuses=_HIDDEN,
        idempotent_by_key=True,
    ),
    Operation(
        name="list_sign_ups",
        feature="courses",
        use=lambda services: services.courses.list_sign_ups,
        use_case=ListSignUps,
        method="GET",
        path=f"{_COURSE}/sign-ups",
        gives=SignUpEntry,
        shape=Shape.PAGE,
        refuses=_HIDDEN,
    ),
    Operation(
        name="form_group_from_course",
        feature="courses",
        use=lambda services: services.courses.form_group_from_course,
        use_case=FormGroupFromCourse,
        method="POST",
        path=f"{_COURSE}/groups",
        gives=CourseGroupView,
        status=201,
        refuses=(*_HIDDEN, CourseOver, NobodyToInvite),
        idempotent_by_key=True,
    ),
    Operation(
        name="sign_up_for_group",
        limited=Limited.GUESSING,
        feature="courses",
        use=lambda services: services.courses.sign_up_for_group,
        use_case=SignUpForGroup,
        method="POST",
        path="/v1/organisations/{organisation_id}/course-sign-ups",
        gives=MySignUp,
        takes=SignUpIn,
        status=201,
        refuses=(OrganisationNotFound, NotRegistered, SignUpNotOpen, AlreadySignedUp),
        idempotent_by_key=True,
    ),
    Operation(
        name="withdraw_sign_up",
        feature="courses",
        use=lambda services: services.courses.withdraw_sign_up,
        use_case=WithdrawSignUp,
        method="DELETE",
        path="/v1/course-sign-ups/{sign_up_id}",
        gives=MySignUp,
        shape=Shape.NOTHING,
        status=204,
        refuses=(SignUpNotFound,),
    ),
    Operation(
        name="list_my_sign_ups",
        feature="courses",
        use=lambda services: services.courses.list_my_sign_ups,
        use_case=ListMySignUps,
        method="GET",
        path="/v1/me/course-sign-ups",
        gives=MySignUp,
        shape=Shape.LIST,
    ),
)
