"""Begin a country's tree of organisations."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.organisations.organisation import Country, Level, Organisation
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.organisations.create_organisation import found_organisation
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import OrganisationView
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class FoundNationalBody:
    """Begin with a national body and its first administrator. Only from the command line (`verksted found`): whoever can
    do that owns the machine."""

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        name: str,
        administrator_name: str,
        country: Country,
        time_zone: str,
    ) -> OrganisationView:
        person = actor.person_id

        async def work(tx: OrganisationsUnitOfWork) -> OrganisationView:
            organisation = Organisation(
                id=organisation_id,
                name=name,
                country=country,
                level=Level.NATIONAL,
                parent_id=None,
                municipalities=(),
                time_zone=time_zone,
                created_at=await tx.read_clock(),
            )
            await found_organisation(tx, organisation, person, administrator_name)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.GRANTED,
                    data=AccessedData.ROLE,
                    acting_as=ActingAs.OPERATOR,
                    purpose=AccessPurpose.STAFFING,
                    about=person,
                ),
            )
            return OrganisationView.of(organisation, organisation.created_at)

        return await self.transact.write(actor, organisation_id, work, door=Door.PUBLIC)
