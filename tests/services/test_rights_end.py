"""Rights end by themselves (S-h1, X-10), over random histories and clocks: what a starter may, the database and the
domain say alike, and at the exit nothing is left that a stranger wouldn't have."""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from app.domain.admission.ballot import Question
from app.domain.groups.group import Form
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError
from app.domain.starters.assignment import AssignmentStatus
from app.services.ports.paging import FIRST_PAGE
from app.services.starters.views import AssignmentView
from tests.support.starters_world import assigned, first_planned, starter
from tests.support.world import Made, World

Try = Callable[[Actor], Awaitable[object]]


def attempts(world: World, group: Made, view: AssignmentView) -> dict[str, Try]:
    """Everything that somebody might try in the group and with the assignment."""
    do, later = world.do, world.now + timedelta(days=3)
    page, day = FIRST_PAGE, (world.now + timedelta(days=30)).date()
    return {
        "read": lambda who: do.groups.read_group(who, group.id),
        "edit": lambda who: do.groups.edit_group(who, group.id, 1, Form.PHONE, "Area", "nb", None),
        "meetings": lambda who: do.meetings.list_meetings(who, group.id, page),
        "plan": lambda who: do.meetings.plan_meeting(who, group.id, later, "Library"),
        "placements": lambda who: do.groups.list_placements(who, group.id),
        "invite": lambda who: do.groups.invite_to_place(who, group.id, world.coordinator.person_id),
        "close": lambda who: do.groups.close_for_new_people(who, group.id),
        "leave": lambda who: do.groups.leave_group(who, group.id),
        "sign": lambda who: do.groups.sign_declaration(who, group.id, world.signature()),
        "open": lambda who: do.admission.open_ballot(who, group.id, Question.OPEN_FOR_NEW_PEOPLE),
        "ballots": lambda who: do.admission.list_ballots(who, group.id, page),
        "applications": lambda who: do.admission.list_applications(who, group.id, page),
        "starters": lambda who: do.starters.list_starters(who, group.id, page),
        "assignment": lambda who: do.starters.read_assignment(who, view.id),
        "confirm": lambda who: do.starters.confirm_exit(who, view.id),
        "shorten": lambda who: do.starters.shorten_exit(who, view.id, None, 1),
        "end": lambda who: do.starters.end_assignment(who, view.id),
        "follow up": lambda who: do.starters.set_follow_up(who, view.id, day),
        "write": lambda who: do.starters.write_to_participants(who, view.id, "Hello."),
        "messages": lambda who: do.starters.list_starter_messages(who, group.id, page),
        "visits": lambda who: do.starters.list_visits(who, group.id, page),
        "assign": lambda who: do.starters.assign_starter(who, group.id, who.person_id),
    }


async def outcome(attempt: Try, who: Actor) -> str:
    try:
        await attempt(who)
    except DomainError as refused:
        return refused.code
    return "allowed"


async def step(world: World, group: Made, helper: Actor, view: AssignmentView, chance: random.Random) -> None:
    """Something happens."""
    do, who = world.do, chance.choice(group.members)
    what = chance.choice(["plan", "plan", "cancel", "correct", "confirm", "shorten", "time", "time", "end"])
    meetings = (await do.meetings.list_meetings(who, group.id, FIRST_PAGE)).items
    try:
        if what == "plan":
            start = world.now + timedelta(hours=chance.choice([3, 20, 40, 170]))
            await do.meetings.plan_meeting(who, group.id, start, "Library")
        elif what == "cancel" and meetings:
            await do.meetings.cancel_meeting(who, chance.choice(meetings).id)
        elif what == "correct" and meetings:
            await do.meetings.correct_meeting(who, chance.choice(meetings).id, chance.random() < 0.5)
        elif what == "confirm":
            await do.starters.confirm_exit(who, view.id)
        elif what == "shorten":
            await do.starters.shorten_exit(chance.choice([who, helper]), view.id, None, chance.randint(1, 4))
        elif what == "time":
            world.forward(hours=chance.choice([1, 5, 24, 100]))
        elif what == "end" and chance.random() < 0.2:
            await do.starters.end_assignment(chance.choice([helper, world.coordinator]), view.id)
    except DomainError:
        pass


@pytest.mark.rule("X-10", "X-03", "G-02")
@pytest.mark.hazard("S-h1", "S-h4", "B-20")
@pytest.mark.parametrize("seed", range(6))
async def test_s_h1_database_and_domain_agree_and_at_the_exit_nothing_is_left(
    world: World, seed: int
) -> None:
    chance = random.Random(seed)
    group = await world.forming(3)
    limits = [
        {"max_meetings": 1},
        {"max_meetings": 2},
        {},
        {"latest_date": world.now.date() + timedelta(days=4)},
    ]
    helper, view = await assigned(world, group, **chance.choice(limits))  # type: ignore[arg-type]
    stranger = await starter(world, "stranger")
    await first_planned(world, group)
    world.forward(hours=1, minutes=10)
    seen = set()
    for _ in range(14):
        await step(world, group, helper, view, chance)
        now_ = await world.do.starters.read_assignment(group.members[0], view.id)
        over = now_.status is AssignmentStatus.OVER
        seen.add(over)
        (mine,) = await world.do.starters.list_my_assignments(helper)
        assert (mine.status is AssignmentStatus.OVER, mine.ends_at) == (over, now_.ends_at)
        if not over:
            page = await world.do.groups.read_group(helper, group.id)
            assert page.my_standing is Standing.STARTER
            assert page.next_meeting is None or page.next_meeting.starts_at < now_.ends_at
            continue
        for name, attempt in attempts(world, group, view).items():
            told = await outcome(attempt, helper)
            assert told != "allowed", name
            assert told == await outcome(attempt, stranger), name
    assert seen, "it was looked at"


async def test_without_the_exit_the_same_attempts_would_succeed(world: World) -> None:
    """The control: as long as they help, much of it is theirs."""
    group = await world.forming(3)
    helper, view = await assigned(world, group)
    tries = attempts(world, group, view)
    last = tries.pop("end")
    allowed = {name for name, attempt in tries.items() if await outcome(attempt, helper) == "allowed"}
    assert allowed == {"read", "meetings", "starters", "assignment", "write", "messages", "shorten"}
    assert await outcome(last, helper) == "allowed"
