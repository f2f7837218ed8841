"""Histories of meetings, as functions over a world."""

from datetime import datetime, timedelta
from typing import Any

from app.adapters.calendar import LibraryHolidays
from app.domain.shared.actor import Actor
from app.domain.shared.ids import MembershipId
from app.services.meetings.views import MeetingView, SeriesView
from app.services.ports.paging import PageRequest
from tests.support.world import Made, World


def ordinary(at: datetime) -> datetime:
    """This hour on the first day from then on that is no holiday and isn't followed by one: none is told of."""
    while any(LibraryHolidays().name_of("NO", (at + timedelta(days=more)).date(), "nb") for more in (0, 1)):
        at += timedelta(days=1)
    return at


async def weekly(world: World, group: Made, **said: Any) -> SeriesView:
    """A member plans a series: weekly, four times, and then every second week, from two days on."""
    first = (world.now + timedelta(days=2)).replace(tzinfo=None, second=0, microsecond=0)
    asked = {"first_local": first, "place": "Library"} | said
    return await world.do.meetings.plan_series(group.members[0], group.id, **asked)


async def membership(world: World, group: Made, member: Actor) -> MembershipId:
    """A member's own membership."""
    found = (await world.do.groups.read_group(member, group.id)).my_membership_id
    assert found is not None
    return found


async def meetings(world: World, group: Made, *, upcoming: bool = False) -> list[MeetingView]:
    """All that a member finds in the list (up to a hundred)."""
    page = await world.do.meetings.list_meetings(
        group.members[0], group.id, PageRequest(limit=100), upcoming=upcoming
    )
    return page.items
