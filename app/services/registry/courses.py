"""The use cases of courses."""

from dataclasses import dataclass

from app.services.courses.announce_course import AnnounceCourse
from app.services.courses.begin_course_import import BeginCourseImport
from app.services.courses.cancel_course import CancelCourse
from app.services.courses.create_course import CreateCourse
from app.services.courses.edit_course import EditCourse
from app.services.courses.finish_course_import import FinishCourseImport
from app.services.courses.form_group_from_course import FormGroupFromCourse
from app.services.courses.import_course_row import ImportCourseRow
from app.services.courses.list_announced_courses import ListAnnouncedCourses
from app.services.courses.list_courses import ListCourses
from app.services.courses.list_my_sign_ups import ListMySignUps
from app.services.courses.list_sign_ups import ListSignUps
from app.services.courses.note_announced_milestone import NoteAnnouncedMilestone
from app.services.courses.note_milestone import NoteMilestone
from app.services.courses.open_sign_up import OpenSignUp
from app.services.courses.read_announced_course import ReadAnnouncedCourse
from app.services.courses.read_course import ReadCourse
from app.services.courses.read_course_import import ReadCourseImport
from app.services.courses.sign_up_for_group import SignUpForGroup
from app.services.courses.withdraw_sign_up import WithdrawSignUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """Courses that become groups."""

    list_courses: ListCourses
    create_course: CreateCourse
    read_course: ReadCourse
    edit_course: EditCourse
    note_milestone: NoteMilestone
    open_sign_up: OpenSignUp
    cancel_course: CancelCourse
    list_sign_ups: ListSignUps
    form_group_from_course: FormGroupFromCourse
    sign_up_for_group: SignUpForGroup
    withdraw_sign_up: WithdrawSignUp
    list_my_sign_ups: ListMySignUps
    announce_course: AnnounceCourse
    read_announced_course: ReadAnnouncedCourse
    list_announced_courses: ListAnnouncedCourses
    note_announced_milestone: NoteAnnouncedMilestone
    begin_course_import: BeginCourseImport
    import_course_row: ImportCourseRow
    finish_course_import: FinishCourseImport
    read_course_import: ReadCourseImport
