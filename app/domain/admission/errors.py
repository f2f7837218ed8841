"""What a ballot or an application refuses, each by its name."""

from app.domain.shared.errors import DomainError, Kind


class BallotNotFound(DomainError):
    """There is no such ballot, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "admission.ballot_not_found"


class BallotClosed(DomainError):
    """The ballot's time is over, or everyone has voted."""

    kind, code, rules = Kind.CONFLICT, "admission.ballot_closed", ("A-01",)


class BallotEnded(DomainError):
    """The ballot was withdrawn or is void: what it asked isn't asked any more, and nothing was counted."""

    kind, code, rules = Kind.CONFLICT, "admission.ballot_ended", ("A-01", "A-03")


class BallotAboutYou(DomainError):
    """All others are asked about you: you see the ballot, and don't vote in it."""

    kind, code, rules = Kind.FORBIDDEN, "admission.ballot_about_you", ("G-19",)


class NotOnTheRoll(DomainError):
    """Who may vote was fixed when the ballot opened; you are not on its roll."""

    kind, code, rules = Kind.FORBIDDEN, "admission.not_on_the_roll", ("A-01", "C-01", "G-03")


class SeatReserved(DomainError):
    """No seat is free that isn't already kept for somebody."""

    kind, code, rules = Kind.CONFLICT, "admission.seat_reserved", ("G-07",)


class BallotUnderWay(DomainError):
    """There is an open ballot on this very question."""

    kind, code = Kind.CONFLICT, "admission.ballot_under_way"


class AlreadyOpen(DomainError):
    """The group is open for new people already."""

    kind, code, rules = Kind.CONFLICT, "admission.already_open", ("A-01",)


class GroupNotOpen(DomainError):
    """The group takes nobody in at present. That is about the group, not about you."""

    kind, code, rules = Kind.CONFLICT, "admission.group_not_open", ("A-01",)


class NobodyCanVote(DomainError):
    """Too few members have signed this generation's declaration: the few would decide for all (A-01)."""

    kind, code, rules = Kind.CONFLICT, "admission.nobody_can_vote", ("C-08",)


class WindowOutOfBounds(DomainError):
    """A ballot is open for at least seven days, so that nobody is passed over."""

    kind, code = Kind.INVALID, "admission.window_out_of_bounds"


class SubjectMismatch(DomainError):
    """Each question names what it is about, and nothing else."""

    kind, code = Kind.INVALID, "admission.subject_mismatch"


class EndTooSoon(DomainError):
    """The group can't end before it has decided to."""

    kind, code, rules = Kind.INVALID, "admission.end_too_soon", ("G-16", "G-17")


class NotAboutYourself(DomainError):
    """A ballot on whether you stay is not yours to open; you can leave whenever you like."""

    kind, code, rules = Kind.CONFLICT, "admission.not_about_yourself", ("G-18",)


class TooFewToExclude(DomainError):
    """One alone doesn't decide that another goes."""

    kind, code, rules = Kind.CONFLICT, "admission.too_few_to_exclude", ("G-03", "G-19")


class ApplicationNotFound(DomainError):
    """There is no such application, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "admission.application_not_found"


class AlreadyApplied(DomainError):
    """You have an application with this group under way."""

    kind, code = Kind.CONFLICT, "admission.already_applied"


class ApplicationOver(DomainError):
    """This application has ended; a new one is a new beginning."""

    kind, code, rules = Kind.CONFLICT, "admission.application_over", ("A-07",)


class WordsStand(DomainError):
    """A ballot has been opened on this application: its words stay as they were read by those who decide."""

    kind, code, rules = Kind.CONFLICT, "admission.words_stand", ("A-01", "C-11")


class AlreadyOffered(DomainError):
    """The group has said yes to this application already; the applicant is thinking it over."""

    kind, code, rules = Kind.CONFLICT, "admission.already_offered", ("A-01",)


class TooSoonToApply(DomainError):
    """After a decision both sides rest for a while before a new application."""

    kind, code = Kind.CONFLICT, "admission.too_soon"


class NothingOffered(DomainError):
    """There is no place to accept: the group has not said yes, or not yet."""

    kind, code, rules = Kind.CONFLICT, "admission.nothing_offered", ("A-01",)


class OfferExpired(DomainError):
    """The time to accept the place is over."""

    kind, code = Kind.CONFLICT, "admission.offer_expired"
