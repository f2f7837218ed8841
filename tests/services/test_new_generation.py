"""A newcomer makes it a new group: everything that follows happens in one transaction, or nothing does.

Rules A-03, A-04, A-05, C-08; hazards G-h5, B-13, B-21, B-26, B-29.
"""

from datetime import timedelta
from typing import Any

import pytest

from app.adapters.postgres import transact
from app.domain.admission.application import ApplicantStage, Stage
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.groups.errors import DeclarationNeeded
from app.domain.groups.standing import Standing
from app.domain.meetings.meeting import MeetingKind
from app.domain.shared.actor import Actor
from app.services.admission.views import ApplicationView
from tests.services.conftest import Look
from tests.support.world import Made, World

TABLES = (
    "self_help_group",
    "generation",
    "membership",
    "seat",
    "declaration",
    "application",
    "ballot",
    "ballot_roll",
    "envelope",
    "ballot_outcome",
    "outbox",
)


async def offered(world: World, group: Made, code: str, name: str) -> tuple[Actor, ApplicationView]:
    newcomer, application = await world.applied(code, name)
    await world.vote(await world.admission(group, application), group.members)
    return newcomer, application


async def everything(look: Look, world: World) -> dict[str, list[Any]]:
    """Every row of the organisation's that an entry may touch."""
    return {
        table: await look(
            f"select row_to_json(t)::text from {table} t where organisation_id = $1 order by 1",
            world.organisation,
        )
        for table in TABLES
    }


@pytest.mark.rule("A-03")
async def test_a03_all_that_an_entry_means_happens_at_once(world: World, look: Look) -> None:
    group, code = await world.open_group(5, seats=8)
    old = group.members[0]
    meeting = await world.do.meetings.plan_meeting(old, group.id, world.now + timedelta(days=30), "Library")
    assert meeting.kind is MeetingKind.SECOND
    newcomer, application = await offered(world, group, code, "Newcomer")
    other, waiting = await world.applied(code, "Other")
    open_ballot = await world.admission(group, waiting)
    await world.vote(open_ballot, group.members[:2])

    entry = await world.do.admission.accept_entry(newcomer, application.id, world.signature())

    assert entry.generation == 2
    [member] = await look("select * from membership where id = $1", entry.membership_id)
    [decided] = await look("select id from ballot where application_id = $1", application.id)
    assert (member["ballot_id"], member["placement_id"]) == (decided["id"], None)
    voided = await world.do.admission.read_ballot(old, open_ballot.id)
    assert voided.status is BallotStatus.VOID
    assert not await look("select from envelope where ballot_id = $1", open_ballot.id)
    assert not await look("select from ballot_roll where ballot_id = $1 and has_voted", open_ballot.id)
    assert world.do.admission.open_ballot.keys.private(open_ballot.id) is None
    seen = await world.do.groups.read_group(old, group.id)
    assert (seen.generation, seen.declaration_due, seen.free_seats) == (2, True, 2)
    assert (await world.do.groups.read_group(newcomer, group.id)).declaration_due is False
    assert (await world.do.meetings.read_meeting(old, meeting.id)).kind is MeetingKind.NEW_GENERATION
    heard = await world.do.admission.read_application(other, waiting.id)
    assert heard.stage is ApplicantStage.NO_DECISION_YET
    events = await look("select type, ids from outbox where subject = $1 order by position", group.id)
    assert [event["type"] for event in events].count("group.member.admitted") == 1


@pytest.mark.rule("A-03")
async def test_a03_accepting_twice_is_accepting_once(world: World) -> None:
    group, code = await world.open_group(5, seats=8)
    newcomer, application = await offered(world, group, code, "Newcomer")
    first = await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert await world.do.admission.accept_entry(newcomer, application.id, world.signature()) == first


@pytest.mark.rule("A-03")
async def test_a03_an_entry_that_fails_at_its_end_leaves_nothing(
    world: World, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    group, code = await world.open_group(5, seats=8)
    newcomer, application = await offered(world, group, code, "Newcomer")
    _, waiting = await world.applied(code, "Other")
    open_ballot = await world.admission(group, waiting)
    await world.vote(open_ballot, group.members[:2])
    before = await everything(look, world)

    async def fails(_work: object) -> None:
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as patched:
        patched.setattr(transact, "keep_events", fails)
        with pytest.raises(RuntimeError, match="lights"):
            await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert await everything(look, world) == before
    assert world.do.admission.open_ballot.keys.private(open_ballot.id) is not None
    assert (await world.vote(open_ballot, group.members)).status is BallotStatus.ADOPTED
    entry = await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert entry.generation == 2


@pytest.mark.rule("A-04")
async def test_a04_each_acceptance_makes_its_own_generation(world: World) -> None:
    """A-04, T7; an offer that was made stays good while others enter."""
    group, code = await world.open_group(5, seats=8)
    people = [await offered(world, group, code, name) for name in ("One", "Two", "Three")]
    generations = [
        (await world.do.admission.accept_entry(actor, application.id, world.signature())).generation
        for actor, application in people
    ]
    assert generations == [2, 3, 4]
    await world.sign_all(group)
    seen = await world.do.groups.read_group(group.members[0], group.id)
    assert (seen.generation, seen.declaration_due, seen.member_count) == (4, False, 8)


@pytest.mark.rule("A-05", "C-08")
@pytest.mark.hazard("G-h5", "B-13")
async def test_g_h5_the_old_members_keep_everything_until_the_first_meeting_has_ended(world: World) -> None:
    """A-05, C-08, G-h5; and by the clock alone (B-13)."""
    group, code = await world.open_group(5, seats=8)
    newcomer = await world.admitted(group, code)
    old, punctual, *_ = group.members
    world.forward(days=40)
    assert (await world.do.groups.read_group(old, group.id)).my_standing is Standing.MEMBER
    meeting = await world.do.meetings.plan_meeting(
        old, group.id, world.now + timedelta(hours=1), "Library", 60
    )
    await world.do.groups.sign_declaration(punctual, group.id, world.signature())
    world.forward(hours=1, minutes=30)
    during = await world.do.groups.read_group(old, group.id)
    assert (during.my_standing, during.declaration_due) == (Standing.MEMBER, True)
    world.forward(hours=1)
    after = await world.do.groups.read_group(old, group.id)
    assert (after.my_standing, after.members) == (Standing.UNSIGNED, None)
    with pytest.raises(DeclarationNeeded):
        await world.do.meetings.correct_meeting(old, meeting.id, False)
    for signed in (newcomer, punctual):
        assert (await world.do.groups.read_group(signed, group.id)).my_standing is Standing.MEMBER
    await world.do.groups.sign_declaration(old, group.id, world.signature())
    assert (await world.do.groups.read_group(old, group.id)).my_standing is Standing.MEMBER


@pytest.mark.hazard("B-21")
@pytest.mark.rule("C-10", "C-11")
async def test_b21_the_group_sees_what_the_applicant_shows_and_the_applicant_no_names(world: World) -> None:
    """B-21, C-10, C-11: as long as there is something to decide, and not longer."""
    group, code = await world.open_group()
    actor = await world.ready()
    shown = await world.do.admission.apply(actor, world.organisation, code, "Fox", "Words.", "Kari Nordmann")
    seen = await world.do.admission.read_application(group.members[0], shown.id)
    assert (seen.alias, seen.introduction, seen.known_as) == ("Fox", "Words.", "Kari Nordmann")
    assert (shown.ballot_id, shown.group_stage) == (None, None)
    assert not any(f"member{number}" in repr(shown) for number in range(5))
    await world.do.admission.withdraw_application(actor, shown.id)
    gone = await world.do.admission.read_application(group.members[0], shown.id)
    assert (gone.introduction, gone.known_as, gone.group_stage) == (None, None, Stage.WITHDRAWN)


@pytest.mark.hazard("B-26", "B-29")
async def test_b26_voted_down_and_unheard_read_the_same(world: World) -> None:
    """B-26, B-29: one text, no reason, no ballot, no count; other help beside it."""
    group, code = await world.open_group(5, seats=8)
    down, voted = await world.applied(code, "Same")
    await world.vote(await world.admission(group, voted), group.members, Choice.AGAINST)
    unheard, waiting = await world.applied(code, "Same")
    world.forward(days=60, hours=1)
    first = await world.do.admission.read_application(down, voted.id)
    second = await world.do.admission.read_application(unheard, waiting.id)
    assert first.stage is ApplicantStage.NOT_THIS_TIME
    for name in ("stage", "message", "other_help", "ballot_id", "group_stage", "offer_expires_at"):
        assert getattr(first, name) == getattr(second, name)
    assert first.other_help
