"""The use cases of starters, wired."""

from app.bootstrap.kit import Kit
from app.services.registry import Starters
from app.services.starters.assign_starter import AssignStarter
from app.services.starters.confirm_exit import ConfirmExit
from app.services.starters.end_assignment import EndAssignment
from app.services.starters.invite_visitor import InviteVisitor
from app.services.starters.list_my_assignments import ListMyAssignments
from app.services.starters.list_my_visits import ListMyVisits
from app.services.starters.list_starter_messages import ListStarterMessages
from app.services.starters.list_starters import ListStarters
from app.services.starters.list_visits import ListVisits
from app.services.starters.read_assignment import ReadAssignment
from app.services.starters.replace_starter import ReplaceStarter
from app.services.starters.set_follow_up import SetFollowUp
from app.services.starters.shorten_exit import ShortenExit
from app.services.starters.withdraw_visit import WithdrawVisit
from app.services.starters.write_to_participants import WriteToParticipants


def starters(kit: Kit) -> Starters:
    """Each use case with the ports that it names."""
    return Starters(
        list_my_assignments=ListMyAssignments(kit.transact, kit.personal.my_organisations, kit.words),
        list_starters=ListStarters(kit.transact, kit.words),
        assign_starter=AssignStarter(kit.transact, kit.words),
        read_assignment=ReadAssignment(kit.transact, kit.words),
        confirm_exit=ConfirmExit(kit.transact, kit.words),
        shorten_exit=ShortenExit(kit.transact, kit.words),
        end_assignment=EndAssignment(kit.transact, kit.count),
        replace_starter=ReplaceStarter(kit.transact, kit.words, kit.count),
        set_follow_up=SetFollowUp(kit.transact, kit.words),
        write_to_participants=WriteToParticipants(kit.transact),
        list_starter_messages=ListStarterMessages(kit.transact),
        invite_visitor=InviteVisitor(kit.transact),
        withdraw_visit=WithdrawVisit(kit.transact),
        list_visits=ListVisits(kit.transact),
        list_my_visits=ListMyVisits(kit.transact, kit.personal.my_organisations),
    )
