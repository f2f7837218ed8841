"""At the table: the agenda as the group has it, who can't come, who was there; the group's own, and gone in time."""

from datetime import timedelta

import pytest

from app.domain.groups.errors import DeclarationNeeded, MemberNotFound
from app.domain.meetings.agenda import Chosen
from app.domain.meetings.errors import (
    AgendaIsOver,
    AgendaItemStays,
    AttendanceIsOver,
    MeetingNotFound,
    NoticeTooLate,
    NotYetBegun,
    OnlyMembersPlan,
)
from app.domain.meetings.meeting import MeetingKind
from app.domain.organisations.organisation import Role
from app.domain.shared.errors import Invalid, Stale
from app.services.meetings.table_views import AbsenceView
from tests.services.conftest import Look
from tests.support.meetings_world import meetings, membership, weekly
from tests.support.world import World


def ours(*keys: str) -> list[Chosen]:
    """Items by their keys."""
    return [Chosen(key=key, title=None, minutes=10) for key in keys]


@pytest.mark.rule("M-07", "M-08", "M-14", "C-09", "O-05")
async def test_a_group_arranges_its_agenda(world: World) -> None:
    group = await world.meeting(3)
    await weekly(world, group)
    member, other = group.members[0], group.members[1]
    second, third = (await meetings(world, group, upcoming=True))[:2]
    proposed = await world.do.meetings.read_agenda(member, second.id)
    assert (proposed.kind, proposed.arranged, proposed.version) == (MeetingKind.SECOND, False, 1)
    assert proposed.next_meeting_at == third.starts_at
    assert all(item.text and item.rules and "Selvhj" in item.sources[0] for item in proposed.items)
    mine = [Chosen(key=None, title="Summer outing", minutes=15), *ours("here_and_now", "closing")]
    view = await world.do.meetings.arrange_agenda(other, second.id, 1, mine)
    assert [item.title for item in view.items][:1] == ["Summer outing"]
    assert (view.minutes, view.version, view.arranged) == (35, 2, True)
    assert (await world.do.meetings.read_agenda(member, second.id)) == view
    with pytest.raises(Stale):
        await world.do.meetings.arrange_agenda(member, second.id, 1, mine)
    with pytest.raises(Invalid):
        await world.do.meetings.arrange_agenda(member, second.id, 2, ours("starters_role"))
    with pytest.raises(OnlyMembersPlan):
        await world.do.meetings.arrange_agenda(world.coordinator, second.id, 2, mine)
    stranger = await world.ready()
    for ask in (world.coordinator, stranger):
        with pytest.raises(MeetingNotFound):
            await world.do.meetings.read_agenda(ask, second.id)
    with pytest.raises(MeetingNotFound):
        await world.do.meetings.arrange_agenda(stranger, second.id, 2, mine)
    world.forward(days=3)
    with pytest.raises(AgendaIsOver):
        await world.do.meetings.arrange_agenda(member, second.id, 2, mine)


@pytest.mark.rule("M-08", "M-11", "M-12")
@pytest.mark.hazard("D-h1")
async def test_signing_stays_on_the_first_agenda(world: World) -> None:
    group = await world.forming(4, sign=False)
    signer, unsigned = group.members[0], group.members[1]
    await world.do.groups.sign_declaration(signer, group.id, world.signature())
    first = await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=1), "Library"
    )
    with pytest.raises(AgendaItemStays):
        await world.do.meetings.arrange_agenda(signer, first.id, 1, ours("presentation", "closing"))
    with pytest.raises(DeclarationNeeded):
        await world.do.meetings.arrange_agenda(unsigned, first.id, 1, ours("signing"))
    own = [*ours("signing", "closing"), Chosen(key=None, title="Whose keys?", minutes=5)]
    await world.do.meetings.arrange_agenda(signer, first.id, 1, own)
    for ask in (unsigned, world.coordinator):
        seen = await world.do.meetings.read_agenda(ask, first.id)
        assert seen.kind is MeetingKind.FIRST_WITHOUT_STARTER
        assert "signing" in {item.key for item in seen.items}
        assert not seen.arranged
        assert "keys" not in str(seen)
    assert not next(item for item in seen.items if item.key == "signing").removable


@pytest.mark.rule("A-05", "M-08")
async def test_somebody_new_changes_the_agenda_that_was_arranged(world: World) -> None:
    group, code = await world.open_group(3)
    planned = await world.do.meetings.plan_meeting(
        group.members[0], group.id, world.now + timedelta(days=30), "Library"
    )
    own = [Chosen(key=None, title="Summer outing", minutes=5), *ours("closing")]
    await world.do.meetings.arrange_agenda(group.members[0], planned.id, 1, own)
    await world.admitted(group, code)
    seen = await world.do.meetings.read_agenda(group.members[0], planned.id)
    assert seen.kind is MeetingKind.NEW_GENERATION
    assert {"signing", "ground_rules", "closing", None} <= {item.key for item in seen.items}
    with pytest.raises(AgendaItemStays):
        await world.do.meetings.arrange_agenda(group.members[0], planned.id, seen.version, own)


@pytest.mark.rule("N-01", "N-02", "N-05", "G-18")
@pytest.mark.hazard("M-h4")
async def test_who_can_not_come_says_so_and_may_take_it_back(world: World) -> None:
    group = await world.meeting(3)
    me, other = group.members[0], group.members[1]
    await weekly(world, group)
    second = (await meetings(world, group, upcoming=True))[0]
    said = await world.do.meetings.note_absence(me, second.id)
    assert (said.is_me, said.late) == (True, False)
    assert await world.do.meetings.note_absence(me, second.id) == said
    [seen] = await world.do.meetings.list_absences(other, second.id)
    assert seen == AbsenceView(
        meeting_id=second.id, membership_id=said.membership_id, alias="member0", is_me=False, late=None,
        agreed=None, later_than_agreed=None,
    )  # fmt: skip
    await world.do.meetings.take_back_absence(me, second.id)
    await world.do.meetings.take_back_absence(me, second.id)
    assert await world.do.meetings.list_absences(other, second.id) == []
    world.forward(days=2, minutes=5)
    late = await world.do.meetings.note_absence(me, second.id)
    assert late.late
    [seen] = await world.do.meetings.list_absences(other, second.id)
    assert seen.late is None, "nobody else's business"
    page = await world.do.groups.read_group(me, group.id)
    assert page.my_standing == "member", "and it has no consequence"
    await world.do.groups.leave_group(me, group.id)
    assert await world.do.meetings.list_absences(other, second.id) == []
    world.forward(days=8)
    for ask in (world.do.meetings.note_absence, world.do.meetings.take_back_absence):
        with pytest.raises(NoticeTooLate):
            await ask(other, second.id)


@pytest.mark.hazard("M-h5")
@pytest.mark.rule("C-09", "A-03")
async def test_who_was_there_stays_in_the_group_and_ends_with_the_generation(
    world: World, look: Look
) -> None:
    group, code = await world.open_group(3)
    me, other = group.members[0], group.members[1]
    held = (await meetings(world, group))[0]
    them = await membership(world, group, other)
    [seen] = await world.do.meetings.note_attendance(me, held.id, them, True)
    assert (seen.alias, seen.is_me) == ("member1", False)
    await world.do.meetings.note_absence(me, held.id)
    assert await world.do.meetings.note_attendance(other, held.id, them, False) == []
    await world.do.meetings.note_attendance(other, held.id, them, True)
    [seen] = await world.do.meetings.list_attendance(other, held.id)
    assert seen.is_me
    elsewhere = await world.meeting(3)
    stranger = await membership(world, elsewhere, elsewhere.members[0])
    with pytest.raises(MemberNotFound):
        await world.do.meetings.note_attendance(me, held.id, stranger, True)
    ahead = await world.do.meetings.plan_meeting(me, group.id, world.now + timedelta(days=20), "Library")
    with pytest.raises(NotYetBegun):
        await world.do.meetings.note_attendance(me, ahead.id, them, True)
    await world.do.meetings.note_absence(other, ahead.id)
    staff = [world.coordinator, world.administrator, elsewhere.members[0]]
    interviewer = await world.registered("interviewer")
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, interviewer.person_id, Role.INTERVIEWER
    )
    for who in (*staff, interviewer):
        with pytest.raises(MeetingNotFound):
            await world.do.meetings.list_attendance(who, held.id)
        with pytest.raises(MeetingNotFound):
            await world.do.meetings.list_absences(who, held.id)
        with pytest.raises(MeetingNotFound):
            await world.do.meetings.note_attendance(who, held.id, them, False)
        with pytest.raises(MeetingNotFound):
            await world.do.meetings.note_absence(who, ahead.id)
        with pytest.raises(MeetingNotFound):
            await world.do.meetings.read_rounds(who, ahead.id)
    rows = "select 1 from attendance where group_id = $1"
    assert len(await look(rows, group.id)) == 1
    await world.admitted(group, code)
    assert await look(rows, group.id) == [], "gone in the transaction that made the new group"
    assert await look("select 1 from absence_notice where meeting_id = $1", held.id) == []
    assert await world.do.meetings.list_attendance(me, held.id) == []
    with pytest.raises(AttendanceIsOver):
        await world.do.meetings.note_attendance(me, held.id, them, True)
    [still] = await world.do.meetings.list_absences(me, ahead.id)
    assert still.alias == "member1", "who can't come next time still can't"


@pytest.mark.rule("M-15", "M-16", "M-21")
async def test_a_plan_of_rounds_counts_who_can_come(world: World) -> None:
    group = await world.meeting(5)
    await weekly(world, group)
    second = (await meetings(world, group, upcoming=True))[0]
    plan = await world.do.meetings.read_rounds(group.members[0], second.id)
    assert (plan.speakers, plan.minutes, sum(part.minutes for part in plan.parts)) == (5, 120, 120)
    await world.do.meetings.note_absence(group.members[1], second.id)
    assert (await world.do.meetings.read_rounds(group.members[0], second.id)).speakers == 4
    asked = await world.do.meetings.read_rounds(group.members[0], second.id, 7, 3, 15)
    assert (asked.speakers, asked.share) == (7, 13)
    assert [part.title for part in asked.parts][:3] == ["Opening round", "Round", "Round"]
    with pytest.raises(Invalid):
        await world.do.meetings.read_rounds(
            group.members[0],
            (
                await world.do.meetings.plan_meeting(
                    group.members[0], group.id, world.now + timedelta(days=1), "Library", 30
                )
            ).id,
            12,
            1,
            20,
        )
