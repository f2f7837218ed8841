"""Refusals around volunteers and their training."""

from app.domain.shared.errors import DomainError, Kind


class VolunteerNotFound(DomainError):
    """There is no such volunteer, or none that you have access to: to outsiders both look the same."""

    kind, code = Kind.NOT_FOUND, "volunteers.not_found"


class OwnTraining(DomainError):
    """Nobody records their own conversation, course or supervision: somebody else assesses (V-01)."""

    kind, code, rules = Kind.CONFLICT, "volunteers.own_training", ("V-01",)


class EntryDoesNotFit(DomainError):
    """What stands in the entry doesn't belong to its kind, or something of it is missing."""

    kind, code, rules = Kind.INVALID, "volunteers.entry_does_not_fit", ("V-01", "V-04", "V-05")


class EntryInTheFuture(DomainError):
    """A record holds what has been; what is planned is recorded when it has taken place."""

    kind, code = Kind.INVALID, "volunteers.entry_in_the_future"


class QualitiesMissing(DomainError):
    """Suited is whoever shows the qualities that the criteria ask for (V-03)."""

    kind, code, rules = Kind.INVALID, "volunteers.qualities_missing", ("V-01", "V-03")


class QualityNeeded(DomainError):
    """A conversation with a new volunteer asks for one personal quality at least, and looks for none twice (V-03)."""

    kind, code, rules = Kind.INVALID, "volunteers.quality_needed", ("V-03",)


class UnknownCriteria(DomainError):
    """The organisation has never held its conversations by such a version."""

    kind, code = Kind.INVALID, "volunteers.unknown_criteria"


class EntryNotFound(DomainError):
    """The entry that shall be corrected isn't in this volunteer's record."""

    kind, code = Kind.INVALID, "volunteers.entry_not_found"


class AlreadyCorrected(DomainError):
    """The entry has been corrected: what corrects it is what can be corrected in turn."""

    kind, code = Kind.CONFLICT, "volunteers.already_corrected"


class HasResigned(DomainError):
    """This person has stopped volunteering already."""

    kind, code = Kind.CONFLICT, "volunteers.has_resigned"


class TheirsToSay(DomainError):
    """That somebody has come back, and what they have said of it themselves, is theirs alone to say (A-07)."""

    kind, code, rules = Kind.CONFLICT, "volunteers.theirs_to_say", ("A-07",)


class HasNotResigned(DomainError):
    """There is nothing to come back from."""

    kind, code = Kind.CONFLICT, "volunteers.has_not_resigned"


class HasPartner(DomainError):
    """One of the two has a discussion partner already."""

    kind, code, rules = Kind.CONFLICT, "volunteers.has_partner", ("V-11",)


class OwnProposal(DomainError):
    """The proposal is one's own: it is for another volunteer to accept."""

    kind, code, rules = Kind.CONFLICT, "volunteers.own_proposal", ("V-11",)


class NotProposed(DomainError):
    """There is no such proposal, or it is over: to outsiders both look the same."""

    kind, code, rules = Kind.NOT_FOUND, "volunteers.not_proposed", ("V-11",)


class NoPartner(DomainError):
    """There is no discussion partner to part from."""

    kind, code, rules = Kind.CONFLICT, "volunteers.no_partner", ("V-11",)


class ResignFirst(DomainError):
    """A record can be erased when its person has stopped volunteering."""

    kind, code = Kind.CONFLICT, "volunteers.resign_first"
