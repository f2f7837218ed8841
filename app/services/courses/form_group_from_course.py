"""Form a group from a course's sign-ups."""

import base64
from dataclasses import dataclass

from app.domain.courses.course import Course, SignUp
from app.domain.courses.errors import NobodyToInvite
from app.domain.groups.group import Form, Group, Origin
from app.domain.groups.membership import Placement
from app.domain.intake.outcome import ConversationRequired, IntakeNeeded, require_group_outcome
from app.domain.organisations.policy import IntakeMode, PolicySettings
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import CourseId, GroupId, PlacementId, organisation_of
from app.services.courses.organising import organised
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseGroupView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class FormGroupFromCourse:
    """Form a group from those who have signed up after a course, in the order in which they did.

    Each is invited and accepts the place themselves, or not (A-07). Whose intake doesn't allow a group yet keeps their
    sign-up, and so do those for whom there is no seat: a second group can be formed from them.
    """

    transact: Transact[CoursesUnitOfWork]

    async def __call__(self, actor: Actor, course_id: CourseId) -> CourseGroupView:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> CourseGroupView:
            course = await organised(tx, course_id, person)
            course.require_going_on(tx.now)
            settings = (await tx.policies.holding(tx.now)).settings
            waiting = await tx.courses.waiting(course_id)
            ready = [each for each in waiting if await _may_come(tx, each, course, settings)]
            if not ready:
                raise NobodyToInvite
            invited = ready[: course.seats]
            group = await _form(tx, course)
            for each in invited:
                await tx.placements.add(
                    Placement(
                        id=PlacementId(tx.new_id()),
                        organisation_id=course.organisation_id,
                        group_id=group,
                        person_id=each.person_id,
                        invited_at=tx.now,
                        accepted_at=None,
                        declined_at=None,
                        withdrawn_at=None,
                    )
                )
            await tx.courses.remove_sign_ups(course_id, [each.person_id for each in invited])
            tx.emit(Event("group.formed", group, {"group": group, "course": course_id}))
            return CourseGroupView(
                course_id=course_id,
                group_id=group,
                invited=len(invited),
                waiting_for_intake=len(waiting) - len(ready),
                left_over=len(ready) - len(invited),
            )

        return await self.transact.write(actor, organisation_of(course_id), work, answer=CourseGroupView)


async def _may_come(tx: CoursesUnitOfWork, each: SignUp, course: Course, settings: PolicySettings) -> bool:
    """Whether this person's intake allows a group as of its start (I-02)."""
    latest = await tx.intake_outcomes.latest(each.person_id)
    conversation = settings.intake_mode is IntakeMode.CONVERSATION_REQUIRED
    try:
        require_group_outcome(latest, course.group_starts_at or tx.now, conversation)
    except (IntakeNeeded, ConversationRequired):
        return False
    return True


async def _form(tx: CoursesUnitOfWork, course: Course) -> GroupId:
    """A forming group as the course has announced it."""
    group = Group.beginning(
        GroupId(tx.new_id()),
        course.organisation_id,
        tx.now,
        theme=course.theme,
        form=Form(course.form),
        area=course.area,
        language=course.language,
        seats=course.seats,
        origin=Origin.COURSE,
        starter_helps=True,  # until somebody decides otherwise
    )
    await tx.groups.add(group, base64.b32encode(tx.random_bytes(15)).decode().lower())
    return group.id
