"""A group of five with a starter, to which anything may happen by anybody: the random histories of two properties."""

import random
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.groups.ground_rules import AbsenceChannel, Agreement
from app.domain.meetings.agenda import Chosen
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import ApplicationId, BallotId, PlacementId
from app.services.ports.paging import FIRST_PAGE
from app.services.starters.views import AssignmentView
from tests.support.meetings_world import membership
from tests.support.starters_world import assigned, first_planned, planned
from tests.support.world import Made, World


@dataclass
class History:
    """What has happened so far, and the ids of everything that has come of it."""

    world: World
    chance: random.Random
    group: Made
    helper: Actor
    helping: AssignmentView
    ids: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """By the names that paths have for them; the newest last."""
    applicants: dict[ApplicationId, Actor] = field(default_factory=dict)
    about: dict[BallotId, Actor] = field(default_factory=dict)
    """Ballots on an exclusion, and who it is about."""
    placements: list[PlacementId] = field(default_factory=list)
    """The places by which the first five came in."""
    before: list[tuple[BallotId | ApplicationId, Actor]] = field(default_factory=list)
    """Ballots and applications that were there before somebody came in: they weren't asked, and of what had ended by
    then they aren't told (docs/adr/0073)."""

    @staticmethod
    async def begin(world: World, chance: random.Random) -> "History":
        """Five people after their second meeting: a starter helps, two have left, one of them shall visit; somebody
        applies."""
        group = await world.forming(5, seats=7)
        places = [each.id for each in await world.do.groups.list_placements(world.coordinator, group.id)]
        over = []
        for _ in range(2):
            gone, assignment = await assigned(world, group)
            await world.do.starters.end_assignment(gone, assignment.id)
            over.append(assignment.id)
        helper, helping = await assigned(world, group, max_meetings=chance.choice([3, 4]))
        meeting = await first_planned(world, group)
        world.forward(hours=1, minutes=5)
        second = await planned(world, group, 3 / 24)
        third = await planned(world, group, 9)
        visit = await world.do.starters.invite_visitor(group.members[1], over[0], third.id)
        await world.open_for_new(group)
        world.forward(hours=4)
        made = History(world, chance, group, helper, helping, placements=places)
        made.ids |= {
            "group_id": [group.id],
            "assignment_id": [*over, helping.id],
            "meeting_id": [meeting.id, second.id, third.id],
            "visit_id": [visit.id],
        }
        await made.apply()
        return made

    def one(self) -> Actor:
        """Any member."""
        return self.chance.choice(self.group.members)

    def known(self, name: str) -> Any:
        """Any of these ids, the newer the likelier; `LookupError` where there is none yet."""
        found = self.ids[name]
        return self.chance.choice([*found, *found[-2:]])

    async def step(self) -> str:
        """Something happens, or is refused."""
        does = self.chance.choice(STEPS)
        try:
            await does(self)
        except DomainError as refused:
            return refused.code
        except LookupError:
            return "nothing to do it with"
        finally:
            await self.look_who_is_there()
        return does.__name__

    async def look_who_is_there(self) -> None:
        """Whoever has left or was excluded is no member any more; and what has fallen due is counted."""
        do, there = self.world.do, []
        for who in self.group.members:
            try:
                await do.admission.list_ballots(who, self.group.id, FIRST_PAGE)
            except DomainError:
                continue
            there.append(who)
        self.group.members = there

    async def plan(self) -> None:
        """A single meeting."""
        start = self.world.now + timedelta(hours=self.chance.choice([2, 30, 100, 300]))
        planned = await self.world.do.meetings.plan_meeting(self.one(), self.group.id, start, "Library")
        self.ids["meeting_id"].append(planned.id)

    async def move(self) -> None:
        """A meeting is at another time."""
        it = await self.world.do.meetings.read_meeting(self.one(), self.known("meeting_id"))
        start = self.world.now + timedelta(hours=self.chance.choice([3, 50]))
        await self.world.do.meetings.move_meeting(self.one(), it.id, it.version, start, "Church")

    async def cancel(self) -> None:
        """A meeting is cancelled."""
        await self.world.do.meetings.cancel_meeting(self.one(), self.known("meeting_id"))

    async def correct(self) -> None:
        """Somebody says whether a meeting was held."""
        held = self.chance.random() < 0.5
        await self.world.do.meetings.correct_meeting(self.one(), self.known("meeting_id"), held)

    async def rhythm(self) -> None:
        """A series is planned, or changed, or ended."""
        do, who, group = self.world.do.meetings, self.one(), self.group.id
        first = (self.world.now + timedelta(days=3)).replace(tzinfo=None, second=0, microsecond=0)
        try:
            view = await do.plan_series(who, group, first, "Library")
        except DomainError:
            if self.chance.random() < 0.4:
                await do.end_series(who, group)
            else:
                view = await do.read_series(who, group)
                await do.change_series(who, group, view.version, first, "Chapel")
        page = await do.list_meetings(who, group, FIRST_PAGE, upcoming=True)
        self.ids["meeting_id"] += [
            each.id for each in page.items[:2] if each.id not in self.ids["meeting_id"]
        ]

    async def agenda(self) -> None:
        """An agenda is arranged."""
        meeting = self.known("meeting_id")
        seen = await self.world.do.meetings.read_agenda(self.one(), meeting)
        items = [Chosen(key=each.key, title=None, minutes=5) for each in seen.items if each.key]
        await self.world.do.meetings.arrange_agenda(self.one(), meeting, seen.version, items)

    async def absence(self) -> None:
        """Somebody can't come."""
        await self.world.do.meetings.note_absence(self.one(), self.known("meeting_id"))

    async def attendance(self) -> None:
        """It is noted who was there."""
        about = await membership(self.world, self.group, self.one())
        await self.world.do.meetings.note_attendance(self.one(), self.known("meeting_id"), about, True)

    async def away(self) -> None:
        """Somebody goes on leave, or comes back."""
        who, until = self.one(), self.world.now + timedelta(days=9)
        if self.chance.random() < 0.7:
            await self.world.do.groups.take_leave(who, self.group.id, until)
        else:
            await self.world.do.groups.end_leave(who, self.group.id)

    async def other_alias(self) -> None:
        """Somebody goes by another alias."""
        alias = f"Alias {self.chance.randint(1, 5)}"
        await self.world.do.groups.change_alias(self.one(), self.group.id, alias)

    async def draft(self) -> None:
        """Ground rules are drafted, and asked about."""
        agreement = Agreement(rhythm="Weekly", absence_channel=self.chance.choice(list(AbsenceChannel)))
        made = await self.world.do.groups.draft_ground_rules(self.one(), self.group.id, agreement)
        self.ids["ground_rules_id"].append(made.id)
        await self._ask(Question.GROUND_RULES, ground_rules_id=made.id)

    async def open_up(self) -> None:
        """Shall new people come?"""
        await self._ask(Question.OPEN_FOR_NEW_PEOPLE)
        await self.decide()

    async def end_one_day(self) -> None:
        """Shall it end?"""
        await self._ask(Question.END_DATE, ends_at=self.world.now + timedelta(days=90))

    async def longer(self) -> None:
        """Shall the starter stay longer?"""
        await self._ask(Question.LONGER_STAY, assignment_id=self.helping.id, max_meetings=5)

    async def exclude(self) -> None:
        """Shall somebody go?"""
        about = self.one()
        ballot = await self._ask(
            Question.EXCLUSION, member_id=await membership(self.world, self.group, about)
        )
        self.about[ballot] = about

    async def apply(self) -> None:
        """Somebody from outside would like to join, and is asked about."""
        offers = await self.world.do.admission.list_offers(Actor(), self.world.organisation, FIRST_PAGE)
        if not offers.items:
            await self.open_up()
            return
        who, view = await self.world.applied(offers.items[0].application_code)
        self.ids["application_id"].append(view.id)
        self.applicants[view.id] = who
        await self._ask(Question.ADMISSION, application_id=view.id)

    async def _ask(self, question: Question, **about: Any) -> BallotId:
        opened = await self.world.do.admission.open_ballot(self.one(), self.group.id, question, **about)
        self.ids["ballot_id"].append(opened.id)
        return opened.id

    async def vote(self) -> None:
        """One votes."""
        choice = self.chance.choice(list(Choice))
        await self.world.do.admission.cast_vote(self.one(), self.known("ballot_id"), choice)

    async def decide(self) -> None:
        """All vote for it."""
        ballot = self.known("ballot_id")
        for who in self.group.members:
            if who is not self.about.get(ballot):
                await self.world.do.admission.cast_vote(who, ballot, Choice.FOR)

    async def enter(self) -> None:
        """An adopted applicant comes in; and all sign anew."""
        application = self.known("application_id")
        who = self.applicants.get(application)
        if who is None:
            return
        await self.world.do.admission.accept_entry(who, application, self.world.signature())
        self.group.members.append(who)
        self.before += [(it, who) for name in ("ballot_id", "application_id") for it in self.ids[name]]
        await self.world.sign_all(self.group)

    async def go(self) -> None:
        """Somebody leaves."""
        if len(self.group.members) > 3:
            await self.world.do.groups.leave_group(self.one(), self.group.id)

    async def close(self) -> None:
        """No new people for now; no end, either."""
        await self.world.do.groups.close_for_new_people(self.one(), self.group.id)
        await self.world.do.groups.drop_end_date(self.one(), self.group.id)

    async def agree_on_exit(self) -> None:
        """The starter's exit is confirmed or shortened; whoever has left is asked to visit."""
        do, assignment = self.world.do.starters, self.known("assignment_id")
        what = self.chance.choice(["confirm", "shorten", "visit", "end"])
        if what == "confirm":
            await do.confirm_exit(self.one(), assignment)
        elif what == "shorten":
            who = self.chance.choice([self.one(), self.helper])
            await do.shorten_exit(who, assignment, None, self.chance.randint(1, 4))
        elif what == "visit":
            visit = await do.invite_visitor(self.one(), assignment, self.known("meeting_id"))
            self.ids["visit_id"].append(visit.id)
        elif self.chance.random() < 0.3:
            await do.end_assignment(self.helper, self.helping.id)

    async def time(self) -> None:
        """Hours or days pass."""
        self.world.forward(hours=self.chance.choice([2, 5, 30, 200]))


STEPS: list[Callable[[History], Awaitable[None]]] = [
    History.plan, History.plan, History.move, History.cancel, History.correct, History.rhythm, History.rhythm,
    History.agenda, History.absence, History.attendance, History.away, History.away, History.draft, History.draft,
    History.other_alias, History.open_up, History.open_up, History.end_one_day, History.longer, History.exclude,
    History.apply, History.apply, History.vote, History.vote, *[History.decide] * 4, *[History.enter] * 3, History.go,
    History.close, History.agree_on_exit, History.agree_on_exit, History.time, History.time,
]  # fmt: skip
