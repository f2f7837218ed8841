"""What everything in the invented world is made from: a number, an instant, names, and rows by table."""

import tomllib
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from app.adapters.postgres.people import identity_id
from app.adapters.words import ContentWords
from app.domain.admission.decision_rules import Choice
from app.domain.organisations.organisation import Country
from app.domain.organisations.policy import PolicySettings
from app.domain.shared.ids import OrganisationId, PersonId, compose_id

Row = dict[str, Any]
LANGUAGES = {Country.NO: ("nb", "nb", "nb", "nb", "nn"), Country.DK: ("da",)}


@cache
def names() -> dict[str, dict[str, Any]]:
    """The lists of `names.toml`, by country."""
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Plan:
    """Which world: how many groups, by which number, as of which instant, and whose logins its people have."""

    groups: int
    number: int
    instant: datetime
    """UTC. Everything that has happened lies before it."""
    issuer: str


@dataclass(slots=True)
class Box:
    """An open ballot: its key is made and its votes are sealed when it is written, not before."""

    ballot: Row
    votes: list[tuple[UUID, Choice]]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody has confided in an intake conversation: sealed when it is written, not before."""

    assessment: UUID
    kind: str
    words: str
    gone_at: datetime


@dataclass(slots=True)
class Rows:
    """Rows by table, and what is to be done with some of them when they are written."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    confided: list[tuple[OrganisationId, Words]] = field(default_factory=list)
    ended_offers: list[tuple[UUID, UUID, datetime]] = field(default_factory=list)
    """Offers that have been accepted: organisation, ballot, and the end that the offer had."""

    def add(self, table: str, **values: Any) -> Row:
        """Put a row down; every column of its table has to be there when it is written."""
        self.tables.setdefault(table, []).append(values)
        return values

    def __len__(self) -> int:
        return sum(len(rows) for rows in self.tables.values())


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the world, as one organisation knows them."""

    id: PersonId
    name: str
    language: str
    subject: str


@dataclass(slots=True)
class Helper:
    """A volunteer, and from when on they could be given a group."""

    who: Someone
    row: Row
    is_able: bool
    able_from: datetime


@dataclass(slots=True)
class Place:
    """One organisation, and all that makes its people and their times."""

    plan: Plan
    chance: Random
    rows: Rows
    organisation: OrganisationId
    country: Country
    town: str
    time_zone: str
    settings: PolicySettings
    words: ContentWords
    began: datetime
    interviewers: list[Someone] = field(default_factory=list)
    coordinators: list[Someone] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)
    count: int = 0

    @property
    def now(self) -> datetime:
        """The instant as of which this world stands."""
        return self.plan.instant

    @property
    def lists(self) -> dict[str, Any]:
        """Names of this country."""
        return names()[self.country.value]

    def has(self, table: str) -> bool:
        """Whether there is one of these: what is rare is there once in every place, however small."""
        return bool(self.rows.tables.get(table))

    def pick(self, name: str) -> str:
        """One of a list of names, with this place's town in it."""
        chosen: str = self.chance.choice(self.lists[name])
        return chosen.replace("{town}", self.town)

    def likely(self, share: float) -> bool:
        """Whether something is so, in this share of all cases."""
        return self.chance.random() < share

    def between(self, low: float, high: float) -> timedelta:
        """A span of so many days."""
        return timedelta(seconds=int(self.chance.uniform(low, high) * 86400))

    def within(self, after: datetime, before: datetime) -> datetime:
        """An instant between two others."""
        return after + (before - after) * self.chance.random()

    def id(self, at: datetime, luck: Random | None = None) -> UUID:
        """A new id of this organisation."""
        return compose_id(
            self.organisation, int(at.timestamp() * 1000), (luck or self.chance).getrandbits(44)
        )

    def code(self) -> str:
        """A code that stands in an address, as the service makes them."""
        return b32encode(self.chance.randbytes(15)).decode().lower()

    def add(self, table: str, **values: Any) -> Row:
        """A row of this organisation."""
        return self.rows.add(table, organisation_id=self.organisation, **values)

    def confide(self, assessment: UUID, kind: str, words: str, gone_at: datetime) -> None:
        """Words that are kept sealed until then."""
        if gone_at > self.now:
            self.rows.confided.append((self.organisation, Words(assessment, kind, words, gone_at)))

    def person(self, since: datetime, subject: str | None = None) -> Someone:
        """Somebody new, who has introduced and registered themselves."""
        self.count += 1
        name = self.chance.choice(self.lists["names"])
        language = self.chance.choice(LANGUAGES[self.country])
        tail = subject or f"{self.count}"
        someone = Someone(
            PersonId(UUID(int=self.chance.getrandbits(128), version=4)),
            name,
            language,
            f"seed-{self.plan.number}-{(self.organisation.int >> 32) & 0x3FFFFFFF}-{tail}",
        )
        self.rows.add(
            "person", id=someone.id, chosen_name=name, languages=[language], of_age_confirmed_at=since,
            of_age_confirmed_by="strong_login" if self.likely(0.3) else "self_declared", introduced_at=since, version=1,
            protected_at=None, protected_by=None,
        )  # fmt: skip
        self.rows.add(
            "identity", id=identity_id(self.plan.issuer, someone.subject), person_id=someone.id,
            issuer=self.plan.issuer, subject=someone.subject, linked_at=since,
        )  # fmt: skip
        self.add("registration", person_id=someone.id, name=name, registered_at=since, is_protected=False)
        self.add("affiliation", person_id=someone.id, since=since)
        return someone

    def sign_for_organisation(self, someone: Someone, at: datetime) -> None:
        """Promise confidentiality as somebody who works for the organisation (C-07)."""
        text = self.words.current(someone.language)
        self.add(
            "staff_declaration", person_id=someone.id, text_version=text.version, language=text.language,
            text_sha256=text.sha256, typed_name=someone.name, signed_at=at,
        )  # fmt: skip

    def grant(self, someone: Someone, role: str, at: datetime) -> None:
        """Give somebody something to do for the organisation."""
        self.add("role_grant", person_id=someone.id, role=role, granted_at=at)
