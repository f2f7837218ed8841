"""Groups, places in them, declarations."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import Alias, Area, SignatureIn, TextLanguage, Theme, Tongue
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import OneOf, StrictModel, Uuid
from app.domain.groups.errors import (
    AliasTaken,
    AlreadyInvited,
    AlreadyMember,
    DeclarationNeeded,
    DeclarationTextChanged,
    GroupIsClosed,
    GroupNotFound,
    InAnotherGroup,
    MemberNotFound,
    NoFreeSeat,
    PlacementNotFound,
    PlacementOver,
    WitnessNotPossible,
)
from app.domain.groups.group import Form, Phase, TooManySeats
from app.domain.intake.outcome import ConversationRequired, IntakeNeeded
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff
from app.domain.starters.errors import HelperStaysOutside
from app.services.groups.accept_place import AcceptPlace
from app.services.groups.close_for_new_people import CloseForNewPeople
from app.services.groups.decline_place import DeclinePlace
from app.services.groups.edit_group import EditGroup
from app.services.groups.form_group import FormGroup
from app.services.groups.invite_to_place import InviteToPlace
from app.services.groups.leave_group import LeaveGroup
from app.services.groups.list_groups import ListGroups
from app.services.groups.list_my_groups import ListMyGroups
from app.services.groups.list_my_invitations import ListMyInvitations
from app.services.groups.list_placements import ListPlacements
from app.services.groups.place_views import DeclarationView, InvitationView, PlacementView
from app.services.groups.read_group import ReadGroup
from app.services.groups.sign_declaration import SignDeclaration
from app.services.groups.views import GroupView
from app.services.groups.withdraw_invitation import WithdrawInvitation
from app.services.groups.witness_declaration import WitnessDeclaration

_INSIDE = (GroupNotFound,)
_COMPOSING = (*_INSIDE, StaffDeclarationNeeded, GroupIsClosed)


class FormGroupIn(StrictModel):
    """A group that begins."""

    form: Annotated[OneOf[Form], Field(description="How it will meet (G-27).")]
    area: Area
    language: Tongue
    theme: Theme = None
    seats: Annotated[
        int | None, Field(ge=3, le=8, description="How many seats; default: the policy's most (G-05, G-07).")
    ] = None


class EditGroupIn(StrictModel):
    """How the group is described."""

    form: Annotated[OneOf[Form], Field(description="How it meets.")]
    area: Area
    language: Tongue
    theme: Theme = None


class GroupFilter(StrictModel):
    """Which groups."""

    theme: Annotated[str | None, Field(max_length=80, description="Only with exactly this theme.")] = None
    form: Annotated[OneOf[Form] | None, Field(description="Only those that meet like this.")] = None
    phase: Annotated[OneOf[Phase] | None, Field(description="Only those in this phase of their life.")] = None


class InviteToPlaceIn(StrictModel):
    """Whom to invite."""

    person_id: Annotated[Uuid, Field(description="A person who has registered, and whose intake allows it.")]


class AcceptPlaceIn(StrictModel):
    """Your yes."""

    alias: Alias


class SignDeclarationIn(StrictModel):
    """Your signature."""

    signature: SignatureIn


class WitnessDeclarationIn(StrictModel):
    """Who has signed on paper before your eyes."""

    membership_id: Annotated[Uuid, Field(description="The member who has signed.")]
    language: TextLanguage


_GROUP = "/v1/groups/{group_id}"
OPERATIONS = (
    Operation(
        name="list_my_groups",
        feature="groups",
        use=lambda services: services.groups.list_my_groups,
        use_case=ListMyGroups,
        method="GET",
        path="/v1/me/groups",
        gives=GroupView,
        shape=Shape.LIST,
    ),
    Operation(
        name="list_my_invitations",
        feature="groups",
        use=lambda services: services.groups.list_my_invitations,
        use_case=ListMyInvitations,
        method="GET",
        path="/v1/me/invitations",
        gives=InvitationView,
        shape=Shape.LIST,
    ),
    Operation(
        name="list_groups",
        feature="groups",
        use=lambda services: services.groups.list_groups,
        use_case=ListGroups,
        method="GET",
        path="/v1/organisations/{organisation_id}/groups",
        gives=GroupView,
        shape=Shape.PAGE,
        filters=GroupFilter,
        refuses=(NotStaff,),
    ),
    Operation(
        name="form_group",
        feature="groups",
        use=lambda services: services.groups.form_group,
        use_case=FormGroup,
        method="POST",
        path="/v1/organisations/{organisation_id}/groups",
        gives=GroupView,
        takes=FormGroupIn,
        status=201,
        refuses=(NotStaff, TooManySeats),
        idempotent_by_key=True,
        location="/v1/groups/{id}",
    ),
    Operation(
        name="read_group",
        feature="groups",
        use=lambda services: services.groups.read_group,
        use_case=ReadGroup,
        method="GET",
        path=_GROUP,
        gives=GroupView,
        refuses=_INSIDE,
    ),
    Operation(
        name="edit_group",
        feature="groups",
        use=lambda services: services.groups.edit_group,
        use_case=EditGroup,
        method="PUT",
        path=_GROUP,
        gives=GroupView,
        takes=EditGroupIn,
        refuses=(*_INSIDE, GroupIsClosed),
        read_before="read_group",
    ),
    Operation(
        name="list_placements",
        feature="groups",
        use=lambda services: services.groups.list_placements,
        use_case=ListPlacements,
        method="GET",
        path=f"{_GROUP}/placements",
        gives=PlacementView,
        shape=Shape.LIST,
        refuses=_COMPOSING,
    ),
    Operation(
        name="invite_to_place",
        feature="groups",
        use=lambda services: services.groups.invite_to_place,
        use_case=InviteToPlace,
        method="POST",
        path=f"{_GROUP}/placements",
        gives=PlacementView,
        takes=InviteToPlaceIn,
        status=201,
        refuses=(
            *_COMPOSING,
            NotRegistered,
            IntakeNeeded,
            ConversationRequired,
            AlreadyInvited,
            HelperStaysOutside,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="withdraw_invitation",
        feature="groups",
        use=lambda services: services.groups.withdraw_invitation,
        use_case=WithdrawInvitation,
        method="POST",
        path="/v1/placements/{placement_id}/withdrawal",
        gives=PlacementView,
        refuses=(
            PlacementNotFound,
            PlacementOver,
            StaffDeclarationNeeded,
            GroupIsClosed,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="accept_place",
        feature="groups",
        use=lambda services: services.groups.accept_place,
        use_case=AcceptPlace,
        method="POST",
        path="/v1/placements/{placement_id}/acceptance",
        gives=GroupView,
        takes=AcceptPlaceIn,
        refuses=(
            PlacementNotFound,
            PlacementOver,
            GroupIsClosed,
            IntakeNeeded,
            ConversationRequired,
            InAnotherGroup,
            NoFreeSeat,
            AliasTaken,
            AlreadyMember,
            HelperStaysOutside,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="decline_place",
        feature="groups",
        use=lambda services: services.groups.decline_place,
        use_case=DeclinePlace,
        method="POST",
        path="/v1/placements/{placement_id}/refusal",
        gives=PlacementView,
        refuses=(PlacementNotFound, PlacementOver),
        idempotent_by_key=True,
    ),
    Operation(
        name="sign_declaration",
        feature="groups",
        use=lambda services: services.groups.sign_declaration,
        use_case=SignDeclaration,
        method="POST",
        path=f"{_GROUP}/declarations",
        gives=DeclarationView,
        takes=SignDeclarationIn,
        refuses=(*_INSIDE, DeclarationTextChanged),
        idempotent_by_key=True,
    ),
    Operation(
        name="witness_declaration",
        feature="groups",
        use=lambda services: services.groups.witness_declaration,
        use_case=WitnessDeclaration,
        method="POST",
        path=f"{_GROUP}/witnessed-declarations",
        gives=DeclarationView,
        takes=WitnessDeclarationIn,
        refuses=(*_INSIDE, DeclarationNeeded, WitnessNotPossible, MemberNotFound),
        idempotent_by_key=True,
    ),
    Operation(
        name="leave_group",
        feature="groups",
        use=lambda services: services.groups.leave_group,
        use_case=LeaveGroup,
        method="DELETE",
        path=f"{_GROUP}/my-membership",
        gives=GroupView,
        shape=Shape.NOTHING,
        status=204,
        refuses=_INSIDE,
    ),
    Operation(
        name="close_for_new_people",
        feature="groups",
        use=lambda services: services.groups.close_for_new_people,
        use_case=CloseForNewPeople,
        method="DELETE",
        path=f"{_GROUP}/open-for-new-people",
        gives=GroupView,
        refuses=(*_INSIDE, DeclarationNeeded),
    ),
)
