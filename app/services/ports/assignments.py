"""Assignments of starters, as several features need them."""

from typing import Protocol

from app.domain.shared.ids import AssignmentId, GroupId, PersonId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.ties import Ties


class Assignments(Protocol):
    """Assignments of starters, each with all versions of its exit. Whoever changes one has locked the group."""

    async def add(self, assignment: Assignment) -> None: ...
    async def save(self, assignment: Assignment) -> None:
        """Keep the versions that have come, and the follow-up."""

    async def get(self, assignment: AssignmentId) -> Assignment:
        """`AssignmentNotFound` where there is none."""

    async def group_of(self, assignment: AssignmentId) -> GroupId:
        """`AssignmentNotFound` where there is none."""

    async def of_group(self, group: GroupId) -> list[Assignment]:
        """All of a group, in the order in which they were made."""

    async def meetings_of(self, group: GroupId) -> list[GroupMeeting]:
        """The group's first meetings that stand, as many as any ceiling could allow."""

    async def ties(self, group: GroupId, person: PersonId, *, closed: bool) -> Ties:
        """What ties a person to the group; `closed`: it has met."""


class Stays(Protocol):
    """What a count may do about a starter's stay: read its limits, and add what the group has decided."""

    async def get(self, assignment: AssignmentId) -> Assignment:
        """The assignment without its person, whom the count need not know."""

    async def meetings_of(self, group: GroupId) -> list[GroupMeeting]:
        """The group's first meetings that stand, as many as any ceiling could allow."""

    async def lengthen(self, assignment: Assignment) -> bool:
        """Keep the version that has come last, which is a longer stay. False where its line has had one (S-h2)."""
