"""Places in forming groups: invitations, and who invites to the first meeting."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import Alias
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import StrictModel, Uuid
from app.domain.groups.convening import OnlyConvenors, PlaceNotAccepted, StarterHelps
from app.domain.groups.errors import (
    AliasTaken,
    AlreadyInvited,
    AlreadyMember,
    DeclarationNeeded,
    GroupIsClosed,
    GroupNotFound,
    InAnotherGroup,
    NoFreeSeat,
    PlacementNotFound,
    PlacementOver,
)
from app.domain.groups.waiting import NotWaiting
from app.domain.intake.outcome import ConversationRequired, IntakeNeeded
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered
from app.domain.starters.errors import HelperStaysOutside
from app.services.groups.accept_place import AcceptPlace
from app.services.groups.decline_place import DeclinePlace
from app.services.groups.invite_to_place import InviteToPlace
from app.services.groups.list_my_invitations import ListMyInvitations
from app.services.groups.list_placements import ListPlacements
from app.services.groups.name_convenor import NameConvenor
from app.services.groups.place_views import InvitationView, PlacementView
from app.services.groups.relieve_convenor import RelieveConvenor
from app.services.groups.views import GroupView
from app.services.groups.withdraw_invitation import WithdrawInvitation

_AS_COMPOSER = (StaffDeclarationNeeded, OnlyConvenors, DeclarationNeeded, GroupIsClosed)
_COMPOSING = (GroupNotFound, *_AS_COMPOSER)


class InviteToPlaceIn(StrictModel):
    """Whom to invite."""

    person_id: Annotated[Uuid, Field(description="A person who has registered, and whose intake allows it.")]


class AcceptPlaceIn(StrictModel):
    """Your yes."""

    alias: Alias


OPERATIONS = (
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
        name="list_placements",
        feature="groups",
        use=lambda services: services.groups.list_placements,
        use_case=ListPlacements,
        method="GET",
        path="/v1/groups/{group_id}/placements",
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
        path="/v1/groups/{group_id}/placements",
        gives=PlacementView,
        takes=InviteToPlaceIn,
        status=201,
        refuses=(
            *_COMPOSING,
            NotRegistered,
            NotWaiting,
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
            *_AS_COMPOSER,
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
        name="name_convenor",
        feature="groups",
        use=lambda services: services.groups.name_convenor,
        use_case=NameConvenor,
        method="PUT",
        path="/v1/placements/{placement_id}/convenor",
        gives=PlacementView,
        refuses=(PlacementNotFound, PlaceNotAccepted, StarterHelps, *_AS_COMPOSER),
    ),
    Operation(
        name="relieve_convenor",
        feature="groups",
        use=lambda services: services.groups.relieve_convenor,
        use_case=RelieveConvenor,
        method="DELETE",
        path="/v1/placements/{placement_id}/convenor",
        gives=PlacementView,
        refuses=(PlacementNotFound, *_AS_COMPOSER),
    ),
)
