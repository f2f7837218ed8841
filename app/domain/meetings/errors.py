"""What a meeting refuses, each by its name."""

from app.domain.shared.errors import DomainError, Kind


class MeetingNotFound(DomainError):
    """There is no such meeting, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "meetings.not_found"


class MeetingHasStarted(DomainError):
    """A meeting that has begun can't be moved or cancelled any more; nothing reopens a group."""

    kind, code, rules = Kind.CONFLICT, "meetings.has_started", ("A-01", "A-02")


class MeetingInThePast(DomainError):
    """A meeting is planned for a time that is still to come."""

    kind, code = Kind.INVALID, "meetings.in_the_past"


class TooFewForAFirstMeeting(DomainError):
    """The first meeting is fixed once enough people have accepted their places."""

    kind, code, rules = Kind.CONFLICT, "meetings.too_few", ("G-24", "R-02")


class FirstMeetingStands(DomainError):
    """The group has its first meeting already: move it, rather than plan another before it."""

    kind, code, rules = Kind.CONFLICT, "meetings.first_stands", ("G-24",)


class OnlyMembersPlan(DomainError):
    """When and where a group meets is the group's own matter once it has begun."""

    kind, code, rules = Kind.FORBIDDEN, "meetings.only_members", ("G-17", "M-06")


class NotCorrectable(DomainError):
    """Whether a meeting was held can be corrected from its start and for seven days."""

    kind, code = Kind.CONFLICT, "meetings.not_correctable"


class MeetingCancelled(DomainError):
    """The meeting has been cancelled."""

    kind, code = Kind.CONFLICT, "meetings.cancelled"


class OnlyCoordinatorPlans(DomainError):
    """The first meeting of a forming group is fixed by whoever composes the group."""

    kind, code, rules = Kind.FORBIDDEN, "meetings.only_coordinator", ("G-24",)


class SeriesNotFound(DomainError):
    """The group has no series, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "meetings.series_not_found"


class SeriesStands(DomainError):
    """The group has a series already: change it, rather than plan another beside it."""

    kind, code, rules = Kind.CONFLICT, "meetings.series_stands", ("M-01",)


class SeriesOver(DomainError):
    """The series has been ended; the group may plan a new one."""

    kind, code, rules = Kind.CONFLICT, "meetings.series_over", ("M-01",)


class SeriesAfterFirst(DomainError):
    """How often the group meets is its own decision, from its first meeting on."""

    kind, code, rules = Kind.CONFLICT, "meetings.series_after_first", ("G-17", "M-06")


class AgendaItemStays(DomainError):
    """Signing the declaration, and what the starter is there for, stand on the agenda of the meetings they belong to."""

    kind, code, rules = Kind.CONFLICT, "meetings.agenda_item_stays", ("M-08", "X-04")


class AgendaIsOver(DomainError):
    """The agenda of a meeting that has ended, or won't take place, can't be arranged any more."""

    kind, code = Kind.CONFLICT, "meetings.agenda_over"


class NoticeTooLate(DomainError):
    """A notice of absence can be given or taken back for seven days after the start."""

    kind, code, rules = Kind.CONFLICT, "meetings.notice_too_late", ("N-01",)


class NotYetBegun(DomainError):
    """Who was there shows once the meeting has begun."""

    kind, code = Kind.CONFLICT, "meetings.not_yet_begun"


class AttendanceIsOver(DomainError):
    """Somebody new has come in since: who was there before stands nowhere any more."""

    kind, code, rules = Kind.CONFLICT, "meetings.attendance_over", ("A-03", "C-09")
