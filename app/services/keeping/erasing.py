"""Erasing somebody: one transaction over all of their organisations, looked through before it is committed; then their key.

The steps by which somebody leaves, steps out and takes back an application are the very steps of those who only do that:
no voice of others is lost, and what was decided stays decided.
"""

from collections import Counter
from dataclasses import dataclass, field

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.keeping.erasure import Erasure, StillThere
from app.domain.shared.actor import ANONYMOUS, Actor
from app.domain.shared.ids import AssignmentId, BallotId, PersonId
from app.domain.starters.exit_limit import Party
from app.services.keeping.ports import Erasing, ErasingUnitOfWork, ErasureLedger, Erasures
from app.services.ports.ballot_keys import BallotKeys
from app.services.ports.counting import CountDue, require_counted
from app.services.ports.leaving import leave
from app.services.ports.person_keys import PersonKeys
from app.services.ports.stepping_out import step_out
from app.services.ports.withdrawing import withdraw


@dataclass(slots=True)
class _Afterwards:
    """What is to be done once it is committed."""

    to_count: list[BallotId] = field(default_factory=list)
    keys: list[BallotId] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase one person. Twice is the same as once."""

    erasures: Erasures
    ledger: ErasureLedger
    person_keys: PersonKeys
    ballot_keys: BallotKeys
    count: CountDue

    async def __call__(self, person: PersonId, actor: Actor) -> Erasure | None:
        """What was done, now or before; None where there was nobody to erase."""
        if (done := await self._now(person, actor)) is not None:
            return done
        # Another call may have committed a moment ago and not have noted it yet: it is in the ledger, or begun.
        begun = [each for each in await self.erasures.unfinished() if each.person == person]
        return begun[0] if begun else self.ledger.find(person)

    async def finish(self) -> int:
        """See to the end what a crash has interrupted between the commit and the destruction of a key."""
        unfinished = await self.erasures.unfinished()
        for each in unfinished:
            await self._finish(each)
        return len(unfinished)

    async def replay(self, noted: Erasure) -> bool:
        """Erase again whom a restored backup has brought back; whether it had."""
        self.ledger.note(noted)
        was_there = await self._now(noted.person, ANONYMOUS) is not None
        self.person_keys.destroy(noted.person)
        return was_there

    async def _now(self, person: PersonId, actor: Actor) -> Erasure | None:
        after = _Afterwards()

        async def work(tx: Erasing) -> Erasure | None:
            after.to_count.clear()
            after.keys.clear()
            if not await tx.lock():
                return None
            gone: Counter[str] = Counter()
            left: list[str] = []
            for organisation in await tx.organisations():

                async def within(here: ErasingUnitOfWork) -> None:
                    gone.update(await _erase_here(here, person, after))
                    left.extend(await here.traces.left(person))

                await tx.within(organisation, within)
            gone.update(await tx.clear())
            left += await tx.left()
            if left:
                raise StillThere(", ".join(sorted(set(left))))
            await tx.note(actor, _erasure_of(person, actor))
            return await tx.begin(gone)

        done = await self.erasures.run(person, work)
        for ballot in after.keys:
            self.ballot_keys.destroy(ballot)
        if done is not None:
            await self._finish(done)
        for ballot in after.to_count:
            await self.count(ballot)
        return done

    async def _finish(self, done: Erasure) -> None:
        self.ledger.note(done)
        self.person_keys.destroy(done.person)
        await self.erasures.finished(done.person)


def _erasure_of(person: PersonId, actor: Actor) -> Access:
    """What is noted: the id leads nowhere from now on, and nobody but whoever oversees us will look for it."""
    is_own = actor.person == person
    return Access(
        deed=Deed.ERASED,
        data=AccessedData.PERSONAL_COPY,
        acting_as=ActingAs.ONESELF if is_own else ActingAs.OPERATOR,
        purpose=AccessPurpose.OWN_AFFAIRS if is_own else AccessPurpose.RETENTION,
        about=person,
    )


async def _erase_here(tx: ErasingUnitOfWork, person: PersonId, after: _Afterwards) -> Counter[str]:
    await tx.traces.hold(person)
    for group in await tx.memberships.groups_of(person):
        after.to_count += await leave(tx, group, person)
    for application in await tx.admission_reads.applications_of(person):
        await tx.standings.lock(application.group_id, person)
        require_counted(await tx.ballots.lock_live(application.group_id), tx.now)
        held = await tx.applications.lock(application.id)
        if held.stage(tx.now).is_live:
            after.keys += await withdraw(tx, held)
    for assignment in await tx.traces.assignments_of(person):
        after.keys += await _step_out(tx, assignment, person)
    await tx.traces.settle(person, await tx.read_clock())
    return await tx.traces.clear(person)


async def _step_out(tx: ErasingUnitOfWork, assignment_id: AssignmentId, person: PersonId) -> list[BallotId]:
    group = await tx.assignments.group_of(assignment_id)
    await tx.standings.lock(group, person)
    live = await tx.ballots.lock_live(group)
    require_counted(live, tx.now)
    assignment = await tx.assignments.get(assignment_id)
    meetings = await tx.assignments.meetings_of(group)
    return await step_out(tx, assignment, Party.STARTER, meetings, live) or []
