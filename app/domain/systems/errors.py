"""What is refused to systems, and to those who register them."""

from app.domain.shared.errors import DomainError, Kind


class SystemNotAdmitted(DomainError):
    """This system has no account with the organisation that holds: none, over, revoked, or for another supplier."""

    kind, code, rules = Kind.FORBIDDEN, "systems.not_admitted", ("O-01",)


class ScopeNeeded(DomainError):
    """The system's account or its token doesn't have the scope for this."""

    kind, code = Kind.FORBIDDEN, "systems.scope_needed"


class SystemNotFound(DomainError):
    """There is no such account in your organisation."""

    kind, code = Kind.NOT_FOUND, "systems.not_found"


class LoginUnclear(DomainError):
    """A system is known by its organisation's number (Maskinporten), or by its issuer and client: by one of them."""

    kind, code = Kind.INVALID, "systems.login_unclear"


class NumberWrong(DomainError):
    """A number of an organisation whose check digit doesn't fit: no token could ever carry it."""

    kind, code = Kind.INVALID, "systems.number_wrong"


class IssuerUnknown(DomainError):
    """An issuer whose tokens this service doesn't believe, letter by letter: nobody could ever come with one."""

    kind, code = Kind.INVALID, "systems.issuer_unknown"


class TimeOutOfBounds(DomainError):
    """An account ends, within a year, and after it begins."""

    kind, code = Kind.INVALID, "systems.time_out_of_bounds"


class SystemKnown(DomainError):
    """This system has an account here that isn't revoked."""

    kind, code = Kind.CONFLICT, "systems.known"


class SystemRevoked(DomainError):
    """This account was revoked. That is for good."""

    kind, code = Kind.CONFLICT, "systems.revoked"
