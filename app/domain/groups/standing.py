"""What somebody is to a group, as of an instant: the one question behind everything that they may see or do there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.groups.errors import DeclarationNeeded, GroupNotFound
from app.domain.shared.ids import AssignmentId, MembershipId


class Standing(StrEnum):
    """From outside to inside. Among members there are no degrees (G-01, G-03)."""

    OUTSIDER = "outsider"
    COORDINATOR = "coordinator"
    """Staff of the group's organisation: composes it while it forms, knows next to nothing once it is closed."""
    STARTER = "starter"
    """Helps the group to start, until an exit that was fixed beforehand: sees what the frames need, decides nothing."""
    UNSIGNED = "unsigned"
    """Has a place but hasn't signed: time and place of the first meeting, no names (D-h1)."""
    MEMBER = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What is known about somebody who has a place in the group."""

    membership_id: MembershipId
    signed_generation: int | None
    """The newest generation whose declaration they have signed; None: never."""
    grace_ends_at: datetime | None
    """End of the first meeting after the generation that followed the one they signed; None: not in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """What is known about somebody who was assigned to help the group to start."""

    assignment_id: AssignmentId
    ends_at: datetime
    """When the exit comes (half-open), as `domain/starters` works it out: the rights end by themselves (X-10)."""
    rests: bool
    """Whether the assignment rests, by the organisation's policy, while their training has lapsed (S-h5)."""

    def goes_on(self, now: datetime) -> bool:
        """Whether they are the group's starter now. At the exit they aren't any more."""
        return now < self.ends_at and not self.rests


SEES_MEETINGS = frozenset({Standing.MEMBER, Standing.UNSIGNED, Standing.STARTER})
"""Who sees when the group meets; how much of it, the view decides."""


def standing_of(
    inside: Inside | None,
    *,
    generation: int,
    is_coordinator: bool,
    now: datetime,
    helping: Helping | None = None,
    is_closed: bool = True,
) -> tuple[Standing, MembershipId | None]:
    """What somebody is to the group now.

    Signed in this generation, or in an earlier one and its renewal is not yet overdue: member. In a new generation the
    old members keep everything until its first meeting has ended (G-h5); a newcomer signs before entering.
    Staff who help a group themselves compose it as long as it forms, and are its starter from then on.
    """
    if inside is None:
        return _from_outside(helping, is_coordinator=is_coordinator, is_closed=is_closed, now=now), None
    signed = inside.signed_generation
    if signed is None:
        return Standing.UNSIGNED, inside.membership_id
    in_time = inside.grace_ends_at is None or now < inside.grace_ends_at
    if signed == generation or in_time:
        return Standing.MEMBER, inside.membership_id
    return Standing.UNSIGNED, inside.membership_id


def _from_outside(
    helping: Helping | None, *, is_coordinator: bool, is_closed: bool, now: datetime
) -> Standing:
    if helping is not None and helping.goes_on(now) and (is_closed or not is_coordinator):
        return Standing.STARTER
    return Standing.COORDINATOR if is_coordinator else Standing.OUTSIDER


def require_member(standing: Standing) -> None:
    """Members only; to everybody else without a place the group isn't there at all."""
    if standing is Standing.UNSIGNED:
        raise DeclarationNeeded
    if standing is not Standing.MEMBER:
        raise GroupNotFound


def require_place(standing: Standing) -> None:
    """Whoever has a place, signed or not."""
    if standing not in (Standing.MEMBER, Standing.UNSIGNED):
        raise GroupNotFound
