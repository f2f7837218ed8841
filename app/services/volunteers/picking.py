"""Pages of volunteers by what is computed about them: the same few statements, however many are looked at."""

from collections.abc import Callable
from typing import TypeVar

from app.services.ports.paging import Page, PageRequest
from app.services.volunteers.ports import VolunteerFacts, VolunteersUnitOfWork

V = TypeVar("V")
LOOKED_AT = 200
"""How many volunteers are looked at for one page, where not everybody belongs on it."""


async def pick(
    tx: VolunteersUnitOfWork,
    page: PageRequest,
    look: Callable[[VolunteerFacts], V | None],
    *,
    everybody: bool,
) -> Page[V]:
    """A page of those for whom `look` answers something. It can be short, and still have another after it."""
    among = page if everybody else PageRequest(limit=LOOKED_AT, after=page.after)
    found = await tx.volunteer_reads.many(among)
    items: list[V] = []
    last = page.after
    for facts in found.items:
        seen = look(facts)
        if seen is None:
            continue
        if len(items) == page.limit:
            return Page(items=items, after=last)
        items.append(seen)
        last = (facts.volunteer.offered_at.isoformat(), str(facts.volunteer.person_id))
    return Page(items=items, after=found.after)
