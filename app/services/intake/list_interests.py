"""Look through interests."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import InterestView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListInterests:
    """See who would like to join a group, the newest first: for coordinators who have promised confidentiality (C-07).

    Whom somebody would rather not meet is not in the list, only whether there is anybody. Each person
    in it sees that they were listed.
    """

    transact: Transact[IntakeUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        page: PageRequest,
        theme: str | None = None,
        form: Form | None = None,
        weekday: Weekday | None = None,
        language: str | None = None,
    ) -> Page[InterestView]:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> Page[InterestView]:
            if Role.COORDINATOR not in await tx.roles.of(person):
                raise NotStaff
            await tx.staff_declarations.require(person)
            now = await tx.read_clock()
            found = await tx.intake_reads.interests(
                page, now, theme=theme, form=form, weekday=weekday, language=language
            )
            await tx.access_log.note(
                actor,
                *(
                    Access(
                        deed=Deed.LISTED,
                        data=AccessedData.INTEREST,
                        acting_as=ActingAs.COORDINATOR,
                        purpose=AccessPurpose.COMPOSING_A_GROUP,
                        about=each.person_id,
                    )
                    for each in found.items
                ),
            )
            return found

        return await self.transact.write(actor, organisation_id, work)
