"""What occasions are made of, beside what a first screen is made of: what has happened lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.shared.ids import BallotId, GroupId, PersonId
from app.services.people.home_ports import HomeUnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """Since when somebody is in a group."""

    joined_at: datetime
    generation_formed_at: datetime
    """Since when the group is the set of people that it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A meeting that was moved or cancelled, or a group's rhythm that was changed."""

    subject: UUID
    """The meeting; the group where its rhythm was changed."""
    group_id: GroupId
    changed_at: datetime
    matters_until: datetime
    """When it would have begun, or begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A ballot that has been counted. Of who was on its roll or has voted, nothing."""

    ballot_id: BallotId
    group_id: GroupId
    opened_at: datetime
    counted_at: datetime


class OccasionReads(Protocol):
    """What has happened lately in groups: one statement each, without locks."""

    async def places(self, person: PersonId) -> dict[GroupId, OwnPlace]: ...
    async def changes(self, groups: Sequence[GroupId], since: datetime) -> list[Change]:
        """What was changed after an instant, of meetings that haven't begun."""

    async def decided(self, groups: Sequence[GroupId], since: datetime) -> list[Decided]:
        """What was counted after an instant."""

    async def exits(self, groups: Sequence[GroupId]) -> dict[GroupId, datetime]:
        """When the last starter of each group leaves, as things stand; `BallotDue` if that is still to be counted."""


class OccasionsUnitOfWork(HomeUnitOfWork, Protocol):
    """One transaction of one of a person's organisations."""

    @property
    def occasion_reads(self) -> OccasionReads: ...
