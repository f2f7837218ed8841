"""The policy of an organisation: what it may decide for itself, within the bounds of the rules.

Versioned, each version with the instant from which it holds. An evaluation is made with the version that holds then,
and what was begun under one version ends under it (B-15).
"""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from app.domain.organisations.organisation import Country
from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import OrganisationId

OF_AGE = 18
"""Years (G-08)."""


class IntakeMode(StrEnum):
    """How somebody comes to an intake outcome (I-01, T3)."""

    CONVERSATION_REQUIRED = "conversation_required"
    CONVERSATION_OPTIONAL = "conversation_optional"
    SELF_DECLARATION = "self_declaration"


class DecisionRuleName(StrEnum):
    """The rule by which a group decides; the strategies are in `domain/admission/decision_rules.py`."""

    NO_OBJECTION = "no_objection"
    UNANIMOUS = "unanimous"
    THREE_QUARTERS = "three_quarters"
    ABSOLUTE_MAJORITY = "absolute_majority"


class PolicyOutOfBounds(DomainError):
    """A policy may be stricter than the rules, never looser."""

    kind, code, rules = Kind.INVALID, "organisations.policy_out_of_bounds", ("G-05", "G-07", "G-08")


class PolicyInThePast(DomainError):
    """A new version holds from now on or later; what has been decided stays decided."""

    kind, code = Kind.CONFLICT, "organisations.policy_in_the_past"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySettings:
    """What an organisation decides for itself. Days are whole days of 24 hours."""

    intake_mode: IntakeMode = IntakeMode.SELF_DECLARATION
    """How people come to an intake outcome (I-01, T3)."""
    minimum_age: int = 18
    """Years. Not below 18 without a youth programme (G-08, T2). Whom this service admits, says `open_from_age`."""
    youth_programme: bool = False
    """Whether the organisation runs a programme for young people (Denmark only). Not through this service: whoever is
    under age is shown the way to it, and nothing about them is kept (I-h2, docs/adr/0024)."""
    size_warn_below: int = 5
    """Below this many members a group is shown as vulnerable; never more than that (G-06)."""
    size_start_min: int = 3
    """How many must have accepted before a first meeting is fixed: 3 to 5 (G-24, T8)."""
    size_max: int = 8
    """Seats of a group; never more than 8 (G-07)."""
    age_span_hint: int = 10
    """Years. A group that states a wider span of ages is shown a hint, and nothing more (G-09)."""
    ballot_rule: DecisionRuleName = DecisionRuleName.NO_OBJECTION
    """The rule for ballots of groups that have not chosen their own."""
    ballot_quorum_percent: int = 100
    """How many of the roll must have voted, of those not on leave: 50 to 100 per cent."""
    ballot_window_days: int = 14
    """How long a ballot is open: 7 to 60 days."""
    entry_offer_days: int = 14
    """How long an adopted applicant has to accept: 3 to 60 days."""
    application_wait_days: int = 60
    """An application without a ballot for so long ends in neutral words: 14 to 180 days."""
    reapply_after_days: int = 30
    """Rest after `not_adopted` before the same person may apply to the same group again: 0 to 365 (B-23)."""
    intake_valid_days: int = 183
    """How long an intake outcome holds: 30 to 366 days."""
    parallel_membership: bool = True
    """Whether somebody may be a member of two groups of the organisation at once."""
    starter_default_meetings: int = 3
    """Held meetings after which a starter leaves, where nothing else is fixed (X-02); never more than the ceiling below."""
    starter_max_meetings: int = 6
    """No starter stays for more held meetings than this, by no decision (X-03, T1)."""
    starter_max_days: int = 183
    """No starter stays longer than this after the assignment was made, by no decision (X-03, T1)."""
    follow_up_after_meetings: int = 4
    """After how many meetings on its own a follow-up is proposed (X-08)."""
    supervision_every_days: int = 183
    """How long one supervision holds (V-07)."""
    course_every_days: int = 730
    """How long one course holds (V-06)."""
    network_meeting_every_days: int = 365
    """How long one network meeting holds (V-06)."""
    renewal_window_days: int = 60
    """How long before its end a requirement counts as due for renewal."""
    dormant_after_days: int = 42
    """Without a meeting for so long, a group is asked how it is (G-h9)."""
    recommendation_days: int = 60
    """How long a recommendation code can be used."""
    interest_days: int = 365
    """How long an interest is kept without an answer."""
    assessment_text_days: int = 90
    """How long the free text of an assessment is kept at most; it goes earlier with the place."""
    appointment_no_show_days: int = 30
    """How long after a missed intake conversation a new one is offered; then what is kept goes (I-h10)."""
    suspend_starter_on_lapse: bool = False
    """Whether a starter's assignment rests while their training has lapsed; otherwise it goes on to its limit (S-h5)."""

    @property
    def open_from_age(self) -> int:
        """The age from which somebody can take part here: never under age, whatever a youth programme says (G-08)."""
        return max(OF_AGE, self.minimum_age)


_BOUNDS: dict[str, tuple[int, int]] = {
    "minimum_age": (13, 99),
    "size_warn_below": (3, 8),
    "size_start_min": (3, 5),
    "size_max": (5, 8),
    "age_span_hint": (5, 60),
    "ballot_quorum_percent": (50, 100),
    "ballot_window_days": (7, 60),
    "entry_offer_days": (3, 60),
    "application_wait_days": (14, 180),
    "reapply_after_days": (0, 365),
    "intake_valid_days": (30, 366),
    "starter_default_meetings": (1, 10),
    "starter_max_meetings": (1, 12),
    "starter_max_days": (14, 365),
    "follow_up_after_meetings": (1, 12),
    "supervision_every_days": (30, 730),
    "course_every_days": (180, 1826),
    "network_meeting_every_days": (90, 1826),
    "renewal_window_days": (14, 180),
    "dormant_after_days": (14, 183),
    "recommendation_days": (7, 183),
    "interest_days": (30, 730),
    "assessment_text_days": (7, 183),
    "appointment_no_show_days": (7, 90),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version of an organisation's policy."""

    organisation_id: OrganisationId
    version: int
    effective_from: datetime
    """UTC; this version holds from this instant until the next version does."""
    settings: PolicySettings

    def __post_init__(self) -> None:
        for name, (low, high) in _BOUNDS.items():
            if not low <= getattr(self.settings, name) <= high:
                raise PolicyOutOfBounds(f"/{name}", low=low, high=high)
        if self.settings.size_warn_below > self.settings.size_max:
            raise PolicyOutOfBounds("/size_warn_below", low=3, high=self.settings.size_max)
        if self.settings.minimum_age < OF_AGE and not self.settings.youth_programme:
            raise PolicyOutOfBounds("/minimum_age", low=OF_AGE, high=99)

    @staticmethod
    def default_for(country: Country) -> PolicySettings:
        """The policy that an organisation starts with: in Denmark a conversation comes first (I-01, T3)."""
        mode = IntakeMode.CONVERSATION_REQUIRED if country is Country.DK else IntakeMode.SELF_DECLARATION
        return PolicySettings(intake_mode=mode)

    @staticmethod
    def setting_names() -> tuple[str, ...]:
        """The names of all settings, for whoever stores them."""
        return tuple(f.name for f in fields(PolicySettings))


def require_youth_allowed(country: Country, settings: PolicySettings) -> None:
    """A youth programme exists in Denmark only; Norway's sources say eighteen and no less (G-08, T2)."""
    if settings.youth_programme and country is not Country.DK:
        raise PolicyOutOfBounds("/youth_programme", low=OF_AGE, high=99)
