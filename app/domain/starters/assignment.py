"""The assignment of a starter: a helper who gets a group going and leaves it (G-02, X-10, X-12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.shared.ids import AssignmentId, BallotId, GroupId, OrganisationId, PersonId
from app.domain.starters.errors import (
    AssignmentOver,
    LongerOnce,
    NothingLeftToReplace,
    NotLonger,
    NotYetAgreed,
    OnlyShorter,
    TooEarlyForAFollowUp,
)
from app.domain.starters.exit_limit import (
    Ceiling,
    ExitLimit,
    ExitStep,
    ExitVersion,
    LongerStay,
    Party,
    end_under,
    last_meeting_end,
)
from app.domain.starters.leader_hunt import is_time_of_leader_hunt


class AssignmentStatus(StrEnum):
    """Where an assignment is; computed."""

    ACTIVE = "active"
    RESTING = "resting"
    """The starter's training has lapsed, and the organisation's policy lets the assignment rest meanwhile (S-h5)."""
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMeeting:
    """A meeting of the group that stands: not cancelled, and nobody has said that it wasn't held."""

    starts_at: datetime
    ends_at: datetime


@dataclass(slots=True, kw_only=True)
class Assignment:
    """One starter's help for one group, from now until an exit that is fixed with it (X-01).

    `person_id` is None once that person has had themselves erased: the dates stay, the group's history is whole (S-h12).
    """

    id: AssignmentId
    organisation_id: OrganisationId
    group_id: GroupId
    person_id: PersonId | None
    line_id: AssignmentId
    """The first assignment in this line of replacements; its own id where it replaces nobody. A longer stay is agreed
    once in a line (S-h2)."""
    assigned_at: datetime
    counts_from: datetime
    """From when meetings count: for a replacement, since the first starter was assigned, so that it inherits the rest."""
    policy_version: int
    """The organisation's policy that the ceiling was read from (B-15)."""
    ceiling_meetings: int
    ceiling_until: datetime
    replaces_id: AssignmentId | None
    conflict_acknowledged: bool
    """Whether the coordinator has said: we know that this person held a member's intake conversation (V-16)."""
    follow_up_on: date | None
    """The day that group and starter have agreed for a follow-up (X-08)."""
    exit_versions: list[ExitVersion] = field(default_factory=list)

    @property
    def ceiling(self) -> Ceiling:
        """What no decision goes past."""
        return Ceiling(meetings=self.ceiling_meetings, until=self.ceiling_until)

    @property
    def exit(self) -> ExitVersion:
        """The version of the exit that holds."""
        return self.exit_versions[-1]

    @property
    def bounds(self) -> Ceiling:
        """The exit that holds, cut by the ceiling."""
        return self.exit.limit.bounds(self.ceiling)

    def counting(self, meetings: Sequence[GroupMeeting]) -> list[GroupMeeting]:
        """Of the group's meetings those that count, in their order (S-h4: whether or not the starter was there)."""
        return sorted(
            (meeting for meeting in meetings if meeting.starts_at >= self.counts_from),
            key=lambda meeting: meeting.starts_at,
        )

    def ends_at(self, meetings: Sequence[GroupMeeting]) -> datetime:
        """When all of the starter's rights in the group are gone (half-open), as things stand."""
        bounds = self.bounds
        ends = [meeting.ends_at for meeting in self.counting(meetings)]
        return end_under(
            step=self.exit.step,
            recorded_at=self.exit.recorded_at,
            until=bounds.until,
            last_meeting_ends_at=last_meeting_end(bounds.meetings, ends),
        )

    def is_over(self, meetings: Sequence[GroupMeeting], now: datetime) -> bool:
        """Whether the exit has come; it needs nobody to notice (S-h1, X-10)."""
        return self.ends_at(meetings) <= now

    def held(self, meetings: Sequence[GroupMeeting], now: datetime) -> int:
        """How many of the counting meetings have begun."""
        return sum(meeting.starts_at <= now for meeting in self.counting(meetings))

    def last_meeting(self, meetings: Sequence[GroupMeeting], now: datetime) -> GroupMeeting | None:
        """The last of the meetings that stand which begins before the exit: that one has the starter's farewell.

        Is a meeting cancelled, or does the latest day fall before it, it is the one before (S-h11). None as long as
        another one may still be planned before the exit.
        """
        end, counting = self.ends_at(meetings), self.counting(meetings)
        allowed = [meeting for meeting in counting if meeting.starts_at < end]
        settled = end <= now or len(allowed) >= self.bounds.meetings or len(allowed) < len(counting)
        return allowed[-1] if allowed and settled else None

    def confirm(self, meetings: Sequence[GroupMeeting], now: datetime) -> bool:
        """The group says at its second meeting: it stays as agreed (X-05). False where it has said so before."""
        self._require_going_on(meetings, now)
        if self.held(meetings, now) < 2:
            raise NotYetAgreed
        if any(version.step is ExitStep.CONFIRMED for version in self.exit_versions):
            return False
        self._add(ExitStep.CONFIRMED, Party.GROUP, self.exit.limit, now)
        return True

    def shorten(
        self,
        latest_date: date | None,
        max_meetings: int | None,
        zone: str,
        by: Party,
        meetings: Sequence[GroupMeeting],
        now: datetime,
    ) -> None:
        """An earlier exit: at any time, by the starter or by the group (X-06)."""
        self._require_going_on(meetings, now)
        shorter = self.exit.limit.with_changes(latest_date, max_meetings, zone)
        if latest_date is not None:
            shorter.require_still_to_come(now)
        if not shorter.is_shorter_than(self.exit.limit, self.ceiling):
            raise OnlyShorter
        self._add(ExitStep.SHORTENED, by, shorter, now)

    def propose_longer(
        self,
        latest_date: date | None,
        max_meetings: int | None,
        zone: str,
        meetings: Sequence[GroupMeeting],
        now: datetime,
    ) -> LongerStay:
        """What the group can be asked: really longer, and not past the ceiling (X-06, T1)."""
        self._require_going_on(meetings, now)
        longer = self.exit.limit.with_changes(latest_date, max_meetings, zone)
        longer.require_within(self.ceiling)
        if not self.exit.limit.is_shorter_than(longer, self.ceiling):
            raise NotLonger
        return LongerStay(
            latest_date=latest_date,
            until=longer.until if latest_date is not None else None,
            max_meetings=max_meetings,
        )

    def stay_longer(
        self, agreed: LongerStay, ballot: BallotId, meetings: Sequence[GroupMeeting], decided_at: datetime
    ) -> bool:
        """The group has agreed. False where the exit had come by then, which nothing undoes (X-10).

        Like all that a ballot decides it holds since its time was over, whenever it is counted.
        """
        longer = self.exit.limit.with_agreed(agreed)
        if (
            self.exit.step is ExitStep.ENDED_EARLY
            or self.is_over(meetings, decided_at)
            or not self.exit.limit.is_shorter_than(longer, self.ceiling)
        ):
            return False
        self._add(ExitStep.EXTENDED, Party.GROUP, longer, decided_at, ballot)
        return True

    def end_now(self, by: Party, meetings: Sequence[GroupMeeting], now: datetime) -> bool:
        """Step out at once. False where the exit has come already."""
        if self.is_over(meetings, now):
            return False
        self._add(ExitStep.ENDED_EARLY, by, self.exit.limit, now)
        return True

    def set_follow_up(self, day: date, zone: str, *, group_has_begun: bool, now: datetime) -> None:
        """Agree on a day for the follow-up, from the first meeting on (X-08)."""
        begins = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
        if not group_has_begun or begins + timedelta(days=1) <= now:
            raise TooEarlyForAFollowUp("/day")
        self.follow_up_on = day

    def follow_up_is_due(self, meetings: Sequence[GroupMeeting], now: datetime) -> bool:
        """Whether the last meeting together has begun and no follow-up is agreed: a reminder, no more (X-08, S-h9)."""
        if self.follow_up_on is not None:
            return False
        last = self.last_meeting(meetings, now)
        return last is not None and last.starts_at <= now

    def leader_hunt_is_due(self, meetings: Sequence[GroupMeeting], now: datetime) -> bool:
        """Whether it is the time after the exit in which a group typically looks for a leader (X-13)."""
        return self.held(meetings, now) > 0 and is_time_of_leader_hunt(self.ends_at(meetings), now)

    def limit_reached(self, meetings: Sequence[GroupMeeting], now: datetime) -> bool:
        """Whether the limit itself is reached, however the assignment ended: then nothing is left to inherit."""
        bounds = self.bounds
        ends = [meeting.ends_at for meeting in self.counting(meetings)]
        last = last_meeting_end(bounds.meetings, ends)
        return bounds.until <= now or (last is not None and last <= now)

    def inherited_by(
        self,
        replacement_id: AssignmentId,
        person: PersonId,
        *,
        conflict_acknowledged: bool,
        meetings: Sequence[GroupMeeting],
        now: datetime,
    ) -> "Assignment":
        """A replacement takes over what is left of the limit: not a day, not a meeting more (X-03)."""
        if self.limit_reached(meetings, now):
            raise NothingLeftToReplace
        heir = Assignment(
            id=replacement_id,
            organisation_id=self.organisation_id,
            group_id=self.group_id,
            person_id=person,
            line_id=self.line_id,
            assigned_at=now,
            counts_from=self.counts_from,
            policy_version=self.policy_version,
            ceiling_meetings=self.ceiling_meetings,
            ceiling_until=self.ceiling_until,
            replaces_id=self.id,
            conflict_acknowledged=conflict_acknowledged,
            follow_up_on=self.follow_up_on,
        )
        heir._add(ExitStep.INHERITED, Party.COORDINATOR, self.exit.limit, now)
        self.end_now(Party.COORDINATOR, meetings, now)
        return heir

    def fix_exit(self, limit: ExitLimit, now: datetime) -> None:
        """Fix the exit, together with the assignment (X-01)."""
        limit.require_still_to_come(now)
        limit.require_within(self.ceiling)
        self._add(ExitStep.FIXED, Party.COORDINATOR, limit, now)

    def _require_going_on(self, meetings: Sequence[GroupMeeting], now: datetime) -> None:
        if self.is_over(meetings, now):
            raise AssignmentOver

    def _add(
        self, step: ExitStep, by: Party, limit: ExitLimit, now: datetime, ballot: BallotId | None = None
    ) -> None:
        self.exit_versions.append(
            ExitVersion(
                number=len(self.exit_versions) + 1,
                step=step,
                by=by,
                limit=limit,
                recorded_at=now,
                ballot_id=ballot,
            )
        )


def require_first_time(line: Iterable[Assignment]) -> None:
    """Refuse a second longer stay in a line of replacements (S-h2)."""
    if any(version.step is ExitStep.EXTENDED for each in line for version in each.exit_versions):
        raise LongerOnce


def status_of(*, ends_at: datetime, rests: bool, now: datetime) -> AssignmentStatus:
    """Where an assignment is, as of an instant."""
    if ends_at <= now:
        return AssignmentStatus.OVER
    return AssignmentStatus.RESTING if rests else AssignmentStatus.ACTIVE
