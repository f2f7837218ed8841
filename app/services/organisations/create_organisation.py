"""Add an organisation."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.organisations.organisation import (
    Country,
    Level,
    NotStaff,
    Organisation,
    OrganisationNotFound,
    Registration,
    Role,
    require_place_below,
    usual_time_zone,
)
from app.domain.organisations.policy import Policy
from app.domain.shared.actor import Actor
from app.domain.shared.errors import NotFound
from app.domain.shared.ids import OrganisationId, PersonId, organisation_id
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import OrganisationView
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class CreateOrganisation:
    """Add an organisation below your own, as its administrator. You become the first administrator of the new one.

    It starts with the policy of its country (T3): in Denmark a conversation comes before any group.
    """

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        parent_id: OrganisationId,
        name: str,
        country: Country,
        level: Level,
        municipalities: list[str],
        time_zone: str | None = None,
    ) -> OrganisationView:
        person = actor.person_id

        async def may(tx: OrganisationsUnitOfWork) -> tuple[str, OrganisationId]:
            if Role.ADMINISTRATOR not in await tx.roles.of(person):
                raise NotStaff
            my_entry = await tx.organisation_reads.registration(person)
            if my_entry is None:
                raise NotStaff
            require_place_below(await tx.organisations.get(parent_id), level, country)
            number = 1 + int.from_bytes(tx.random_bytes(4), "big") % ((1 << 30) - 1)
            return my_entry.name, organisation_id(number)

        async def work(tx: OrganisationsUnitOfWork) -> OrganisationView:
            now = await tx.read_clock()
            organisation = Organisation(
                id=new_id,
                name=name,
                country=country,
                level=level,
                parent_id=parent_id,
                municipalities=tuple(municipalities),
                time_zone=time_zone or usual_time_zone(country),
                created_at=now,
            )
            await found_organisation(tx, organisation, person, my_name)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.GRANTED,
                    data=AccessedData.ROLE,
                    acting_as=ActingAs.ADMINISTRATOR,
                    purpose=AccessPurpose.STAFFING,
                    about=person,
                ),
            )
            return OrganisationView.of(organisation, now)

        try:
            my_name, new_id = await self.transact.read(actor, parent_id, may)
        except NotFound:
            raise OrganisationNotFound from None
        return await self.transact.write(actor, new_id, work, door=Door.PUBLIC, answer=OrganisationView)


async def found_organisation(
    tx: OrganisationsUnitOfWork, organisation: Organisation, administrator: PersonId, name: str
) -> None:
    """The organisation, its first policy and its first administrator."""
    await tx.organisations.add(organisation)
    policy = Policy(
        organisation_id=organisation.id,
        version=1,
        effective_from=organisation.created_at,
        settings=Policy.default_for(organisation.country),
    )
    await tx.policies.add(policy)
    registration = Registration(
        organisation_id=organisation.id,
        person_id=administrator,
        name=name,
        registered_at=organisation.created_at,
    )
    await tx.registrations.put(registration)
    await tx.roles.grant(administrator, Role.ADMINISTRATOR, organisation.created_at)
