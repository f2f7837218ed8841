"""The use cases of groups."""

from dataclasses import dataclass

from app.services.groups.accept_place import AcceptPlace
from app.services.groups.ask_for_place import AskForPlace
from app.services.groups.begin_group import BeginGroup
from app.services.groups.change_alias import ChangeAlias
from app.services.groups.close_for_new_people import CloseForNewPeople
from app.services.groups.decline_place import DeclinePlace
from app.services.groups.draft_ground_rules import DraftGroundRules
from app.services.groups.drop_end_date import DropEndDate
from app.services.groups.edit_group import EditGroup
from app.services.groups.end_leave import EndLeave
from app.services.groups.form_group import FormGroup
from app.services.groups.invite_to_place import InviteToPlace
from app.services.groups.leave_group import LeaveGroup
from app.services.groups.list_ground_rules import ListGroundRules
from app.services.groups.list_groups import ListGroups
from app.services.groups.list_my_groups import ListMyGroups
from app.services.groups.list_my_invitations import ListMyInvitations
from app.services.groups.list_my_waiting import ListMyWaiting
from app.services.groups.list_past_memberships import ListPastMemberships
from app.services.groups.list_placements import ListPlacements
from app.services.groups.list_waiting import ListWaiting
from app.services.groups.name_convenor import NameConvenor
from app.services.groups.publish_offer import PublishOffer
from app.services.groups.read_ground_rules import ReadGroundRules
from app.services.groups.read_group import ReadGroup
from app.services.groups.read_group_offer import ReadGroupOffer
from app.services.groups.read_leave import ReadLeave
from app.services.groups.relieve_convenor import RelieveConvenor
from app.services.groups.sign_declaration import SignDeclaration
from app.services.groups.take_leave import TakeLeave
from app.services.groups.unpublish_offer import UnpublishOffer
from app.services.groups.withdraw_invitation import WithdrawInvitation
from app.services.groups.withdraw_wish import WithdrawWish
from app.services.groups.witness_declaration import WitnessDeclaration


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Groups, places in them, declarations."""

    list_my_groups: ListMyGroups
    list_my_invitations: ListMyInvitations
    list_groups: ListGroups
    form_group: FormGroup
    read_group: ReadGroup
    edit_group: EditGroup
    list_placements: ListPlacements
    invite_to_place: InviteToPlace
    withdraw_invitation: WithdrawInvitation
    accept_place: AcceptPlace
    decline_place: DeclinePlace
    sign_declaration: SignDeclaration
    witness_declaration: WitnessDeclaration
    leave_group: LeaveGroup
    close_for_new_people: CloseForNewPeople
    drop_end_date: DropEndDate
    draft_ground_rules: DraftGroundRules
    end_leave: EndLeave
    list_ground_rules: ListGroundRules
    list_past_memberships: ListPastMemberships
    read_ground_rules: ReadGroundRules
    read_leave: ReadLeave
    take_leave: TakeLeave
    ask_for_place: AskForPlace
    begin_group: BeginGroup
    list_my_waiting: ListMyWaiting
    list_waiting: ListWaiting
    name_convenor: NameConvenor
    publish_offer: PublishOffer
    read_group_offer: ReadGroupOffer
    relieve_convenor: RelieveConvenor
    unpublish_offer: UnpublishOffer
    withdraw_wish: WithdrawWish
    change_alias: ChangeAlias
