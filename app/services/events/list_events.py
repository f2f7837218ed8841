"""Follow what happens."""

from dataclasses import dataclass

from app.domain.events.catalogue import CATALOGUE, require_told
from app.domain.events.event_type import Known, told_to
from app.domain.events.feed import ASK_AGAIN, BEGINS_WITH, KEPT_FOR, FeedPosition
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.systems.account import SystemScope
from app.services.events.ports import EventsUnitOfWork, FeedPositions
from app.services.events.views import EventPageView, EventView
from app.services.ports.systems import admitted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListEvents:
    """Follow what happens in an organisation: for systems that poll, for coordinators and administrators.

    Send the `next` of the last answer as `after`: no event is missed, none comes twice or out of order. Each is told to
    those who could see the same anyway, and says nothing about one person and nothing of what happens inside a group.
    Without `after` it begins three weeks ago; so read the lists first, then follow.
    """

    transact: Transact[EventsUnitOfWork]
    positions: FeedPositions

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        after: str | None = None,
        limit: int = 25,
        types: str | None = None,
    ) -> EventPageView:
        wanted = frozenset() if types is None else frozenset(types.split(","))

        async def work(tx: EventsUnitOfWork) -> EventPageView:
            reader, knowing = await _reader(tx, actor)
            require_told(wanted, knowing)
            now = await tx.read_clock()
            question = {
                "organisation": str(organisation_id),
                "reader": reader,
                "types": ",".join(sorted(wanted)),
            }
            position = FeedPosition.start(now) if after is None else self.positions.open(after, question)
            position.require_held(now)
            may = [name for name in told_to(CATALOGUE.values(), knowing) if not wanted or name in wanted]
            since = now - (BEGINS_WITH if after is None else KEPT_FOR)
            found = await tx.feed.after(position.number, may, since, limit + 1)
            shown, more = found[:limit], len(found) > limit
            last = shown[-1].number if shown else position.number
            seen_to = min(now, shown[-1].occurred_at) if more else now
            return EventPageView(
                events=[EventView.of(each, organisation_id) for each in shown],
                next=self.positions.seal(position.moved(last, seen_to), question),
                more=more,
                ask_again_seconds=0 if more else int(ASK_AGAIN.total_seconds()),
            )

        return await self.transact.read(actor, organisation_id, work)


async def _reader(tx: EventsUnitOfWork, actor: Actor) -> tuple[str, set[Known]]:
    """Who reads, and what they know of anyway. Whose position it is goes by the account, not by the token's client."""
    knowing = {Known.EVERYBODY}
    if actor.is_system:
        account = await admitted(tx, actor, SystemScope.EVENTS_READ)
        if SystemScope.COURSES_READ in account.allows(actor.scopes):
            knowing.add(Known.COURSE_READERS)
        return str(account.id), knowing
    person = actor.person_id
    roles = await tx.roles.of(person)
    if not roles & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        raise NotStaff
    if Role.COORDINATOR in roles:
        await tx.staff_declarations.require(person)
        knowing |= {Known.COURSE_READERS, Known.COORDINATORS}
    if Role.ADMINISTRATOR in roles:
        knowing.add(Known.ADMINISTRATORS)
    return str(person), knowing
