"""Groups that form: how they are offered, who waits for a place, and groups that people begin themselves."""

from typing import Annotated

from pydantic import Field

from app.api.shared.limits import Limited
from app.api.shared.operations.inputs import Alias, Area, HowComposed, OfferCode, Seats, Theme, Tongue
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import OneOf, StrictModel
from app.domain.groups.composition import CompositionOutOfBounds
from app.domain.groups.convening import NotANationalBody, OnlyConvenors
from app.domain.groups.errors import (
    AlreadyMember,
    DeclarationNeeded,
    GroupIsClosed,
    GroupNotFound,
    InAnotherGroup,
)
from app.domain.groups.group import Form, TooManySeats
from app.domain.groups.waiting import NotWaiting
from app.domain.intake.outcome import ConversationRequired, IntakeNeeded
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, OrganisationNotFound
from app.services.groups.ask_for_place import AskForPlace
from app.services.groups.begin_group import BeginGroup
from app.services.groups.forming_views import GroupOfferView, WaitingEntryView, WaitingView
from app.services.groups.list_my_waiting import ListMyWaiting
from app.services.groups.list_waiting import ListWaiting
from app.services.groups.publish_offer import PublishOffer
from app.services.groups.read_group_offer import ReadGroupOffer
from app.services.groups.unpublish_offer import UnpublishOffer
from app.services.groups.views import GroupView
from app.services.groups.withdraw_wish import WithdrawWish


class BeginGroupIn(StrictModel):
    """A group that people begin themselves."""

    form: Annotated[OneOf[Form], Field(description="How it will meet (G-27).")]
    area: Area
    language: Tongue
    alias: Alias
    theme: Theme = None
    seats: Seats = None
    composition: HowComposed = None


class AskForPlaceIn(StrictModel):
    """Your own wish for a place."""

    application_code: OfferCode
    alias: Annotated[Alias, Field(description="What whoever composes the group may call you.")]


_COMPOSING = (GroupNotFound, StaffDeclarationNeeded, OnlyConvenors, DeclarationNeeded, GroupIsClosed)
_OFFER = "/v1/groups/{group_id}/offer"
OPERATIONS = (
    Operation(
        name="begin_group",
        feature="groups",
        use=lambda services: services.groups.begin_group,
        use_case=BeginGroup,
        method="POST",
        path="/v1/organisations/{organisation_id}/stand-alone-groups",
        gives=GroupView,
        takes=BeginGroupIn,
        status=201,
        refuses=(
            OrganisationNotFound,
            NotANationalBody,
            NotRegistered,
            TooManySeats,
            CompositionOutOfBounds,
            IntakeNeeded,
            ConversationRequired,
            InAnotherGroup,
        ),
        idempotent_by_key=True,
        location="/v1/groups/{id}",
    ),
    Operation(
        name="read_group_offer",
        feature="groups",
        use=lambda services: services.groups.read_group_offer,
        use_case=ReadGroupOffer,
        method="GET",
        path=_OFFER,
        gives=GroupOfferView,
        refuses=_COMPOSING,
    ),
    Operation(
        name="publish_offer",
        feature="groups",
        use=lambda services: services.groups.publish_offer,
        use_case=PublishOffer,
        method="PUT",
        path=_OFFER,
        gives=GroupOfferView,
        refuses=_COMPOSING,
    ),
    Operation(
        name="unpublish_offer",
        feature="groups",
        use=lambda services: services.groups.unpublish_offer,
        use_case=UnpublishOffer,
        method="DELETE",
        path=_OFFER,
        gives=GroupOfferView,
        refuses=_COMPOSING,
    ),
    Operation(
        name="ask_for_place",
        limited=Limited.GUESSING,
        feature="groups",
        use=lambda services: services.groups.ask_for_place,
        use_case=AskForPlace,
        method="POST",
        path="/v1/organisations/{organisation_id}/waiting",
        gives=WaitingView,
        takes=AskForPlaceIn,
        status=201,
        refuses=(
            OrganisationNotFound,
            NotRegistered,
            GroupNotFound,
            AlreadyMember,
            GroupIsClosed,
            IntakeNeeded,
            ConversationRequired,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="list_my_waiting",
        feature="groups",
        use=lambda services: services.groups.list_my_waiting,
        use_case=ListMyWaiting,
        method="GET",
        path="/v1/me/waiting",
        gives=WaitingView,
        shape=Shape.LIST,
    ),
    Operation(
        name="withdraw_wish",
        feature="groups",
        use=lambda services: services.groups.withdraw_wish,
        use_case=WithdrawWish,
        method="DELETE",
        path="/v1/groups/{group_id}/my-waiting",
        gives=WaitingView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(NotWaiting,),
    ),
    Operation(
        name="list_waiting",
        feature="groups",
        use=lambda services: services.groups.list_waiting,
        use_case=ListWaiting,
        method="GET",
        path="/v1/groups/{group_id}/waiting",
        gives=WaitingEntryView,
        shape=Shape.PAGE,
        refuses=_COMPOSING,
    ),
)
