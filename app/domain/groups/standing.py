"""What somebody is to a group, as of an instant: the one question behind everything that they may see or do there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.groups.errors import DeclarationNeeded, GroupNotFound
from app.domain.shared.ids import MembershipId


class Standing(StrEnum):
    """From outside to inside. Among members there are no degrees (G-01, G-03)."""

    OUTSIDER = "outsider"
    COORDINATOR = "coordinator"
    """Staff of the group's organisation: composes it while it forms, knows next to nothing once it is closed."""
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


def standing_of(
    inside: Inside | None, *, generation: int, is_coordinator: bool, now: datetime
) -> tuple[Standing, MembershipId | None]:
    """What somebody is to the group now.

    Signed in this generation, or in an earlier one and its renewal is not yet overdue: member. In a new generation the
    old members keep everything until its first meeting has ended (G-h5); a newcomer signs before entering.
    """
    if inside is None:
        return (Standing.COORDINATOR if is_coordinator else Standing.OUTSIDER), None
    signed = inside.signed_generation
    if signed is None:
        return Standing.UNSIGNED, inside.membership_id
    in_time = inside.grace_ends_at is None or now < inside.grace_ends_at
    if signed == generation or in_time:
        return Standing.MEMBER, inside.membership_id
    return Standing.UNSIGNED, inside.membership_id


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
