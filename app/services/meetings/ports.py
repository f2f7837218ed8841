"""What the use cases of meetings need of a transaction."""

from typing import Protocol

from app.domain.shared.ids import GroupId, MeetingId
from app.services.meetings.views import MeetingFacts
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Meetings, Policies, Standings
from app.services.ports.transaction import UnitOfWork


class MeetingReads(Protocol):
    """Meetings for showing."""

    async def one(self, meeting: MeetingId) -> MeetingFacts:
        """One meeting with its place among the group's, or `MeetingNotFound`."""

    async def of_group(self, group: GroupId, request: PageRequest) -> Page[MeetingFacts]:
        """The meetings of a group, in the order of their start."""


class MeetingsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over meetings."""

    @property
    def standings(self) -> Standings: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def meeting_reads(self) -> MeetingReads: ...
