"""The closed group: no way in but its own ballot, no way out but one's own, and nobody above it.

Rules A-01, A-02, A-06, A-07, G-01 to G-03, G-17 to G-19, M-12; hazards B-18, B-27, B-28, B-30, G-h1, G-h2, G-h8, G-h10.
"""

import inspect
from dataclasses import fields
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import ApplicationNotFound, GroupNotOpen, NothingOffered
from app.domain.groups.errors import GroupIsClosed, GroupNotFound, PlacementOver
from app.domain.groups.group import Form, Phase, SizeBand
from app.domain.meetings.errors import MeetingHasStarted, OnlyMembersPlan
from app.domain.organisations.organisation import NotRegistered, Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.ids import compose_id
from app.services.admission.open_ballot import OpenBallot
from app.services.admission.views import BallotView
from app.services.ports.paging import FIRST_PAGE
from app.services.registry import Services
from tests.services.conftest import Look
from tests.support.world import World

STAFF = [Role.ADMINISTRATOR, Role.COORDINATOR, Role.INTERVIEWER, Role.STARTER]


@pytest.mark.hazard("B-18")
async def test_b18_from_the_start_of_the_first_meeting_no_placement_leads_in(world: World) -> None:
    """A-01, A-02, B-18: neither an invitation made before nor one made after."""
    group = await world.forming(4)
    invited = await world.ready("invited")
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
    await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=1), "Library"
    )
    world.forward(hours=2)
    with pytest.raises(GroupIsClosed):
        await world.do.groups.accept_place(invited, placement.id, "Late")
    other = await world.ready("other")
    with pytest.raises(GroupIsClosed):
        await world.do.groups.invite_to_place(world.coordinator, group.id, other.person_id)
    with pytest.raises(GroupIsClosed):
        await world.do.groups.list_placements(world.coordinator, group.id)


@pytest.mark.rule("A-01", "A-02")
@pytest.mark.parametrize("role", STAFF)
async def test_a01_no_role_opens_a_closed_group(world: World, role: Role) -> None:
    """A-01, G-02, G-17, M-12: whatever somebody is in the organisation, inside the group they are nobody."""
    group, code = await world.open_group()
    staff = await world.ready(str(role))
    await world.sign_for(staff)
    await world.do.organisations.grant_role(world.administrator, world.organisation, staff.person_id, role)
    _, application = await world.applied(code)
    hidden: type[Exception] = GroupIsClosed if role is Role.COORDINATOR else GroupNotFound
    with pytest.raises(hidden):
        await world.do.groups.invite_to_place(staff, group.id, staff.person_id)
    with pytest.raises(GroupNotFound):
        await world.do.admission.open_ballot(staff, group.id, Question.ADMISSION, application.id)
    with pytest.raises(GroupNotFound):
        await world.do.admission.list_applications(staff, group.id, FIRST_PAGE)
    with pytest.raises(ApplicationNotFound):
        await world.do.admission.read_application(staff, application.id)
    with pytest.raises(ApplicationNotFound):
        await world.do.admission.accept_entry(staff, application.id, world.signature())
    with pytest.raises(GroupNotFound):
        await world.do.groups.close_for_new_people(staff, group.id)
    with pytest.raises(OnlyMembersPlan if role is Role.COORDINATOR else GroupNotFound):
        await world.do.meetings.plan_meeting(staff, group.id, world.now + timedelta(days=1), "Here")
    own = await world.do.admission.apply(staff, world.organisation, code, "Staff", "Myself.", None)
    with pytest.raises(NothingOffered):
        await world.do.admission.accept_entry(staff, own.id, world.signature())


@pytest.mark.rule("A-01")
async def test_a01_nobody_enters_before_or_without_a_yes(world: World) -> None:
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)

    async def accepting_is_refused() -> None:
        with pytest.raises(NothingOffered):
            await world.do.admission.accept_entry(newcomer, application.id, world.signature())

    await accepting_is_refused()
    ballot = await world.admission(group, application)
    await accepting_is_refused()
    await world.vote(ballot, group.members, Choice.AGAINST, Choice.FOR)
    await accepting_is_refused()


@pytest.mark.rule("A-01")
async def test_a01_what_is_offered_to_one_cannot_be_taken_by_another(world: World) -> None:
    group, code = await world.open_group()
    _, application = await world.applied(code)
    await world.vote(await world.admission(group, application), group.members)
    for thief in (await world.ready("thief"), group.members[0], world.coordinator):
        with pytest.raises(ApplicationNotFound):
            await world.do.admission.accept_entry(thief, application.id, world.signature())


@pytest.mark.rule("A-01")
async def test_a01_nothing_reopens_a_group(world: World) -> None:
    group = await world.meeting(5)
    page = await world.do.meetings.list_meetings(group.members[0], group.id, FIRST_PAGE)
    meeting = page.items[0]
    await world.do.meetings.correct_meeting(group.members[0], meeting.id, False)
    with pytest.raises(MeetingHasStarted):
        await world.do.meetings.cancel_meeting(group.members[0], meeting.id)
    with pytest.raises(MeetingHasStarted):
        await world.do.meetings.move_meeting(
            group.members[0], meeting.id, meeting.version + 1, world.now + timedelta(days=9), "Later"
        )
    seen = await world.do.groups.read_group(group.members[0], group.id)
    assert seen.phase is Phase.MEETING
    with pytest.raises(GroupIsClosed):
        await world.do.groups.invite_to_place(world.coordinator, group.id, group.members[0].person_id)


@pytest.mark.rule("A-06")
async def test_a06_nobody_is_put_anywhere_by_somebody_else(world: World) -> None:
    """A-06, A-07: not registered by others, not placed without their own yes, not applied for by a system."""
    group = await world.forming(3)
    stranger = await world.person("stranger")
    with pytest.raises(NotRegistered):
        await world.do.groups.invite_to_place(world.coordinator, group.id, stranger.person_id)
    ready = await world.ready("ready")
    await world.do.groups.invite_to_place(world.coordinator, group.id, ready.person_id)
    assert (await world.do.groups.read_group(world.coordinator, group.id)).member_count == 3
    with pytest.raises(GroupNotFound):
        await world.do.groups.read_group(ready, group.id)
    system = Actor(issuer="i", subject="system", is_system=True)
    with pytest.raises(PersonNeeded):
        await world.do.organisations.register(system, world.organisation, "System")
    with pytest.raises(PersonNeeded):
        await world.do.admission.apply(system, world.organisation, "code", "Alias", "Words.", None)


@pytest.mark.hazard("B-27")
async def test_b27_no_member_brings_anybody_in_alone(world: World) -> None:
    group, code = await world.open_group(5, seats=8)
    accomplice = await world.ready("accomplice")
    for member in group.members:
        with pytest.raises(GroupNotFound):
            await world.do.groups.invite_to_place(member, group.id, accomplice.person_id)
    _, application = await world.applied(code, "Accomplice")
    ballot = await world.admission(group, application)
    assert (await world.vote(ballot, group.members[:1])).status is BallotStatus.OPEN


@pytest.mark.hazard("B-28")
async def test_b28_no_membership_by_hand(world: World, look: Look) -> None:
    """B-28, A-02: the database itself wants the fact that let somebody in; even its owner meets that wall."""
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    into = (
        "insert into membership (organisation_id, id, group_id, person_id, alias, placement_id, ballot_id,"
        " ballot_verdict, generation, joined_at) values ($1, $2, $3, $4, 'By hand', null, $5, $6, 1, now())"
    )

    def row(ballot_id: UUID | None, verdict: str | None) -> list[object]:
        new = compose_id(world.organisation, 1, 99)
        return [world.organisation, new, group.id, newcomer.person_id, ballot_id, verdict]

    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await look(into, *row(None, None))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await look(into, *row(ballot.id, "adopted"))
    await world.vote(ballot, group.members, Choice.AGAINST)
    for verdict in ("adopted", "not_adopted"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await look(into, *row(ballot.id, verdict))


@pytest.mark.hazard("B-30")
async def test_b30_a_group_that_takes_nobody_in_cannot_be_applied_to(world: World) -> None:
    group, code = await world.open_group()
    await world.do.groups.close_for_new_people(group.members[3], group.id)
    assert not (await world.do.admission.list_offers(Actor(), world.organisation, FIRST_PAGE)).items
    with pytest.raises(GroupNotOpen):
        await world.applied(code)
    await world.open_for_new(group)
    await world.applied(code)


@pytest.mark.hazard("B-30")
async def test_b30_a_closing_leaves_what_is_under_way_alone(world: World) -> None:
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    await world.do.groups.close_for_new_people(group.members[3], group.id)
    await world.vote(ballot, group.members)
    entry = await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert entry.generation == 2


@pytest.mark.rule("G-06")
@pytest.mark.hazard("G-h1")
async def test_g_h1_below_five_it_is_vulnerable_and_nothing_stops(world: World) -> None:
    group, code = await world.open_group(5)
    await world.do.groups.leave_group(group.members.pop(), group.id)
    seen = await world.do.groups.read_group(group.members[0], group.id)
    assert (seen.vulnerable, seen.phase, seen.size_band) == (True, Phase.MEETING, SizeBand.BELOW_FIVE)
    await world.do.meetings.plan_meeting(group.members[0], group.id, world.now + timedelta(days=7), "Library")
    await world.admitted(group, code)
    seen = await world.do.groups.read_group(group.members[0], group.id)
    assert seen.vulnerable is False


@pytest.mark.hazard("G-h2")
async def test_g_h2_when_the_last_has_left_it_has_ended_and_its_theme_stays(world: World) -> None:
    group = await world.meeting(3)
    for member in group.members:
        await world.do.groups.leave_group(member, group.id)
    page = await world.do.groups.list_groups(world.coordinator, world.organisation, FIRST_PAGE)
    [seen] = page.items
    assert (seen.id, seen.phase, seen.theme) == (group.id, Phase.ENDED, "Grief")
    with pytest.raises(GroupNotFound):
        await world.do.groups.read_group(group.members[0], group.id)


@pytest.mark.hazard("G-h8")
async def test_g_h8_there_is_no_button_for_staff(world: World) -> None:
    """G-h8, G-18, G-19: nobody takes a place from somebody who has it; leaving is one's own."""
    forming = await world.forming(3)
    placements = await world.do.groups.list_placements(world.coordinator, forming.id)
    for placement in placements:
        with pytest.raises(PlacementOver):
            await world.do.groups.withdraw_invitation(world.coordinator, placement.id)
    with pytest.raises(GroupNotFound):
        await world.do.groups.leave_group(world.coordinator, forming.id)
    takes_a_member_away = {
        name
        for feature in fields(Services)
        for name, use_case in vars_of(getattr(world.do, feature.name)).items()
        if "membership_id" in inspect.signature(type(use_case).__call__).parameters
    }
    # A signature on paper, who was there, and the group asking its helper for a visit: nothing of it removes anybody.
    assert takes_a_member_away <= {"witness_declaration", "note_attendance"}


def vars_of(feature: object) -> dict[str, object]:
    return {field.name: getattr(feature, field.name) for field in fields(feature)}  # type: ignore[arg-type]


@pytest.mark.hazard("G-h10")
async def test_g_h10_age_and_gender_have_no_place_in_a_ballot(world: World) -> None:
    words = {field.name for field in fields(BallotView)}
    words |= set(inspect.signature(OpenBallot.__call__).parameters)
    assert not {word for word in words if word in {"age", "gender", "sex", "composition", "reason"}}
    assert words >= {"question", "application_id"}


@pytest.mark.rule("G-17")
async def test_g17_how_the_group_is_and_meets_is_its_members_own(world: World) -> None:
    """G-03, G-17, M-06, M-12."""
    group = await world.meeting(5)
    version = (await world.do.groups.read_group(group.members[0], group.id)).version
    assert version is not None
    with pytest.raises(GroupIsClosed):
        await world.do.groups.edit_group(
            world.coordinator, group.id, version, Form.VIDEO, "Area", "nb", "Grief"
        )
    seen = await world.do.groups.edit_group(
        group.members[4], group.id, version, Form.VIDEO, "Area", "nb", "Grief"
    )
    assert seen.form is Form.VIDEO


@pytest.mark.rule("G-18")
async def test_g18_leaving_is_at_once_and_coming_back_takes_a_ballot(world: World) -> None:
    group, code = await world.open_group()
    leaver = group.members.pop()
    await world.do.groups.leave_group(leaver, group.id)
    with pytest.raises(GroupNotFound):
        await world.do.groups.read_group(leaver, group.id)
    assert await world.do.groups.list_my_groups(leaver) == []
    back = await world.do.admission.apply(leaver, world.organisation, code, "Back", "Again.", None)
    with pytest.raises(NothingOffered):
        await world.do.admission.accept_entry(leaver, back.id, world.signature())
