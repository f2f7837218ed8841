"""The organisation: a tenant, and its place in the tree of organisations."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import OrganisationId, PersonId


class Country(StrEnum):
    """Where the organisation works; it decides which other help is shown."""

    NO = "NO"
    DK = "DK"


class Level(StrEnum):
    """Its level in the tree of organisations (O-03)."""

    NATIONAL = "national"
    DISTRICT = "district"
    LOCAL = "local"


class Role(StrEnum):
    """What somebody does for an organisation. None of these is a role inside a group: there are none (G-01)."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    INTERVIEWER = "interviewer"
    STARTER = "starter"


class NotStaff(DomainError):
    """This is done by the organisation's own people (administrator, coordinator or interviewer)."""

    kind, code = Kind.FORBIDDEN, "organisations.not_staff"


class OrganisationNotFound(DomainError):
    """There is no such organisation."""

    kind, code = Kind.NOT_FOUND, "organisations.not_found"


class NoPlaceInTheTree(DomainError):
    """Below a national body stand districts and local organisations, below a district local ones; all in one country."""

    kind, code, rules = Kind.CONFLICT, "organisations.no_place_in_the_tree", ("O-03",)


class NotRegistered(DomainError):
    """This person has not registered with the organisation; only they can do that themselves."""

    kind, code, rules = Kind.CONFLICT, "organisations.not_registered", ("A-06", "A-07")


class LastAdministrator(DomainError):
    """An organisation keeps at least one administrator."""

    kind, code = Kind.CONFLICT, "organisations.last_administrator"


class MunicipalityNotCovered(DomainError):
    """What merges is covered by the organisation until the day before, each number once."""

    kind, code, rules = Kind.INVALID, "organisations.municipality_not_covered", ("O-04",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Municipalities become one, or get another number, on a day: their numbers before, and the one after (P-h5)."""

    on: date
    out_of: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A volunteer centre, a healthy-life centre, a self-help association or a national body."""

    id: OrganisationId
    name: str
    country: Country
    level: Level
    parent_id: OrganisationId | None
    municipalities: tuple[str, ...]
    """Numbers of the municipalities that it covers (O-04), as they were when it began."""
    time_zone: str
    """IANA name; local times of its groups are meant in it."""
    created_at: datetime
    mergers: tuple[Merger, ...] = ()

    def covers(self, day: date) -> tuple[str, ...]:
        """The numbers that hold on a day: those of the beginning, through every merger until then."""
        numbers = self.municipalities
        for merger in self._in_order():
            if merger.on <= day:
                numbers = _merged(numbers, merger)
        return numbers

    def covers_at(self, now: datetime) -> tuple[str, ...]:
        """The same on the day that it is where the organisation is."""
        return self.covers(now.astimezone(ZoneInfo(self.time_zone)).date())

    def require_followable(self) -> None:
        """Refuse mergers of which one begins with a number that isn't covered by then."""
        numbers = self.municipalities
        for merger in self._in_order():
            if not merger.out_of or not set(merger.out_of) <= set(numbers):
                raise MunicipalityNotCovered("/mergers")
            numbers = _merged(numbers, merger)

    def _in_order(self) -> list[Merger]:
        return sorted(self.mergers, key=lambda merger: merger.on)


def _merged(numbers: tuple[str, ...], merger: Merger) -> tuple[str, ...]:
    kept = tuple(each for each in numbers if each not in merger.out_of)
    return kept if merger.into in kept else (*kept, merger.into)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A person's own entry with an organisation: the choice that everything else presupposes (A-07)."""

    organisation_id: OrganisationId
    person_id: PersonId
    name: str
    """The name by which the organisation knows them; of their own choosing."""
    registered_at: datetime
    is_protected: bool = False
    """Whether their identity is protected: then the name isn't kept, and the database says so in its place."""


_DEPTH = {Level.NATIONAL: 0, Level.DISTRICT: 1, Level.LOCAL: 2}


def require_place_below(parent: Organisation, level: Level, country: Country) -> None:
    """Refuse an organisation that stands at or above its parent's level, or in another country (O-03)."""
    if _DEPTH[level] <= _DEPTH[parent.level] or country is not parent.country:
        raise NoPlaceInTheTree


def usual_time_zone(country: Country) -> str:
    """The time zone of a country."""
    return "Europe/Copenhagen" if country is Country.DK else "Europe/Oslo"
