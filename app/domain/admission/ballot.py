"""The ballot: the group's joint decision on one question, secret, by a roll that was fixed when it opened."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.admission.decision_rules import SECRECY_NEEDS as SECRECY_NEEDS
from app.domain.admission.decision_rules import Choice, Tally, Verdict, decide, rule_named
from app.domain.admission.errors import BallotAboutYou, BallotClosed, BallotEnded, NotOnTheRoll
from app.domain.admission.questions import Question as Question
from app.domain.admission.questions import Subject
from app.domain.shared.ids import BallotId, GroupId, MembershipId, OrganisationId


class BallotStatus(StrEnum):
    """What has become of a ballot. `due`: over, but not counted yet; nobody outside the service ever meets it."""

    OPEN = "open"
    DUE = "due"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    VOID = "void"


@dataclass(slots=True, kw_only=True)
class RollEntry:
    """One person who may vote: whether they have, and since when they are no longer in the group. Never what."""

    membership_id: MembershipId
    has_voted: bool = False
    dropped_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Ballot:
    """One question to the group. Rule, quorum, roll and closing time are a snapshot of the opening (B-15)."""

    id: BallotId
    organisation_id: OrganisationId
    group_id: GroupId
    generation: int
    question: Question
    subject: Subject
    rule: str
    quorum_percent: int
    secret: bool
    """False below three on the roll: then the open consent of all decides."""
    opened_at: datetime
    closes_at: datetime
    public_key: bytes
    withdrawn_at: datetime | None
    voided_at: datetime | None
    verdict: Verdict | None
    """What the count found; None until it was counted."""
    roll: dict[MembershipId, RollEntry]

    def remaining(self, as_of: datetime | None = None) -> list[RollEntry]:
        """Who is on the roll, as of an instant (default: as it stands): whoever left before that has dropped off."""
        return [
            entry
            for entry in self.roll.values()
            if entry.dropped_at is None or (as_of is not None and entry.dropped_at >= as_of)
        ]

    @property
    def has_ended(self) -> bool:
        """Counted, withdrawn or void."""
        return self.verdict is not None or self.withdrawn_at is not None or self.voided_at is not None

    def is_over(self, now: datetime) -> bool:
        """Whether voting is over: time (half-open), everyone has voted, or too few are left for a secret.

        Never because the result is certain: that would expose the vote that made it so (B-06).
        """
        if now >= self.closes_at:
            return True
        left = self.remaining()
        return all(entry.has_voted for entry in left) or (self.secret and len(left) < SECRECY_NEEDS)

    def is_due(self, now: datetime) -> bool:
        """Whether it is over and waits to be counted."""
        return not self.has_ended and self.is_over(now)

    def status(self, now: datetime) -> BallotStatus:
        """What has become of it, as of an instant."""
        if self.verdict is not None:
            return BallotStatus(self.verdict.value)
        if self.withdrawn_at is not None:
            return BallotStatus.WITHDRAWN
        if self.voided_at is not None:
            return BallotStatus.VOID
        return BallotStatus.DUE if self.is_over(now) else BallotStatus.OPEN

    def admit_vote(self, voter: MembershipId | None, now: datetime) -> None:
        """May this member put an envelope into the box now? What is in it, this object never sees."""
        if voter is not None and voter == self.subject.member_id:
            raise BallotAboutYou
        entry = self.roll.get(voter) if voter is not None else None
        if entry is None or entry.dropped_at is not None:
            raise NotOnTheRoll
        if self.withdrawn_at is not None or self.voided_at is not None:
            raise BallotEnded
        if self.has_ended or self.is_over(now) or now < self.opened_at:
            raise BallotClosed
        entry.has_voted = True

    def drop(self, member: MembershipId, now: datetime) -> bool:
        """A member has left: off the roll, their envelope unopened (B-03). Whether there was anything to drop."""
        entry = self.roll.get(member)
        if entry is None or entry.dropped_at is not None or self.has_ended:
            return False
        entry.dropped_at, entry.has_voted = now, False
        return True

    def withdraw(self, now: datetime) -> None:
        """Whoever it is about has gone (applicant, member, starter); there is nothing left to decide."""
        if not self.has_ended:
            self.withdrawn_at = now

    def void(self, now: datetime) -> None:
        """The group has become another one; its open questions are void (A-03)."""
        if not self.has_ended:
            self.voided_at = now

    def count(
        self,
        open_envelopes: Callable[[], Iterable[tuple[MembershipId, Choice]]] | None,
        away: Collection[MembershipId] = (),
    ) -> Verdict:
        """The verdict, from the envelopes of those who were on the roll at the closing time.

        `open_envelopes` is only called where secrecy is not at stake any more: a secret ballot that fell below three
        lapses unopened. None: the key is lost, and nothing can be opened; it lapses. `away`: who was on leave at the
        closing time; they may have voted, and don't count in the quorum (B-05).
        """
        voters = {entry.membership_id for entry in self.remaining(self.closes_at)}
        was_rightly_open = self.secret or len(self.roll) < SECRECY_NEEDS
        if open_envelopes is None or not voters or not was_rightly_open:
            return Verdict.LAPSED
        if self.secret and len(voters) < SECRECY_NEEDS:
            return Verdict.LAPSED
        cast = {member: choice for member, choice in open_envelopes() if member in voters}
        choices = list(cast.values())
        tally = Tally(*(choices.count(kind) for kind in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)))
        return decide(
            rule_named(self.rule),
            tally,
            roll=len(voters),
            quorum_percent=self.quorum_percent,
            away=len(voters.intersection(away)),
            away_voices=len(cast.keys() & set(away)),
        )
