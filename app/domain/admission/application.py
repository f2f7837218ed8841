"""The application: a person's own wish to enter a group that already meets, in their own words (A-07)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.errors import (
    AlreadyOffered,
    ApplicationOver,
    BallotUnderWay,
    NothingOffered,
    OfferExpired,
    WordsStand,
)
from app.domain.shared.ids import ApplicationId, BallotId, GroupId, OrganisationId, PersonId


class Stage(StrEnum):
    """Where an application stands; computed from facts."""

    WAITING = "waiting"
    IN_BALLOT = "in_ballot"
    OFFERED = "offered"
    ENTERED = "entered"
    DECLINED = "declined"
    OFFER_EXPIRED = "offer_expired"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"
    UNHEARD = "unheard"
    """No ballot for so long that it has ended by itself."""

    @property
    def is_live(self) -> bool:
        """Whether it can still lead into the group."""
        return self in (Stage.WAITING, Stage.IN_BALLOT, Stage.OFFERED)


class ApplicantStage(StrEnum):
    """What the applicant hears: neutral words, never a reason, a count or a name (B-26)."""

    WITH_THE_GROUP = "with_the_group"
    NO_DECISION_YET = "no_decision_yet"
    PLACE_OFFERED = "place_offered"
    ENTERED = "entered"
    NOT_THIS_TIME = "not_this_time"
    WITHDRAWN = "withdrawn"
    OFFER_ENDED = "offer_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBallot:
    """What the application needs to know of its newest ballot."""

    ballot_id: BallotId
    status: BallotStatus
    ended_at: datetime | None
    offer_expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What an application says: all of it its writer's own (C-10, C-11)."""

    alias: str
    introduction: str
    known_as: str | None


@dataclass(slots=True, kw_only=True)
class Application:
    """One application to one group. The group sees no more than its writer shows (C-10, C-11)."""

    id: ApplicationId
    organisation_id: OrganisationId
    group_id: GroupId
    applicant_id: PersonId
    alias: str
    introduction: str
    known_as: str | None
    """The name that people know them by, if they show it: nobody can object to an alias (B-21)."""
    applied_at: datetime
    waits_until: datetime
    """Without a ballot by then it ends in neutral words."""
    withdrawn_at: datetime | None
    declined_at: datetime | None
    entered_at: datetime | None
    last_ballot: LastBallot | None
    introduction_withheld: bool = False
    """Whether its writer has taken back, since then, that the group may read it: then only the alias is shown."""

    def stage(self, now: datetime) -> Stage:
        """Where it stands, as of an instant. Every deadline holds by itself (B-13)."""
        if self.entered_at is not None:
            return Stage.ENTERED
        if self.withdrawn_at is not None:
            return Stage.WITHDRAWN
        if self.declined_at is not None:
            return Stage.DECLINED
        ballot = self.last_ballot
        if ballot is not None and ballot.status in (BallotStatus.OPEN, BallotStatus.DUE):
            return Stage.IN_BALLOT
        if ballot is not None and ballot.status is BallotStatus.ADOPTED:
            expired = ballot.offer_expires_at is None or now >= ballot.offer_expires_at
            return Stage.OFFER_EXPIRED if expired else Stage.OFFERED
        if ballot is not None and ballot.status is BallotStatus.NOT_ADOPTED:
            return Stage.NOT_ADOPTED
        return Stage.WAITING if now < self._waits_until() else Stage.UNHEARD

    def _waits_until(self) -> datetime:
        """After a ballot that decided nothing the same time runs anew."""
        if self.last_ballot is None or self.last_ballot.ended_at is None:
            return self.waits_until
        return max(self.waits_until, self.last_ballot.ended_at + (self.waits_until - self.applied_at))

    def stage_for_applicant(self, now: datetime) -> ApplicantStage:
        """The same, in what the applicant may hear. Whether a ballot is under way is the group's own matter."""
        stage = self.stage(now)
        if stage is Stage.WAITING and self.last_ballot is not None:
            return ApplicantStage.NO_DECISION_YET
        return _FOR_APPLICANT[stage]

    def ended_without_a_place_at(self, now: datetime) -> datetime | None:
        """When it ended in `not_this_time`, or None. Voted down and unheard are alike here, too: whoever applies again
        must not learn from the answer which of the two it was (B-26)."""
        stage = self.stage(now)
        if stage is Stage.UNHEARD:
            return self._waits_until()
        if stage is Stage.NOT_ADOPTED and self.last_ballot is not None:
            return self.last_ballot.ended_at
        return None

    def ended_by_itself_at(self, now: datetime) -> datetime | None:
        """When it ended without its writer's doing: no place, or an offer that has expired. None: it hasn't."""
        if self.stage(now) is Stage.OFFER_EXPIRED and self.last_ballot is not None:
            return self.last_ballot.offer_expires_at or self.last_ballot.ended_at
        return self.ended_without_a_place_at(now)

    def require_waiting(self, now: datetime) -> None:
        """A ballot opens on an application that waits for one."""
        stage = self.stage(now)
        if stage is Stage.IN_BALLOT:
            raise BallotUnderWay
        if stage is Stage.OFFERED:
            raise AlreadyOffered
        if stage is not Stage.WAITING:
            raise ApplicationOver

    def correct(self, words: OwnWords, now: datetime) -> None:
        """Say it in other words, as long as no ballot has ever been opened on it: members decide on what they read, and
        who has once read it would hardly read it again. After that, withdrawing and applying anew is the way."""
        if not self.stage(now).is_live:
            raise ApplicationOver
        if self.last_ballot is not None:
            raise WordsStand
        self.alias, self.introduction, self.known_as = words.alias, words.introduction, words.known_as

    def withdraw(self, now: datetime) -> None:
        """The applicant's own: at any time before they have entered, for no reason."""
        if self.withdrawn_at is not None:
            return
        if not self.stage(now).is_live:
            raise ApplicationOver
        self.withdrawn_at = now

    def decline(self, now: datetime) -> None:
        """No, thank you, to the place that was offered."""
        if self.declined_at is None:
            self._require_offered(now)
            self.declined_at = now

    def enter(self, now: datetime) -> None:
        """Accept the place: from here on a member, and the group a new one (A-03)."""
        self._require_offered(now)
        self.entered_at = now

    def _require_offered(self, now: datetime) -> None:
        stage = self.stage(now)
        if stage is Stage.OFFER_EXPIRED:
            raise OfferExpired
        if stage in (Stage.WITHDRAWN, Stage.DECLINED, Stage.ENTERED):
            raise ApplicationOver
        if stage is not Stage.OFFERED:
            raise NothingOffered


_FOR_APPLICANT: dict[Stage, ApplicantStage] = {
    Stage.WAITING: ApplicantStage.WITH_THE_GROUP,
    Stage.IN_BALLOT: ApplicantStage.WITH_THE_GROUP,
    Stage.OFFERED: ApplicantStage.PLACE_OFFERED,
    Stage.ENTERED: ApplicantStage.ENTERED,
    Stage.DECLINED: ApplicantStage.OFFER_ENDED,
    Stage.OFFER_EXPIRED: ApplicantStage.OFFER_ENDED,
    Stage.NOT_ADOPTED: ApplicantStage.NOT_THIS_TIME,
    Stage.UNHEARD: ApplicantStage.NOT_THIS_TIME,
    Stage.WITHDRAWN: ApplicantStage.WITHDRAWN,
}


def offer_expires_at(decided_at: datetime, offer_days: int, later_meetings: list[datetime]) -> datetime:
    """Until when an adopted applicant may accept: the policy's days, at the latest the start of the next meeting but one.

    `later_meetings`: starts of the planned meetings after the decision, in order. The expiry is fixed at the count, so
    that no meeting planned afterwards can take the offer away.
    """
    by_days = decided_at + timedelta(days=offer_days)
    return min(by_days, later_meetings[1]) if len(later_meetings) > 1 else by_days
