"""Offers, applications, ballots: the way into a closed group."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import Alias, Introduction, SignatureIn
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Instant, Line, OneOf, StrictModel, Uuid
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import (
    AlreadyApplied,
    AlreadyOffered,
    AlreadyOpen,
    ApplicationNotFound,
    ApplicationOver,
    BallotClosed,
    BallotNotFound,
    BallotUnderWay,
    EndTooSoon,
    GroupNotOpen,
    NobodyCanVote,
    NothingOffered,
    NotOnTheRoll,
    OfferExpired,
    SeatReserved,
    SubjectMismatch,
    TooSoonToApply,
    WindowOutOfBounds,
)
from app.domain.groups.errors import (
    AliasTaken,
    AlreadyMember,
    DeclarationNeeded,
    DeclarationTextChanged,
    GroupHasEnded,
    GroupIsForming,
    GroupNotFound,
    InAnotherGroup,
)
from app.domain.groups.group import Form
from app.domain.intake.outcome import ConversationRequired, IntakeNeeded
from app.domain.organisations.organisation import NotRegistered, OrganisationNotFound
from app.domain.starters.errors import HelperStaysOutside
from app.services.admission.accept_entry import AcceptEntry
from app.services.admission.apply import Apply
from app.services.admission.cast_vote import CastVote
from app.services.admission.decline_entry import DeclineEntry
from app.services.admission.list_applications import ListApplications
from app.services.admission.list_ballots import ListBallots
from app.services.admission.list_my_applications import ListMyApplications
from app.services.admission.list_offers import ListOffers
from app.services.admission.open_ballot import OpenBallot
from app.services.admission.read_application import ReadApplication
from app.services.admission.read_ballot import ReadBallot
from app.services.admission.views import ApplicationView, BallotView, EntryView, OfferView
from app.services.admission.withdraw_application import WithdrawApplication


class OfferFilter(StrictModel):
    """Which offers."""

    theme: Annotated[str | None, Field(max_length=80, description="Only with exactly this theme.")] = None
    form: Annotated[OneOf[Form] | None, Field(description="Only groups that meet like this.")] = None


class ApplyIn(StrictModel):
    """Your application, in your own words."""

    application_code: Annotated[
        str,
        Field(pattern=r"^[a-z2-7]{24}$", max_length=24, description="The code that stands with the offer."),
    ]
    alias: Alias
    introduction: Introduction
    known_as: Annotated[
        Line | None,
        Field(
            max_length=80,
            description="The name that people know you by, if you want the group to see it: nobody can object to an"
            " alias, and somebody in the group may know you (B-21).",
        ),
    ] = None


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


class CastVoteIn(StrictModel):
    """Your voice."""

    choice: Annotated[OneOf[Choice], Field(description="For, against, or neither.")]


class AcceptEntryIn(StrictModel):
    """Your yes, and your signature."""

    signature: SignatureIn
    alias: Annotated[Alias | None, Field(description="Another alias, should yours be taken by now.")] = None


_APPLICATION = "/v1/applications/{application_id}"
OPERATIONS = (
    Operation(
        name="list_offers",
        feature="admission",
        use=lambda services: services.admission.list_offers,
        use_case=ListOffers,
        method="GET",
        path="/v1/organisations/{organisation_id}/offers",
        gives=OfferView,
        shape=Shape.PAGE,
        filters=OfferFilter,
        refuses=(OrganisationNotFound,),
        is_public=True,
    ),
    Operation(
        name="apply_to_group",
        feature="admission",
        use=lambda services: services.admission.apply,
        use_case=Apply,
        method="POST",
        path="/v1/organisations/{organisation_id}/applications",
        gives=ApplicationView,
        takes=ApplyIn,
        status=201,
        refuses=(
            OrganisationNotFound,
            NotRegistered,
            GroupNotFound,
            AlreadyMember,
            GroupNotOpen,
            AlreadyApplied,
            TooSoonToApply,
            IntakeNeeded,
            ConversationRequired,
            HelperStaysOutside,
        ),
        idempotent_by_key=True,
        location="/v1/applications/{id}",
    ),
    Operation(
        name="list_my_applications",
        feature="admission",
        use=lambda services: services.admission.list_my_applications,
        use_case=ListMyApplications,
        method="GET",
        path="/v1/me/applications",
        gives=ApplicationView,
        shape=Shape.LIST,
    ),
    Operation(
        name="read_application",
        feature="admission",
        use=lambda services: services.admission.read_application,
        use_case=ReadApplication,
        method="GET",
        path=_APPLICATION,
        gives=ApplicationView,
        refuses=(ApplicationNotFound, DeclarationNeeded),
    ),
    Operation(
        name="list_applications",
        feature="admission",
        use=lambda services: services.admission.list_applications,
        use_case=ListApplications,
        method="GET",
        path="/v1/groups/{group_id}/applications",
        gives=ApplicationView,
        shape=Shape.PAGE,
        refuses=(GroupNotFound, DeclarationNeeded),
    ),
    Operation(
        name="withdraw_application",
        feature="admission",
        use=lambda services: services.admission.withdraw_application,
        use_case=WithdrawApplication,
        method="POST",
        path=f"{_APPLICATION}/withdrawal",
        gives=ApplicationView,
        refuses=(ApplicationNotFound, ApplicationOver),
        idempotent_by_key=True,
    ),
    Operation(
        name="accept_entry",
        feature="admission",
        use=lambda services: services.admission.accept_entry,
        use_case=AcceptEntry,
        method="POST",
        path=f"{_APPLICATION}/acceptance",
        gives=EntryView,
        takes=AcceptEntryIn,
        refuses=(
            ApplicationNotFound,
            NothingOffered,
            OfferExpired,
            ApplicationOver,
            AlreadyMember,
            InAnotherGroup,
            AliasTaken,
            DeclarationTextChanged,
            GroupHasEnded,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="decline_entry",
        feature="admission",
        use=lambda services: services.admission.decline_entry,
        use_case=DeclineEntry,
        method="POST",
        path=f"{_APPLICATION}/refusal",
        gives=ApplicationView,
        refuses=(ApplicationNotFound, NothingOffered, OfferExpired, ApplicationOver),
        idempotent_by_key=True,
    ),
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
        refuses=(BallotNotFound, DeclarationNeeded, NotOnTheRoll, BallotClosed),
    ),
)
