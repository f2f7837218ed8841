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
from app.services.meetings.list_my_calendar_entries import ListMyCalendarEntries
from app.services.meetings.list_upcoming import ListUpcoming
from app.services.meetings.make_group_calendar import MakeGroupCalendar
from app.services.meetings.make_my_calendar import MakeMyCalendar
from app.services.meetings.move_meeting import MoveMeeting
from app.services.meetings.note_absence import NoteAbsence
from app.services.meetings.note_attendance import NoteAttendance
from app.services.meetings.open_calendar import OpenCalendar
from app.services.meetings.plan_meeting import PlanMeeting
from app.services.meetings.plan_series import PlanSeries
from app.services.meetings.read_agenda import ReadAgenda
from app.services.meetings.read_group_calendar import ReadGroupCalendar
from app.services.meetings.read_meeting import ReadMeeting
from app.services.meetings.read_my_calendar import ReadMyCalendar
from app.services.meetings.read_rounds import ReadRounds
from app.services.meetings.read_series import ReadSeries
from app.services.meetings.remove_group_calendar import RemoveGroupCalendar
from app.services.meetings.remove_my_calendar import RemoveMyCalendar
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
        note_absence=NoteAbsence(kit.transact, kit.words),
        take_back_absence=TakeBackAbsence(kit.transact),
        list_absences=ListAbsences(kit.transact, kit.words),
        note_attendance=NoteAttendance(kit.transact),
        list_attendance=ListAttendance(kit.transact),
        read_rounds=ReadRounds(kit.transact, kit.words),
        make_my_calendar=MakeMyCalendar(kit.personal, kit.calendar_address),
        read_my_calendar=ReadMyCalendar(kit.personal),
        remove_my_calendar=RemoveMyCalendar(kit.personal),
        make_group_calendar=MakeGroupCalendar(kit.transact, kit.calendar_address),
        read_group_calendar=ReadGroupCalendar(kit.transact),
        remove_group_calendar=RemoveGroupCalendar(kit.transact),
        list_my_calendar_entries=ListMyCalendarEntries(kit.personal, kit.transact),
        open_calendar=OpenCalendar(kit.calendar_keys, kit.personal, kit.transact),
    )
