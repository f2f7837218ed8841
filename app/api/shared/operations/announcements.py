"""Courses that municipalities' systems announce, under their own ids."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.courses import CourseIn, NoteMilestoneIn
from app.api.shared.operations.operation import Operation, Shape
from app.domain.courses.announcement import LONGEST_OWN_ID, OWN_ID
from app.domain.courses.course import Milestone
from app.domain.courses.errors import (
    CourseNotFound,
    CourseOver,
    ImportNotFound,
    LastDayBeforeFirst,
    MilestoneInTheFuture,
    OwnIdAmbiguous,
)
from app.domain.groups.group import TooManySeats
from app.domain.people.national_id import NationalIdInWords
from app.domain.systems.account import SystemScope
from app.services.courses.announce_course import AnnounceCourse
from app.services.courses.announcement_views import AnnouncedCourseView
from app.services.courses.import_views import CourseImportView
from app.services.courses.list_announced_courses import ListAnnouncedCourses
from app.services.courses.note_announced_milestone import NoteAnnouncedMilestone
from app.services.courses.read_announced_course import ReadAnnouncedCourse
from app.services.courses.read_course_import import ReadCourseImport

_ANNOUNCED = "/v1/organisations/{organisation_id}/announced-courses"
_ONE = f"{_ANNOUNCED}/{{own_id}}"
IMPORT_PATH = "/v1/organisations/{organisation_id}/course-imports/{import_id}"
OwnId = Annotated[str, Field(pattern=OWN_ID, max_length=LONGEST_OWN_ID)]


class AnnouncedCourseIn(CourseIn):
    """A course as the municipality's system knows it. What is left out is left as it is."""

    cancelled: Annotated[bool, Field(description="Whether it was cancelled; that is for good.")] = False


OPERATIONS = (
    Operation(
        name="list_announced_courses",
        scope=SystemScope.COURSES_WRITE,
        feature="courses",
        use=lambda services: services.courses.list_announced_courses,
        use_case=ListAnnouncedCourses,
        method="GET",
        path=_ANNOUNCED,
        gives=AnnouncedCourseView,
        shape=Shape.PAGE,
    ),
    Operation(
        name="read_announced_course",
        scope=SystemScope.COURSES_WRITE,
        feature="courses",
        use=lambda services: services.courses.read_announced_course,
        use_case=ReadAnnouncedCourse,
        method="GET",
        path=_ONE,
        path_types={"own_id": OwnId},
        gives=AnnouncedCourseView,
        refuses=(CourseNotFound, OwnIdAmbiguous),
    ),
    Operation(
        name="announce_course",
        scope=SystemScope.COURSES_WRITE,
        feature="courses",
        use=lambda services: services.courses.announce_course,
        use_case=AnnounceCourse,
        method="PUT",
        path=_ONE,
        path_types={"own_id": OwnId},
        gives=AnnouncedCourseView,
        takes=AnnouncedCourseIn,
        refuses=(LastDayBeforeFirst, TooManySeats, CourseOver, OwnIdAmbiguous, NationalIdInWords),
    ),
    Operation(
        name="note_announced_milestone",
        scope=SystemScope.COURSES_WRITE,
        feature="courses",
        use=lambda services: services.courses.note_announced_milestone,
        use_case=NoteAnnouncedMilestone,
        method="PUT",
        path=f"{_ONE}/milestones/{{milestone}}",
        path_types={"own_id": OwnId, "milestone": Milestone},
        gives=AnnouncedCourseView,
        takes=NoteMilestoneIn,
        refuses=(CourseNotFound, MilestoneInTheFuture, OwnIdAmbiguous),
    ),
    Operation(
        name="read_course_import",
        scope=SystemScope.COURSES_WRITE,
        feature="courses",
        use=lambda services: services.courses.read_course_import,
        use_case=ReadCourseImport,
        method="GET",
        path=IMPORT_PATH,
        gives=CourseImportView,
        refuses=(ImportNotFound,),
    ),
)
