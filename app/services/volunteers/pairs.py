"""Two volunteers at once: always locked in the same order, so that two who act at once wait instead of hanging."""

from collections.abc import Collection

from app.domain.shared.ids import PersonId
from app.domain.volunteers.volunteer import Volunteer
from app.services.volunteers.ports import VolunteersUnitOfWork


async def lock_all(tx: VolunteersUnitOfWork, people: Collection[PersonId]) -> dict[PersonId, Volunteer]:
    """Each of them, locked; the clock is read after the last lock."""
    return {person: await tx.volunteers.lock(person) for person in sorted(people)}


async def part(tx: VolunteersUnitOfWork, person: PersonId) -> bool:
    """End this volunteer's pair, for both; False where there is none. Both are locked afterwards."""
    partner = await tx.volunteers.partner_of(person)
    both = await lock_all(tx, {person, partner} if partner is not None else {person})
    me = both[person]
    if me.partner_id is None:
        return False
    # Somebody else, if the pair changed before the lock: then the order doesn't hold, and a deadlock is run again.
    other = both.get(me.partner_id) or await tx.volunteers.lock(me.partner_id)
    me.part(other)
    await tx.volunteers.save(me)
    await tx.volunteers.save(other)
    return True
