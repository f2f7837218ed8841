"""What the use cases of volunteers need of a transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.organisations.policy import Policy
from app.domain.shared.ids import PersonId, TrainingEntryId
from app.domain.volunteers.criteria import VolunteerCriteria
from app.domain.volunteers.training_record import TrainingEntry, TrainingRecord
from app.domain.volunteers.volunteer import Volunteer
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Organisations, Policies, Registrations, Roles, StaffDeclarations
from app.services.ports.transaction import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerFacts:
    """A volunteer as they are shown: the name that the organisation knows, and the whole record."""

    volunteer: Volunteer
    name: str
    partner_name: str | None
    record: TrainingRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEntry:
    """An entry, and what has taken its place."""

    entry: TrainingEntry
    corrected_by: TrainingEntryId | None


class Volunteers(Protocol):
    """Volunteers and their records, as they are changed."""

    async def add(self, volunteer: Volunteer) -> bool:
        """False where this person has offered before. `NotRegistered` for whoever hasn't registered."""

    async def lock(self, person: PersonId) -> Volunteer:
        """Lock one volunteer, or `VolunteerNotFound`; the clock is read after the lock."""

    async def find_proposer(self, code_sha256: str) -> PersonId | None:
        """Who has made the proposal with this code."""

    async def partner_of(self, person: PersonId) -> PersonId | None:
        """Whom they reflect with, without a lock."""

    async def save(self, volunteer: Volunteer) -> None:
        """Keep whom they reflect with, and their proposal."""

    async def erase(self, person: PersonId) -> None:
        """Remove the offer and the whole record. Only its own person can."""

    async def record(self, person: PersonId) -> TrainingRecord:
        """The whole record."""

    async def append(self, entry: TrainingEntry) -> None:
        """Add an entry; `AlreadyCorrected` where another has taken the same one's place."""


class VolunteerReads(Protocol):
    """Volunteers for showing. The number of statements doesn't grow with the number of people."""

    async def one(self, person: PersonId) -> VolunteerFacts:
        """One volunteer, or `VolunteerNotFound`."""

    async def require(self, person: PersonId) -> None:
        """`VolunteerNotFound` for whoever is none."""

    async def many(self, request: PageRequest) -> Page[VolunteerFacts]:
        """Volunteers of the organisation, the newest first."""

    async def entries(self, person: PersonId, request: PageRequest) -> Page[RecordedEntry]:
        """The entries of one record, the last one written down first: those that were corrected, too."""

    async def policies(self, since: datetime) -> list[Policy]:
        """The version of the policy that holds then, and all that hold from a later instant on."""


class CriteriaVersions(Protocol):
    """Versions of the criteria that the organisation has adopted; where there is none, the shipped ones hold."""

    async def add(self, criteria: VolunteerCriteria) -> None:
        """`Stale` where this version number is taken."""

    async def newest(self) -> VolunteerCriteria | None: ...
    async def held_at(self, instant: datetime) -> VolunteerCriteria | None: ...
    async def find(self, version: int) -> VolunteerCriteria | None: ...


class VolunteersUnitOfWork(UnitOfWork, Protocol):
    """One transaction over volunteers."""

    @property
    def volunteers(self) -> Volunteers: ...
    @property
    def volunteer_reads(self) -> VolunteerReads: ...
    @property
    def volunteer_criteria(self) -> CriteriaVersions: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
