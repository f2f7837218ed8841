"""What the use cases of meetings need of a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.meetings.agenda import Chosen
from app.domain.meetings.presence import AbsenceNotice
from app.domain.meetings.series import Series
from app.domain.shared.ids import GroupId, MeetingId, MembershipId, PersonId
from app.services.meetings.views import MeetingFacts, Surroundings
from app.services.ports.forming import Convenors
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import (
    GroundRulesBook,
    IntakeOutcomes,
    Meetings,
    Memberships,
    Organisations,
    Policies,
    Seen,
    Standings,
)
from app.services.ports.transaction import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The agenda of a meeting as its group has arranged it."""

    items: list[Chosen]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who is in the group, and was at a meeting."""

    membership_id: MembershipId
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Somebody who is in the group, and can't come."""

    membership_id: MembershipId
    alias: str
    noticed_at: datetime


class MeetingReads(Protocol):
    """Meetings for showing."""

    async def one(self, meeting: MeetingId) -> MeetingFacts:
        """One meeting with its place among the group's, or `MeetingNotFound`."""

    async def of_group(self, group: GroupId, request: PageRequest, *, upcoming: bool) -> Page[MeetingFacts]:
        """The meetings of a group, in the order of their start; on demand only those that are to come."""

    async def surroundings(self, meeting: MeetingId) -> Surroundings:
        """What stands around a meeting."""

    async def standings(self, groups: Sequence[GroupId], person: PersonId) -> dict[GroupId, Seen]:
        """How somebody stands to each of these groups, as far as they exist."""

    async def upcoming(self, groups: Sequence[GroupId], limit: int) -> list[MeetingFacts]:
        """The next meetings of each of these groups, up to a number for each."""


class SeriesOfGroups(Protocol):
    """The rhythm of each group."""

    async def find(self, group: GroupId) -> Series | None: ...
    async def lock(self, group: GroupId) -> Series | None: ...
    async def save(self, series: Series) -> None:
        """Add or change it."""

    async def short(self, groups: Sequence[GroupId], reach: datetime) -> list[GroupId]:
        """Those of these groups whose running series has not been written up to that instant."""


class Agendas(Protocol):
    """Agendas as groups have arranged them."""

    async def find(self, meeting: MeetingId) -> Arrangement | None: ...
    async def save(self, meeting: MeetingId, arrangement: Arrangement) -> None:
        """Add or change it."""


class Presence(Protocol):
    """Who can't come, and who was there; only of those who are still in the group."""

    async def put_notice(self, notice: AbsenceNotice) -> None:
        """Keep it; the first word stands."""

    async def drop_notice(self, meeting: MeetingId, member: MembershipId) -> bool:
        """Take it back; whether there was one."""

    async def notices(self, meeting: MeetingId) -> list[Noticed]: ...
    async def put_attendance(self, group: GroupId, meeting: MeetingId, member: MembershipId) -> None: ...
    async def drop_attendance(self, meeting: MeetingId, member: MembershipId) -> bool:
        """Take it back; whether there was one."""

    async def attendees(self, meeting: MeetingId) -> list[Attendee]: ...


class MeetingsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over meetings."""

    @property
    def standings(self) -> Standings: ...
    @property
    def convenors(self) -> Convenors: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def series(self) -> SeriesOfGroups: ...
    @property
    def agendas(self) -> Agendas: ...
    @property
    def presence(self) -> Presence: ...
    @property
    def ground_rules(self) -> GroundRulesBook: ...
    @property
    def memberships(self) -> Memberships: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def intake_outcomes(self) -> IntakeOutcomes: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def meeting_reads(self) -> MeetingReads: ...
