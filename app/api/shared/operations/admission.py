"""Offers, applications, ballots: the way into a closed group."""

from typing import Annotated

from pydantic import Field

from app.api.shared.limits import Limited
from app.api.shared.operations.inputs import Alias, Introduction, OfferCode, SignatureIn
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Line, OneOf, StrictModel
from app.domain.admission.errors import (
    AlreadyApplied,
    ApplicationNotFound,
    ApplicationOver,
    GroupNotOpen,
    NothingOffered,
    OfferExpired,
    TooSoonToApply,
    WordsStand,
)
from app.domain.groups.errors import (
    AliasTaken,
    AlreadyMember,
    DeclarationNeeded,
    DeclarationTextChanged,
    GroupHasEnded,
    GroupNotFound,
    InAnotherGroup,
)
from app.domain.groups.group import Form
from app.domain.intake.outcome import ConversationRequired, IntakeNeeded
from app.domain.organisations.organisation import NotRegistered, OrganisationNotFound
from app.domain.starters.errors import HelperStaysOutside
from app.services.admission.accept_entry import AcceptEntry
from app.services.admission.apply import Apply
from app.services.admission.correct_application import CorrectApplication
from app.services.admission.decline_entry import DeclineEntry
from app.services.admission.list_applications import ListApplications
from app.services.admission.list_my_applications import ListMyApplications
from app.services.admission.list_offers import ListOffers
from app.services.admission.read_application import ReadApplication
from app.services.admission.views import ApplicationView, EntryView, OfferKind, OfferView
from app.services.admission.withdraw_application import WithdrawApplication


class OfferFilter(StrictModel):
    """Which offers."""

    theme: Annotated[str | None, Field(max_length=80, description="Only with exactly this theme.")] = None
    form: Annotated[OneOf[Form] | None, Field(description="Only groups that meet like this.")] = None
    kind: Annotated[OneOf[OfferKind] | None, Field(description="Only offers of this sort.")] = None


KnownAs = Annotated[
    Line | None,
    Field(
        max_length=80,
        description="The name that people know you by, if you want the group to see it: nobody can object to an"
        " alias, and somebody in the group may know you (B-21).",
    ),
]


class ApplyIn(StrictModel):
    """Your application, in your own words."""

    application_code: OfferCode
    alias: Alias
    introduction: Introduction
    known_as: KnownAs = None


class CorrectApplicationIn(StrictModel):
    """All that your application says; what you leave out, it doesn't say any more."""

    alias: Alias
    introduction: Introduction
    known_as: KnownAs = None


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
        limited=Limited.GUESSING,
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
        name="correct_application",
        feature="admission",
        use=lambda services: services.admission.correct_application,
        use_case=CorrectApplication,
        method="PUT",
        path=f"{_APPLICATION}/words",
        gives=ApplicationView,
        takes=CorrectApplicationIn,
        refuses=(ApplicationNotFound, ApplicationOver, WordsStand),
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
)
