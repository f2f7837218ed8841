"""What the use cases of meetings need of a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.groups.standing import Standing
from app.domain.meetings.series import Series
from app.domain.shared.ids import GroupId, MeetingId, PersonId
from app.services.meetings.views import MeetingFacts, Surroundings
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Meetings, Organisations, Policies, Standings
from app.services.ports.transaction import UnitOfWork


class MeetingReads(Protocol):
    """Meetings for showing."""

    async def one(self, meeting: MeetingId) -> MeetingFacts:
        """One meeting with its place among the group's, or `MeetingNotFound`."""

    async def of_group(self, group: GroupId, request: PageRequest, *, upcoming: bool) -> Page[MeetingFacts]:
        """The meetings of a group, in the order of their start; on demand only those that are to come."""

    async def surroundings(self, meeting: MeetingId) -> Surroundings:
        """What stands around a meeting."""

    async def standings(self, groups: Sequence[GroupId], person: PersonId) -> dict[GroupId, Standing]:
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


class MeetingsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over meetings."""

    @property
    def standings(self) -> Standings: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def series(self) -> SeriesOfGroups: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def meeting_reads(self) -> MeetingReads: ...
