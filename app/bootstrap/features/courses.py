"""The use cases of courses, wired."""

from app.bootstrap.kit import Kit
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
from app.services.registry import Courses


def courses(kit: Kit) -> Courses:
    """Each use case with the ports that it names."""
    return Courses(
        list_courses=ListCourses(kit.transact, kit.words),
        create_course=CreateCourse(kit.transact, kit.words),
        read_course=ReadCourse(kit.transact, kit.words),
        edit_course=EditCourse(kit.transact, kit.words),
        note_milestone=NoteMilestone(kit.transact, kit.words),
        open_sign_up=OpenSignUp(kit.transact, kit.words),
        cancel_course=CancelCourse(kit.transact, kit.words),
        list_sign_ups=ListSignUps(kit.transact),
        form_group_from_course=FormGroupFromCourse(kit.transact),
        sign_up_for_group=SignUpForGroup(kit.transact),
        withdraw_sign_up=WithdrawSignUp(kit.transact),
        list_my_sign_ups=ListMySignUps(kit.transact, kit.personal.my_organisations),
        begin_course_import=BeginCourseImport(kit.transact),
        import_course_row=ImportCourseRow(kit.transact),
        finish_course_import=FinishCourseImport(kit.transact),
        read_course_import=ReadCourseImport(kit.transact),
        announce_course=AnnounceCourse(kit.transact, kit.words),
        read_announced_course=ReadAnnouncedCourse(kit.transact, kit.words),
        list_announced_courses=ListAnnouncedCourses(kit.transact, kit.words),
        note_announced_milestone=NoteAnnouncedMilestone(kit.transact, kit.words),
    )
