"""What kinds of things are held, on what ground, and who sees them. Closed lists: nothing is held that fits none."""

from enum import StrEnum


class DataKind(StrEnum):
    """What a value is about."""

    IDENTITY = "identity"
    """Who somebody is: a name, a login, a number that stands for them."""
    CONTACT = "contact"
    """How somebody is reached."""
    CONFIDED = "confided"
    """What somebody looks for or has told, and what came of it: it tells of their health (art. 9)."""
    MEMBERSHIP = "membership"
    """That somebody belongs, applied, promised or was there: with a theme, it tells of their health (art. 9)."""
    VOTE = "vote"
    """A vote, or that somebody may or did vote."""
    TRAINING = "training"
    """What somebody has done as a volunteer."""
    DUTY = "duty"
    """What somebody does for an organisation, and what they did there with others' affairs."""
    ACCESS = "access"
    """Who looked at what about whom, and when."""
    GROUP = "group"
    """What a group has arranged or decided: about all of it, and about nobody of it."""
    PUBLIC = "public"
    """What everyone may know."""
    TECHNICAL = "technical"
    """What the service needs to work, and what tells nothing about anybody."""


PERSONAL = frozenset(DataKind) - {DataKind.GROUP, DataKind.PUBLIC, DataKind.TECHNICAL}
"""What belongs to a person, who gets a copy of it and can have it erased."""


class Basis(StrEnum):
    """On what ground it is held. All of them are proposals that a lawyer has to confirm."""

    EXPLICIT_CONSENT = "explicit_consent"
    """Art. 6(1)(a) and 9(2)(a): for one purpose, taken back as easily as given."""
    AGREEMENT = "agreement"
    """Art. 6(1)(b): a volunteer or an employee, and the organisation that they work for."""
    LEGAL_DUTY = "legal_duty"
    """Art. 6(1)(c) with art. 5(2), 7(1) and 32: to be able to show what was consented to, and who has looked."""
    NOT_PERSONAL = "not_personal"
    """Nothing about a person."""


class SeenBy(StrEnum):
    """Who sees it, and in which role."""

    ONESELF = "oneself"
    GROUP = "members_of_the_group"
    APPLICANT = "applicant"
    STARTER = "starter_until_the_exit"
    INTERVIEWER = "interviewer_of_the_assessment"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system_that_it_is_meant_for"
    EVERYONE = "everyone"
    COUNT = "the_count_alone"
    NOBODY = "nobody"
