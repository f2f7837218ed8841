"""What the use cases of intake need of a transaction. Groups and admission only ever ask for the latest outcome,
through `services.ports.repositories.IntakeOutcomes`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.intake.assessment import Assessment
from app.domain.intake.criteria import CriteriaVersion
from app.domain.intake.interest import Interest
from app.domain.intake.outcome import IntakeOutcome
from app.domain.intake.reading import WhatWasRead
from app.domain.intake.recommendation import Recommendation
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import AssessmentId, IntakeOutcomeId, PersonId
from app.services.intake.assessment_views import AssessmentSummaryView, InterviewerView
from app.services.intake.views import InterestView, ReadingView
from app.services.ports.access_log import AccessLog
from app.services.ports.consents import Consents, Contacts
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import (
    IntakeOutcomes,
    Organisations,
    Policies,
    Registrations,
    Roles,
    StaffDeclarations,
)
from app.services.ports.systems import LetsSystemsIn


class Interests(Protocol):
    """Interests, one of each person."""

    async def put(self, interest: Interest) -> None:
        """Add or replace it; what is sealed beside it stays as it is."""

    async def find(self, person: PersonId) -> Interest | None: ...
    async def remove(self, person: PersonId) -> None: ...
    async def seal_private_wish(self, person: PersonId, sealed: bytes | None) -> None: ...
    async def private_wish(self, person: PersonId) -> bytes | None: ...


class Recommendations(Protocol):
    """Receipts and codes; nothing joins them."""

    async def add(self, receipt: Recommendation, code_hashes: Sequence[bytes]) -> None: ...
    async def use(self, code_hash: bytes, now: datetime) -> bool:
        """Use a code up; False where there is none that could be used, for whatever reason."""


class Readings(Protocol):
    """Who has read what somebody confided; noted in the access log."""

    async def about(self, person: PersonId, what: WhatWasRead) -> list[ReadingView]:
        """Others' readings about whoever asks, the newest first; the log shows them to nobody else."""


class Criteria(Protocol):
    """Versions of the criteria that the organisation has adopted."""

    async def add(self, version: CriteriaVersion) -> None:
        """`Stale` where this version number is taken."""

    async def newest(self) -> CriteriaVersion | None: ...


class Assessments(Protocol):
    """Intake conversations. What was confided is sealed and kept apart, by its kind."""

    async def add(self, assessment: Assessment) -> None:
        """`AssessmentUnderWay` where one without an outcome stands."""

    async def lock(self, assessment: AssessmentId) -> Assessment:
        """`AssessmentNotFound` where there is none; the clock is read after the lock."""

    async def lock_live(self, person: PersonId) -> Assessment | None:
        """The one of this person that has no outcome yet; the clock is read after the lock."""

    async def save(self, assessment: Assessment) -> None: ...
    async def remove(self, assessment: AssessmentId) -> None: ...
    async def confide(
        self, assessment: AssessmentId, kind: str, sealed: bytes, gone_at: datetime
    ) -> None: ...
    async def take_back(self, assessment: AssessmentId, kind: str) -> None:
        """Delete what was confided of one kind, if there is anything."""

    async def confided(self, assessment: AssessmentId, now: datetime) -> dict[str, tuple[bytes, datetime]]:
        """What has not had its time yet, by kind, and until when."""


class Retention(Protocol):
    """What goes by itself: it can't be read any more already, here it leaves the tables."""

    async def purge(self, now: datetime) -> None: ...


class IntakeReads(Protocol):
    """Intake for showing."""

    async def interest(self, person: PersonId, now: datetime) -> InterestView | None:
        """One person's interest, if it still stands."""

    async def interests(
        self,
        request: PageRequest,
        now: datetime,
        *,
        theme: str | None,
        form: Form | None,
        weekday: Weekday | None,
        language: str | None,
    ) -> Page[InterestView]:
        """Interests that still stand, the newest first."""

    async def receipts(self, givers: Sequence[UUID], request: PageRequest) -> Page[Recommendation]:
        """A giver's own receipts, the newest first."""

    async def interviewers(self) -> list[InterviewerView]:
        """Who holds conversations, by name."""

    async def is_protected(self, person: PersonId) -> bool:
        """Whether this person's identity is protected."""

    async def name_of(self, person: PersonId) -> str | None:
        """The name by which the organisation knows somebody."""

    async def outcome(self, outcome: IntakeOutcomeId) -> IntakeOutcome | None: ...
    async def assessments(
        self, request: PageRequest, now: datetime, *, viewer: PersonId, only_mine: bool
    ) -> Page[AssessmentSummaryView]:
        """Conversations that stand, the newest first, but for those whose person knows the viewer."""

    async def assessments_of(self, person: PersonId, now: datetime) -> list[AssessmentSummaryView]:
        """One person's own, the newest first."""


class IntakeUnitOfWork(LetsSystemsIn, Protocol):
    """One transaction over intake."""

    @property
    def intake_outcomes(self) -> IntakeOutcomes: ...
    @property
    def interests(self) -> Interests: ...
    @property
    def recommendations(self) -> Recommendations: ...
    @property
    def intake_criteria(self) -> Criteria: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def access_log(self) -> AccessLog: ...
    @property
    def intake_readings(self) -> Readings: ...
    @property
    def intake_retention(self) -> Retention: ...
    @property
    def intake_reads(self) -> IntakeReads: ...
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
