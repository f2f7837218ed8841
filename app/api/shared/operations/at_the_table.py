"""What belongs to one meeting: its agenda, who can't come, who was there, a plan of rounds."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation, Part, Shape
from app.api.shared.strict_model import Few, Line, MinutesOfBreak, StrictModel
from app.domain.groups.errors import DeclarationNeeded, MemberNotFound
from app.domain.meetings.agenda import Chosen
from app.domain.meetings.errors import (
    AgendaIsOver,
    AgendaItemStays,
    AttendanceIsOver,
    MeetingCancelled,
    MeetingNotFound,
    NoticeTooLate,
    NotYetBegun,
    OnlyMembersPlan,
)
from app.domain.shared.errors import Invalid
from app.services.meetings.arrange_agenda import ArrangeAgenda
from app.services.meetings.list_absences import ListAbsences
from app.services.meetings.list_attendance import ListAttendance
from app.services.meetings.note_absence import NoteAbsence
from app.services.meetings.note_attendance import NoteAttendance
from app.services.meetings.read_agenda import ReadAgenda
from app.services.meetings.read_rounds import ReadRounds
from app.services.meetings.table_views import (
    AbsenceView,
    AttendeeView,
    MeetingAgendaView,
    RoundsPlanView,
)
from app.services.meetings.take_back_absence import TakeBackAbsence


class AgendaItemIn(Part):
    """One item: one of ours by its key, or one of your own by a short title; never both."""

    DOMAIN = Chosen

    key: Annotated[
        str | None,
        Field(pattern=r"^[a-z_]+$", max_length=40, description="Name of one of the items proposed."),
    ] = None
    title: Annotated[
        Line | None,
        Field(
            max_length=60,
            description="A short title of your own. Nothing that is said has a place here (C-09).",
        ),
    ] = None
    minutes: Annotated[int, Field(ge=0, le=240, description="How long.")]


class ArrangeAgendaIn(StrictModel):
    """The whole agenda, in its order."""

    items: Annotated[list[AgendaItemIn], Field(min_length=1, max_length=30, description="All items.")]


class NoteAttendanceIn(StrictModel):
    """Whether they were there."""

    present: Annotated[bool, Field(description="True: they were there. False takes it back.")]


class RoundsFilter(StrictModel):
    """For how many, and how."""

    speakers: Annotated[
        Few | None, Field(description="How many wish to speak; default: the members who can come.")
    ] = None
    rounds: Annotated[Few, Field(description="How many rounds there should be.")] = 2
    break_minutes: Annotated[
        MinutesOfBreak | None, Field(description="How long the break is; default: as suits the meeting.")
    ] = None


_MEETING = "/v1/meetings/{meeting_id}"
OPERATIONS = (
    Operation(
        name="read_agenda",
        feature="meetings",
        use=lambda services: services.meetings.read_agenda,
        use_case=ReadAgenda,
        method="GET",
        path=f"{_MEETING}/agenda",
        gives=MeetingAgendaView,
        refuses=(MeetingNotFound,),
    ),
    Operation(
        name="arrange_agenda",
        feature="meetings",
        use=lambda services: services.meetings.arrange_agenda,
        use_case=ArrangeAgenda,
        method="PUT",
        path=f"{_MEETING}/agenda",
        gives=MeetingAgendaView,
        takes=ArrangeAgendaIn,
        refuses=(
            MeetingNotFound,
            DeclarationNeeded,
            OnlyMembersPlan,
            AgendaItemStays,
            AgendaIsOver,
            Invalid,
        ),
        read_before="read_agenda",
    ),
    Operation(
        name="note_absence",
        feature="meetings",
        use=lambda services: services.meetings.note_absence,
        use_case=NoteAbsence,
        method="PUT",
        path=f"{_MEETING}/my-absence",
        gives=AbsenceView,
        refuses=(MeetingNotFound, MeetingCancelled, NoticeTooLate),
    ),
    Operation(
        name="take_back_absence",
        feature="meetings",
        use=lambda services: services.meetings.take_back_absence,
        use_case=TakeBackAbsence,
        method="DELETE",
        path=f"{_MEETING}/my-absence",
        gives=AbsenceView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(MeetingNotFound, NoticeTooLate),
    ),
    Operation(
        name="list_absences",
        feature="meetings",
        use=lambda services: services.meetings.list_absences,
        use_case=ListAbsences,
        method="GET",
        path=f"{_MEETING}/absences",
        gives=AbsenceView,
        shape=Shape.LIST,
        refuses=(MeetingNotFound, DeclarationNeeded),
    ),
    Operation(
        name="list_attendance",
        feature="meetings",
        use=lambda services: services.meetings.list_attendance,
        use_case=ListAttendance,
        method="GET",
        path=f"{_MEETING}/attendance",
        gives=AttendeeView,
        shape=Shape.LIST,
        refuses=(MeetingNotFound, DeclarationNeeded),
    ),
    Operation(
        name="note_attendance",
        feature="meetings",
        use=lambda services: services.meetings.note_attendance,
        use_case=NoteAttendance,
        method="PUT",
        path=f"{_MEETING}/attendance/{{membership_id}}",
        gives=AttendeeView,
        shape=Shape.LIST,
        takes=NoteAttendanceIn,
        refuses=(MeetingNotFound, DeclarationNeeded, MemberNotFound, NotYetBegun, AttendanceIsOver),
    ),
    Operation(
        name="read_rounds",
        feature="meetings",
        use=lambda services: services.meetings.read_rounds,
        use_case=ReadRounds,
        method="GET",
        path=f"{_MEETING}/rounds",
        gives=RoundsPlanView,
        filters=RoundsFilter,
        refuses=(MeetingNotFound, DeclarationNeeded, Invalid),
    ),
)
