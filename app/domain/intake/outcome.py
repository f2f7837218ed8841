"""The outcome of an intake: may this person take a place in a group, as of a given day?

The assessment itself (criteria, interviewers, signposting) builds on this. Severity is no field and no reason (I-09).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import IntakeOutcomeId, OrganisationId, PersonId


class Outcome(StrEnum):
    """What an intake can end in (I-02). A closed list: how heavy a burden is stands nowhere (I-09)."""

    GROUP = "group"
    NOT_NOW = "not_now"
    OTHER_HELP = "other_help"


class Method(StrEnum):
    """How it came about (I-01, I-07, T3)."""

    CONVERSATION = "conversation"
    SELF_DECLARATION = "self_declaration"


class IntakeNeeded(DomainError):
    """A valid intake outcome is missing: a conversation or a declaration of one's own comes first."""

    kind, code, rules = Kind.CONFLICT, "intake.needed", ("I-01", "I-02", "I-07")


class ConversationRequired(DomainError):
    """In this organisation a conversation comes first; a declaration alone is not enough."""

    kind, code, rules = Kind.CONFLICT, "intake.conversation_required", ("I-01",)


class IntakeEndsBefore(DomainError):
    """Somebody who has accepted a place would come to the first meeting without an outcome that holds; how many, never
    who. Nobody loses their place by a date: another day, or a new outcome first."""

    kind, code, rules = Kind.CONFLICT, "intake.ends_before_first_meeting", ("I-01", "I-02")


class SignpostingNeeded(DomainError):
    """Nobody is sent away empty-handed: say which other help was shown."""

    kind, code, rules = Kind.INVALID, "intake.signposting_needed", ("I-03",)


class UnknownSignpost(DomainError):
    """This is not among the other help that the organisation's country lists."""

    kind, code, rules = Kind.INVALID, "intake.unknown_signpost", ("I-03",)


class OwnIntake(DomainError):
    """Nobody records the outcome of their own intake conversation."""

    kind, code, rules = Kind.CONFLICT, "intake.own_outcome", ("I-01",)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOutcome:
    """One recorded outcome. Outcomes are added, never edited; the latest one counts."""

    id: IntakeOutcomeId
    organisation_id: OrganisationId
    person_id: PersonId
    outcome: Outcome
    method: Method
    recorded_by: PersonId
    signposted_to: tuple[str, ...]
    """Other help that the person was shown: keys of the signposting content."""
    recorded_at: datetime
    valid_until: datetime

    def __post_init__(self) -> None:
        if self.outcome is Outcome.OTHER_HELP and not self.signposted_to:
            raise SignpostingNeeded("/signposted_to")
        if self.method is Method.CONVERSATION and self.recorded_by == self.person_id:
            raise OwnIntake

    def allows_group(self, as_of: datetime) -> bool:
        """Whether it opens the way into a group at that instant (half-open: not any more at `valid_until`)."""
        return self.outcome is Outcome.GROUP and self.recorded_at <= as_of < self.valid_until


def require_group_outcome(latest: IntakeOutcome | None, as_of: datetime, conversation_required: bool) -> None:
    """Refuse whoever has no outcome that holds at that instant and fits the organisation's way (I-01, I-07)."""
    if latest is None or not latest.allows_group(as_of):
        raise IntakeNeeded
    if conversation_required and latest.method is not Method.CONVERSATION:
        raise ConversationRequired


def fits(latest: IntakeOutcome | None, as_of: datetime, conversation_required: bool) -> bool:
    """Whether somebody's latest outcome holds at that instant and fits the organisation's way."""
    try:
        require_group_outcome(latest, as_of, conversation_required)
    except (IntakeNeeded, ConversationRequired):
        return False
    return True


def require_outcomes_at(
    latest: Iterable[IntakeOutcome | None], starts_at: datetime, conversation_required: bool
) -> None:
    """Refuse a first meeting that not everybody's outcome reaches (I-01, I-02)."""
    missing = sum(not fits(each, starts_at, conversation_required) for each in latest)
    if missing:
        raise IntakeEndsBefore("/starts_at", people=missing)
