"""The use cases of meetings, wired."""

from app.bootstrap.kit import Kit
from app.services.meetings.cancel_meeting import CancelMeeting
from app.services.meetings.correct_meeting import CorrectMeeting
from app.services.meetings.list_meetings import ListMeetings
from app.services.meetings.list_upcoming import ListUpcoming
from app.services.meetings.move_meeting import MoveMeeting
from app.services.meetings.plan_meeting import PlanMeeting
from app.services.meetings.read_meeting import ReadMeeting
from app.services.registry import Meetings


def meetings(kit: Kit) -> Meetings:
    """Each use case with the ports that it names."""
    return Meetings(
        list_meetings=ListMeetings(kit.transact),
        list_upcoming=ListUpcoming(kit.transact),
        plan_meeting=PlanMeeting(kit.transact),
        read_meeting=ReadMeeting(kit.transact),
        move_meeting=MoveMeeting(kit.transact),
        cancel_meeting=CancelMeeting(kit.transact),
        correct_meeting=CorrectMeeting(kit.transact),
    )
