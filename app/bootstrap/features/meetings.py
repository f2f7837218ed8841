"""The use cases of meetings, wired."""

from app.bootstrap.kit import Kit
from app.services.meetings.advising import Advise
from app.services.meetings.arrange_agenda import ArrangeAgenda
from app.services.meetings.cancel_meeting import CancelMeeting
from app.services.meetings.change_series import ChangeSeries
from app.services.meetings.correct_meeting import CorrectMeeting
from app.services.meetings.end_series import EndSeries
from app.services.meetings.list_absences import ListAbsences
from app.services.meetings.list_attendance import ListAttendance
from app.services.meetings.list_meetings import ListMeetings
from app.services.meetings.list_upcoming import ListUpcoming
from app.services.meetings.move_meeting import MoveMeeting
from app.services.meetings.note_absence import NoteAbsence
from app.services.meetings.note_attendance import NoteAttendance
from app.services.meetings.plan_meeting import PlanMeeting
from app.services.meetings.plan_series import PlanSeries
from app.services.meetings.read_agenda import ReadAgenda
from app.services.meetings.read_meeting import ReadMeeting
from app.services.meetings.read_rounds import ReadRounds
from app.services.meetings.read_series import ReadSeries
from app.services.meetings.take_back_absence import TakeBackAbsence
from app.services.registry import Meetings


def meetings(kit: Kit) -> Meetings:
    """Each use case with the ports that it names."""
    advise = Advise(kit.words, kit.holidays)
    return Meetings(
        list_meetings=ListMeetings(kit.transact),
        list_upcoming=ListUpcoming(kit.transact),
        plan_meeting=PlanMeeting(kit.transact, advise),
        read_meeting=ReadMeeting(kit.transact, advise),
        move_meeting=MoveMeeting(kit.transact, advise),
        cancel_meeting=CancelMeeting(kit.transact),
        correct_meeting=CorrectMeeting(kit.transact),
        plan_series=PlanSeries(kit.transact, advise),
        read_series=ReadSeries(kit.transact, advise),
        change_series=ChangeSeries(kit.transact, advise),
        end_series=EndSeries(kit.transact),
        read_agenda=ReadAgenda(kit.transact, kit.words),
        arrange_agenda=ArrangeAgenda(kit.transact, kit.words),
        note_absence=NoteAbsence(kit.transact),
        take_back_absence=TakeBackAbsence(kit.transact),
        list_absences=ListAbsences(kit.transact),
        note_attendance=NoteAttendance(kit.transact),
        list_attendance=ListAttendance(kit.transact),
        read_rounds=ReadRounds(kit.transact, kit.words),
    )
