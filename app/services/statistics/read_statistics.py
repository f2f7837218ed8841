"""See the figures of a quarter."""

from dataclasses import dataclass

from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.statistics.period import PeriodNotClosed, Quarter, newest_closed
from app.domain.statistics.suppression import publish
from app.domain.systems.account import SystemScope
from app.services.ports.systems import admitted
from app.services.ports.transaction import Transact
from app.services.statistics.ports import StatisticsUnitOfWork
from app.services.statistics.views import StatisticsView, kept


@dataclass(frozen=True, slots=True)
class ReadStatistics:
    """See your organisation's figures of one quarter: groups, members, entries. For coordinators and administrators, and
    for systems that are let.

    A figure stands only for at least five persons and three groups, and none can be had from the others (O-06). Whole
    quarters, two weeks after their end; what was published once never changes. Groups that stand alone aren't in it.
    """

    transact: Transact[StatisticsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, period: str | None = None
    ) -> StatisticsView:
        async def work(tx: StatisticsUnitOfWork) -> StatisticsView:
            await _require_reader(tx, actor)
            zone = (await tx.organisations.get(organisation_id)).time_zone
            now = await tx.read_clock()
            quarter = newest_closed(now, zone) if period is None else Quarter.parse(period)
            if not quarter.is_closed(now, zone):
                raise PeriodNotClosed("/period")
            found = await tx.statistics.published(str(quarter))
            if found is None:
                counted = await tx.statistics.count(quarter.begins(zone), quarter.ends(zone))
                figures = kept(publish(counted.areas, counted.total, counted.entries))
                await tx.statistics.publish(str(quarter), figures, now)
                found = await tx.statistics.published(str(quarter)) or (figures, now)
            return StatisticsView.of(organisation_id, str(quarter), *found)

        return await self.transact.write(actor, organisation_id, work)


async def _require_reader(tx: StatisticsUnitOfWork, actor: Actor) -> None:
    """Whoever may see them sees the same: what was published."""
    if actor.is_system:
        await admitted(tx, actor, SystemScope.STATISTICS_READ)
    elif not await tx.roles.of(actor.person_id) & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        raise NotStaff
