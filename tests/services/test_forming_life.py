"""A forming group's whole life against a model that anybody can check by eye: a list, a set of invitations, some seats."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from app.domain.groups.group import Form
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import GroupId, PersonId, PlacementId
from tests.support.forming_world import ask, code_of, fix_first, list_of, seen_by
from tests.support.histories import counting, share, told
from tests.support.world import World

SEATS, PEOPLE, STEPS = 4, 7, 22


@dataclass
class Model:
    """What a group that forms is, in so many words."""

    waiting: list[int] = field(default_factory=list)
    invited: dict[int, bool] = field(default_factory=dict)
    """Live invitations: whether the person has accepted. A place that was given up stays accepted."""
    members: list[int] = field(default_factory=list)
    fixed: bool = False
    closed: bool = False

    def ask(self, who: int) -> str:
        if who in self.members:
            return "groups.already_member"
        if self.closed:
            return "groups.closed"
        if who not in self.waiting:
            self.waiting.append(who)
        return "ok"

    def withdraw(self, who: int) -> str:
        if who not in self.waiting:
            return "groups.not_waiting"
        self.waiting.remove(who)
        return "ok"

    def invite(self, who: int) -> str:
        if self.closed:
            return "groups.closed"
        if who in self.invited:
            return "groups.already_invited"
        self.invited[who] = False
        return "ok"

    def accept(self, who: int) -> str:
        if self.invited.get(who) and who in self.members:
            return "ok"
        if self.closed:
            return "groups.closed"
        if who not in self.invited:
            return "groups.placement_over"
        if self.invited[who]:
            return "groups.already_member"
        if len(self.members) == SEATS:
            return "groups.no_free_seat"
        self.invited[who] = True
        self.members.append(who)
        if who in self.waiting:
            self.waiting.remove(who)
        return "ok"

    def decline(self, who: int) -> str:
        if self.invited.get(who):
            return "groups.placement_over"
        self.invited.pop(who, None)
        if who in self.waiting:
            self.waiting.remove(who)
        return "ok"

    def leave(self, who: int) -> str:
        self.members.remove(who)
        return "ok"

    def fix(self) -> str:
        if len(self.members) < 3:
            return "meetings.too_few"
        if self.fixed:
            return "meetings.first_stands"
        self.fixed = True
        return "ok"


@dataclass
class Life:
    """One history: what is done to the service and to the model alike."""

    world: World
    group: GroupId
    code: str
    people: list[Actor]
    dice: random.Random
    model: Model = field(default_factory=Model)
    places: dict[int, PlacementId] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    async def step(self) -> None:
        """Anything that anybody could do, whether or not it may be done."""
        who = self.dice.randrange(PEOPLE)
        actor, do, model = self.people[who], self.world.do.groups, self.model
        can: list[tuple[str, Callable[[], Awaitable[object]], Callable[[], str]]] = [
            (
                "ask",
                lambda: ask(self.world, actor, self.world.organisation, self.code),
                lambda: model.ask(who),
            ),
            ("withdraw", lambda: do.withdraw_wish(actor, self.group), lambda: model.withdraw(who)),
            ("invite", lambda: self._invite(who), lambda: model.invite(who)),
            ("invite", lambda: self._invite(who), lambda: model.invite(who)),
            (
                "fix",
                lambda: fix_first(self.world, self.world.coordinator, self.group),
                lambda: "" if model.closed else model.fix(),
            ),
        ]
        place = self.places.get(who)
        if place is not None and who in model.invited:
            accept = (
                "accept",
                lambda: do.accept_place(actor, place, f"Alias {who}"),
                lambda: model.accept(who),
            )
            can += [accept, accept, accept]
            can.append(("decline", lambda: do.decline_place(actor, place), lambda: model.decline(who)))
        if who in model.members:
            can.append(("leave", lambda: do.leave_group(actor, self.group), lambda: model.leave(who)))
        name, attempt, expected = self.dice.choice(can)
        if name == "fix" and model.closed:
            return
        foretold = expected()
        self.told.append(f"{name} {who}: {foretold}")
        assert await self._outcome(attempt) == foretold, self.told
        if model.fixed and not model.closed and self.dice.random() < 0.2:
            self.world.forward(hours=3)
            model.closed = True
            self.told.append("begins")

    async def _invite(self, who: int) -> None:
        actor = self.people[who]
        made = await self.world.do.groups.invite_to_place(self.world.coordinator, self.group, actor.person_id)
        self.places[who] = made.id

    async def _outcome(self, attempt: Callable[[], Awaitable[object]]) -> str:
        try:
            await attempt()
        except DomainError as refused:
            return refused.code
        return "ok"

    async def compare(self) -> None:
        """The service's group is the model's."""
        model, world = self.model, self.world
        number: dict[PersonId, int] = {each.person_id: index for index, each in enumerate(self.people)}
        seen = await seen_by(world, world.coordinator, self.group)
        for index in (0, PEOPLE - 1):
            mine = await world.do.groups.list_my_waiting(self.people[index])
            here = [view for view in mine if view.group_id == self.group]
            assert bool(here) == (index in model.waiting and not model.closed), self.told
        if model.closed:
            assert seen.member_count is None, self.told
            assert (
                await self._outcome(lambda: list_of(world, world.coordinator, self.group)) == "groups.closed"
            )
            return
        assert seen.member_count == len(model.members) <= SEATS, self.told
        waiting = await list_of(world, world.coordinator, self.group)
        assert [number[entry.person_id] for entry in waiting] == model.waiting, self.told
        found = await world.do.groups.list_placements(world.coordinator, self.group)
        live = {
            number[each.person_id]: each.answer == "accepted" for each in found if each.answer != "declined"
        }
        assert live == model.invited, self.told


@pytest.mark.rule("A-01", "A-07", "G-07", "G-24")
@pytest.mark.hazard("B-18", "G-h3")
async def test_a_forming_groups_life_is_that_of_the_model(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    people = [await world.ready(f"person{number}") for number in range(PEOPLE)]
    with counting(record_property):
        seen = await _lives(world, people, share("forming group"))
    assert {"ok", "groups.already_invited", "groups.not_waiting", "meetings.too_few"} <= seen


async def _lives(world: World, people: list[Actor], histories: int) -> set[str]:
    """Tell so many; what was answered in them."""
    seen: set[str] = set()
    for number in range(histories):
        told["forming group"] += 1
        if number % 100 == 99:  # weeks have passed in all these lives
            for each in people:
                await world.do.intake.declare_readiness(each, world.organisation)
        made = await world.do.groups.form_group(
            world.coordinator, world.organisation, Form.PHONE, "Area", "nb", seats=SEATS
        )
        code = await code_of(world, world.coordinator, made.id)
        life = Life(world, made.id, code, people, random.Random(number))
        for _ in range(STEPS):
            await life.step()
        await life.compare()
        seen |= {line.split(": ")[-1] for line in life.told}
    return seen
