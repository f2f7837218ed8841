"""The use cases of groups, wired."""

from app.bootstrap.kit import Kit
from app.services.groups.accept_place import AcceptPlace
from app.services.groups.ask_for_place import AskForPlace
from app.services.groups.begin_group import BeginGroup
from app.services.groups.change_alias import ChangeAlias
from app.services.groups.close_for_new_people import CloseForNewPeople
from app.services.groups.decline_place import DeclinePlace
from app.services.groups.describing import DescribeOffer
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
from app.services.registry import Groups


def groups(kit: Kit) -> Groups:
    """Each use case with the ports that it names."""
    describe = DescribeOffer(kit.words)
    return Groups(
        list_my_groups=ListMyGroups(kit.transact, kit.personal.my_organisations),
        list_my_invitations=ListMyInvitations(kit.transact, kit.personal.my_organisations),
        list_groups=ListGroups(kit.transact),
        form_group=FormGroup(kit.transact),
        read_group=ReadGroup(kit.transact),
        edit_group=EditGroup(kit.transact),
        list_placements=ListPlacements(kit.transact),
        invite_to_place=InviteToPlace(kit.transact),
        withdraw_invitation=WithdrawInvitation(kit.transact),
        accept_place=AcceptPlace(kit.transact),
        decline_place=DeclinePlace(kit.transact),
        sign_declaration=SignDeclaration(kit.transact, kit.words),
        witness_declaration=WitnessDeclaration(kit.transact, kit.words),
        leave_group=LeaveGroup(kit.transact, kit.count),
        close_for_new_people=CloseForNewPeople(kit.transact),
        drop_end_date=DropEndDate(kit.transact),
        draft_ground_rules=DraftGroundRules(kit.transact),
        end_leave=EndLeave(kit.transact),
        list_ground_rules=ListGroundRules(kit.transact),
        list_past_memberships=ListPastMemberships(kit.transact, kit.personal.my_organisations, kit.words),
        read_ground_rules=ReadGroundRules(kit.transact),
        read_leave=ReadLeave(kit.transact),
        take_leave=TakeLeave(kit.transact),
        ask_for_place=AskForPlace(kit.transact),
        begin_group=BeginGroup(kit.transact),
        list_my_waiting=ListMyWaiting(kit.transact, kit.personal.my_organisations),
        list_waiting=ListWaiting(kit.transact),
        name_convenor=NameConvenor(kit.transact),
        publish_offer=PublishOffer(kit.transact, describe),
        read_group_offer=ReadGroupOffer(kit.transact, describe),
        relieve_convenor=RelieveConvenor(kit.transact),
        unpublish_offer=UnpublishOffer(kit.transact, describe),
        withdraw_wish=WithdrawWish(kit.transact),
        change_alias=ChangeAlias(kit.transact),
    )
