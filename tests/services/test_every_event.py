"""Each type in the catalogue is really emitted: a history with all of them."""

from datetime import timedelta

import pytest

from app.adapters.postgres import outbox
from app.domain.admission.questions import Question
from app.domain.courses.course import Milestone
from app.domain.events.catalogue import CATALOGUE, type_of
from app.domain.events.event_type import EventType
from app.domain.organisations.organisation import Role
from app.domain.shared.events import Event
from tests.parity.scene import play
from tests.support.courses_world import course_of
from tests.support.forming_world import alone
from tests.support.intake_world import appointed, conversations, worker
from tests.support.meetings_world import weekly
from tests.support.starters_world import helped, planned, starter
from tests.support.systems_world import let_in, machine
from tests.support.volunteers_world import pair, trained
from tests.support.webhooks_world import failing_for, hooked
from tests.support.world import World


async def _courses_offers_systems(world: World) -> None:
    do = world.do.courses
    course = await course_of(world)
    whole = {
        name: getattr(course, name)
        for name in ("title", "first_day", "last_day", "form", "area", "language", "group_starts_at")
    }
    await do.edit_course(world.coordinator, course.id, course.version, **whole, group_place="Café")
    await do.note_milestone(world.coordinator, course.id, Milestone.TOLD_FROM_THE_START, world.now.date())
    forming = await world.forming(2)
    await world.do.groups.publish_offer(world.coordinator, forming.id)
    await world.do.groups.unpublish_offer(world.coordinator, forming.id)
    late = await world.ready("late")
    invitation = await world.do.groups.invite_to_place(world.coordinator, forming.id, late.person_id)
    await world.do.groups.withdraw_invitation(world.coordinator, invitation.id)
    account = await let_in(world, machine(f"machine-{world.organisation}"))
    until = world.now + timedelta(days=9)
    await world.do.systems.change_system(
        world.administrator, account.id, account.version, "Name", "Purpose.", account.scopes, until
    )
    await world.do.organisations.note_mergers(world.administrator, world.organisation, [])
    await alone(world)


async def _meetings(world: World) -> None:
    do, group = world.do.meetings, await world.meeting(4)
    me = group.members[0]
    meeting = await planned(world, group)
    await do.note_absence(me, meeting.id)
    await do.take_back_absence(me, meeting.id)
    later = world.now + timedelta(days=9)
    await do.move_meeting(me, meeting.id, meeting.version, later, "Library")
    await do.cancel_meeting(me, meeting.id)
    series = await weekly(world, group)
    first = (world.now + timedelta(days=3)).replace(tzinfo=None, second=0, microsecond=0)
    await do.change_series(me, group.id, series.version, first_local=first, place="Library")
    await do.end_series(me, group.id)
    page = await world.do.groups.read_group(group.members[3], group.id)
    ballot = await world.do.admission.open_ballot(
        me, group.id, Question.EXCLUSION, member_id=page.my_membership_id
    )
    await world.vote(ballot, group.members[:3])


async def _ends_without_a_count(world: World) -> None:
    group, code = await world.open_group()
    who, application = await world.applied(code)
    await world.admission(group, application)
    await world.do.admission.withdraw_application(who, application.id)
    await world.do.groups.close_for_new_people(group.members[0], group.id)


async def _starters(world: World) -> None:
    group, _, view = await helped(world, max_meetings=4)
    member, do = group.members[0], world.do.starters
    await planned(world, group)
    world.forward(days=8)
    await do.confirm_exit(member, view.id)
    await do.shorten_exit(member, view.id, None, 3)
    ballot = await world.do.admission.open_ballot(
        member, group.id, Question.LONGER_STAY, assignment_id=view.id, max_meetings=4
    )
    await world.vote(ballot, group.members)
    group, _, view = await helped(world, max_meetings=4)
    await do.replace_starter(world.coordinator, view.id, (await starter(world, "heir")).person_id)


async def _people(world: World) -> None:
    await conversations(world)
    interviewer = await worker(world, Role.INTERVIEWER)
    _, assessment = await appointed(world, interviewer)
    await world.do.intake.declare_conflict(interviewer, assessment)
    do = world.do.volunteers
    one, other = await trained(world, "one"), await trained(world, "other")
    await pair(world, one, other)
    await do.part_from_partner(one, world.organisation)
    await do.resign_as_volunteer(one, world.organisation)
    await do.erase_my_volunteering(one, world.organisation)


async def _webhooks(world: World) -> None:
    hook = (
        await hooked(world, url="https://hooks.example.org/silent", types=["group.offer.published"])
    ).webhook
    await failing_for(world, hook.id, 110)


async def test_each_type_of_the_catalogue_is_emitted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found: set[str] = set()

    def noted(event: Event) -> EventType:
        found.add(event.type)
        return type_of(event)

    monkeypatch.setattr(outbox, "type_of", noted)
    await play(world)
    await _courses_offers_systems(world)
    await _meetings(world)
    await _ends_without_a_count(world)
    await _starters(world)
    await _people(world)
    await _webhooks(world)
    assert found == CATALOGUE.keys()
