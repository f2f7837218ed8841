"""The unit of work: every repository over one open transaction. Each feature sees as much of it as its port names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import select

from app.adapters.postgres.own_data import PostgresOwnData
from app.adapters.postgres.reads.admission import PostgresAdmissionReads
from app.adapters.postgres.reads.calendars import PostgresCalendarReads
from app.adapters.postgres.reads.consents import PostgresConsentReads
from app.adapters.postgres.reads.courses import PostgresCourseReads
from app.adapters.postgres.reads.events import PostgresFeed
from app.adapters.postgres.reads.forming import PostgresFormingReads
from app.adapters.postgres.reads.groups import PostgresGroupReads
from app.adapters.postgres.reads.home import PostgresHomeReads
from app.adapters.postgres.reads.intake import PostgresIntakeReads
from app.adapters.postgres.reads.meetings import PostgresMeetingReads
from app.adapters.postgres.reads.messages import PostgresMessageReads
from app.adapters.postgres.reads.news import PostgresNewsReads
from app.adapters.postgres.reads.occasions import PostgresOccasionReads
from app.adapters.postgres.reads.organisations import PostgresOrganisationReads
from app.adapters.postgres.reads.own_affairs import PostgresOwnReads
from app.adapters.postgres.reads.starters import PostgresStarterReads
from app.adapters.postgres.reads.systems import PostgresSystemReads
from app.adapters.postgres.reads.volunteers import PostgresVolunteerReads
from app.adapters.postgres.reads.webhooks import PostgresDeliveryReads
from app.adapters.postgres.repositories.access_log import PostgresAccessLog, PostgresNames
from app.adapters.postgres.repositories.applications import PostgresApplications
from app.adapters.postgres.repositories.assessments import PostgresAssessments, PostgresCriteria
from app.adapters.postgres.repositories.at_the_table import PostgresAgendas, PostgresPresence
from app.adapters.postgres.repositories.ballots import PostgresBallots
from app.adapters.postgres.repositories.calendars import PostgresCalendarAddresses
from app.adapters.postgres.repositories.consents import PostgresConsents, PostgresContacts
from app.adapters.postgres.repositories.course_imports import PostgresCourseImports
from app.adapters.postgres.repositories.courses import PostgresAnnouncements, PostgresCourses
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
from app.adapters.postgres.repositories.messages import PostgresMessageChoices, PostgresMessages
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
from app.adapters.postgres.repositories.standings import PostgresStandings
from app.adapters.postgres.repositories.starter_contacts import PostgresStarterMessages, PostgresVisits
from app.adapters.postgres.repositories.starters import PostgresAssignments
from app.adapters.postgres.repositories.statistics import PostgresStatistics
from app.adapters.postgres.repositories.systems import PostgresSystemAccounts
from app.adapters.postgres.repositories.volunteer_criteria import PostgresVolunteerCriteria
from app.adapters.postgres.repositories.volunteers import PostgresQualifications, PostgresVolunteers
from app.adapters.postgres.repositories.webhooks import PostgresDeliveries, PostgresWebhooks
from app.adapters.postgres.statements import Statement, service_clock
from app.adapters.postgres.work import Work
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId

_CLOCK = Statement(select(service_clock()))
R_co = TypeVar("R_co", covariant=True)


class Over(Generic[R_co]):
    """A repository over the work of its unit, made where it is asked for: `cached_property` would take a lock."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[Work], R_co]) -> None:
        self._make = make

    def __get__(self, unit: "PostgresUnitOfWork", _: type) -> R_co:
        return self._make(unit.work)


@dataclass(slots=True)
class PostgresUnitOfWork:
    """See `services.ports.transaction.UnitOfWork` and the `ports` of each feature.

    A repository is no more than a name for its work, and made where it is asked for.
    """

    work: Work

    own_data = Over(PostgresOwnData)
    access_log = Over(PostgresAccessLog)
    names = Over(PostgresNames)
    statistics = Over(PostgresStatistics)
    groups = Over(PostgresGroups)
    convenors = Over(PostgresConvenors)
    waiting_list = Over(PostgresWaitingList)
    forming_reads = Over(PostgresFormingReads)
    placements = Over(PostgresPlacements)
    memberships = Over(PostgresMemberships)
    declarations = Over(PostgresDeclarations)
    meetings = Over(PostgresMeetings)
    series = Over(PostgresSeries)
    agendas = Over(PostgresAgendas)
    presence = Over(PostgresPresence)
    ballots = Over(PostgresBallots)
    applications = Over(PostgresApplications)
    courses = Over(PostgresCourses)
    announcements = Over(PostgresAnnouncements)
    course_imports = Over(PostgresCourseImports)
    organisations = Over(PostgresOrganisations)
    policies = Over(PostgresPolicies)
    registrations = Over(PostgresRegistrations)
    consents = Over(PostgresConsents)
    consent_reads = Over(PostgresConsentReads)
    contacts = Over(PostgresContacts)
    roles = Over(PostgresRoles)
    staff_declarations = Over(PostgresStaffDeclarations)
    intake_outcomes = Over(PostgresIntakeOutcomes)
    interests = Over(PostgresInterests)
    recommendations = Over(PostgresRecommendations)
    intake_criteria = Over(PostgresCriteria)
    volunteer_criteria = Over(PostgresVolunteerCriteria)
    assessments = Over(PostgresAssessments)
    intake_readings = Over(PostgresReadings)
    intake_retention = Over(PostgresRetention)
    intake_reads = Over(PostgresIntakeReads)
    assignments = Over(PostgresAssignments)
    visits = Over(PostgresVisits)
    starter_messages = Over(PostgresStarterMessages)
    starter_reads = Over(PostgresStarterReads)
    leaves = Over(PostgresLeaves)
    ground_rules = Over(PostgresGroundRulesBook)
    own_reads = Over(PostgresOwnReads)
    admission_reads = Over(PostgresAdmissionReads)
    organisation_reads = Over(PostgresOrganisationReads)
    system_reads = Over(PostgresSystemReads)
    system_accounts = Over(PostgresSystemAccounts)
    volunteers = Over(PostgresVolunteers)
    qualifications = Over(PostgresQualifications)
    webhooks = Over(PostgresWebhooks)
    deliveries = Over(PostgresDeliveries)
    delivery_reads = Over(PostgresDeliveryReads)
    volunteer_reads = Over(PostgresVolunteerReads)
    course_reads = Over(PostgresCourseReads)
    home_reads = Over(PostgresHomeReads)
    occasion_reads = Over(PostgresOccasionReads)
    messages = Over(PostgresMessages)
    message_reads = Over(PostgresMessageReads)
    message_choices = Over(PostgresMessageChoices)
    calendar_reads = Over(PostgresCalendarReads)
    feed = Over(PostgresFeed)
    news_reads = Over(PostgresNewsReads)

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
    def calendar_addresses(self) -> PostgresCalendarAddresses:
        return PostgresCalendarAddresses(self.work.connection)

    @property
    def standings(self) -> PostgresStandings:
        return PostgresStandings(self.work, self.qualifications)

    @property
    def group_reads(self) -> PostgresGroupReads:
        return PostgresGroupReads(self.work, self.qualifications)

    @property
    def meeting_reads(self) -> PostgresMeetingReads:
        return PostgresMeetingReads(self.work, self.qualifications)
