"""No leader (G-01, G-03, G-h7): in any history, whatever one member may do, each other member may do in its place."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.adapters.postgres import transact
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.groups.group import Form
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import ApplicationId, BallotId, MeetingId
from app.services.groups.views import GroupView
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import Made, World

Try = Callable[[Actor], Awaitable[object]]


class _TakenBack(Exception):
    """It would have been allowed; and nothing of it stays."""


async def would_be_allowed(monkeypatch: pytest.MonkeyPatch, attempt: Try, member: Actor) -> str:
    """What an attempt would come to, without leaving a trace: the state is the same for whoever tries next."""

    async def take_back(_work: object) -> None:
        raise _TakenBack

    with monkeypatch.context() as patched:
        patched.setattr(transact, "flush_events", take_back)
        try:
            await attempt(member)
        except _TakenBack:
            return "allowed"
        except DomainError as refused:
            return refused.code
    return "allowed"


class _History:
    """A group, and everything that a member might try in it."""

    def __init__(self, world: World, group: Made, code: str) -> None:
        self.world, self.group, self.code = world, group, code
        self.ballots: list[BallotId] = []
        self.applications: list[ApplicationId] = []
        self.meetings: list[MeetingId] = []

    async def attempts(self) -> dict[str, Try]:
        """Everything that there is to try in this state."""
        do, group, world = self.world.do, self.group.id, self.world
        seen = await do.groups.read_group(self.group.members[0], group)
        version, later = seen.version or 0, world.now + timedelta(days=20)
        found: dict[str, Try] = {
            "read": lambda who: do.groups.read_group(who, group),
            "edit": lambda who: do.groups.edit_group(who, group, version, Form.PHONE, "Area", "nb", "Grief"),
            "close": lambda who: do.groups.close_for_new_people(who, group),
            "open": lambda who: do.admission.open_ballot(who, group, Question.OPEN_FOR_NEW_PEOPLE),
            "plan": lambda who: do.meetings.plan_meeting(who, group, later, "Library"),
            "invite": lambda who: do.groups.invite_to_place(who, group, world.coordinator.person_id),
            "placements": lambda who: do.groups.list_placements(who, group),
            "applications": lambda who: do.admission.list_applications(who, group, FIRST_PAGE),
            "ballots": lambda who: do.admission.list_ballots(who, group, FIRST_PAGE),
            "leave": lambda who: do.groups.leave_group(who, group),
        }
        for application in self.applications:
            found[f"admit {application}"] = lambda who, it=application: do.admission.open_ballot(  # type: ignore[misc]
                who, group, Question.ADMISSION, it
            )
            found[f"accept {application}"] = lambda who, it=application: do.admission.accept_entry(  # type: ignore[misc]
                who, it, world.signature()
            )
        for ballot in self.ballots:
            found[f"vote {ballot}"] = lambda who, it=ballot: do.admission.cast_vote(who, it, Choice.FOR)  # type: ignore[misc]
        for meeting in self.meetings:
            found[f"cancel {meeting}"] = lambda who, it=meeting: do.meetings.cancel_meeting(who, it)  # type: ignore[misc]
            found[f"correct {meeting}"] = lambda who, it=meeting: do.meetings.correct_meeting(who, it, False)  # type: ignore[misc]
        return found

    async def step(self, chance: random.Random) -> None:
        """Something happens, by somebody."""
        do, group, world = self.world.do, self.group, self.world
        who = chance.choice(group.members)
        what = chance.choice(["plan", "open", "apply", "admit", "vote", "time", "leave", "close"])
        try:
            if what == "plan":
                start = world.now + timedelta(days=chance.randint(1, 20))
                self.meetings.append((await do.meetings.plan_meeting(who, group.id, start, "Library")).id)
            elif what == "open":
                opened = await do.admission.open_ballot(who, group.id, Question.OPEN_FOR_NEW_PEOPLE)
                self.ballots.append(opened.id)
            elif what == "apply":
                self.applications.append((await world.applied(self.code))[1].id)
            elif what == "admit" and self.applications:
                opened = await do.admission.open_ballot(
                    who, group.id, Question.ADMISSION, chance.choice(self.applications)
                )
                self.ballots.append(opened.id)
            elif what == "vote" and self.ballots:
                await do.admission.cast_vote(who, chance.choice(self.ballots), chance.choice(list(Choice)))
            elif what == "time":
                world.forward(days=chance.choice([1, 7, 15]))
            elif what == "leave" and len(group.members) > 3:
                await do.groups.leave_group(who, group.id)
                group.members.remove(who)
            elif what == "close":
                await do.groups.close_for_new_people(who, group.id)
        except DomainError:
            pass


def without_oneself(view: GroupView) -> GroupView:
    members = [replace(member, is_me=False) for member in view.members or []]
    return replace(view, my_membership_id=None, members=members)


@pytest.mark.rule("G-01")
@pytest.mark.parametrize("seed", range(5))
async def test_g01_what_one_member_may_each_other_may(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    group, code = await world.open_group(5, seats=8)
    history = _History(world, group, code)
    for _ in range(8):
        await history.step(chance)
        one, other = chance.sample(group.members, 2)
        first = await world.do.groups.read_group(one, group.id)
        assert without_oneself(first) == without_oneself(await world.do.groups.read_group(other, group.id))
        for name, attempt in (await history.attempts()).items():
            verdicts = [await would_be_allowed(monkeypatch, attempt, who) for who in (one, other)]
            assert verdicts[0] == verdicts[1], name


@pytest.mark.hazard("G-h7")
async def test_g_h7_whoever_planned_a_meeting_has_no_more_say_in_it_than_others(world: World) -> None:
    group = await world.meeting(4)
    planner, other, *_ = group.members
    planned = await world.do.meetings.plan_meeting(
        planner, group.id, world.now + timedelta(days=7), "Library"
    )
    moved = await world.do.meetings.move_meeting(
        other, planned.id, planned.version, world.now + timedelta(days=8), "Church"
    )
    assert moved.place == "Church"
    await world.do.meetings.cancel_meeting(group.members[3], planned.id)
