"""Who is in a group, and how they came in: by a founding placement, or by an adopted ballot. There is no third way."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.groups.errors import PlacementOver
from app.domain.shared.ids import BallotId, GroupId, MembershipId, OrganisationId, PersonId, PlacementId


@dataclass(slots=True, kw_only=True)
class Placement:
    """An invitation into a forming group. It becomes a membership by the invited person's own yes (A-07)."""

    id: PlacementId
    organisation_id: OrganisationId
    group_id: GroupId
    person_id: PersonId
    invited_at: datetime
    accepted_at: datetime | None
    declined_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Declined by the person, or withdrawn by the organiser."""
        return self.declined_at is not None or self.withdrawn_at is not None

    def accept(self, now: datetime) -> None:
        """The person's own yes."""
        if self.is_over:
            raise PlacementOver
        self.accepted_at = self.accepted_at or now

    def decline(self, now: datetime) -> None:
        """The person's own no; it needs no reason."""
        if self.withdrawn_at is not None or self.accepted_at is not None:
            raise PlacementOver
        self.declined_at = self.declined_at or now

    def withdraw(self, now: datetime) -> None:
        """The organiser takes back an invitation that nobody has answered."""
        if self.declined_at is not None or self.accepted_at is not None:
            raise PlacementOver
        self.withdrawn_at = self.withdrawn_at or now


@dataclass(slots=True, kw_only=True)
class Membership:
    """A person's place in a group, under an alias of their own choosing.

    Exactly one of `placement_id` and `ballot_id` is set: the fact that let them in. The database holds it, too.
    """

    id: MembershipId
    organisation_id: OrganisationId
    group_id: GroupId
    person_id: PersonId
    alias: str
    placement_id: PlacementId | None
    ballot_id: BallotId | None
    generation: int
    """The generation in which they came in."""
    joined_at: datetime
    left_at: datetime | None

    def __post_init__(self) -> None:
        if (self.placement_id is None) == (self.ballot_id is None):
            raise ValueError("a membership has one founding fact: a placement or an adopted ballot (A-01)")

    def go_by(self, alias: str) -> None:
        """Another alias: it is one's own to choose, and one's own to put right."""
        self.alias = alias

    def leave(self, now: datetime) -> None:
        """Leave at once, for no reason that anybody has to know (G-18). Leaving twice is the same as once."""
        self.left_at = self.left_at or now
