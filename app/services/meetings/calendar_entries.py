"""What stands in somebody's calendar, of one organisation: decided now, by what they are to each group now."""

from app.domain.groups.standing import SEES_MEETINGS
from app.domain.meetings.calendar import KEEPS_CANCELLED, LOOKS_BACK, CalendarAddress
from app.domain.shared.actor import Actor
from app.domain.shared.errors import NotFound
from app.domain.shared.ids import GroupId, OrganisationId
from app.services.meetings.calendar_ports import CalendarUnitOfWork
from app.services.meetings.calendar_views import CalendarEntry
from app.services.meetings.seeing import may_see
from app.services.meetings.writing_ahead import short_of, write_on
from app.services.ports.transaction import Transact


async def entries_in(
    transact: Transact[CalendarUnitOfWork],
    owner: Actor,
    organisation: OrganisationId,
    address: CalendarAddress | None = None,
) -> list[CalendarEntry]:
    """The meetings of this person's groups in an organisation; series are written ahead as by any other look.

    `address`: by which it is asked. One of a single group has that group's alone, and is `NotFound` when it has ended.
    """
    found, short = await _look(transact, owner, organisation, address)
    if short:
        await write_on(transact, owner, short)
        found, _ = await _look(transact, owner, organisation, address)
    return found


async def _look(
    transact: Transact[CalendarUnitOfWork],
    owner: Actor,
    organisation: OrganisationId,
    address: CalendarAddress | None,
) -> tuple[list[CalendarEntry], list[GroupId]]:
    person = owner.person_id
    group = None if address is None else address.group_id

    async def work(tx: CalendarUnitOfWork) -> tuple[list[CalendarEntry], list[GroupId]]:
        groups = [group] if group is not None else await tx.calendar_reads.groups(person)
        stood = await tx.meeting_reads.standings(groups, person) if groups else {}
        seen = {each: found for each, found in stood.items() if found.standing in SEES_MEETINGS}
        if (
            address is not None
            and group is not None
            and (
                group not in seen
                or not address.holds_for(seen[group].membership_id, seen[group].assignment_id)
            )
        ):
            raise NotFound
        if not seen:
            return [], []
        short = await short_of(tx, {each: found.standing for each, found in seen.items()})
        zone = (await tx.organisations.get(organisation)).time_zone
        facts = await tx.calendar_reads.entries(list(seen), tx.now - LOOKS_BACK, tx.now - KEEPS_CANCELLED)
        shown = [
            CalendarEntry.of(each, seen[each.meeting.group_id], person, zone, tx.now)
            for each in facts
            if may_see(seen[each.meeting.group_id], each.meeting.starts_at)
        ]
        return shown, short

    return await transact.read(owner, organisation, work)
