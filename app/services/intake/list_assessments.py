"""Look through intake conversations."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.assessment_views import AssessmentSummaryView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListAssessments:
    """See the intake conversations of your organisation, the newest first: coordinators all of them, interviewers those
    that they hold, and nobody those of a person who knows them (I-h8). Nothing that was confided is in the
    list. Each person in it sees that they were listed, and for whom."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        page: PageRequest,
    ) -> Page[AssessmentSummaryView]:
        viewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> Page[AssessmentSummaryView]:
            roles = await tx.roles.of(viewer)
            if not roles & {Role.COORDINATOR, Role.INTERVIEWER}:
                raise NotStaff
            await tx.staff_declarations.require(viewer)
            only_mine = Role.COORDINATOR not in roles
            found = await tx.intake_reads.assessments(
                page, await tx.read_clock(), viewer=viewer, only_mine=only_mine
            )
            await tx.access_log.note(
                actor,
                *(
                    Access(
                        deed=Deed.LISTED,
                        data=AccessedData.ASSESSMENT_SUMMARY,
                        acting_as=ActingAs.INTERVIEWER if only_mine else ActingAs.COORDINATOR,
                        purpose=AccessPurpose.INTAKE,
                        about=each.person_id,
                        row=each.id,
                    )
                    for each in found.items
                ),
            )
            return found

        return await self.transact.write(actor, organisation_id, work)
