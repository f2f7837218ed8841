"""The unit of work: every repository over one open transaction. Each feature sees as much of it as its port names."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.adapters.postgres.reads.admission import PostgresAdmissionReads
from app.adapters.postgres.reads.courses import PostgresCourseReads
from app.adapters.postgres.reads.forming import PostgresFormingReads
from app.adapters.postgres.reads.groups import PostgresGroupReads
from app.adapters.postgres.reads.home import PostgresHomeReads
from app.adapters.postgres.reads.intake import PostgresIntakeReads
from app.adapters.postgres.reads.meetings import PostgresMeetingReads
from app.adapters.postgres.reads.organisations import PostgresOrganisationReads
from app.adapters.postgres.reads.own_affairs import PostgresOwnReads
from app.adapters.postgres.reads.starters import PostgresStarterReads
from app.adapters.postgres.reads.volunteers import PostgresVolunteerReads
from app.adapters.postgres.repositories.applications import PostgresApplications
from app.adapters.postgres.repositories.assessments import PostgresAssessments, PostgresCriteria
from app.adapters.postgres.repositories.at_the_table import PostgresAgendas, PostgresPresence
from app.adapters.postgres.repositories.ballots import PostgresBallots
from app.adapters.postgres.repositories.courses import PostgresCourses
from app.adapters.postgres.repositories.forming import PostgresConvenors, PostgresWaitingList
from app.adapters.postgres.repositories.groups import PostgresGroups
from app.adapters.postgres.repositories.intake import (
    PostgresInterests,
    PostgresReadings,
    PostgresRecommendations,
    PostgresRetention,
)
from app.adapters.postgres.repositories.meetings import PostgresMeetings
from app.adapters.postgres.repositories.members import (
    PostgresDeclarations,
    PostgresMemberships,
    PostgresPlacements,
)
from app.adapters.postgres.repositories.organisations import (
    PostgresIntakeOutcomes,
    PostgresOrganisations,
    PostgresPolicies,
    PostgresRegistrations,
    PostgresRoles,
    PostgresStaffDeclarations,
)
from app.adapters.postgres.repositories.own_affairs import PostgresGroundRulesBook, PostgresLeaves
from app.adapters.postgres.repositories.series import PostgresSeries
from app.adapters.postgres.repositories.standing import PostgresStandings
from app.adapters.postgres.repositories.starter_contacts import PostgresStarterMessages, PostgresVisits
from app.adapters.postgres.repositories.starters import PostgresAssignments
from app.adapters.postgres.repositories.volunteers import PostgresQualifications, PostgresVolunteers
from app.adapters.postgres.statements import Statement, service_clock
from app.adapters.postgres.work import Work
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId

_CLOCK = Statement(select(service_clock()))


@dataclass(slots=True)
class PostgresUnitOfWork:
    """See `services.ports.transaction.UnitOfWork` and the `ports` of each feature.

    A repository is no more than a name for its work, and made where it is asked for: `property` takes a lock.
    """

    work: Work

    @property
    def now(self) -> datetime:
        return self.work.now

    async def read_clock(self) -> datetime:
        return self.work.tell(await _CLOCK.value(self.work.connection, shift=self.work.shift()))

    def new_id(self, organisation: OrganisationId | None = None) -> UUID:
        return self.work.new_id(organisation)

    def random_bytes(self, count: int) -> bytes:
        return self.work.random_bytes(count)

    def emit(self, event: Event) -> None:
        self.work.events.append(event)

    @property
    def standings(self) -> PostgresStandings:
        return PostgresStandings(self.work, self.qualifications)

    @property
    def groups(self) -> PostgresGroups:
        return PostgresGroups(self.work)

    @property
    def convenors(self) -> PostgresConvenors:
        return PostgresConvenors(self.work)

    @property
    def waiting_list(self) -> PostgresWaitingList:
        return PostgresWaitingList(self.work)

    @property
    def forming_reads(self) -> PostgresFormingReads:
        return PostgresFormingReads(self.work)

    @property
    def placements(self) -> PostgresPlacements:
        return PostgresPlacements(self.work)

    @property
    def memberships(self) -> PostgresMemberships:
        return PostgresMemberships(self.work)

    @property
    def declarations(self) -> PostgresDeclarations:
        return PostgresDeclarations(self.work)

    @property
    def meetings(self) -> PostgresMeetings:
        return PostgresMeetings(self.work)

    @property
    def series(self) -> PostgresSeries:
        return PostgresSeries(self.work)

    @property
    def agendas(self) -> PostgresAgendas:
        return PostgresAgendas(self.work)

    @property
    def presence(self) -> PostgresPresence:
        return PostgresPresence(self.work)

    @property
    def ballots(self) -> PostgresBallots:
        return PostgresBallots(self.work)

    @property
    def applications(self) -> PostgresApplications:
        return PostgresApplications(self.work)

    @property
    def courses(self) -> PostgresCourses:
        return PostgresCourses(self.work)

    @property
    def organisations(self) -> PostgresOrganisations:
        return PostgresOrganisations(self.work)

    @property
    def policies(self) -> PostgresPolicies:
        return PostgresPolicies(self.work)

    @property
    def registrations(self) -> PostgresRegistrations:
        return PostgresRegistrations(self.work)

    @property
    def roles(self) -> PostgresRoles:
        return PostgresRoles(self.work)

    @property
    def staff_declarations(self) -> PostgresStaffDeclarations:
        return PostgresStaffDeclarations(self.work)

    @property
    def intake_outcomes(self) -> PostgresIntakeOutcomes:
        return PostgresIntakeOutcomes(self.work)

    @property
    def interests(self) -> PostgresInterests:
        return PostgresInterests(self.work)

    @property
    def recommendations(self) -> PostgresRecommendations:
        return PostgresRecommendations(self.work)

    @property
    def intake_criteria(self) -> PostgresCriteria:
        return PostgresCriteria(self.work)

    @property
    def assessments(self) -> PostgresAssessments:
        return PostgresAssessments(self.work)

    @property
    def intake_readings(self) -> PostgresReadings:
        return PostgresReadings(self.work)

    @property
    def intake_retention(self) -> PostgresRetention:
        return PostgresRetention(self.work)

    @property
    def intake_reads(self) -> PostgresIntakeReads:
        return PostgresIntakeReads(self.work)

    @property
    def assignments(self) -> PostgresAssignments:
        return PostgresAssignments(self.work)

    @property
    def visits(self) -> PostgresVisits:
        return PostgresVisits(self.work)

    @property
    def starter_messages(self) -> PostgresStarterMessages:
        return PostgresStarterMessages(self.work)

    @property
    def starter_reads(self) -> PostgresStarterReads:
        return PostgresStarterReads(self.work)

    @property
    def leaves(self) -> PostgresLeaves:
        return PostgresLeaves(self.work)

    @property
    def ground_rules(self) -> PostgresGroundRulesBook:
        return PostgresGroundRulesBook(self.work)

    @property
    def own_reads(self) -> PostgresOwnReads:
        return PostgresOwnReads(self.work)

    @property
    def group_reads(self) -> PostgresGroupReads:
        return PostgresGroupReads(self.work, self.qualifications)

    @property
    def meeting_reads(self) -> PostgresMeetingReads:
        return PostgresMeetingReads(self.work, self.qualifications)

    @property
    def admission_reads(self) -> PostgresAdmissionReads:
        return PostgresAdmissionReads(self.work)

    @property
    def organisation_reads(self) -> PostgresOrganisationReads:
        return PostgresOrganisationReads(self.work)

    @property
    def volunteers(self) -> PostgresVolunteers:
        return PostgresVolunteers(self.work)

    @property
    def qualifications(self) -> PostgresQualifications:
        return PostgresQualifications(self.work)

    @property
    def volunteer_reads(self) -> PostgresVolunteerReads:
        return PostgresVolunteerReads(self.work)

    @property
    def course_reads(self) -> PostgresCourseReads:
        return PostgresCourseReads(self.work)

    @property
    def home_reads(self) -> PostgresHomeReads:
        return PostgresHomeReads(self.work)
