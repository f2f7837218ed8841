"""What a training record amounts to as of an instant: a pure function of record, policy and time.

The policy is the version that holds at that instant; entries count from their own date. The answer changes by itself at
`next_change_at` and not before, as long as nothing is recorded and no policy is adopted; versions of the policy that are
scheduled have been reckoned with.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.organisations.policy import Policy
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryContent,
    EntryKind,
    Module,
    TrainingRecord,
)


class VolunteerStatus(StrEnum):
    """How far a volunteer has come."""

    PROSPECTIVE = "prospective"
    """Has offered, or not even that; the conversation is missing, or its outcome was another one (V-01)."""
    IN_TRAINING = "in_training"
    """The introduction course or the declaration isn't complete (V-04, C-07)."""
    ASSIGNABLE = "assignable"
    RENEWAL_DUE = "renewal_due"
    """Assignable, and something runs out within the renewal window (V-06, V-07)."""
    LAPSED = "lapsed"
    """Something has run out."""
    EXEMPT = "exempt"
    """Assignable, as an exemption stands in for something that has run out."""
    RESIGNED = "resigned"


ASSIGNABLE = frozenset({VolunteerStatus.ASSIGNABLE, VolunteerStatus.RENEWAL_DUE, VolunteerStatus.EXEMPT})


class Requirement(StrEnum):
    """What it takes. The first four once and for good; the others again and again, from when those four are complete."""

    OFFER = "offer"
    """By themselves (A-07)."""
    CONVERSATION = "conversation"
    """V-01, V-03."""
    INTRODUCTION = "introduction"
    """All modules (V-04, V-05)."""
    DECLARATION = "declaration"
    """C-07."""
    COURSE = "course"
    """V-06."""
    NETWORK_MEETING = "network_meeting"
    """V-06."""
    SUPERVISION = "supervision"
    """V-07."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementState:
    """How one requirement stands."""

    requirement: Requirement
    holds: bool
    """By itself or by an exemption."""
    until: datetime | None = None
    """UTC: until when it holds, under the policy of the answer. None: for good, or not at all."""
    is_exempt: bool = False
    """Whether it holds by an exemption alone."""
    is_due: bool = False
    """Whether it runs out within the renewal window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """The answer, as of one instant."""

    as_of: datetime
    status: VolunteerStatus
    policy_version: int
    """The version of the policy that holds at that instant."""
    requirements: tuple[RequirementState, ...]
    """Those that count at that instant: what goes on after the beginning counts once the beginning is complete."""
    missing_modules: tuple[Module, ...]
    """Modules of the introduction course that are missing (V-05)."""
    next_change_at: datetime | None
    """UTC: when the status becomes another one by itself. None: it stays."""
    next_status: VolunteerStatus | None

    @property
    def is_assignable(self) -> bool:
        """Whether they can be given a group at that instant (D-h5, S-h5)."""
        return self.status in ASSIGNABLE

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """What doesn't hold."""
        return tuple(state.requirement for state in self.requirements if not state.holds)

    @property
    def due(self) -> tuple[RequirementState, ...]:
        """What holds and runs out within the renewal window."""
        return tuple(state for state in self.requirements if state.is_due)


def qualification(record: TrainingRecord, policies: Sequence[Policy], as_of: datetime) -> Qualification:
    """What the record amounts to at that instant. `policies`: at least the versions that hold then and later."""
    return _answer(_Facts(record, policies), as_of)


def prospect(
    record: TrainingRecord, policies: Sequence[Policy], since: datetime
) -> tuple[Qualification, datetime | None]:
    """The answer, and until when they stay assignable without a break: `since` itself where they aren't; None: for good."""
    facts = _Facts(record, policies)
    return _answer(facts, since), _until(facts, since)


def _answer(facts: "_Facts", as_of: datetime) -> Qualification:
    status, states = facts.at(as_of)
    change = facts.next_change(as_of, status)
    return Qualification(
        as_of=as_of,
        status=status,
        policy_version=facts.policy(as_of).version,
        requirements=states,
        missing_modules=tuple(module for module in Module if not facts.has_module(module, as_of)),
        next_change_at=change[0] if change else None,
        next_status=change[1] if change else None,
    )


def _until(facts: "_Facts", since: datetime) -> datetime | None:
    moment, status = since, facts.at(since)[0]
    while status in ASSIGNABLE:
        change = facts.next_change(moment, status)
        if change is None:
            return None
        moment, status = change
    return moment


class _Facts:
    """A record and the policies, sorted so that they can be asked about any instant."""

    def __init__(self, record: TrainingRecord, policies: Sequence[Policy]) -> None:
        self._record = record
        self._policies = sorted(policies, key=lambda policy: policy.version)
        standing = [entry.content for entry in record.standing()]
        self._conversations = [each for each in standing if each.kind is EntryKind.CONVERSATION]
        going = (EntryKind.RESIGNATION, EntryKind.RETURN)
        self._coming_and_going = [each for each in standing if each.kind in going]
        self._modules = {
            module: min((each.happened_at for each in standing if each.module is module), default=None)
            for module in Module
        }
        self._attended = {
            each: [content.happened_at for content in standing if content.kind == each.value]
            for each in Continuing
        }
        self._exemptions = {
            each: [content for content in standing if content.requirement is each] for each in Continuing
        }
        self._begun = self._beginning()
        self._sorted_turns: list[datetime] = []

    def policy(self, as_of: datetime) -> Policy:
        """The version that holds then; before the first, the first."""
        held = [policy for policy in self._policies if policy.effective_from <= as_of]
        return held[-1] if held else self._policies[0]

    def has_module(self, module: Module, as_of: datetime) -> bool:
        return _reached(self._modules[module], as_of)

    def at(self, as_of: datetime) -> tuple[VolunteerStatus, tuple[RequirementState, ...]]:
        """Status and requirements at an instant."""
        policy = self.policy(as_of)
        first = {
            Requirement.OFFER: _reached(self._record.offered_at, as_of),
            Requirement.CONVERSATION: self._is_suited(as_of),
            Requirement.INTRODUCTION: all(self.has_module(module, as_of) for module in Module),
            Requirement.DECLARATION: _reached(self._record.declared_at, as_of),
        }
        states = [RequirementState(requirement=name, holds=holds) for name, holds in first.items()]
        if self._begun is not None and self._begun <= as_of:
            states += [self._continuing(each, self._begun, policy, as_of) for each in Continuing]
        return self._status(first, states[len(first) :], as_of), tuple(states)

    def next_change(
        self, after: datetime, status: VolunteerStatus
    ) -> tuple[datetime, VolunteerStatus] | None:
        """The first instant after this one at which the status is another, and that other one."""
        turns = self._sorted_turns = self._sorted_turns or sorted(set(self._turns()))
        for moment in turns[bisect_right(turns, after) :]:
            then = self.at(moment)[0]
            if then is not status:
                return moment, then
        return None

    def _status(
        self, first: dict[Requirement, bool], continuing: Sequence[RequirementState], as_of: datetime
    ) -> VolunteerStatus:
        if self._is_gone(as_of):
            return VolunteerStatus.RESIGNED
        if not (first[Requirement.OFFER] and first[Requirement.CONVERSATION]):
            return VolunteerStatus.PROSPECTIVE
        if not all(first.values()):
            return VolunteerStatus.IN_TRAINING
        if not all(state.holds for state in continuing):
            return VolunteerStatus.LAPSED
        if any(state.is_due for state in continuing):
            return VolunteerStatus.RENEWAL_DUE
        if any(state.is_exempt for state in continuing):
            return VolunteerStatus.EXEMPT
        return VolunteerStatus.ASSIGNABLE

    def _is_gone(self, as_of: datetime) -> bool:
        last = _latest(self._coming_and_going, as_of)
        return last is not None and last.kind is EntryKind.RESIGNATION

    def _is_suited(self, as_of: datetime) -> bool:
        last = _latest(self._conversations, as_of)
        return last is not None and last.outcome is ConversationOutcome.SUITED

    def _beginning(self) -> datetime | None:
        """When everything that comes first was complete for the first time: the clock of the rest starts there."""
        fits = ConversationOutcome.SUITED
        suited = [each.happened_at for each in self._conversations if each.outcome is fits]
        wanted = [
            self._record.offered_at,
            self._record.declared_at,
            min(suited, default=None),
            *self._modules.values(),
        ]
        reached = [moment for moment in wanted if moment is not None]
        return max(reached) if len(reached) == len(wanted) else None

    def _continuing(
        self, each: Continuing, begun: datetime, policy: Policy, as_of: datetime
    ) -> RequirementState:
        since = [moment for moment in self._attended[each] if moment <= as_of]
        own = max([begun, *since]) + _valid(each, policy)
        lent = max(
            (
                one.until
                for one in self._exemptions[each]
                if one.happened_at <= as_of and one.until is not None
            ),
            default=None,
        )
        until = own if lent is None else max(own, lent)
        if until <= as_of:
            return RequirementState(requirement=Requirement(each), holds=False)
        return RequirementState(
            requirement=Requirement(each),
            holds=True,
            until=until,
            is_exempt=own <= as_of,
            is_due=as_of >= until - timedelta(days=policy.settings.renewal_window_days),
        )

    def _turns(self) -> Iterator[datetime]:
        """Every instant at which anything can become different."""
        yield from (moment for moment in (self._record.offered_at, self._record.declared_at) if moment)
        yield from (moment for moment in self._modules.values() if moment)
        yield from (each.happened_at for each in (*self._conversations, *self._coming_and_going))
        yield from (policy.effective_from for policy in self._policies)
        windows = {timedelta(days=policy.settings.renewal_window_days) for policy in self._policies}
        for each in Continuing:
            yield from self._attended[each]
            ends = {content.until for content in self._exemptions[each] if content.until is not None}
            yield from (content.happened_at for content in self._exemptions[each])
            since = {*self._attended[each], *([self._begun] if self._begun else [])}
            ends |= {moment + _valid(each, policy) for policy in self._policies for moment in since}
            yield from ends
            yield from (end - window for end in ends for window in windows)


def _valid(each: Continuing, policy: Policy) -> timedelta:
    """How long one of these holds (V-06, V-07)."""
    settings = policy.settings
    if each is Continuing.COURSE:
        return timedelta(days=settings.course_every_days)
    if each is Continuing.NETWORK_MEETING:
        return timedelta(days=settings.network_meeting_every_days)
    return timedelta(days=settings.supervision_every_days)


def _reached(moment: datetime | None, as_of: datetime) -> bool:
    return moment is not None and moment <= as_of


def _latest(contents: Sequence[EntryContent], as_of: datetime) -> EntryContent | None:
    found = [content for content in contents if content.happened_at <= as_of]
    return found[-1] if found else None
