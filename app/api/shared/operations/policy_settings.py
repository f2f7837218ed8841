"""A policy's settings, as they come in."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Part
from app.api.shared.strict_model import OneOf
from app.domain.organisations.policy import DecisionRuleName, IntakeMode, PolicySettings


class PolicySettingsIn(Part):
    """What the organisation decides for itself; what is left out keeps its usual value."""

    DOMAIN = PolicySettings

    intake_mode: Annotated[OneOf[IntakeMode], Field(description="How people come to an intake outcome.")]
    minimum_age: Annotated[int, Field(ge=13, le=99, description="Years; 18 but in a youth programme.")] = 18
    youth_programme: Annotated[
        bool, Field(description="Whether it runs one, outside this service (Denmark only).")
    ] = False
    age_span_hint: Annotated[
        int, Field(ge=5, le=60, description="Years: a group stating a wider span is shown a hint (G-09).")
    ] = 10
    size_warn_below: Annotated[
        int, Field(ge=3, le=8, description="Below this a group counts as vulnerable.")
    ] = 5
    size_start_min: Annotated[
        int, Field(ge=3, le=5, description="How many it takes to fix a first meeting.")
    ] = 3
    size_max: Annotated[int, Field(ge=5, le=8, description="Seats of a group.")] = 8
    ballot_rule: Annotated[OneOf[DecisionRuleName], Field(description="How groups decide.")] = (
        DecisionRuleName.NO_OBJECTION
    )
    ballot_quorum_percent: Annotated[int, Field(ge=50, le=100, description="How many must vote.")] = 100
    ballot_window_days: Annotated[int, Field(ge=7, le=60, description="How long a ballot is open.")] = 14
    entry_offer_days: Annotated[int, Field(ge=3, le=60, description="How long a place is held.")] = 14
    application_wait_days: Annotated[int, Field(ge=14, le=180, description="How long applications wait.")] = (
        60
    )
    reapply_after_days: Annotated[int, Field(ge=0, le=365, description="Rest after a decision.")] = 30
    intake_valid_days: Annotated[int, Field(ge=30, le=366, description="How long an intake holds.")] = 183
    parallel_membership: Annotated[bool, Field(description="Whether two groups at once are allowed.")] = True
    starter_default_meetings: Annotated[
        int, Field(ge=1, le=10, description="Meetings of a starter, by default.")
    ] = 3
    starter_max_meetings: Annotated[
        int, Field(ge=1, le=12, description="The most meetings of a starter.")
    ] = 6
    starter_max_days: Annotated[
        int, Field(ge=14, le=365, description="The longest stay of a starter, in days.")
    ] = 183
    follow_up_after_meetings: Annotated[
        int, Field(ge=1, le=12, description="Own meetings before a follow-up.")
    ] = 4
    supervision_every_days: Annotated[
        int, Field(ge=30, le=730, description="How long a supervision holds, in days.")
    ] = 183
    course_every_days: Annotated[
        int, Field(ge=180, le=1826, description="How long a course holds, in days.")
    ] = 730
    network_meeting_every_days: Annotated[
        int, Field(ge=90, le=1826, description="How long a network meeting holds, in days.")
    ] = 365
    renewal_window_days: Annotated[
        int, Field(ge=14, le=180, description="Days before the end when renewal is due.")
    ] = 60
    dormant_after_days: Annotated[
        int, Field(ge=14, le=183, description="Days without a meeting until a group is asked.")
    ] = 42
    recommendation_days: Annotated[
        int, Field(ge=7, le=183, description="How long a recommendation holds, in days.")
    ] = 60
    interest_days: Annotated[
        int, Field(ge=30, le=730, description="How long an interest is kept, in days.")
    ] = 365
    assessment_text_days: Annotated[
        int, Field(ge=7, le=183, description="How long the text of an assessment is kept, in days.")
    ] = 90
    appointment_no_show_days: Annotated[
        int, Field(ge=7, le=90, description="Days to a new appointment after a missed one.")
    ] = 30
    suspend_starter_on_lapse: Annotated[
        bool, Field(description="Whether lapsed training suspends a starter.")
    ] = False
