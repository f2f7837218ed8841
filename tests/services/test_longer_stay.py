"""A starter stays longer by a ballot of the group: once, under the ceiling, never after the exit (X-06, S-h2)."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import BallotNotFound, BallotUnderWay, SubjectMismatch
from app.domain.admission.questions import Question
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.meetings.meeting import MeetingKind
from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssignmentId
from app.domain.starters.assignment import AssignmentStatus
from app.domain.starters.errors import (
    AssignmentNotFound,
    AssignmentOver,
    ExitNeeded,
    LongerOnce,
    NotLonger,
    PastCeiling,
)
from app.domain.starters.exit_limit import ExitStep, Party
from app.services.admission.views import BallotView
from app.services.ports.paging import FIRST_PAGE
from app.services.starters.views import AssignmentView
from app.settings import Settings
from tests.support.starters_world import helped, planned, starter
from tests.support.world import Made, World

pytestmark = [pytest.mark.rule("X-06"), pytest.mark.hazard("S-h2")]
FOR, AGAINST = Choice.FOR, Choice.AGAINST


async def asked(world: World, group: Made, about: AssignmentId, **longer: Any) -> BallotView:
    return await world.do.admission.open_ballot(
        group.members[0], group.id, Question.LONGER_STAY, assignment_id=about, **longer
    )


async def seen(world: World, who: Actor, assignment: AssignmentId) -> AssignmentView:
    return await world.do.starters.read_assignment(who, assignment)


async def test_adopted_it_holds_for_everybody_and_stands_in_the_history(world: World) -> None:
    group, helper, view = await helped(world, max_meetings=2)
    await planned(world, group, 7)
    await planned(world, group, 14)
    before = await seen(world, group.members[0], view.id)
    ballot = await asked(world, group, view.id, max_meetings=4, latest_date=view.latest_date)
    assert (ballot.assignment_id, ballot.max_meetings, ballot.latest_date) == (view.id, 4, view.latest_date)
    assert (await seen(world, group.members[0], view.id)).exit_versions == before.exit_versions
    assert (await world.vote(ballot, group.members)).status is BallotStatus.ADOPTED
    for who in (group.members[1], helper, world.coordinator):
        shown = await seen(world, who, view.id)
        assert (shown.max_meetings, shown.latest_date) == (4, view.latest_date)
        assert [each.step for each in shown.exit_versions] == [ExitStep.FIXED, ExitStep.EXTENDED]
        last = shown.exit_versions[-1]
        assert (last.by, last.max_meetings) == (Party.GROUP, 4)
    (listed,) = (await world.do.starters.list_starters(group.members[2], group.id, FIRST_PAGE)).items
    assert "4" in listed.exit_in_words
    (mine,) = await world.do.starters.list_my_assignments(helper)
    assert mine.max_meetings == 4
    kinds = [
        each.kind for each in (await world.do.meetings.list_meetings(helper, group.id, FIRST_PAGE)).items
    ]
    assert kinds == [MeetingKind.FIRST_WITH_STARTER, MeetingKind.SECOND, MeetingKind.ORDINARY]
    world.forward(days=14, hours=1)
    assert (await world.do.groups.read_group(helper, group.id)).my_standing is Standing.STARTER
    shorter = await world.do.starters.shorten_exit(group.members[0], view.id, None, 3)
    assert [each.step for each in shorter.exit_versions][-1] is ExitStep.SHORTENED
    world.forward(hours=3)
    with pytest.raises(GroupNotFound):
        await world.do.groups.read_group(helper, group.id)


@pytest.mark.parametrize("voices", [(FOR, AGAINST), (FOR,)])
async def test_not_adopted_or_lapsed_nothing_changes(world: World, voices: tuple[Choice, ...]) -> None:
    group, _, view = await helped(world, max_meetings=3)
    ballot = await asked(world, group, view.id, max_meetings=5)
    voters = group.members if AGAINST in voices else group.members[:1]
    await world.vote(ballot, voters, *voices)
    world.forward(days=15)
    shown = await seen(world, group.members[0], view.id)
    assert (shown.max_meetings, len(shown.exit_versions)) == (3, 1)
    again = await asked(world, group, view.id, max_meetings=4)
    assert again.status is BallotStatus.OPEN


async def test_s_h2_a_second_one_is_refused_even_to_a_replacement(world: World) -> None:
    group, _, view = await helped(world, max_meetings=2)
    first = await asked(world, group, view.id, max_meetings=3)
    with pytest.raises(BallotUnderWay):
        await asked(world, group, view.id, max_meetings=4)
    await world.vote(first, group.members)
    with pytest.raises(LongerOnce):
        await asked(world, group, view.id, max_meetings=4)
    heir = await world.do.starters.replace_starter(
        world.coordinator, view.id, (await starter(world, "heir")).person_id
    )
    assert heir.max_meetings == 3
    with pytest.raises(LongerOnce):
        await asked(world, group, heir.id, max_meetings=4)


async def test_what_cannot_be_asked(world: World) -> None:
    await world.policy(starter_max_meetings=4, starter_max_days=40)
    day = world.now.date() + timedelta(days=20)
    group, _, view = await helped(world, max_meetings=2, latest_date=day)
    refusals: list[tuple[type[Exception], dict[str, Any]]] = [
        (PastCeiling, {"max_meetings": 5}),
        (PastCeiling, {"latest_date": day + timedelta(days=30)}),
        (NotLonger, {"max_meetings": 2}),
        (NotLonger, {"max_meetings": 1}),
        (NotLonger, {"latest_date": day}),
        (NotLonger, {"latest_date": day - timedelta(days=1), "max_meetings": 3}),
        (ExitNeeded, {}),
    ]
    for refusal, longer in refusals:
        with pytest.raises(refusal):
            await asked(world, group, view.id, **longer)
    with pytest.raises(SubjectMismatch):
        await world.do.admission.open_ballot(
            group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, max_meetings=3
        )
    other, _, theirs = await helped(world)
    with pytest.raises(AssignmentNotFound):
        await asked(world, group, theirs.id, max_meetings=4)
    await world.do.starters.end_assignment(world.coordinator, theirs.id)
    with pytest.raises(AssignmentOver):
        await asked(world, other, theirs.id, max_meetings=4)


@pytest.mark.hazard("B-20")
async def test_b20_the_starter_neither_asks_nor_votes_nor_sees_it(world: World) -> None:
    group, helper, view = await helped(world, max_meetings=2)
    do = world.do.admission
    for outsider in (helper, world.coordinator, world.administrator):
        with pytest.raises(GroupNotFound):
            await do.open_ballot(
                outsider, group.id, Question.LONGER_STAY, assignment_id=view.id, max_meetings=3
            )
    ballot = await asked(world, group, view.id, max_meetings=3)
    assert ballot.roll_size == len(group.members)
    for outsider in (helper, world.coordinator):
        with pytest.raises(BallotNotFound):
            await do.cast_vote(outsider, ballot.id, FOR)
        with pytest.raises(BallotNotFound):
            await do.read_ballot(outsider, ballot.id)
        with pytest.raises(GroupNotFound):
            await do.list_ballots(outsider, group.id, FIRST_PAGE)


@pytest.mark.rule("X-10")
@pytest.mark.hazard("S-h1")
async def test_x10_an_exit_that_comes_while_they_vote_has_come(world: World) -> None:
    """Nothing counts but whoever looks (no worker runs here): the rights are gone, and don't come back."""
    await world.policy(ballot_quorum_percent=50)
    group, helper, view = await helped(world, max_meetings=1)
    ballot = await asked(world, group, view.id, max_meetings=3)
    await world.vote(ballot, group.members[:3])
    world.forward(hours=3)
    with pytest.raises(GroupNotFound):
        await world.do.groups.read_group(helper, group.id)
    world.forward(days=15)
    with pytest.raises(GroupNotFound):
        await world.do.groups.read_group(helper, group.id)
    shown = await seen(world, group.members[0], view.id)
    assert (await world.do.admission.read_ballot(group.members[0], ballot.id)).status is BallotStatus.ADOPTED
    assert (shown.status, len(shown.exit_versions)) == (AssignmentStatus.OVER, 1)
    (mine,) = await world.do.starters.list_my_assignments(helper)
    assert (mine.status, mine.max_meetings) == (AssignmentStatus.OVER, 1)
    with pytest.raises(AssignmentOver):
        await asked(world, group, view.id, max_meetings=4)


@pytest.mark.rule("X-10")
@pytest.mark.parametrize("first", ["starter", "their list", "member", "staff", "meetings", "shorten"])
async def test_what_was_decided_in_time_is_counted_before_anybody_sees_an_end(
    world: World, first: str
) -> None:
    """The voting was over before the exit, nobody has counted: whoever looks first after it finds it decided."""
    await world.policy(ballot_quorum_percent=50)
    day = world.now.date() + timedelta(days=10)
    group, helper, view = await helped(world, latest_date=day)
    later, do, member = day + timedelta(days=40), world.do, group.members[0]
    await planned(world, group, 30)
    ballot = await asked(world, group, view.id, latest_date=later, window_days=7)
    await world.vote(ballot, group.members[:3])
    world.forward(days=20)
    if first == "starter":
        assert (await do.groups.read_group(helper, group.id)).my_standing is Standing.STARTER
    elif first == "their list":
        (mine,) = await do.starters.list_my_assignments(helper)
        assert (mine.status, mine.latest_date) == (AssignmentStatus.ACTIVE, later)
    elif first == "meetings":
        listed = (await do.meetings.list_meetings(member, group.id, FIRST_PAGE)).items
        assert [each.kind for each in listed] == [MeetingKind.FIRST_WITH_STARTER, MeetingKind.SECOND]
    elif first == "shorten":
        await do.starters.shorten_exit(member, view.id, later - timedelta(days=1))
    else:
        who = member if first == "member" else world.coordinator
        assert (await seen(world, who, view.id)).latest_date == later
    shown = await seen(world, helper, view.id)
    assert shown.exit_versions[1].step is ExitStep.EXTENDED
    assert shown.exit_versions[1].recorded_at == ballot.closes_at
    assert shown.latest_date == later - timedelta(days=first == "shorten")


async def test_a_stay_that_became_shorter_meanwhile_is_lengthened_from_there(world: World) -> None:
    group, _, view = await helped(world, max_meetings=3)
    ballot = await asked(world, group, view.id, max_meetings=4)
    day = world.now.date() + timedelta(days=30)
    await world.do.starters.shorten_exit(group.members[0], view.id, day, 2)
    await world.vote(ballot, group.members)
    shown = await seen(world, group.members[0], view.id)
    assert (shown.max_meetings, shown.latest_date) == (4, day)


@pytest.mark.parametrize("way", ["ended", "replaced"])
async def test_where_the_assignment_ends_the_question_is_withdrawn(world: World, way: str) -> None:
    group, helper, view = await helped(world, max_meetings=3)
    ballot = await asked(world, group, view.id, max_meetings=4)
    await world.vote(ballot, group.members[:2])
    if way == "ended":
        await world.do.starters.end_assignment(helper, view.id)
    else:
        heir = (await starter(world, "heir")).person_id
        made = await world.do.starters.replace_starter(world.coordinator, view.id, heir)
        assert (await asked(world, group, made.id, max_meetings=5)).status is BallotStatus.OPEN
    read = await world.do.admission.read_ballot(group.members[0], ballot.id)
    assert read.status is BallotStatus.WITHDRAWN
    assert world.do.admission.open_ballot.keys.private(ballot.id) is None


@pytest.mark.rule("A-03")
async def test_a_new_generation_voids_the_question(world: World) -> None:
    group, _, view = await helped(world, max_meetings=3)
    await world.open_for_new(group)
    newcomer, application = await world.applied(await world.code())
    await world.vote(await world.admission(group, application), group.members)
    ballot = await asked(world, group, view.id, max_meetings=4)
    await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    await world.sign_all(group)
    read = await world.do.admission.read_ballot(group.members[0], ballot.id)
    assert read.status is BallotStatus.VOID
    assert len((await seen(world, group.members[0], view.id)).exit_versions) == 1


VERSION = (
    "insert into exit_version (organisation_id, assignment_id, number, group_id, line_id, step, by, max_meetings,"
    " recorded_at, ballot_id) select organisation_id, assignment_id, 2, group_id, line_id, '{step}', 'group', {most},"
    " now(), {ballot} from exit_version where assignment_id = '{id}' and number = 1"
)


@pytest.mark.rule("X-10")
async def test_no_statement_writes_a_longer_stay_but_the_counts_own(world: World, settings: Settings) -> None:
    """An adopted ballot that came too late is the one that somebody with the service's role would try to make use of."""
    await world.policy(ballot_quorum_percent=50)
    group, _, view = await helped(world, max_meetings=1)
    ballot = await asked(world, group, view.id, max_meetings=3)
    await world.vote(ballot, group.members[:3])
    other, _, theirs = await helped(world, max_meetings=1)
    world.forward(days=15)
    assert (await world.do.admission.read_ballot(group.members[0], ballot.id)).status is BallotStatus.ADOPTED
    urls = database_urls(settings, settings.secret_value())
    adopted = f"'{ballot.id}'"
    longer = {"step": "extended", "most": 3, "ballot": adopted, "id": view.id}
    tries: list[tuple[str, str, str | None]] = [
        (urls.app, VERSION.format(**longer), None),
        (urls.app, VERSION.format(**longer | {"most": 4}), "longer_by_ballot"),
        (urls.app, VERSION.format(**longer | {"id": theirs.id}), "longer_by_ballot"),
        (urls.tally, VERSION.format(**longer | {"most": 4}), "longer_by_ballot"),
        (urls.tally, VERSION.format(**longer | {"id": theirs.id}), "longer_by_ballot"),
        (urls.tally, VERSION.format(**longer | {"step": "confirmed", "most": 1, "ballot": "null"}), None),
        (urls.tally, "update exit_version set max_meetings = 3", None),
        (urls.tally, "delete from exit_version", None),
        (urls.tally, "select person_id from starter_assignment", None),
        (urls.tally, "update starter_assignment set ceiling_meetings = 12", None),
        (urls.app, f"update ballot set max_meetings = 6 where id = {adopted}", None),
    ]
    for url, statement, constraint in tries:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(f"select set_config('app.organisation', '{world.organisation}', false)")
            with pytest.raises(
                (asyncpg.IntegrityConstraintViolationError, asyncpg.InsufficientPrivilegeError)
            ) as no:
                await connection.execute(statement)
            if constraint is None:
                assert isinstance(no.value, asyncpg.InsufficientPrivilegeError), statement
            else:
                assert getattr(no.value, "constraint_name", None) == constraint, statement
        finally:
            await connection.close()
    for members, assignment in ((group.members, view), (other.members, theirs)):
        shown = await seen(world, members[0], assignment.id)
        assert [each.step for each in shown.exit_versions] == [ExitStep.FIXED]
