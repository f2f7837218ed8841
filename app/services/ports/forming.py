"""Ports: who invites to the first meeting of a forming group, and who waits for a place in it."""

from datetime import datetime
from typing import Protocol

from app.domain.groups.convening import Convening
from app.domain.groups.waiting import Waiting
from app.domain.shared.ids import GroupId, MembershipId, PersonId, PlacementId


class Convenors(Protocol):
    """Who invites to the first meeting of a forming group."""

    async def name(self, group: GroupId, membership: MembershipId, now: datetime) -> None:
        """Name a member; naming again changes nothing."""

    async def relieve(self, membership: MembershipId) -> None: ...
    async def member_by(self, placement: PlacementId) -> MembershipId | None:
        """Who came in by this placement, as long as they are in."""

    async def duty_of(self, group: GroupId, membership: MembershipId | None) -> Convening:
        """What is known about the duty, seen from one member or, with None, from outside."""


class WaitingList(Protocol):
    """Who has asked for a place in a forming group."""

    async def put(self, waiting: Waiting) -> Waiting:
        """Keep it; whoever has asked before keeps their place in the order, and that is what comes back."""

    async def has(self, group: GroupId, person: PersonId) -> bool: ...
    async def remove(self, group: GroupId, person: PersonId) -> bool:
        """Off the list; whether they were on it."""

    async def forget_ended(self) -> None:
        """Remove what is left of the lists of groups that have begun."""
