"""The use cases of starters."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Starters:
    """Those who help a group to start, and leave it."""

    list_my_assignments: ListMyAssignments
    list_starters: ListStarters
    assign_starter: AssignStarter
    read_assignment: ReadAssignment
    confirm_exit: ConfirmExit
    shorten_exit: ShortenExit
    end_assignment: EndAssignment
    replace_starter: ReplaceStarter
    set_follow_up: SetFollowUp
    write_to_participants: WriteToParticipants
    list_starter_messages: ListStarterMessages
    invite_visitor: InviteVisitor
    withdraw_visit: WithdrawVisit
    list_visits: ListVisits
    list_my_visits: ListMyVisits
