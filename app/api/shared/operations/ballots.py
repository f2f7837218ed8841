"""Ballots: the questions that a group decides together."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Day, Instant, OneOf, StrictModel, Uuid
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import (
    AlreadyOffered,
    AlreadyOpen,
    ApplicationNotFound,
    ApplicationOver,
    BallotAboutYou,
    BallotClosed,
    BallotEnded,
    BallotNotFound,
    BallotUnderWay,
    EndTooSoon,
    GroupNotOpen,
    NobodyCanVote,
    NotAboutYourself,
    NotOnTheRoll,
    SeatReserved,
    SubjectMismatch,
    TooFewToExclude,
    WindowOutOfBounds,
)
from app.domain.groups.errors import (
    DeclarationNeeded,
    GroundRulesNotFound,
    GroupHasEnded,
    GroupIsForming,
    GroupNotFound,
    MemberNotFound,
)
from app.domain.starters.errors import (
    AssignmentNotFound,
    AssignmentOver,
    ExitNeeded,
    LongerOnce,
    NotLonger,
    PastCeiling,
)
from app.services.admission.cast_vote import CastVote
from app.services.admission.list_ballots import ListBallots
from app.services.admission.open_ballot import OpenBallot
from app.services.admission.read_ballot import ReadBallot
from app.services.admission.views import BallotView


class OpenBallotIn(StrictModel):
    """What is asked."""

    question: Annotated[OneOf[Question], Field(description="The question to the group.")]
    application_id: Annotated[
        Uuid | None, Field(description="Whose admission it is about, if about one.")
    ] = None
    window_days: Annotated[
        int | None,
        Field(ge=7, le=60, description="How long it is open, in days: 7 to 60; default: the policy's."),
    ] = None
    ends_at: Annotated[Instant | None, Field(description="The end that is proposed, if about one.")] = None
    ground_rules_id: Annotated[
        Uuid | None, Field(description="The draft of the ground rules, if about them (G-15).")
    ] = None
    member_id: Annotated[
        Uuid | None,
        Field(description="The member whom all others are asked about, if about one. They will see it, too."),
    ] = None
    assignment_id: Annotated[
        Uuid | None, Field(description="The assignment of the starter who might stay longer, if about one.")
    ] = None
    latest_date: Annotated[
        Day | None, Field(description="With it: the last day of the longer stay. Unnamed, it stays as it is.")
    ] = None
    max_meetings: Annotated[
        int | None,
        Field(ge=1, le=12, description="With it: after how many held meetings. Unnamed, it stays as it is."),
    ] = None


class CastVoteIn(StrictModel):
    """Your voice."""

    choice: Annotated[OneOf[Choice], Field(description="For, against, or neither.")]


OPERATIONS = (
    Operation(
        name="open_ballot",
        feature="admission",
        use=lambda services: services.admission.open_ballot,
        use_case=OpenBallot,
        method="POST",
        path="/v1/groups/{group_id}/ballots",
        gives=BallotView,
        takes=OpenBallotIn,
        status=201,
        refuses=(
            GroupNotFound,
            DeclarationNeeded,
            GroupIsForming,
            ApplicationNotFound,
            ApplicationOver,
            AlreadyOffered,
            GroupNotOpen,
            AlreadyOpen,
            BallotUnderWay,
            SeatReserved,
            NobodyCanVote,
            SubjectMismatch,
            WindowOutOfBounds,
            EndTooSoon,
            GroupHasEnded,
            GroundRulesNotFound,
            MemberNotFound,
            NotAboutYourself,
            TooFewToExclude,
            AssignmentNotFound,
            AssignmentOver,
            ExitNeeded,
            PastCeiling,
            NotLonger,
            LongerOnce,
        ),
        idempotent_by_key=True,
        location="/v1/ballots/{id}",
    ),
    Operation(
        name="list_ballots",
        feature="admission",
        use=lambda services: services.admission.list_ballots,
        use_case=ListBallots,
        method="GET",
        path="/v1/groups/{group_id}/ballots",
        gives=BallotView,
        shape=Shape.PAGE,
        refuses=(GroupNotFound, DeclarationNeeded),
    ),
    Operation(
        name="read_ballot",
        feature="admission",
        use=lambda services: services.admission.read_ballot,
        use_case=ReadBallot,
        method="GET",
        path="/v1/ballots/{ballot_id}",
        gives=BallotView,
        refuses=(BallotNotFound, DeclarationNeeded),
    ),
    Operation(
        name="cast_vote",
        feature="admission",
        use=lambda services: services.admission.cast_vote,
        use_case=CastVote,
        method="PUT",
        path="/v1/ballots/{ballot_id}/my-vote",
        gives=BallotView,
        takes=CastVoteIn,
        refuses=(
            BallotNotFound,
            DeclarationNeeded,
            BallotAboutYou,
            NotOnTheRoll,
            BallotClosed,
            BallotEnded,
        ),
    ),
)
