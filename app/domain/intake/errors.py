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


class CriteriaMissing(DomainError):
    """Taking responsibility for oneself, one's own choice and coming sober are talked about everywhere, each once."""

    kind, code, rules = Kind.INVALID, "intake.criteria_missing", ("I-07", "I-08", "A-07")


class AssessmentNotFound(DomainError):
    """There is no such intake conversation, or it isn't yours to see, or its time is over."""

    kind, code = Kind.NOT_FOUND, "intake.assessment_not_found"


class ConversationNotOffered(DomainError):
    """In this organisation one's own declaration is enough, and no conversations are held."""

    kind, code, rules = Kind.CONFLICT, "intake.conversation_not_offered", ("I-01", "I-07")


class AssessmentUnderWay(DomainError):
    """One conversation at a time."""

    kind, code = Kind.CONFLICT, "intake.assessment_under_way"


class AssessmentCompleted(DomainError):
    """This conversation has its outcome; another one is a new one."""

    kind, code = Kind.CONFLICT, "intake.assessment_completed"


class NothingToRemarkOn(DomainError):
    """Nothing that the interviewer wrote is kept: not yet, or not any more, or nothing was written."""

    kind, code = Kind.CONFLICT, "intake.nothing_to_remark_on"


class AppointmentInThePast(DomainError):
    """An appointment lies ahead."""

    kind, code = Kind.INVALID, "intake.appointment_in_the_past"


class NotAnInterviewer(DomainError):
    """Conversations are held by interviewers of the organisation who have promised confidentiality (C-07)."""

    kind, code, rules = Kind.CONFLICT, "intake.not_an_interviewer", ("I-01", "C-07")


class ConflictOfInterest(DomainError):
    """The two know each other: somebody else holds this conversation (I-h8)."""

    kind, code, rules = Kind.CONFLICT, "intake.conflict_of_interest", ("I-01",)


class OnlyTheInterviewer(DomainError):
    """The outcome of a conversation is recorded by whoever holds it."""

    kind, code, rules = Kind.CONFLICT, "intake.only_the_interviewer", ("I-01", "I-02")
