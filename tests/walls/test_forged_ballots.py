"""A box that was stuffed, emptied or made up decides nothing: it lapses, and nobody comes in (B-28)."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.ballot_box import HpkeEnvelopes, KeyDirectory
from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import NothingOffered
from app.domain.shared.actor import Actor
from app.domain.shared.ids import BallotId, MembershipId
from app.services.admission.views import ApplicationView, BallotView
from tests.walls.history import History

OURS = "where organisation_id = $1 and ballot_id = $2"


async def _asked(history: History) -> tuple[Actor, ApplicationView, BallotView]:
    applicant, application = await history.world.applied(history.code, f"N{history.new_id()[-6:]}")
    return applicant, application, await history.world.admission(history.group, application)


async def _lapses(history: History, applicant: Actor, application: ApplicationView, ballot: BallotId) -> None:
    do = history.world.do.admission
    await history.world.service.count(ballot)
    assert (await do.read_ballot(history.group.members[0], ballot)).status is BallotStatus.LAPSED
    with pytest.raises(NothingOffered):
        await do.accept_entry(applicant, application.id, history.world.signature())
    await do.withdraw_application(applicant, application.id)


async def _stuff(
    history: History, app: "asyncpg.Connection[Any]", ballot: BallotView, forger: HpkeEnvelopes | None
) -> None:
    """Put an envelope in for everybody who has not voted; None: rubbish over everybody's."""
    key = await app.fetchval("select public_key from ballot where id = $1", ballot.id)
    for (member,) in await app.fetch("select membership_id from ballot_roll where ballot_id = $1", ballot.id):
        sealed = bytes(80)
        if forger is not None:
            sealed = forger.seal(key, ballot.id, MembershipId(UUID(str(member))), Choice.FOR)
        await app.execute(
            "insert into envelope values ($1, $2, $3, $4)"
            " on conflict (organisation_id, ballot_id, membership_id) do update set sealed = $4",
            history.world.organisation, ballot.id, member, sealed,
        )  # fmt: skip
    await app.execute(
        f"update ballot_roll set has_voted = true {OURS}", history.world.organisation, ballot.id
    )


@pytest.mark.parametrize("quorum", [100, 50])
@pytest.mark.parametrize("forger", [HpkeEnvelopes(b"a secret of somebody else, of 32 b."), None])
async def test_envelopes_that_the_service_has_not_sealed_decide_nothing(
    history: History, quorum: int, forger: HpkeEnvelopes | None
) -> None:
    await history.world.policy(ballot_quorum_percent=quorum)
    applicant, application, ballot = await _asked(history)
    await history.world.vote(ballot, history.group.members[:3], Choice.FOR)
    app = await history.connect("app")
    await _stuff(history, app, ballot, forger)
    await app.close()
    await _lapses(history, applicant, application, ballot.id)


async def test_marking_opponents_as_having_voted_does_not_close_them_out(history: History) -> None:
    await history.world.policy(ballot_quorum_percent=50)
    applicant, application, ballot = await _asked(history)
    await history.world.vote(ballot, history.group.members[:4], Choice.FOR)
    app = await history.connect("app")
    await app.execute(
        f"update ballot_roll set has_voted = true {OURS}", history.world.organisation, ballot.id
    )
    await app.close()
    await _lapses(history, applicant, application, ballot.id)


FORGED = """
insert into ballot (organisation_id, id, group_id, generation, question, application_id, applicant_id, rule,
  quorum_percent, secret, opened_at, closes_at, public_key)
select organisation_id, $2, group_id, {generation}, 'admission', id, applicant_id, '{rule}', 50, {secret},
  now() - interval '{days} days', now() + interval '8 days' - interval '{days} days', $3 from application where id = $1
"""
ROLL = """
insert into ballot_roll (organisation_id, ballot_id, membership_id, group_id, has_voted)
select m.organisation_id, $1, m.id, m.group_id, false from membership m
 where m.group_id = $2 and m.left_at is null order by m.joined_at limit {voters}
"""


@pytest.mark.parametrize("has_key", [False, True], ids=["no key", "a key was slipped into the store"])
@pytest.mark.parametrize(
    ("voters", "secret", "generation"), [(1, "false", 2), (1, "false", 1), (3, "true", 2), (6, "false", 2)]
)
async def test_a_ballot_made_up_as_a_whole_lapses(
    history: History, has_key: bool, voters: int, secret: str, generation: int
) -> None:
    """Backdated, there is no key for it. Even with a key, and sealed by the service itself, the roll is not whole."""
    applicant, application = await history.world.applied(history.code, f"F{history.new_id()[-6:]}")
    ballot = BallotId(UUID(history.new_id()))
    store = KeyDirectory(history.settings.key_directory)
    key = store.create(ballot)
    if not has_key:
        store.destroy(ballot)
    app = await history.connect("app")
    forged = FORGED.format(
        generation=generation, secret=secret, rule="no_objection", days=0 if has_key else 20
    )
    await app.execute(forged, application.id, ballot, key)
    await app.execute(ROLL.format(voters=voters), ballot, history.group.id)
    real = history.world.do.admission.cast_vote.envelopes
    for (member,) in await app.fetch("select membership_id from ballot_roll where ballot_id = $1", ballot):
        sealed = real.seal(key, ballot, MembershipId(UUID(str(member))), Choice.FOR)
        await app.execute(
            "insert into envelope values ($1, $2, $3, $4)", history.world.organisation, ballot, member, sealed
        )
    await app.execute(f"update ballot_roll set has_voted = true {OURS}", history.world.organisation, ballot)
    await app.close()
    await _lapses(history, applicant, application, ballot)


async def test_whoever_came_in_last_does_not_decide_alone(history: History) -> None:
    """In a new generation the newcomer is the first who has signed; the others keep their vote all the same (A-01)."""
    world = history.world
    group = await world.meeting(4, seats=8)
    seen = {history.code}
    await world.open_for_new(group)
    app = await history.connect("app")
    code = await app.fetchval("select application_code from self_help_group where id = $1", group.id)
    await app.close()
    assert code not in seen
    newcomer = await world.admitted(group, code)
    accomplice, application = await world.applied(code, "Accomplice")
    ballot = await world.do.admission.open_ballot(newcomer, group.id, Question.ADMISSION, application.id)
    assert ballot.roll_size == 5
    voted = await world.do.admission.cast_vote(newcomer, ballot.id, Choice.FOR)
    assert voted.status is BallotStatus.OPEN
    with pytest.raises(NothingOffered):
        await world.do.admission.accept_entry(accomplice, application.id, world.signature())


async def test_an_honest_ballot_still_adopts(history: History) -> None:
    """The control: what lapses above is adopted when nobody has touched the box."""
    await history.world.policy(ballot_quorum_percent=50)
    applicant, application, ballot = await _asked(history)
    closed = await history.world.vote(ballot, history.group.members, Choice.FOR)
    assert closed.status is BallotStatus.ADOPTED
    await history.world.do.admission.withdraw_application(applicant, application.id)
