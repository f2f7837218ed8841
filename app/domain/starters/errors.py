"""What starting and leaving refuse, each by its name."""

from app.domain.shared.errors import DomainError, Kind


class AssignmentNotFound(DomainError):
    """There is no such assignment of a starter, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "starters.not_found"


class NotAssignable(DomainError):
    """Only a volunteer who may start a group on that day is assigned: conversation, course and promise come first."""

    kind, code, rules = Kind.CONFLICT, "starters.not_assignable", ("V-01", "V-04", "C-07")


class NotForThisGroup(DomainError):
    """Not this person for this group: nobody helps a group to start twice, or one that they are, were or want to be in.

    One refusal for all of it, so that it tells staff nothing about who is in a group.
    """

    kind, code, rules = Kind.CONFLICT, "starters.not_for_this_group", ("G-02", "I-12", "X-10")


class HelperStaysOutside(DomainError):
    """Whoever helped a group to start never becomes a member of it."""

    kind, code, rules = Kind.CONFLICT, "starters.helper_stays_outside", ("G-02", "I-12", "X-10")


class EnoughStarters(DomainError):
    """A group has two starters at most at a time."""

    kind, code, rules = Kind.CONFLICT, "starters.enough", ("V-09",)


class IntakeConflict(DomainError):
    """This person held, or is to hold, the intake conversation of somebody who has or wants a place in the forming group.
    Of a group that has met, everybody who has held conversations is asked for the same word. Say that you know, or choose
    another."""

    kind, code, rules = Kind.CONFLICT, "starters.intake_conflict", ("V-16",)


class ExitNeeded(DomainError):
    """How long a starter stays is fixed before they start: a latest date, a number of meetings, or both."""

    kind, code, rules = Kind.INVALID, "starters.exit_needed", ("X-01", "X-03")


class ExitInThePast(DomainError):
    """The day on which a starter leaves at the latest is today or later."""

    kind, code, rules = Kind.INVALID, "starters.exit_in_the_past", ("X-01",)


class PastCeiling(DomainError):
    """No starter stays longer than the organisation's ceiling, by no decision."""

    kind, code, rules = Kind.INVALID, "starters.past_ceiling", ("X-03",)


class AssignmentOver(DomainError):
    """The assignment has ended."""

    kind, code, rules = Kind.CONFLICT, "starters.over", ("X-10",)


class NotYetAgreed(DomainError):
    """How long the starter stays is confirmed at the second meeting, not before."""

    kind, code, rules = Kind.CONFLICT, "starters.not_yet", ("X-05",)


class OnlyShorter(DomainError):
    """Here a stay can only become shorter; a longer one takes a ballot of the group."""

    kind, code, rules = Kind.CONFLICT, "starters.only_shorter", ("X-05", "X-06")


class NotLonger(DomainError):
    """What is proposed to the group lets the starter stay no longer than was agreed."""

    kind, code, rules = Kind.CONFLICT, "starters.not_longer", ("X-06",)


class LongerOnce(DomainError):
    """A stay becomes longer once, and a replacement doesn't begin anew."""

    kind, code, rules = Kind.CONFLICT, "starters.longer_once", ("X-06",)


class NothingLeftToReplace(DomainError):
    """What is left of a limit goes to one replacement; of a limit that is reached nothing is left."""

    kind, code, rules = Kind.CONFLICT, "starters.nothing_left", ("X-03",)


class TooEarlyForAFollowUp(DomainError):
    """The follow-up is set once the group has begun, for a day that is still to come."""

    kind, code, rules = Kind.CONFLICT, "starters.follow_up_too_early", ("X-08",)


class StillThere(DomainError):
    """The starter is still with the group; an invitation is for afterwards."""

    kind, code, rules = Kind.CONFLICT, "starters.still_there", ("X-07",)


class VisitNotPossible(DomainError):
    """An invitation is for one meeting of the group that is still to come, one at a time."""

    kind, code, rules = Kind.CONFLICT, "starters.visit_not_possible", ("X-07",)


class VisitNotFound(DomainError):
    """There is no such invitation, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "starters.visit_not_found"


class RelayClosed(DomainError):
    """Messages go before the first meeting; from then on people talk to each other."""

    kind, code, rules = Kind.CONFLICT, "starters.relay_closed", ("V-17", "C-09")


class RelayFull(DomainError):
    """A few words before the first meeting are enough."""

    kind, code, rules = Kind.CONFLICT, "starters.relay_full", ("V-17",)
