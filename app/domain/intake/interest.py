"""An interest: what somebody looks for, said by themselves (A-07). How heavily they carry has no place here (I-09)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.intake.errors import BelowMinimumAge, NothingWished
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import OrganisationId, PersonId


class Company(StrEnum):
    """Whom somebody would like to sit with: a stated characteristic of the group, never of the person (G-11, G-12)."""

    WOMEN = "women"
    MEN = "men"
    BOTH_GENDERS = "both_genders"
    YOUNG_ADULTS = "young_adults"
    OLDER_ADULTS = "older_adults"
    NEAR_MY_AGE = "near_my_age"
    SAME_THEME = "same_theme"
    DIFFERENT_THEMES = "different_themes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody looks for in a group."""

    theme: str | None
    """What it should gather around, or None: people with different burdens sit well together, too (G-13, G-14)."""
    forms: tuple[Form, ...]
    """Ways of meeting that suit; at least one (G-27)."""
    area: str
    """A town or a part of it, never an address."""
    weekdays: tuple[Weekday, ...]
    """Days that suit; none named means that all do."""
    language: str
    company: tuple[Company, ...]
    """Wishes for the composition; none named means none (G-11, G-12)."""

    def __post_init__(self) -> None:
        if not self.forms:
            raise NothingWished("/forms")
        for name in ("forms", "weekdays", "company"):
            named = getattr(self, name)
            if len(set(named)) != len(named):
                raise NothingWished(f"/{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """One person's interest in a group of one organisation. Withdrawn means gone; there is no row of it any more."""

    organisation_id: OrganisationId
    person_id: PersonId
    wishes: Wishes
    registered_at: datetime
    """When the person registered or last renewed it: their own choice, time-stamped (A-07)."""
    kept_until: datetime
    has_private_wish: bool
    """Whether they have named people whom they would rather not meet. Who that is stands sealed, elsewhere."""

    def is_kept(self, now: datetime) -> bool:
        """Whether it still stands (half-open: not any more at `kept_until`); no job has to run for that."""
        return now < self.kept_until


def require_old_enough(says_so: bool, minimum_age: int) -> None:
    """Refuse whoever has not reached the organisation's minimum age, neutrally and with other offers (G-08, I-h2)."""
    if not says_so:
        raise BelowMinimumAge("/i_am_of_age", minimum=minimum_age)


def kept_for(now: datetime, days: int) -> datetime:
    """Until when something is kept that nobody comes back to."""
    return now + timedelta(days=days)
