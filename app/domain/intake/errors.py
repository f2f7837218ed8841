"""What may not happen before a group, each refusal by its name."""

from app.domain.shared.errors import DomainError, Kind


class BelowMinimumAge(DomainError):
    """The organisation's groups are for people who are older. Nothing about the person is kept (I-h2)."""

    kind, code, rules = Kind.CONFLICT, "intake.below_minimum_age", ("G-08",)


class InterestNotFound(DomainError):
    """Nobody has registered such an interest here, or its time is over, or it isn't yours to see."""

    kind, code, rules = Kind.NOT_FOUND, "intake.interest_not_found", ("A-07",)


class NothingWished(DomainError):
    """An interest says at least one way of meeting, and each wish once."""

    kind, code = Kind.INVALID, "intake.nothing_wished"


class NotAnInformer(DomainError):
    """Recommendations are given by those who inform: the organisation's own people, and systems that may (R-12)."""

    kind, code, rules = Kind.FORBIDDEN, "intake.not_an_informer", ("A-06", "R-12")


class CodeNotUsable(DomainError):
    """This code opens nothing: whether it was ever given, used, or has expired, sounds the same (P-h16)."""

    kind, code, rules = Kind.CONFLICT, "intake.code_not_usable", ("A-06", "A-07")
