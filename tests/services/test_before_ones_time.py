"""Who applied before somebody's time, and what became of it, was confided to those who were the group then: to whoever has
come in since it isn't there, neither the application nor the ballots on it (C-01, C-11)."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.domain.admission.application import Stage
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import ApplicationNotFound, BallotNotFound, NotOnTheRoll
from app.domain.admission.questions import Question
from app.domain.events.news import Happening
from app.domain.shared.actor import Actor
from app.domain.shared.ids import ApplicationId, BallotId
from app.services.admission.views import ApplicationView, BallotView
from app.services.ports.paging import FIRST_PAGE, PageRequest
from tests.support.world import Made, World


@dataclass
class Past:
    """A group to which people have applied, and whoever has come into it after that."""

    group: Made
    old: Actor
    newcomer: Actor
    own: ApplicationView
    over: dict[Stage, ApplicationView]
    """By how they ended, all before the newcomer entered."""
    ballots: dict[Stage, BallotView]
    waiting: ApplicationView
    """Has stood since before that, and stands."""
    void: BallotView
    """Of the waiting one: the newcomer's entry ended it."""


async def _each_end(
    world: World, group: Made, code: str
) -> tuple[dict[Stage, ApplicationView], dict[Stage, BallotView]]:
    do = world.do.admission
    over: dict[Stage, ApplicationView] = {}
    ballots: dict[Stage, BallotView] = {}
    _, over[Stage.UNHEARD] = await world.applied(code, "Unheard")
    ballots[Stage.UNHEARD] = await world.admission(group, over[Stage.UNHEARD])
    who: dict[Stage, Actor] = {}
    for stage in (Stage.WITHDRAWN, Stage.NOT_ADOPTED, Stage.DECLINED, Stage.OFFER_EXPIRED, Stage.ENTERED):
        who[stage], over[stage] = await world.applied(code, stage.replace("_", " "))
        ballots[stage] = await world.admission(group, over[stage])
        if stage is Stage.WITHDRAWN:
            await do.withdraw_application(who[stage], over[stage].id)
            continue
        await world.vote(
            ballots[stage], group.members, Choice.AGAINST if stage is Stage.NOT_ADOPTED else Choice.FOR
        )
        if stage is Stage.DECLINED:
            await do.decline_entry(who[stage], over[stage].id)
        if stage is Stage.ENTERED:  # by which the ballot on who is still unheard is void
            await do.accept_entry(who[stage], over[stage].id, world.signature())
            await world.sign_all(group)
            await world.do.groups.leave_group(who[stage], group.id)
    world.forward(
        days=76
    )  # sixty, anew from the void ballot, and an offer's fourteen: nothing of these stands
    return over, ballots


@pytest.fixture
async def past(world: World) -> Past:
    group, code = await world.open_group(4, seats=8)
    over, ballots = await _each_end(world, group, code)
    _, waiting = await world.applied(code, "Waiting")
    newcomer, own = await world.applied(code, "Newcomer")
    await world.vote(await world.admission(group, own), group.members)
    void = await world.admission(group, waiting)
    await world.do.admission.accept_entry(newcomer, own.id, world.signature())
    return Past(group, group.members[0], newcomer, own, over, ballots, waiting, void)


async def listed(world: World, who: Actor, group: Made) -> dict[ApplicationId, Stage | None]:
    page = await world.do.admission.list_applications(who, group.id, FIRST_PAGE)
    return {each.id: each.group_stage for each in page.items}


@pytest.mark.rule("C-01", "C-11")
async def test_what_had_ended_before_is_listed_for_those_who_were_there_alone(
    world: World, past: Past
) -> None:
    assert await listed(world, past.old, past.group) == {
        **{each.id: stage for stage, each in past.over.items()},
        past.own.id: Stage.ENTERED,
        past.waiting.id: Stage.WAITING,
    }
    assert await listed(world, past.newcomer, past.group) == {past.waiting.id: Stage.WAITING}
    only = await world.do.admission.list_applications(
        past.newcomer, past.group.id, PageRequest(limit=1, after=None)
    )
    assert only.after is None, "a page that isn't the last would tell that there is more"


@pytest.mark.rule("C-01", "C-11")
async def test_hidden_and_absent_are_the_same_to_whoever_came_later(world: World, past: Past) -> None:
    do = world.do.admission
    for stage, hidden in past.over.items():
        assert (await do.read_application(past.old, hidden.id)).group_stage is stage
        with pytest.raises(ApplicationNotFound):
            await do.read_application(past.newcomer, hidden.id)
        with pytest.raises(ApplicationNotFound):
            await do.open_ballot(past.newcomer, past.group.id, Question.ADMISSION, hidden.id)
    for ballot in past.ballots.values():
        assert (await do.read_ballot(past.old, ballot.id)).application_id == ballot.application_id
        with pytest.raises(BallotNotFound):
            await do.read_ballot(past.newcomer, ballot.id)
        with pytest.raises(BallotNotFound):
            await do.cast_vote(past.newcomer, ballot.id, Choice.FOR)


async def test_of_the_ballots_those_on_what_stands_and_those_of_the_group_are_listed(
    world: World, past: Past
) -> None:
    async def seen(who: Actor) -> set[BallotId]:
        return {
            each.id
            for each in (await world.do.admission.list_ballots(who, past.group.id, FIRST_PAGE)).items
            if each.question is Question.ADMISSION
        }

    assert await seen(past.newcomer) == {past.void.id}
    assert await seen(past.old) > {past.void.id, *(each.id for each in past.ballots.values())}
    others = await world.do.admission.list_ballots(past.newcomer, past.group.id, FIRST_PAGE)
    assert Question.OPEN_FOR_NEW_PEOPLE in {each.question for each in others.items}
    assert (await world.do.admission.read_ballot(past.newcomer, past.void.id)).status is BallotStatus.VOID
    with pytest.raises(NotOnTheRoll):
        await world.do.admission.cast_vote(past.newcomer, past.void.id, Choice.FOR)


async def test_what_stood_when_they_came_they_decide_on_and_see_the_outcome_of(
    world: World, past: Past
) -> None:
    ballot = await world.admission(past.group, past.waiting)
    await world.vote(ballot, [*past.group.members, past.newcomer], Choice.AGAINST)
    for who in (past.old, past.newcomer):
        assert (await listed(world, who, past.group))[past.waiting.id] is Stage.NOT_ADOPTED
        assert (await world.do.admission.read_ballot(who, ballot.id)).status is BallotStatus.NOT_ADOPTED


async def test_ones_own_application_stays_ones_own_in_neutral_words(world: World, past: Past) -> None:
    mine = await world.do.admission.read_application(past.newcomer, past.own.id)
    assert (mine.is_mine, mine.group_stage, mine.ballot_id) == (True, None, None)
    assert [each.id for each in await world.do.admission.list_my_applications(past.newcomer)] == [past.own.id]


async def test_whoever_returns_begins_anew(world: World) -> None:
    group, code = await world.open_group(4, seats=8)
    returning = group.members[3]
    _, application = await world.applied(code)
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members, Choice.AGAINST)
    await world.do.groups.leave_group(returning, group.id)
    again = await world.do.admission.apply(returning, world.organisation, code, "Again", "Words.")
    await world.vote(await world.admission(group, again), group.members[:3])
    await world.do.admission.accept_entry(returning, again.id, world.signature())
    assert await listed(world, returning, group) == {}
    with pytest.raises(BallotNotFound):
        await world.do.admission.read_ballot(returning, ballot.id)


@pytest.mark.rule("C-01", "C-11", "G-19")
async def test_who_was_to_go_before_ones_time_is_not_told_either(world: World) -> None:
    """One who went, and one whose exclusion was open still when the newcomer came in, which ended it."""
    group, code = await world.open_group(5, seats=8)
    do = world.do.admission

    async def about(who: Actor) -> BallotView:
        seat = (await world.do.groups.read_group(who, group.id)).my_membership_id
        return await do.open_ballot(group.members[0], group.id, Question.EXCLUSION, member_id=seat)

    gone = await about(group.members[4])
    await world.vote(gone, group.members[:4])
    group.members.pop()
    newcomer, application = await world.applied(code, "Newcomer")
    await world.vote(await world.admission(group, application), group.members)
    stays = await about(group.members[3])
    await do.accept_entry(newcomer, application.id, world.signature())
    await world.sign_all(group)
    own = await do.open_ballot(
        newcomer,
        group.id,
        Question.EXCLUSION,
        member_id=(await world.do.groups.read_group(group.members[2], group.id)).my_membership_id,
    )

    async def seen(who: Actor) -> set[BallotId]:
        listed = await do.list_ballots(who, group.id, FIRST_PAGE)
        return {each.id for each in listed.items if each.question is Question.EXCLUSION}

    assert await seen(group.members[0]) == {gone.id, stays.id, own.id}
    assert await seen(group.members[2]) == {gone.id, stays.id, own.id}
    assert await seen(newcomer) == {own.id}
    told = Happening(
        "group.ballot.ended", world.organisation, group.id, {"group": group.id, "ballot": stays.id}
    )
    assert await world.do.events.tell_news(group.members[0], told) is not None
    assert await world.do.events.tell_news(newcomer, told) is None
    for hidden in (gone, stays):
        with pytest.raises(BallotNotFound):
            await do.read_ballot(newcomer, hidden.id)
        with pytest.raises(BallotNotFound):
            await do.cast_vote(newcomer, hidden.id, Choice.FOR)
    assert (await do.read_ballot(group.members[2], own.id)).question is Question.EXCLUSION


async def test_a_stream_tells_nobody_of_what_was_before_their_time(world: World, past: Past) -> None:
    """Somebody may come in between that something happens and that it is told."""
    tell = world.do.events.tell_news
    hidden, ballot = past.over[Stage.WITHDRAWN], past.ballots[Stage.WITHDRAWN]

    def happening(type_: str, **ids: Any) -> Happening:
        return Happening(type_, world.organisation, past.group.id, {"group": past.group.id, **ids})

    silent = (
        happening("group.application.ended", application=hidden.id),
        happening("group.ballot.ended", ballot=ballot.id),
    )
    for each in silent:
        assert await tell(past.newcomer, each) is None
        assert await tell(past.old, each) is not None
    for each in (
        happening("group.application.ended", application=past.waiting.id),
        happening("group.ballot.ended", ballot=past.void.id),
        happening("group.closed_for_new"),
    ):
        assert await tell(past.newcomer, each) is not None
