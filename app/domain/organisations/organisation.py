"""The organisation: a tenant, and its place in the tree of organisations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A volunteer centre, a healthy-life centre, a self-help association or a national body."""

    id: OrganisationId
    name: str
    country: Country
    level: Level
    parent_id: OrganisationId | None
    municipalities: tuple[str, ...]
    """Numbers of the municipalities that it covers (O-04)."""
    time_zone: str
    """IANA name; local times of its groups are meant in it."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A person's own entry with an organisation: the choice that everything else presupposes (A-07)."""

    organisation_id: OrganisationId
    person_id: PersonId
    name: str
    """The name by which the organisation knows them; of their own choosing."""
    registered_at: datetime


_DEPTH = {Level.NATIONAL: 0, Level.DISTRICT: 1, Level.LOCAL: 2}


def require_place_below(parent: Organisation, level: Level, country: Country) -> None:
    """Refuse an organisation that stands at or above its parent's level, or in another country (O-03)."""
    if _DEPTH[level] <= _DEPTH[parent.level] or country is not parent.country:
        raise NoPlaceInTheTree


def usual_time_zone(country: Country) -> str:
    """The time zone of a country."""
    return "Europe/Copenhagen" if country is Country.DK else "Europe/Oslo"
