"""Erasure: everything that leads to somebody goes, what was decided stays true, and the others go on as after a leave."""

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest

from app.adapters.postgres import traces
from app.adapters.postgres.people import PostgresLogins
from app.bootstrap import Running
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import ApplicationNotFound
from app.domain.admission.questions import Question
from app.domain.audit.entry import ActingAs
from app.domain.groups.errors import GroupNotFound
from app.domain.intake.outcome import Outcome
from app.domain.keeping.erasure import Erased, Erasure, NotToldYet, StillThere, word_to_repeat
from app.domain.organisations.organisation import Role
from app.domain.people.person import NotIntroduced
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.ids import NOBODY
from app.domain.starters.assignment import AssignmentStatus
from app.services.keeping.erasing import Erase
from app.services.keeping.erasure_views import ErasureView
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.intake_world import appoint, appointed, conversations, worker
from tests.support.starters_world import helped
from tests.support.world import ISSUER, Made, World

VOICES = [*[Choice.FOR] * 12, Choice.AGAINST, Choice.ABSTAIN, None]


async def erased(world: World, actor: Actor) -> ErasureView:
    """Somebody reads what will happen, and has it done."""
    plan = await world.do.keeping.plan_my_erasure(actor)
    return await world.do.keeping.erase_me(actor, plan.confirmation)


async def test_what_goes_is_told_before_and_nothing_happens_without(world: World) -> None:
    me = (await world.meeting(3)).members[0]
    for language in ("nb", "nn", "da", "en"):
        plan = await world.do.keeping.plan_my_erasure(replace(me, mark=RequestMark(language=language)))
        becomes = {each.name: each.becomes for each in plan.sorts}
        assert becomes["registration"] is becomes["declaration"] is Erased.GONE
        assert becomes["membership"] is Erased.UNLINKED
        assert all(each.words and each.why for each in plan.sorts)
        assert len(set(plan.sentences)) == 9
    with pytest.raises(NotToldYet):
        await world.do.keeping.erase_me(me, "000000000000")
    assert (await world.do.people.read_me(me)).id == me.person_id


async def test_it_says_what_has_gone_and_asked_again_it_is_as_it_was(world: World) -> None:
    me = (await world.meeting(3)).members[0]
    view = await erased(world, me)
    assert view.verified
    assert {each.name: each.entries for each in view.sorts if each.becomes is Erased.GONE} == {
        "affiliation": 1, "declaration": 1, "identity": 1, "intake_outcome": 1, "person": 1, "registration": 1,
    }  # fmt: skip
    assert await world.do.keeping.erase_me(me, word_to_repeat(me.person_id)) == view
    nobody = await world.do.keeping.erase_me(replace(me, person=None), "000000000000")
    assert (nobody.erased_at, nobody.sorts) == (None, [])
    with pytest.raises(NotIntroduced):
        await world.do.people.read_me(me)


async def test_two_at_once_are_one(world: World) -> None:
    group = await world.meeting(4)
    me = group.members[0]
    word = word_to_repeat(me.person_id)
    both = await asyncio.gather(*(world.do.keeping.erase_me(me, word) for _ in range(3)))
    assert len({view.erased_at for view in both}) == 1
    assert both[0].erased_at is not None


async def test_nothing_is_committed_where_something_would_be_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look after the erasure is part of it: a table that is forgotten undoes all of it."""
    me, whole = world.coordinator, traces.clearing
    await world.do.intake.give_recommendation(me, world.organisation)

    def forgetful(*, tenant: bool) -> list[traces.Clearing]:
        return [each for each in whole(tenant=tenant) if each.table != "recommendation"]

    with monkeypatch.context() as patch:
        patch.setattr(traces, "clearing", forgetful)
        with pytest.raises(StillThere, match=r"recommendation\.giver_id"):
            await erased(world, me)
    assert (await world.do.people.read_me(me)).id == me.person_id
    assert (await erased(world, me)).verified


async def test_what_was_decided_stays_true_without_them(world: World, look: Look) -> None:
    group, code = await world.open_group(4)
    newcomer = await world.admitted(group, code)
    await world.sign_all(group)
    member = group.members[0]
    before = await world.do.admission.list_ballots(member, group.id, FIRST_PAGE)
    facts = await look("select number, formed_at, ballot_id from generation where group_id = $1", group.id)
    await erased(world, newcomer)
    await erased(world, group.members[1])
    assert await world.do.admission.list_ballots(member, group.id, FIRST_PAGE) == before
    assert facts == await look(
        "select number, formed_at, ballot_id from generation where group_id = $1", group.id
    )
    rows = await look(
        "select person_id, alias, joined_at, left_at from membership where group_id = $1", group.id
    )
    gone = [row for row in rows if row["person_id"] is None]
    assert [(row["alias"], row["left_at"] is not None) for row in gone] == [("–", True)] * 2
    page = await world.do.groups.read_group(member, group.id)
    assert page.members is not None
    assert len(page.members) == 3


async def test_the_last_member_can_go_too(world: World) -> None:
    group = await world.meeting(3)
    for member in group.members:
        await erased(world, member)
    with pytest.raises(GroupNotFound):
        await world.do.groups.read_group(group.members[0], group.id)


async def test_an_application_and_its_ballot_end_as_if_it_was_taken_back(world: World) -> None:
    group, code = await world.open_group(4)
    applicant, application = await world.applied(code)
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members[:2])
    await erased(world, applicant)
    seen = await world.do.admission.read_ballot(group.members[0], ballot.id)
    assert seen.status is BallotStatus.WITHDRAWN
    with pytest.raises(ApplicationNotFound):
        await world.do.admission.read_application(group.members[0], application.id)
    assert (await world.do.admission.list_applications(group.members[0], group.id, FIRST_PAGE)).items == []
    await world.admitted(group, code, "Another")  # the seat that was kept is free


@pytest.mark.hazard("S-h12")
async def test_s_h12_a_starters_dates_stay_with_the_group(world: World) -> None:
    group, starter, assignment = await helped(world)
    await erased(world, starter)
    seen = await world.do.starters.read_assignment(group.members[0], assignment.id)
    assert (seen.person_id, seen.name) == (None, None)
    assert seen.assigned_at == assignment.assigned_at
    assert seen.status is AssignmentStatus.OVER
    assert len((await world.do.starters.list_starters(group.members[0], group.id, FIRST_PAGE)).items) == 1


async def test_what_staff_did_stays_under_an_id_that_leads_nowhere(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    waiting, assessment = await appointed(world, interviewer)
    person = await world.registered()
    await world.do.intake.record_outcome(interviewer, world.organisation, person.person_id, Outcome.GROUP, [])
    gone = interviewer.person_id
    await erased(world, interviewer)
    (row,) = await look("select recorded_by from intake_outcome where person_id = $1", person.person_id)
    assert row["recorded_by"] == gone
    for table in ("role_grant", "registration", "staff_declaration", "affiliation"):
        assert await look(f"select from {table} where person_id = $1", gone) == []
    assert await look("select from person where id = $1", gone) == []
    seen = await world.do.intake.read_assessment(waiting, assessment)
    assert (seen.interviewer, seen.starts_at) == (None, None)
    other = await worker(world, Role.INTERVIEWER)
    await appoint(world, assessment, other)
    accesses = await world.do.people.list_my_accesses(person, FIRST_PAGE)
    assert {each.who for each in accesses.items if each.acting_as is ActingAs.INTERVIEWER} <= {None}


async def test_the_coordinator_and_the_last_administrator_can_go(world: World) -> None:
    group = await world.forming(3)
    plan = await world.do.keeping.plan_my_erasure(world.administrator)
    assert world.organisation in plan.last_administrator_of
    await erased(world, world.administrator)
    await erased(world, world.coordinator)
    assert len((await world.do.groups.read_group(group.members[0], group.id)).members or []) == 3


async def test_a_group_goes_on_shielding_whom_it_has_shielded(world: World, look: Look) -> None:
    group = await world.meeting(4)
    me = group.members[0]
    await world.do.people.protect_my_identity(me)
    assert (await erased(world, me)).verified
    (row,) = await look("select shields_place from self_help_group where id = $1", group.id)
    assert row["shields_place"]


async def test_another_replica_that_remembers_them_lets_them_in_no_more(
    world: World, service: Running
) -> None:
    me = (await world.meeting(3)).members[0]
    people = service.person_keys
    logins = PostgresLogins(service.ways.logins.personal, people.is_there)  # type: ignore[attr-defined]
    assert await logins.person_of(ISSUER, me.subject or "") == me.person_id
    await erased(world, me)
    assert await logins.person_of(ISSUER, me.subject or "") is None
    assert people.get(me.person_id) is None
    back = await world.do.people.introduce_myself(replace(me, person=None), "Somebody", ["nb"], True)
    assert back.id != me.person_id


async def test_what_a_crash_has_interrupted_is_finished(
    world: World, service: Running, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    """Killed between the commit and the end of the key: the next look finishes it, and the ledger has it."""
    me = (await world.meeting(3)).members[0]

    async def killed(self: Erase, done: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Erase, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            await service.erase(me.person_id, me)
    assert service.erase.ledger.find(me.person_id) is None
    begun = await service.erase(me.person_id, me)
    assert begun is not None, "whoever asks in between is told what was done"
    assert service.person_keys.get(me.person_id) is not None
    assert await service.erase.finish() >= 1
    assert service.person_keys.get(me.person_id) is None
    assert service.erase.ledger.find(me.person_id) == begun
    assert await look("select from erasure") == []


async def test_whoever_is_erased_and_whoever_leaves_leave_the_same_behind(world: World) -> None:
    """Of two groups alike, in which the same was voted, somebody leaves the one and is erased from the other."""
    seen = []
    for seed in range(8):
        ends = [await _story(world, random.Random(seed), erase=erase) for erase in (False, True)]
        assert ends[0] == ends[1], seed
        seen += ends[0]
    assert len(set(seen)) > 2, "too little happened for this to say anything"


async def _story(world: World, chance: random.Random, *, erase: bool) -> list[BallotStatus]:
    """What becomes of the ballots of a group in which somebody goes in the middle of them."""
    group, code = await world.open_group(chance.choice([3, 4, 5]))
    _, application = await world.applied(code, "Newcomer")
    goes, other = chance.sample(group.members, 2)
    open_ballot = world.do.admission.open_ballot
    ballots = [await world.admission(group, application)]
    about = {
        each.is_me: each.id for each in (await world.do.groups.read_group(other, group.id)).members or []
    }
    if len(group.members) > 3:
        ballots.append(await open_ballot(goes, group.id, Question.EXCLUSION, member_id=about[True]))
    for ballot in ballots:
        await _voices(
            world, group, ballot.id, chance, other if ballot is ballots[-1] and len(ballots) > 1 else None
        )
    if erase:
        await erased(world, goes)
    else:
        await world.do.groups.leave_group(goes, group.id)
    world.forward(days=15)
    left = next(each for each in group.members if each is not goes and each is not other)
    return [(await world.do.admission.read_ballot(left, ballot.id)).status for ballot in ballots]


async def _voices(
    world: World, group: Made, ballot: Any, chance: random.Random, without: Actor | None
) -> None:
    for member in group.members:
        voice = chance.choice(VOICES)
        if voice is not None and member is not without:
            await world.do.admission.cast_vote(member, ballot, voice)


NOTED = "select organisation_id, acting_as, data, purpose from audit_entry where subject_id = $1 and deed = 'erased'"


async def test_it_is_noted_once_by_whoever_did_it(world: World, look: Look) -> None:
    """Also where a restored backup has brought somebody back: the entry that the backup didn't have is written again."""
    me, back = await world.registered(), await world.registered()
    await erased(world, me)
    await world.do.keeping.erase_me(me, word_to_repeat(me.person_id))
    rows = await look(NOTED, me.person_id)
    assert [tuple(row) for row in rows] == [(NOBODY, "oneself", "personal_copy", "own_affairs")]
    noted = Erasure(person=back.person_id, erased_at=world.now, gone={})
    assert [await world.service.erase.replay(noted) for _ in range(2)] == [True, False]
    rows = await look(NOTED, back.person_id)
    assert [tuple(row) for row in rows] == [(NOBODY, "operator", "personal_copy", "retention")]
