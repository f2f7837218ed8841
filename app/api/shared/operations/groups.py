"""Groups, places in them, declarations."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import (
    Alias,
    Area,
    CompositionIn,
    HowComposed,
    Seats,
    SignatureIn,
    TextLanguage,
    Theme,
    Tongue,
)
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import OneOf, StrictModel, Uuid
from app.domain.groups.composition import CompositionOutOfBounds
from app.domain.groups.convening import OnlyConvenors, StandsAlone
from app.domain.groups.errors import (
    AliasTaken,
    DeclarationNeeded,
    DeclarationTextChanged,
    GroupIsClosed,
    GroupNotFound,
    MemberNotFound,
    WitnessNotPossible,
)
from app.domain.groups.group import Form, Phase, TooManySeats
from app.domain.organisations.organisation import NotStaff
from app.services.groups.change_alias import ChangeAlias
from app.services.groups.close_for_new_people import CloseForNewPeople
from app.services.groups.edit_group import EditGroup
from app.services.groups.form_group import FormGroup
from app.services.groups.leave_group import LeaveGroup
from app.services.groups.list_groups import ListGroups
from app.services.groups.list_my_groups import ListMyGroups
from app.services.groups.place_views import DeclarationView
from app.services.groups.read_group import ReadGroup
from app.services.groups.sign_declaration import SignDeclaration
from app.services.groups.views import GroupView
from app.services.groups.witness_declaration import WitnessDeclaration

_INSIDE = (GroupNotFound,)


class FormGroupIn(StrictModel):
    """A group that begins."""

    form: Annotated[OneOf[Form], Field(description="How it will meet (G-27).")]
    area: Area
    language: Tongue
    theme: Theme = None
    seats: Seats = None
    composition: HowComposed = None
    starter_helps: Annotated[
        bool, Field(description="Whether a starter is meant to help at the start; as good without (G-22).")
    ] = False


class EditGroupIn(StrictModel):
    """How the group is described."""

    form: Annotated[OneOf[Form], Field(description="How it meets.")]
    area: Area
    language: Tongue
    theme: Theme = None
    composition: Annotated[
        CompositionIn | None, Field(description="How it is composed; left out, that stays as it is.")
    ] = None
    starter_helps: Annotated[
        bool | None,
        Field(description="Whether a starter helps at the start, while it forms; left out, that stays."),
    ] = None


class GroupFilter(StrictModel):
    """Which groups."""

    theme: Annotated[str | None, Field(max_length=80, description="Only with exactly this theme.")] = None
    form: Annotated[OneOf[Form] | None, Field(description="Only those that meet like this.")] = None
    phase: Annotated[OneOf[Phase] | None, Field(description="Only those in this phase of their life.")] = None


class ChangeAliasIn(StrictModel):
    """What you want to be called there."""

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
        refuses=(NotStaff, TooManySeats, CompositionOutOfBounds),
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
        refuses=(
            *_INSIDE,
            GroupIsClosed,
            DeclarationNeeded,
            OnlyConvenors,
            StandsAlone,
            CompositionOutOfBounds,
        ),
        read_before="read_group",
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
        name="change_alias",
        feature="groups",
        use=lambda services: services.groups.change_alias,
        use_case=ChangeAlias,
        method="PUT",
        path=f"{_GROUP}/my-alias",
        gives=GroupView,
        takes=ChangeAliasIn,
        refuses=(*_INSIDE, DeclarationNeeded, AliasTaken),
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
