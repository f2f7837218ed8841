"""Port: the key pair of each ballot, kept outside the database, and the sealing of a vote."""

from typing import Protocol

from app.domain.admission.decision_rules import Choice
from app.domain.shared.ids import BallotId, MembershipId


class BallotKeys(Protocol):
    """Keeps the private half of each ballot's key pair until the count, then destroys it for good."""

    def create(self, ballot: BallotId) -> bytes:
        """Make a key pair for a ballot and keep its private half; answers the public half."""

    def private(self, ballot: BallotId) -> bytes | None:
        """The private half, or None if it has been destroyed or lost (then the ballot lapses)."""

    def destroy(self, ballot: BallotId) -> None:
        """Destroy the private half. Doing it again is the same as doing it once."""


class Envelopes(Protocol):
    """Seals and opens votes. Every envelope has the same length, and fits one voter of one ballot only."""

    def seal(self, public_key: bytes, ballot: BallotId, voter: MembershipId, choice: Choice) -> bytes:
        """A sealed envelope with this choice in it."""

    def open(self, private_key: bytes, ballot: BallotId, voter: MembershipId, sealed: bytes) -> Choice | None:
        """What is in it; None if it is not an envelope of this voter in this ballot."""
