"""Data to measure on: several organisations of unequal size, groups of seven with a past and a future."""

import random
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.ext.asyncio import create_async_engine

from app.adapters.postgres.people import identity_id
from app.domain.organisations.policy import PolicySettings
from app.domain.shared.ids import OrganisationId, compose_id, organisation_id
from bench.variants.models import FILL, TABLES, Bare

SHARES = (0.70, 0.20, 0.075, 0.025)
"""How the groups are spread over the organisations."""
MEMBERS, MEETINGS, PAST_MEETINGS = 7, 20, 14
HOMES = 16
"""People in several groups: the home page of GraphQL is theirs."""
HOME_GROUPS = (8, 2)
"""How many groups such a person has in the first and in the second organisation."""
_FORMS = ("in_person",) * 7 + ("video",) * 2 + ("phone",)
_THEMES = ("Grief", "Divorce", "Burnout", "Illness", None)


@dataclass(slots=True)
class Data:
    """What the load needs to know of the data."""

    organisation: UUID
    coordinator: str
    """Subject of a coordinator of the largest organisation."""
    pages: list[tuple[str, UUID]] = field(default_factory=list)
    """A member's subject, and their group."""
    homes: list[tuple[str, UUID]] = field(default_factory=list)
    """Subject and person."""
    votes: list[tuple[str, UUID, UUID]] = field(default_factory=list)
    """A voter's subject, the ballot and the membership."""


@dataclass(slots=True)
class _Rows:
    """Rows by table; the ids' chance is fixed, so that every run has the same data."""

    now: datetime
    chance: random.Random
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> None:
        self.tables.setdefault(table, []).append(values)

    def id(self, organisation: OrganisationId) -> UUID:
        return compose_id(organisation, int(self.now.timestamp() * 1000), self.chance.getrandbits(44))


def generate(issuer: str, groups: int, now: datetime) -> tuple[Data, dict[str, list[dict[str, Any]]]]:
    """The rows of every table, in the order of the foreign keys, for so many groups."""
    rows = _Rows(now, random.Random(7))
    began = now - timedelta(days=400)
    organisations = [organisation_id(number + 1) for number in range(len(SHARES))]
    data = Data(organisations[0], "coordinator-0")
    for number, organisation in enumerate(organisations):
        rows.add(
            "organisation", id=organisation, name=f"Organisation {number}", country="NO",
            level="national" if number == 0 else "local", parent_id=organisations[0] if number else None,
            municipalities=[], mergers="[]", time_zone="Europe/Oslo", created_at=began,
        )  # fmt: skip
        settings = PolicySettings(parallel_membership=True)
        values = {name: getattr(settings, name) for name in PolicySettings.__dataclass_fields__}
        rows.add("policy", organisation_id=organisation, version=1, effective_from=began, **values)
        coordinator = _person(rows, issuer, f"coordinator-{number}", began)
        _register(rows, organisation, coordinator, began)
        rows.add(
            "role_grant",
            organisation_id=organisation,
            person_id=coordinator,
            role="coordinator",
            granted_at=began,
        )
    homes = {f"home-{number}": _person(rows, issuer, f"home-{number}", began) for number in range(HOMES)}
    data.homes = list(homes.items())
    for subject in homes:
        for organisation in organisations[:2]:
            _register(rows, organisation, homes[subject], began)
    for number, share in enumerate(SHARES):
        for index in range(round(groups * share)):
            owner = _home_of(number, index)
            home = (owner, homes[owner]) if owner is not None else None
            _group(rows, issuer, organisations[number], f"{number}-{index}", index, home, data)
    rows.chance.shuffle(data.pages)
    rows.chance.shuffle(data.votes)
    return data, rows.tables


def _home_of(organisation: int, index: int) -> str | None:
    each = HOME_GROUPS[organisation] if organisation < len(HOME_GROUPS) else 0
    return f"home-{index % HOMES}" if index < each * HOMES else None


def _person(rows: _Rows, issuer: str, subject: str, since: datetime) -> UUID:
    person = UUID(int=rows.chance.getrandbits(128), version=4)
    rows.add(
        "person", id=person, chosen_name=subject, languages=["nb"], of_age_confirmed_at=since,
        of_age_confirmed_by="self_declared", introduced_at=since, version=1,
    )  # fmt: skip
    rows.add(
        "identity", id=identity_id(issuer, subject), person_id=person, issuer=issuer, subject=subject, linked_at=since
    )  # fmt: skip
    return person


def _register(rows: _Rows, organisation: UUID, person: UUID, since: datetime) -> None:
    rows.add(
        "registration", organisation_id=organisation, person_id=person, name="Somebody", registered_at=since
    )
    rows.add("affiliation", person_id=person, organisation_id=organisation, since=since)


def _group(
    rows: _Rows, issuer: str, organisation: OrganisationId, name: str, index: int,
    home: tuple[str, UUID] | None, data: Data,
) -> None:  # fmt: skip
    group, pick = rows.id(organisation), rows.chance
    began = rows.now - timedelta(days=7 * PAST_MEETINGS + 30, minutes=index)
    rows.add(
        "self_help_group", organisation_id=organisation, id=group, theme=pick.choice(_THEMES),
        form=_FORMS[index % len(_FORMS)], area="Town", language="nb", seats=8, generation=1,
        generation_formed_at=began, closed_for_new_at=None, application_code=f"code-{name}", created_at=began, version=1,
    )  # fmt: skip
    rows.add(
        "generation", organisation_id=organisation, group_id=group, number=1, formed_at=began, ballot_id=None
    )
    members: list[tuple[str, UUID]] = []
    for seat in range(MEMBERS):
        subject = f"member-{name}-{seat}"
        if seat == 0 and home is not None:
            subject, person = home
        else:
            person = _person(rows, issuer, subject, began)
            _register(rows, organisation, person, began)
        members.append((subject, _member(rows, organisation, group, person, seat, began)))
    data.pages.append((members[1][0], group))
    for step in range(MEETINGS):
        starts = rows.now + timedelta(days=7 * (step - PAST_MEETINGS), hours=2)
        rows.add(
            "meeting", organisation_id=organisation, id=rows.id(organisation), group_id=group, starts_at=starts,
            minutes=120, place="Library, second floor", cancelled_at=None, not_held_at=None, version=1,
        )  # fmt: skip
    if index % 4 == 0:
        ballot = _ballot(rows, organisation, group, members)
        data.votes += [(subject, ballot, membership) for subject, membership in members[1:5]]


def _member(
    rows: _Rows, organisation: OrganisationId, group: UUID, person: UUID, seat: int, began: datetime
) -> UUID:
    placement, membership = rows.id(organisation), rows.id(organisation)
    rows.add(
        "placement", organisation_id=organisation, id=placement, group_id=group, person_id=person, invited_at=began,
        accepted_at=began, declined_at=None, withdrawn_at=None,
    )  # fmt: skip
    rows.add(
        "membership", organisation_id=organisation, id=membership, group_id=group, person_id=person,
        alias=f"Alias {seat}", placement_id=placement, ballot_id=None, ballot_verdict=None, generation=1,
        joined_at=began, left_at=None,
    )  # fmt: skip
    rows.add(
        "seat",
        organisation_id=organisation,
        group_id=group,
        number=seat + 1,
        membership_id=membership,
        ballot_id=None,
    )
    rows.add(
        "declaration", organisation_id=organisation, id=rows.id(organisation), group_id=group, generation=1,
        membership_id=membership, how="in_app", text_version="1", language="nb", text_sha256="0" * 64,
        typed_name="Somebody", witnessed_by=None, signed_at=began,
    )  # fmt: skip
    return membership


def _ballot(
    rows: _Rows, organisation: OrganisationId, group: UUID, members: Iterable[tuple[str, UUID]]
) -> UUID:
    ballot = rows.id(organisation)
    key = X25519PrivateKey.generate().public_key().public_bytes_raw()
    rows.add(
        "ballot", organisation_id=organisation, id=ballot, group_id=group, generation=1, question="open_for_new_people",
        application_id=None, applicant_id=None, rule="unanimous", quorum_percent=75, secret=True,
        opened_at=rows.now - timedelta(days=1), closes_at=rows.now + timedelta(days=20), public_key=key,
        withdrawn_at=None, voided_at=None, counted_at=None,
    )  # fmt: skip
    for _, membership in members:
        rows.add(
            "ballot_roll", organisation_id=organisation, ballot_id=ballot, membership_id=membership, group_id=group,
            has_voted=False, dropped_at=None,
        )  # fmt: skip
    return ballot


async def load(owner_url: str, bare_url: str, issuer: str, groups: int) -> Data:
    """Fill a migrated, empty database as its owner, and an empty one with the idiomatic tables."""
    data, tables = generate(issuer, groups, datetime.now(UTC))
    async with _as_owner(owner_url) as connection:
        async with connection.transaction():
            # The policies hold for the owner, too: off for this one transaction, and on again before it ends.
            for name in _ORDER:
                await connection.execute(f"alter table {name} disable row level security")
            for name in _ORDER:
                await _copy(connection, name, tables[name], tuple(tables[name][0]))
            for name in _ORDER:
                await connection.execute(f"alter table {name} enable row level security")
        await connection.execute("vacuum (analyze)")
    engine = create_async_engine(bare_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.begin() as bare:
        await bare.run_sync(Bare.metadata.create_all)
    await engine.dispose()
    async with _as_owner(bare_url) as connection:
        for source, columns in FILL.items():
            await _copy(connection, TABLES[source], tables[source], columns)
        await connection.execute("vacuum (analyze)")
    return data


@asynccontextmanager
async def _as_owner(url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def _copy(connection: Any, table: str, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    records = [tuple(row[column] for column in columns) for row in rows]
    await connection.copy_records_to_table(table, records=records, columns=columns)


_ORDER = (
    "organisation", "policy", "person", "identity", "registration", "affiliation", "role_grant", "self_help_group",
    "generation", "placement", "membership", "seat", "declaration", "meeting", "ballot", "ballot_roll",
)  # fmt: skip
