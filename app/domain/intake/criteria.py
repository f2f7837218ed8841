"""The criteria of an intake conversation: what is talked about, never a score (I-04 to I-08, I-11).

The shipped set has a key for each; its words stand in `app/content/`. An organisation may adopt versions of its own that
leave some of them out, but not those that the sources don't leave to anybody (I-07, I-08).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.intake.errors import CriteriaMissing
from app.domain.shared.ids import OrganisationId


class Criterion(StrEnum):
    """What is talked about."""

    LISTENS = "listens"
    BEARS_BEING_IN_A_GROUP = "bears_being_in_a_group"
    SHARES = "shares"
    TAKES_RESPONSIBILITY = "takes_responsibility"
    OWN_CHOICE = "own_choice"
    SOBER = "sober"


RULES: dict[Criterion, tuple[str, ...]] = {
    Criterion.LISTENS: ("I-04",),
    Criterion.BEARS_BEING_IN_A_GROUP: ("I-04",),
    Criterion.SHARES: ("I-05",),
    Criterion.TAKES_RESPONSIBILITY: ("I-06", "I-07"),
    Criterion.OWN_CHOICE: ("I-11", "A-07"),
    Criterion.SOBER: ("I-08",),
}
NOT_LEFT_TO_ANYBODY = frozenset({Criterion.TAKES_RESPONSIBILITY, Criterion.OWN_CHOICE, Criterion.SOBER})
"""Hard rules: I-07, I-08 and A-07."""


SHIPPED_VERSION = 1


class Answer(StrEnum):
    """How a point stood after the conversation. It decides nothing: the outcome is a judgement of its own (I-09)."""

    YES = "yes"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaVersion:
    """One version of the criteria that hold in an organisation."""

    organisation_id: OrganisationId
    version: int
    """`SHIPPED_VERSION` is the shipped set."""
    criteria: tuple[Criterion, ...]
    adopted_at: datetime

    def __post_init__(self) -> None:
        if len(set(self.criteria)) != len(self.criteria) or not set(self.criteria) >= NOT_LEFT_TO_ANYBODY:
            raise CriteriaMissing("/criteria")


def shipped(organisation: OrganisationId, since: datetime) -> CriteriaVersion:
    """What holds where nothing else was adopted."""
    return CriteriaVersion(
        organisation_id=organisation, version=SHIPPED_VERSION, criteria=tuple(Criterion), adopted_at=since
    )
