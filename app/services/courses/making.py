"""Making a course from what is said of it: by a coordinator, or by a municipality's system."""

import base64

from app.domain.courses.announcement import CourseSaid
from app.domain.courses.course import Course
from app.domain.groups.group import require_seats_within
from app.domain.shared.events import Event
from app.domain.shared.ids import CourseId, OrganisationId
from app.services.courses.ports import CoursesUnitOfWork


async def make(tx: CoursesUnitOfWork, organisation_id: OrganisationId, said: CourseSaid) -> Course:
    """A new course, kept and told of. The clock has been read."""
    size_max = (await tx.policies.holding(tx.now)).settings.size_max
    seats = size_max if said.seats is None else said.seats
    require_seats_within(seats, size_max)
    course = Course(
        id=CourseId(tx.new_id()),
        organisation_id=organisation_id,
        title=said.title,
        first_day=said.first_day,
        last_day=said.last_day,
        theme=said.theme,
        form=said.form,
        area=said.area,
        language=said.language,
        seats=seats,
        group_starts_at=said.group_starts_at,
        group_place=said.group_place,
        practical=said.practical,
        sign_up_code=base64.b32encode(tx.random_bytes(15)).decode().lower(),
        sign_up_opened_at=None,
        cancelled_at=None,
        created_at=tx.now,
        version=1,
    )
    await tx.courses.add(course)
    tx.emit(Event("course.created", course.id, {"course": course.id}))
    return course
