"""A rule of self-organised self-help: its id, how binding it is, and where it comes from."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.errors import DomainError, Kind


class Binding(StrEnum):
    """How binding a rule is."""

    HARD = "hard"
    """Upheld always, for everybody; there is no way round it."""
    DEFAULT = "default"
    """Holds unless the organisation's policy or the group has decided otherwise."""
    ADVICE = "advice"
    """Said at the right moment; never in anybody's way."""


class Source(StrEnum):
    """The documents that the rules were found in. Titles and publishers are in `app/content/`."""

    QUALITY_BASIS = "quality_basis"
    GUIDELINES = "guidelines"
    PRACTICE = "practice"
    AFTER_COURSES = "after_courses"
    BOOKLET = "booklet"


class Area(StrEnum):
    """What a rule is about: the letter that its id begins with."""

    GROUP = "G"
    ADMISSION = "A"
    INTAKE = "I"
    VOLUNTEERS = "V"
    STARTER_EXIT = "X"
    MEETINGS = "M"
    CONFIDENTIALITY = "C"
    ABSENCE = "N"
    CONVERSATION = "P"
    PROCESS = "L"
    COURSES = "R"
    ORGANISATION = "O"


class RuleNotFound(DomainError):
    """No rule has this id."""

    kind, code = Kind.NOT_FOUND, "guidance.rule_not_found"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue."""

    id: str
    """As in refusals: `A-01`."""
    binding: Binding
    source: Source

    @property
    def area(self) -> Area:
        """What it is about."""
        return Area(self.id[0])
