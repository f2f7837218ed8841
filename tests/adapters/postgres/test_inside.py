"""The lean statement of a member who has signed says what the whole one says, or leaves it to that."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.adapters.postgres.reads import groups as reads
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.ground_rules import Agreement
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId
from app.services.groups.views import GroupView
from app.services.ports.transaction import BallotDue
from tests.parity.scene import play
from tests.support.world import World


class Found:
    """How often the lean statement was enough."""

    def __init__(self) -> None:
        self.lean = self.whole = 0


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Found:
    made = Found()
    asked = reads._page_inside

    def page_inside(record: Any, work: Any) -> Any:
        page = asked(record, work)
        made.lean += page is not None
        made.whole += page is None
        return page

    monkeypatch.setattr(reads, "_page_inside", page_inside)
    return made


async def both(world: World, viewer: Actor, group: GroupId) -> tuple[Any, Any]:
    """What is known, how the viewer stands to it, what is shown: by the lean statements, and by the whole ones."""
    person = viewer.person_id
    use = world.do.groups.read_group.transact

    async def work(tx: Any) -> tuple[Any, Any]:
        whole, stands = await tx.group_reads.whole_page(group, person), await tx.standings.look(group, person)
        shown = GroupView.of(whole, tx.now)
        page, inside = await tx.group_reads.page(group, person), await tx.standings.look_inside(group, person)
        return (page.seen, inside, GroupView.of(page, tx.now)), (whole.seen, stands, shown)

    return await use.read(viewer, world.organisation, work)


async def compare(world: World, viewers: Sequence[Actor], groups: Sequence[GroupId]) -> int:
    """How many comparisons were possible; `BallotDue` and what isn't there must be alike as well."""
    compared = 0
    for viewer in viewers:
        for group in groups:
            try:
                page, whole = await both(world, viewer, group)
            except (GroupNotFound, BallotDue):
                continue
            for mine, theirs in zip(page, whole, strict=True):
                different = [
                    name
                    for name in type(mine).__dataclass_fields__
                    if getattr(mine, name) != getattr(theirs, name)
                ]
                assert not different, [(getattr(mine, name), getattr(theirs, name)) for name in different]
            compared += 1
    return compared


async def test_all_viewers_of_a_scene_at_many_times(world: World, found: Found) -> None:
    scene = await play(world)
    viewers = [actor for actor in scene.viewers.values() if actor.person is not None and not actor.is_system]
    compared = 0
    for days in (0.0, 1.9, 0.2, 1.0, 5.0, 10.0, 60.0, 40.0):
        world.forward(days=days)
        compared += await compare(world, viewers, (scene.group.id, scene.forming.id))
    assert compared > 40
    assert found.lean >= 5
    assert found.whole > 40


async def test_everything_that_a_group_decides(world: World, found: Found) -> None:
    group, code = await world.open_group(5, seats=8)
    one, two = group.members[0], group.members[1]
    do = world.do
    ids = (group.id,)
    world.forward(hours=3)
    draft = await do.groups.draft_ground_rules(one, group.id, Agreement(rhythm="Every Tuesday"))
    rules = await do.admission.open_ballot(one, group.id, Question.GROUND_RULES, ground_rules_id=draft.id)
    await compare(world, group.members, ids)
    await world.vote(rules, group.members)
    _, first = await world.applied(code)
    end = await do.admission.open_ballot(
        one, group.id, Question.END_DATE, ends_at=world.now + timedelta(days=90)
    )
    await world.vote(end, group.members)
    await do.groups.take_leave(two, group.id, world.now + timedelta(days=30))
    await do.meetings.plan_meeting(one, group.id, world.now + timedelta(days=4), "Library")
    waiting = await world.admission(group, first)
    await world.vote(waiting, group.members[:3], Choice.FOR)
    before = found.lean
    assert await compare(world, group.members, ids) == 5
    assert found.lean == before + 5, "an open ballot that waits for votes needs no more than that"
    await world.vote(waiting, group.members[3:], Choice.FOR)
    assert await compare(world, group.members, ids) == 5
    await do.groups.drop_end_date(one, group.id)
    await do.groups.close_for_new_people(two, group.id)
    world.forward(days=5)
    assert await compare(world, group.members, ids) == 5
    world.forward(days=100)
    assert await compare(world, group.members, ids) == 5


async def test_a_ballot_that_is_over_is_counted_before_anything_is_shown(world: World, found: Found) -> None:
    group = await world.meeting(4)
    world.forward(hours=3)
    await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    world.forward(days=15)
    found.whole = 0
    shown = await world.do.groups.read_group(group.members[1], group.id)
    assert found.whole == 1, "the lean statement has left it to the whole one"
    assert shown.open_for_new_people is False
    assert found.lean == 1, "and once it is counted it is enough"
