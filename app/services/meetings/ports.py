"""What the use cases of meetings need of a transaction."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.groups.standing import Standing
from app.domain.shared.ids import GroupId, MeetingId, PersonId
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

    async def standings(self, groups: Sequence[GroupId], person: PersonId) -> dict[GroupId, Standing]:
        """How somebody stands to each of these groups, as far as they exist."""

    async def upcoming(self, groups: Sequence[GroupId], limit: int) -> list[MeetingFacts]:
        """The next meetings of each of these groups, up to a number for each."""


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
