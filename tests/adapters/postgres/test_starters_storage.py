"""Starters in the database: what is saved is loaded, and what a rule forbids no statement does (X-01, X-05, X-10, I-12)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from app.adapters.chance import SystemChance
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.bootstrap import database_urls
from app.domain.shared.ids import AssignmentId, StarterMessageId, VisitId, compose_id
from app.domain.starters.assignment import Assignment
from app.domain.starters.exit_limit import ExitLimit, Party
from app.domain.starters.message import StarterMessage
from app.domain.starters.visit import Visit
from app.services.ports.paging import FIRST_PAGE
from app.settings import Settings
from tests.adapters.postgres.test_contracts import LATER, WHEN, within
from tests.support.starters_world import assigned, first_planned, helped, left, planned, starter
from tests.support.world import World

ZONE = "Europe/Oslo"
SOON = timedelta(seconds=1)
DENIED = asyncpg.InsufficientPrivilegeError


async def test_an_assignment_is_loaded_as_it_was_saved_with_every_version(world: World) -> None:
    group = await world.forming(3)
    helper, heir = await starter(world), await starter(world)

    async def work(tx: PostgresUnitOfWork) -> None:
        now, number = tx.now, AssignmentId(tx.new_id())
        made = Assignment(
            id=number,
            organisation_id=world.organisation,
            group_id=group.id,
            person_id=helper.person_id,
            line_id=number,
            assigned_at=now,
            counts_from=now - timedelta(minutes=1),
            policy_version=7,
            ceiling_meetings=5,
            ceiling_until=now + timedelta(days=90),
            replaces_id=None,
            conflict_acknowledged=True,
            follow_up_on=None,
        )
        made.fix_exit(ExitLimit.of(now.date() + timedelta(days=30), 4, ZONE), now)
        await tx.assignments.add(made)
        assert await tx.assignments.get(number) == made
        made.shorten(now.date() + timedelta(days=20), 3, ZONE, Party.GROUP, [], now)
        made.shorten(None, 2, ZONE, Party.STARTER, [], now)
        made.follow_up_on = date(2030, 1, 1)
        await tx.assignments.save(made)
        assert await tx.assignments.get(number) == made
        second = made.inherited_by(
            AssignmentId(tx.new_id()),
            heir.person_id,
            conflict_acknowledged=False,
            meetings=[],
            now=now + SOON,
        )
        await tx.assignments.save(made)
        await tx.assignments.add(second)
        assert await tx.assignments.of_group(group.id) == [made, second]
        assert (await tx.starter_reads.one(second.id)).assignment == second
        assert await tx.assignments.group_of(second.id) == group.id
        message = StarterMessage(
            id=StarterMessageId(tx.new_id()),
            organisation_id=world.organisation,
            group_id=group.id,
            assignment_id=second.id,
            words="Two lines.\nOf words.",
            written_at=WHEN,
        )
        await tx.starter_messages.add(message)
        assert await tx.starter_messages.written(second.id) == 1

    await within(world, work)


async def test_a_visit_is_loaded_as_it_was_saved(world: World) -> None:
    group, _, view = await left(world)
    meeting = await planned(world, group)

    async def work(tx: PostgresUnitOfWork) -> None:
        visit = Visit(
            id=VisitId(tx.new_id()),
            organisation_id=world.organisation,
            group_id=group.id,
            assignment_id=view.id,
            meeting_id=meeting.id,
            invited_at=WHEN,
            withdrawn_at=None,
        )
        await tx.visits.add(visit)
        assert await tx.visits.get(visit.id) == visit
        visit.withdraw(LATER)
        await tx.visits.save(visit)
        assert await tx.visits.get(visit.id) == visit

    await within(world, work)


@pytest.fixture
async def app(world: World, settings: Settings) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """Somebody who has got hold of the service's own role, in this organisation."""
    connection = await asyncpg.connect(database_urls(settings, settings.secret_value()).app)
    await connection.execute(f"select set_config('app.organisation', '{world.organisation}', false)")
    yield connection
    await connection.close()


def new_id(world: World) -> str:
    return str(compose_id(world.organisation, 1_700_000_000_000, SystemChance().bits(44)))


VERSION = (
    "insert into exit_version (organisation_id, assignment_id, number, group_id, line_id, step, by, max_meetings,"
    " recorded_at, ballot_id) select organisation_id, id, {number}, group_id, line_id, '{step}', 'group', {most}, now(),"
    " {ballot} from starter_assignment where id = '{id}'"
)


@pytest.mark.rule("X-01", "X-05", "X-10")
@pytest.mark.hazard("S-h1", "S-h2")
async def test_no_statement_lengthens_a_stay_or_takes_a_version_away(
    world: World, app: "asyncpg.Connection[Any]"
) -> None:
    group, _, view = await helped(world, max_meetings=2)
    await world.open_for_new(group)
    adopted = (await world.do.admission.list_ballots(group.members[0], group.id, FIRST_PAGE)).items[0].id
    tries = {
        VERSION.format(
            number=2, step="extended", most=4, ballot=f"'{adopted}'", id=view.id
        ): "longer_by_ballot",
        VERSION.format(number=2, step="shortened", most=3, ballot="null", id=view.id): "only_shorter",
        VERSION.format(number=2, step="confirmed", most=6, ballot="null", id=view.id): "only_shorter",
        VERSION.format(number=2, step="fixed", most=2, ballot="null", id=view.id): "exit_in_order",
        VERSION.format(number=3, step="confirmed", most=2, ballot="null", id=view.id): "exit_in_order",
        VERSION.format(number=1, step="confirmed", most=2, ballot="null", id=view.id): "exit_from_the_start",
        VERSION.format(number=2, step="extended", most=4, ballot="null", id=view.id): "longer_by_ballot",
        VERSION.format(
            number=2, step="extended", most=4, ballot=f"'{new_id(world)}'", id=view.id
        ): "longer_by_ballot",
    }
    for statement, constraint in tries.items():
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as raised:
            await app.execute(statement)
        assert raised.value.constraint_name == constraint, statement
    for statement in (
        "update exit_version set max_meetings = 9",
        "delete from exit_version",
        "delete from starter_assignment",
        "update starter_assignment set ceiling_meetings = 12",
        "update starter_assignment set counts_from = now()",
        "update starter_assignment set person_id = null",
        "update starter_visit set meeting_id = meeting_id",
        "update starter_message set words = ''",
    ):
        with pytest.raises(DENIED):
            await app.execute(statement)
    await world.do.starters.end_assignment(world.coordinator, view.id)
    with pytest.raises(asyncpg.CheckViolationError) as ended:
        await app.execute(VERSION.format(number=3, step="confirmed", most=2, ballot="null", id=view.id))
    assert ended.value.constraint_name == "exit_in_order"
    assert (await world.do.starters.read_assignment(group.members[0], view.id)).status == "over"


ASSIGN = (
    "insert into starter_assignment (organisation_id, id, group_id, person_id, line_id, assigned_at, counts_from,"
    " policy_version, ceiling_meetings, ceiling_until, conflict_acknowledged) values ('{org}', '{id}', '{group}',"
    " '{person}', '{id}', now(), now(), 1, 6, now() + interval '9 days', false)"
)
PLACE = (
    "insert into placement (organisation_id, id, group_id, person_id, invited_at)"
    " values ('{org}', '{id}', '{group}', '{person}', now())"
)
APPLY = (
    "insert into application (organisation_id, id, group_id, applicant_id, alias, introduction, applied_at, waits_until)"
    " values ('{org}', '{id}', '{group}', '{person}', 'A', 'B', now(), now() + interval '60 days')"
)


@pytest.mark.rule("G-02", "I-12", "X-10")
async def test_no_statement_makes_a_helper_a_member_or_a_member_a_helper(
    world: World, app: "asyncpg.Connection[Any]"
) -> None:
    group, other = await world.forming(3), await world.forming(3)
    helper, _ = await assigned(world, group)
    invited, leaver = await world.ready(), group.members[2]
    await world.do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
    await world.do.groups.leave_group(leaver, group.id)
    open_group = await world.meeting(3)
    await world.open_for_new(open_group)
    applicant, _ = await world.applied(await world.code())

    async def attempt(statement: str, group_id: object, person: object) -> None:
        await app.execute(
            statement.format(org=world.organisation, id=new_id(world), group=group_id, person=person)
        )

    tries: list[tuple[Callable[[], Awaitable[None]], str]] = [
        (lambda: attempt(PLACE, group.id, helper.person_id), "helper_stays_outside"),
        (lambda: attempt(APPLY, group.id, helper.person_id), "helper_stays_outside"),
        (lambda: attempt(ASSIGN, group.id, group.members[0].person_id), "member_never_helps"),
        (lambda: attempt(ASSIGN, group.id, leaver.person_id), "member_never_helps"),
        (lambda: attempt(ASSIGN, group.id, invited.person_id), "member_never_helps"),
        (lambda: attempt(ASSIGN, open_group.id, applicant.person_id), "member_never_helps"),
        (lambda: attempt(ASSIGN, group.id, helper.person_id), "uq_starter_assignment_person"),
    ]
    for try_it, constraint in tries:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as raised:
            await try_it()
        assert raised.value.constraint_name == constraint
    await attempt(PLACE, other.id, helper.person_id)
    await attempt(ASSIGN, other.id, leaver.person_id)


@pytest.mark.rule("X-01")
async def test_x01_an_assignment_without_an_exit_opens_nothing(
    world: World, app: "asyncpg.Connection[Any]"
) -> None:
    group = await world.forming(3)
    helper = await starter(world)
    await first_planned(world, group)
    await app.execute(
        ASSIGN.format(org=world.organisation, id=new_id(world), group=group.id, person=helper.person_id)
    )

    async def work(tx: PostgresUnitOfWork) -> object:
        return (await tx.standings.look(group.id, helper.person_id)).standing

    assert await within(world, work) == "outsider"


@pytest.mark.hazard("S-h12")
async def test_s_h12_an_assignments_dates_stay_without_its_person(world: World) -> None:
    """After the starter's erasure the group's history stays, and shows no name."""
    group, actor, view = await left(world)
    plan = await world.do.keeping.plan_my_erasure(actor)
    await world.do.keeping.erase_me(actor, plan.confirmation)
    shown = await world.do.starters.read_assignment(group.members[0], view.id)
    assert (shown.name, shown.status, shown.assigned_at) == (None, "over", view.assigned_at)
    assert len(shown.exit_versions) == 1
