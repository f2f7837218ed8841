"""What the people of a group have in common, as the group states it: a description, and never a test of anybody.

It stands with the offer, so that people can choose. Nobody's age or gender is kept anywhere, so nothing could compare a
person with it; and no ballot asks about it (G-11, G-12, G-h10).
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.errors import DomainError, Kind


class Genders(StrEnum):
    """Whom the group is meant for, as it states it (G-10, G-11)."""

    ALL = "all"
    WOMEN = "women"
    MEN = "men"


class CompositionOutOfBounds(DomainError):
    """The ages that a group states go upwards, and begin at the age from which people can take part."""

    kind, code, rules = Kind.INVALID, "groups.composition_out_of_bounds", ("G-08", "G-12")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """How a group is composed, in its own words."""

    age_from: int | None = None
    """Years; None: any."""
    age_to: int | None = None
    """Years, included; None: any."""
    genders: Genders = Genders.ALL
    in_common: str | None = None
    """Another characteristic that they share, in a few words."""

    def __post_init__(self) -> None:
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise CompositionOutOfBounds("/composition/age_to", minimum=self.age_from)

    def require_from(self, minimum_age: int) -> None:
        """Refuse a statement that calls people below the age from which they can take part (G-08)."""
        lowest = self.age_from if self.age_from is not None else self.age_to
        if lowest is not None and lowest < minimum_age:
            raise CompositionOutOfBounds("/composition/age_from", minimum=minimum_age)

    @property
    def age_span(self) -> int | None:
        """Years between youngest and oldest; None where one end is open."""
        if self.age_from is None or self.age_to is None:
            return None
        return self.age_to - self.age_from
