"""What a course refuses, each by its name."""

from app.domain.shared.errors import DomainError, Kind


class CourseNotFound(DomainError):
    """There is no such course, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "courses.not_found"


class StartUndecided(DomainError):
    """Date and place of the group's start are decided before anybody can sign up, and from then on there is always one."""

    kind, code, rules = Kind.CONFLICT, "courses.start_undecided", ("R-02",)


class LastDayBeforeFirst(DomainError):
    """A course ends on the day it begins or later, and its group starts after it has begun."""

    kind, code = Kind.INVALID, "courses.last_day_before_first"


class CourseOver(DomainError):
    """The course was cancelled, or its group's start has passed."""

    kind, code = Kind.CONFLICT, "courses.over"


class SignUpNotOpen(DomainError):
    """Nobody can sign up with this code now."""

    kind, code, rules = Kind.CONFLICT, "courses.sign_up_not_open", ("R-02", "R-08")


class SignUpNotFound(DomainError):
    """There is no such sign-up of yours."""

    kind, code = Kind.NOT_FOUND, "courses.sign_up_not_found"


class AlreadySignedUp(DomainError):
    """You have signed up for this course's group."""

    kind, code = Kind.CONFLICT, "courses.already_signed_up"


class NobodyToInvite(DomainError):
    """Nobody who has signed up can be invited yet: there is no sign-up, or an intake is still missing."""

    kind, code, rules = Kind.CONFLICT, "courses.nobody_to_invite", ("I-02", "R-08")


class MilestoneInTheFuture(DomainError):
    """What has been done, was done today or earlier."""

    kind, code = Kind.INVALID, "courses.milestone_in_the_future"


class OwnIdAmbiguous(DomainError):
    """Two of the accounts that this one continues have used this id, for two courses."""

    kind, code = Kind.CONFLICT, "courses.own_id_ambiguous"


class ImportDiffers(DomainError):
    """Under this import a row with this number was done before, and it said something else."""

    kind, code = Kind.CONFLICT, "courses.import_differs"


class ImportNotFound(DomainError):
    """There is no such import of this system's, or it is too old."""

    kind, code = Kind.NOT_FOUND, "courses.import_not_found"


class ImportRowTooLong(DomainError):
    """A row of an import is longer than it may be; those before and after it are done."""

    kind, code = Kind.INVALID, "courses.import_row_too_long"


class ImportTooLong(DomainError):
    """An import has more rows than it may have; those before are done."""

    kind, code = Kind.INVALID, "courses.import_too_long"


class ImportTooSlow(DomainError):
    """Nothing came for too long, or all took too long; the rows before are done."""

    kind, code = Kind.CONFLICT, "courses.import_too_slow"
