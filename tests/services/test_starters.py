"""Starters: given to a group, seen by it, and gone when they were to go."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest

from app.domain.groups.errors import DeclarationNeeded, GroupIsClosed, GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.intake.outcome import Outcome
from app.domain.meetings.errors import MeetingNotFound, OnlyMembersPlan
from app.domain.meetings.meeting import MeetingKind
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import Role
from app.domain.shared.errors import DomainError
from app.domain.starters.assignment import AssignmentStatus
from app.domain.starters.errors import (
    AssignmentNotFound,
    AssignmentOver,
    EnoughStarters,
    HelperStaysOutside,
    IntakeConflict,
    NotAssignable,
    NotForThisGroup,
    NothingLeftToReplace,
    NotYetAgreed,
    OnlyShorter,
    PastCeiling,
    RelayClosed,
    StillThere,
    VisitNotFound,
    VisitNotPossible,
)
from app.domain.starters.exit_limit import ExitStep, Party
from app.domain.volunteers.qualification import VolunteerStatus
from app.services.ports.paging import FIRST_PAGE
from tests.support.canaries import marked
from tests.support.starters_world import assigned, first_planned, helped, left, planned, starter
from tests.support.volunteers_world import offered
from tests.support.world import World


async def refused(refusal: type[DomainError], attempt: Awaitable[object]) -> None:
    with pytest.raises(refusal) as raised:
        await attempt
    assert type(raised.value) is refusal


@pytest.mark.rule("X-01", "X-02", "X-03", "V-09", "V-12", "G-22")
async def test_x01_an_exit_comes_with_every_assignment(world: World) -> None:
    group = await world.forming()
    usual = (await assigned(world, group))[1]
    assert (usual.max_meetings, usual.status) == (3, AssignmentStatus.ACTIVE)
    assert [version.step for version in usual.exit_versions] == [ExitStep.FIXED]
    assert usual.latest_date == (usual.assigned_at + timedelta(days=183)).date()
    assert len(usual.advice) == 1
    day = world.now.date() + timedelta(days=30)
    dated = (await assigned(world, group, latest_date=day))[1]
    assert (dated.latest_date, dated.max_meetings, dated.advice) == (day, 6, [])
    with pytest.raises(EnoughStarters):
        await assigned(world, group)


@pytest.mark.rule("X-03")
async def test_t1_the_ceiling_is_the_organisations_and_stays_as_it_was(world: World) -> None:
    await world.policy(starter_max_meetings=2, starter_max_days=20, starter_default_meetings=4)
    group = await world.forming()
    _, view = await assigned(world, group)
    assert view.max_meetings == 2
    await refused(PastCeiling, assigned(world, group, max_meetings=3))
    late = world.now.date() + timedelta(days=22)
    await refused(PastCeiling, assigned(world, group, latest_date=late))
    await world.policy(starter_max_meetings=12)
    again = await world.do.starters.read_assignment(world.coordinator, view.id)
    assert again.max_meetings == 2


@pytest.mark.rule("V-01", "V-04", "C-07")
@pytest.mark.hazard("D-h5")
async def test_only_the_assignable_are_assigned(world: World) -> None:
    group = await world.forming()
    for actor in (await offered(world), await world.registered(), await world.person()):
        await refused(NotAssignable, assigned(world, group, actor))


@pytest.mark.rule("G-02", "I-12", "X-10")
async def test_i12_nobody_helps_the_group_that_they_are_were_or_want_to_be_in(world: World) -> None:
    group, other = await world.forming(), await world.forming()
    member, invited, helper = await starter(world), await starter(world), await starter(world)
    for actor in (member, invited):
        await world.do.intake.declare_readiness(actor, world.organisation)
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, member.person_id)
    await world.do.groups.accept_place(member, placement.id, "Both")
    await world.do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
    for actor in (member, invited):
        await refused(NotForThisGroup, assigned(world, group, actor))
    await world.do.groups.leave_group(member, group.id)
    await refused(NotForThisGroup, assigned(world, group, member))
    await assigned(world, other, member)
    _, first = await assigned(world, group, helper)
    await refused(NotForThisGroup, assigned(world, group, helper))
    await world.do.starters.end_assignment(helper, first.id)
    await refused(NotForThisGroup, assigned(world, group, helper))


@pytest.mark.rule("G-02", "I-12", "X-10")
async def test_x10_whoever_helped_never_becomes_a_member_there(world: World) -> None:
    group, helper, _ = await left(world)
    forming = await world.forming(3)
    other, _ = await assigned(world, forming)
    for actor in (helper, other):
        await world.do.intake.declare_readiness(actor, world.organisation)
    invite = world.do.groups.invite_to_place
    await refused(HelperStaysOutside, invite(world.coordinator, forming.id, other.person_id))
    await invite(world.coordinator, forming.id, helper.person_id)
    await world.open_for_new(group)
    code = await world.code()
    apply = world.do.admission.apply
    await refused(HelperStaysOutside, apply(helper, world.organisation, code, "Back", "Words.", None))
    await apply(other, world.organisation, code, "New", "Words.", None)


@pytest.mark.rule("V-16")
@pytest.mark.hazard("S-h8")
async def test_s_h8_who_held_an_intake_there_takes_an_explicit_word(world: World) -> None:
    assessor = await starter(world)
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, assessor.person_id, Role.INTERVIEWER
    )
    group = await world.forming(3)
    person = await world.registered()
    await world.do.intake.record_outcome(assessor, world.organisation, person.person_id, Outcome.GROUP, [])
    _, before = await assigned(world, group, await starter(world))
    assert before.intake_conflict is False
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, person.person_id)
    await refused(IntakeConflict, assigned(world, group, assessor))
    await world.do.groups.accept_place(person, placement.id, "Known")
    await refused(IntakeConflict, assigned(world, group, assessor))
    _, view = await assigned(world, group, assessor, acknowledge_intake_conflict=True)
    assert view.intake_conflict is True
    seen = await world.do.starters.read_assignment(world.coordinator, before.id)
    assert seen.intake_conflict is False


async def test_an_intake_held_later_is_shown_while_the_group_forms(world: World) -> None:
    group = await world.forming(3)
    assessor, view = await assigned(world, group)
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, assessor.person_id, Role.INTERVIEWER
    )
    person = await world.registered()
    await world.do.intake.record_outcome(assessor, world.organisation, person.person_id, Outcome.GROUP, [])
    await world.do.groups.invite_to_place(world.coordinator, group.id, person.person_id)
    assert (await world.do.starters.read_assignment(world.coordinator, view.id)).intake_conflict is True
    await first_planned(world, group)
    world.forward(hours=2)
    assert (await world.do.starters.read_assignment(world.coordinator, view.id)).intake_conflict is False


async def test_only_the_organisations_coordinators_assign_and_only_while_it_forms(world: World) -> None:
    group, helper, view = await helped(world)
    do, other = world.do.starters, await starter(world)
    for actor in (group.members[0], helper, other, world.administrator):
        await refused(GroupNotFound, do.assign_starter(actor, group.id, other.person_id))
        await refused(AssignmentNotFound, do.replace_starter(actor, view.id, other.person_id))
    await refused(GroupIsClosed, assigned(world, group, other))
    unsigned = await world.registered()
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, unsigned.person_id, Role.COORDINATOR
    )
    await refused(StaffDeclarationNeeded, do.list_starters(unsigned, group.id, FIRST_PAGE))
    await refused(StaffDeclarationNeeded, do.replace_starter(unsigned, view.id, other.person_id))
    await refused(StaffDeclarationNeeded, do.end_assignment(unsigned, view.id))


@pytest.mark.rule("X-04", "X-11")
async def test_x04_members_see_the_exit_from_the_first_meeting_on(world: World) -> None:
    group = await world.forming(4, seats=6)
    newcomer = await world.place(group, "Unsigned")
    helper, view = await assigned(world, group, max_meetings=2)
    await first_planned(world, group)
    listed = world.do.starters.list_starters
    for actor in (group.members[0], newcomer):
        await refused(GroupNotFound, listed(actor, group.id, FIRST_PAGE))
        await refused(AssignmentNotFound, world.do.starters.read_assignment(actor, view.id))
    world.forward(hours=1, minutes=1)
    for actor in (group.members[0], newcomer):
        (shown,) = (await listed(actor, group.id, FIRST_PAGE)).items
        assert (shown.name, shown.person_id, shown.max_meetings) == (marked("Starter"), None, 2)
        assert "2" in shown.exit_in_words
        assert shown.latest_date.isoformat() in shown.exit_in_words
        assert (shown.training, shown.intake_conflict, shown.meetings_held) == (None, None, 1)
    (own,) = (await listed(helper, group.id, FIRST_PAGE)).items
    assert (own.person_id, own.training) == (helper.person_id, VolunteerStatus.ASSIGNABLE)
    (staffs,) = (await listed(world.coordinator, group.id, FIRST_PAGE)).items
    assert (staffs.person_id, staffs.meetings_held, staffs.follow_up_on) == (helper.person_id, None, None)


@pytest.mark.rule("X-05", "X-06")
async def test_x05_at_the_second_meeting_any_member_confirms_or_shortens(world: World) -> None:
    group, helper, view = await helped(world)
    do = world.do.starters
    await refused(NotYetAgreed, do.confirm_exit(group.members[0], view.id))
    await planned(world, group, 7)
    world.forward(days=7, minutes=1)
    for actor in (helper, world.coordinator):
        await refused(AssignmentNotFound, do.confirm_exit(actor, view.id))
    await refused(AssignmentNotFound, do.shorten_exit(world.coordinator, view.id, None, 2))
    confirmed = await do.confirm_exit(group.members[1], view.id)
    assert (confirmed.confirmed, confirmed.meetings_held) == (True, 2)
    assert len((await do.confirm_exit(group.members[2], view.id)).exit_versions) == 2
    await refused(OnlyShorter, do.shorten_exit(group.members[0], view.id, None, 3))
    day = world.now.date() + timedelta(days=10)
    shorter = await do.shorten_exit(group.members[0], view.id, day)
    assert (shorter.latest_date, shorter.max_meetings) == (day, 3)
    earlier = day - timedelta(days=2)
    own = await do.shorten_exit(helper, view.id, earlier)
    assert [version.by for version in own.exit_versions] == [
        Party.COORDINATOR,
        Party.GROUP,
        Party.GROUP,
        Party.STARTER,
    ]


async def test_who_has_not_signed_signs_first(world: World) -> None:
    group = await world.forming(4, seats=6)
    newcomer = await world.place(group, "Unsigned")
    _, view = await assigned(world, group)
    await first_planned(world, group)
    world.forward(hours=2)
    do, day = world.do.starters, world.now.date()
    meeting = await planned(world, group)
    for attempt in (
        do.confirm_exit(newcomer, view.id),
        do.shorten_exit(newcomer, view.id, None, 1),
        do.set_follow_up(newcomer, view.id, day),
        do.invite_visitor(newcomer, view.id, meeting.id),
        do.list_visits(newcomer, group.id, FIRST_PAGE),
    ):
        await refused(DeclarationNeeded, attempt)


@pytest.mark.rule("G-02", "X-10", "V-15", "V-18")
@pytest.mark.hazard("B-20", "G-h7")
async def test_what_the_frames_need_and_no_more(world: World) -> None:
    """A starter sees whom they meet, when and where. They decide nothing."""
    group = await world.forming(4, seats=6)
    await world.place(group, "Unsigned")
    helper, view = await assigned(world, group)
    do = world.do
    before = await do.groups.read_group(helper, group.id)
    assert (before.my_standing, before.members, before.member_count) == (Standing.STARTER, None, 5)
    first = await first_planned(world, group)
    waiting = await do.groups.read_group(helper, group.id)
    assert waiting.next_meeting is not None
    assert waiting.next_meeting.place == "Library"
    world.forward(hours=2)
    seen = await do.groups.read_group(helper, group.id)
    assert sorted(member.alias for member in seen.members or ()) == [f"member{n}" for n in range(4)]
    assert {seen.seats, seen.free_seats, seen.generation, seen.vulnerable, seen.version} == {None}
    assert (seen.open_for_new_people, seen.my_membership_id, seen.declaration_due) == (None, None, False)
    later = world.now + timedelta(days=3)
    await refused(OnlyMembersPlan, do.meetings.plan_meeting(helper, group.id, later, "Mine"))
    for attempt in (
        do.groups.close_for_new_people(helper, group.id),
        do.admission.list_ballots(helper, group.id, FIRST_PAGE),
        do.admission.list_applications(helper, group.id, FIRST_PAGE),
        do.groups.sign_declaration(helper, group.id, world.signature()),
        do.groups.leave_group(helper, group.id),
        do.starters.list_visits(helper, group.id, FIRST_PAGE),
    ):
        await refused(GroupNotFound, attempt)
    with pytest.raises(DomainError):
        await do.meetings.cancel_meeting(helper, first.id)
    await refused(AssignmentNotFound, do.starters.confirm_exit(helper, view.id))


@pytest.mark.rule("V-17")
async def test_v17_a_few_words_before_the_first_meeting_reach_those_with_a_place(world: World) -> None:
    group = await world.forming(3)
    helper, view = await assigned(world, group, max_meetings=1)
    do = world.do.starters
    written = await do.write_to_participants(helper, view.id, "I am Stine.")
    assert (written.name, written.words) == (marked("Starter"), "I am Stine.")
    late = await world.place(group, "Late")
    for actor in (group.members[0], late, helper):
        (read,) = (await do.list_starter_messages(actor, group.id, FIRST_PAGE)).items
        assert read == written
    invited = await world.ready()
    await world.do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
    for actor in (invited, world.coordinator, world.administrator):
        await refused(GroupNotFound, do.list_starter_messages(actor, group.id, FIRST_PAGE))
        await refused(AssignmentNotFound, do.write_to_participants(actor, view.id, "Me, too."))
    await first_planned(world, group)
    world.forward(hours=1, minutes=1)
    await refused(RelayClosed, do.write_to_participants(helper, view.id, "Too late."))
    assert (await do.list_starter_messages(late, group.id, FIRST_PAGE)).items == [written]
    world.forward(hours=3)
    assert (await do.list_starter_messages(group.members[0], group.id, FIRST_PAGE)).items == []
    await refused(GroupNotFound, do.list_starter_messages(helper, group.id, FIRST_PAGE))
    await refused(AssignmentNotFound, do.write_to_participants(helper, view.id, "Gone."))


@pytest.mark.rule("X-03", "X-10")
async def test_a_replacement_takes_over_what_is_left(world: World) -> None:
    group, helper, view = await helped(world, max_meetings=2)
    do, other = world.do.starters, await starter(world, "second")
    heir = await do.replace_starter(world.coordinator, view.id, other.person_id)
    assert (heir.replaces_id, heir.max_meetings, heir.latest_date) == (view.id, 2, view.latest_date)
    await refused(GroupNotFound, world.do.groups.read_group(helper, group.id))
    assert (await world.do.groups.read_group(other, group.id)).my_standing is Standing.STARTER
    third = await starter(world, "third")
    await refused(NothingLeftToReplace, do.replace_starter(world.coordinator, view.id, third.person_id))
    await planned(world, group, 7)
    world.forward(days=7, hours=3)
    await refused(GroupNotFound, world.do.groups.read_group(other, group.id))
    await refused(NothingLeftToReplace, do.replace_starter(world.coordinator, heir.id, third.person_id))
    history = (await do.list_starters(group.members[0], group.id, FIRST_PAGE)).items
    assert [each.status for each in history] == [AssignmentStatus.OVER] * 2
    assert [each.exit_versions[-1].step for each in history] == [ExitStep.INHERITED, ExitStep.ENDED_EARLY]


@pytest.mark.rule("X-06", "X-10")
async def test_stepping_out_is_at_once(world: World) -> None:
    for who in ("starter", "coordinator"):
        group, helper, view = await helped(world)
        do, actor = world.do.starters, helper if who == "starter" else world.coordinator
        for stranger in (group.members[0], world.administrator, await starter(world)):
            await refused(AssignmentNotFound, do.end_assignment(stranger, view.id))
        await do.end_assignment(actor, view.id)
        await refused(GroupNotFound, world.do.groups.read_group(helper, group.id))
        (mine,) = await do.list_my_assignments(helper)
        assert (mine.status, mine.group_id) == (AssignmentStatus.OVER, None)
        await do.end_assignment(world.coordinator, view.id)
        await refused(AssignmentNotFound, do.end_assignment(helper, view.id))
        await refused(AssignmentOver, do.shorten_exit(group.members[0], view.id, None, 1))


@pytest.mark.rule("X-08", "X-13")
@pytest.mark.hazard("S-h9")
async def test_s_h9_the_follow_up_is_asked_for_and_the_exit_comes_all_the_same(world: World) -> None:
    group, helper, view = await helped(world, max_meetings=1)
    do, member = world.do.starters, group.members[0]
    during = await do.read_assignment(member, view.id)
    assert (during.follow_up_due, during.leader_hunt_due, during.follow_up_after_meetings) == (True, False, 4)
    world.forward(hours=3)
    after = await do.read_assignment(member, view.id)
    assert (after.status, after.follow_up_due) == (AssignmentStatus.OVER, True)
    day = world.now.date() + timedelta(days=30)
    agreed = await do.set_follow_up(member, view.id, day)
    assert (agreed.follow_up_on, agreed.follow_up_due) == (day, False)
    await refused(AssignmentNotFound, do.set_follow_up(helper, view.id, day))
    await refused(AssignmentNotFound, do.set_follow_up(world.coordinator, view.id, day))
    world.forward(days=8)
    assert (await do.read_assignment(member, view.id)).leader_hunt_due is True


@pytest.mark.rule("X-07")
@pytest.mark.hazard("D-h5")
async def test_x07_a_visit_is_to_one_meeting_and_ends_with_it(world: World) -> None:
    group, helper, view = await helped(world, max_meetings=1)
    do, member = world.do.starters, group.members[0]
    second, third = await planned(world, group, 7), await planned(world, group, 14)
    await refused(StillThere, do.invite_visitor(member, view.id, second.id))
    world.forward(hours=3)
    other_group = await world.meeting(3)
    elsewhere = await planned(world, other_group, 3)
    await refused(VisitNotPossible, do.invite_visitor(member, view.id, elsewhere.id))
    for stranger in (helper, world.coordinator, other_group.members[0]):
        await refused(AssignmentNotFound, do.invite_visitor(stranger, view.id, second.id))
    visit = await do.invite_visitor(group.members[1], view.id, second.id)
    assert (visit.name, visit.stands) == (marked("Starter"), True)
    await refused(VisitNotPossible, do.invite_visitor(member, view.id, third.id))
    (mine,) = await do.list_my_visits(helper)
    assert (mine.starts_at, mine.place) == (second.starts_at, "Church")
    await refused(GroupNotFound, world.do.groups.read_group(helper, group.id))
    await refused(GroupNotFound, world.do.meetings.list_meetings(helper, group.id, FIRST_PAGE))
    with pytest.raises(DomainError):
        await world.do.meetings.read_meeting(helper, second.id)
    for stranger in (world.coordinator, other_group.members[0], await starter(world)):
        await refused(VisitNotFound, do.withdraw_visit(stranger, visit.id))
    await do.withdraw_visit(group.members[2], visit.id)
    assert await do.list_my_visits(helper) == []
    again = await do.invite_visitor(member, view.id, second.id)
    world.forward(days=6, hours=20)
    assert len(await do.list_my_visits(helper)) == 1
    world.forward(hours=2)
    assert await do.list_my_visits(helper) == []
    await refused(VisitNotFound, do.withdraw_visit(helper, again.id))
    listed = (await do.list_visits(member, group.id, FIRST_PAGE)).items
    assert [(each.id, each.stands) for each in listed] == [(again.id, False), (visit.id, False)]
    now_third = await do.invite_visitor(member, view.id, third.id)
    await do.withdraw_visit(helper, now_third.id)


async def test_a_visit_to_a_meeting_that_is_cancelled_is_none(world: World) -> None:
    group, helper, view = await left(world)
    meeting, later = await planned(world, group), await planned(world, group, 9)
    await world.do.starters.invite_visitor(group.members[0], view.id, meeting.id)
    await world.do.meetings.cancel_meeting(group.members[0], meeting.id)
    assert await world.do.starters.list_my_visits(helper) == []
    await world.do.starters.invite_visitor(group.members[0], view.id, later.id)
    assert len(await world.do.starters.list_my_visits(helper)) == 1


@pytest.mark.hazard("S-h4", "S-h11")
async def test_s_h4_meetings_count_that_were_held_whoever_was_there(world: World) -> None:
    group, helper, _ = await helped(world, max_meetings=2)
    second = await planned(world, group, 7)
    await world.do.meetings.cancel_meeting(group.members[0], second.id)
    third = await planned(world, group, 8)
    world.forward(days=8, minutes=1)
    assert (await world.do.groups.read_group(helper, group.id)).my_standing is Standing.STARTER
    world.forward(hours=3)
    await refused(GroupNotFound, world.do.groups.read_group(helper, group.id))
    await world.do.meetings.correct_meeting(group.members[0], third.id, False)
    assert (await world.do.groups.read_group(helper, group.id)).my_standing is Standing.STARTER


@pytest.mark.rule("V-12")
async def test_staff_who_help_compose_the_group_and_are_its_starter_from_the_first_meeting(
    world: World,
) -> None:
    from tests.support.volunteers_world import found_suited, introduced

    second = await world.registered("second")
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, second.person_id, Role.COORDINATOR
    )
    from app.domain.volunteers.volunteer import RecruitmentSource

    await world.do.volunteers.offer_to_volunteer(second, world.organisation, RecruitmentSource.CENTRE)
    await found_suited(world, second)
    await introduced(world, second)
    await world.sign_for(second)
    group = await world.forming(3)
    _, view = await assigned(world, group, second, max_meetings=1)
    assert (await world.do.groups.read_group(second, group.id)).my_standing is Standing.COORDINATOR
    await world.do.starters.write_to_participants(second, view.id, "I am from the centre.")
    await first_planned(world, group)
    world.forward(hours=2)
    assert (await world.do.groups.read_group(second, group.id)).my_standing is Standing.STARTER
    world.forward(hours=3)
    after = await world.do.groups.read_group(second, group.id)
    assert (after.my_standing, after.members) == (Standing.COORDINATOR, None)


@pytest.mark.rule("X-10", "X-09")
@pytest.mark.hazard("S-h11")
async def test_a_starter_knows_of_the_meetings_before_the_exit_and_of_none_after(world: World) -> None:
    group, helper, _ = await helped(world, max_meetings=2)
    do, member = world.do.meetings, group.members[0]
    second, third = await planned(world, group, 7), await planned(world, group, 14)
    listed = (await do.list_meetings(helper, group.id, FIRST_PAGE)).items
    assert [each.place for each in listed] == ["Library", "Church"]
    assert (await do.list_upcoming(helper, [group.id]))[group.id] == listed[1:]
    await refused(MeetingNotFound, do.read_meeting(helper, third.id))
    read = await do.read_meeting(helper, second.id)
    assert (read.kind, read.advice) == (MeetingKind.LAST_WITH_STARTER, None)
    assert (await do.read_agenda(member, second.id)).next_meeting_at == third.starts_at
    assert (await do.read_agenda(helper, second.id)).next_meeting_at is None
    await refused(MeetingNotFound, do.read_agenda(helper, third.id))
    kinds = [each.kind for each in (await do.list_meetings(member, group.id, FIRST_PAGE)).items]
    assert kinds == [MeetingKind.FIRST_WITH_STARTER, MeetingKind.LAST_WITH_STARTER, MeetingKind.ORDINARY]
    await do.cancel_meeting(member, second.id)
    assert (await do.read_meeting(member, third.id)).kind is MeetingKind.LAST_WITH_STARTER
    assert (await do.read_meeting(helper, third.id)).place == "Church"


@pytest.mark.hazard("S-h11")
async def test_s_h11_the_farewell_is_at_the_meeting_before_the_last_day(world: World) -> None:
    day = world.now.date() + timedelta(days=10)
    group, _, _ = await helped(world, latest_date=day)
    member, do = group.members[0], world.do.meetings
    await planned(world, group, 5)
    assert [each.kind for each in (await do.list_meetings(member, group.id, FIRST_PAGE)).items] == [
        MeetingKind.FIRST_WITH_STARTER,
        MeetingKind.SECOND,
    ]
    await planned(world, group, 12)
    assert [each.kind for each in (await do.list_meetings(member, group.id, FIRST_PAGE)).items] == [
        MeetingKind.FIRST_WITH_STARTER,
        MeetingKind.LAST_WITH_STARTER,
        MeetingKind.ORDINARY,
    ]


@pytest.mark.hazard("S-h5")
async def test_s_h5_with_the_policy_an_assignment_rests_while_training_has_lapsed(world: World) -> None:
    group, helper, view = await helped(world)
    do = world.do
    assert (await do.starters.read_assignment(world.coordinator, view.id)).advice == []
    await do.volunteers.resign_as_volunteer(helper, world.organisation)
    for actor in (world.coordinator, helper):
        seen = await do.starters.read_assignment(actor, view.id)
        assert (seen.status, len(seen.advice)) == (AssignmentStatus.ACTIVE, 1)
    other = await world.forming(3)
    await refused(NotAssignable, assigned(world, other, helper))
    await world.policy(suspend_starter_on_lapse=True)
    await refused(GroupNotFound, do.groups.read_group(helper, group.id))
    await refused(GroupNotFound, do.meetings.list_meetings(helper, group.id, FIRST_PAGE))
    assert await do.meetings.list_upcoming(helper, [group.id]) == {group.id: []}
    (mine,) = await do.starters.list_my_assignments(helper)
    assert (mine.status, mine.group_id, len(mine.advice)) == (AssignmentStatus.RESTING, None, 1)
    shown = await do.starters.read_assignment(group.members[0], view.id)
    assert (shown.status, shown.training, shown.advice) == (AssignmentStatus.RESTING, None, [])
    await do.volunteers.return_as_volunteer(helper, world.organisation)
    assert (await do.groups.read_group(helper, group.id)).my_standing is Standing.STARTER


@pytest.mark.hazard("S-h5")
@pytest.mark.rule("V-06", "V-07")
async def test_s_h5_there_is_a_warning_ahead_of_a_lapse_for_those_who_can_do_something(world: World) -> None:
    await world.policy(supervision_every_days=30, renewal_window_days=14, suspend_starter_on_lapse=True)
    group, helper, view = await helped(world)
    do = world.do.starters
    assert (await do.read_assignment(helper, view.id)).advice == []
    world.forward(days=18)
    for actor in (world.coordinator, helper):
        seen = await do.read_assignment(actor, view.id)
        assert (seen.status, seen.training) == (AssignmentStatus.ACTIVE, VolunteerStatus.RENEWAL_DUE)
        assert seen.advice == [
            world.do.starters.read_assignment.words.say("starters", "advice.renewal_due", "en")
        ]
    (mine,) = await do.list_my_assignments(helper)
    assert (mine.training, mine.advice) == (VolunteerStatus.RENEWAL_DUE, seen.advice)
    shown = await do.read_assignment(group.members[0], view.id)
    assert (shown.training, shown.advice) == (None, [])
    assert (await world.do.groups.read_group(helper, group.id)).my_standing is Standing.STARTER
    world.forward(days=13)
    assert (await do.read_assignment(world.coordinator, view.id)).status is AssignmentStatus.RESTING
