"""Take out of the tables what nobody can read any more."""

from dataclasses import dataclass

from app.domain.shared.actor import ANONYMOUS
from app.domain.shared.ids import OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class Purge:
    """For a worker, one organisation at a time: nothing depends on it, as what has had its time isn't shown anyway."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(self, organisation_id: OrganisationId) -> None:
        async def work(tx: IntakeUnitOfWork) -> None:
            await tx.intake_retention.purge(await tx.read_clock())

        await self.transact.write(ANONYMOUS, organisation_id, work, door=Door.PUBLIC)
