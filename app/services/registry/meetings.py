"""The use cases of meetings."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Meetings of a group."""

    list_meetings: ListMeetings
    list_upcoming: ListUpcoming
    plan_meeting: PlanMeeting
    read_meeting: ReadMeeting
    move_meeting: MoveMeeting
    cancel_meeting: CancelMeeting
    correct_meeting: CorrectMeeting
    plan_series: PlanSeries
    read_series: ReadSeries
    change_series: ChangeSeries
    end_series: EndSeries
    read_agenda: ReadAgenda
    arrange_agenda: ArrangeAgenda
    note_absence: NoteAbsence
    take_back_absence: TakeBackAbsence
    list_absences: ListAbsences
    note_attendance: NoteAttendance
    list_attendance: ListAttendance
    read_rounds: ReadRounds
    make_my_calendar: MakeMyCalendar
    read_my_calendar: ReadMyCalendar
    remove_my_calendar: RemoveMyCalendar
    make_group_calendar: MakeGroupCalendar
    read_group_calendar: ReadGroupCalendar
    remove_group_calendar: RemoveGroupCalendar
    list_my_calendar_entries: ListMyCalendarEntries
    open_calendar: OpenCalendar
