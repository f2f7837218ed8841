"""The judge: reads everything that the database holds, and finds what may never be."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from app.domain.shared.ids import BallotId
from tests.races.storm import Again, Storm, Told, possible_verdicts
from tests.secrecy.laid_open import backup

Rows = list[Mapping[str, Any]]


@asynccontextmanager
async def judged(
    title: str, organisations: list[UUID], storm: Storm, again: Again, owner_url: str, keys: Path
) -> AsyncIterator[None]:
    """Let the judge look at these organisations at the end, and say the figures."""
    yield
    became, broken = await broken_invariants(owner_url, organisations, storm.told, keys)
    print(
        f"\n{title}: {became.total()} ballots {dict(became)}, {storm.votes} votes acknowledged,"
        f" refused {dict(storm.refused)}, made again {again.count}, broken {len(broken)}"
    )
    assert broken == []


async def broken_invariants(
    owner_url: str, organisations: Iterable[UUID], told: Mapping[BallotId, Told], keys: Path
) -> tuple[Counter[str], list[str]]:
    """What became of the ballots, and everything that is wrong."""
    tables: dict[str, Rows] = defaultdict(list)
    for row in await backup(owner_url, organisations):
        tables[row.table].append(row.values)
    became = Counter(_end(ballot, tables) for ballot in tables["ballot"])
    return became, [*_of_groups(tables), *_of_ballots(tables, keys), *_of_verdicts(tables, told)]


def _end(ballot: Mapping[str, Any], tables: Mapping[str, Rows]) -> str:
    for name, what in (("voided_at", "void"), ("withdrawn_at", "withdrawn")):
        if ballot[name] is not None:
            return what
    found = [row["verdict"] for row in tables["ballot_outcome"] if row["ballot_id"] == ballot["id"]]
    return str(found[0]) if found else "open"


def _of_groups(tables: Mapping[str, Rows]) -> Iterable[str]:
    adopted = {
        (row["ballot_id"], row["applicant_id"])
        for row in tables["ballot_outcome"]
        if row["verdict"] == "adopted"
    }
    for group in tables["self_help_group"]:
        seats = [row for row in tables["seat"] if row["group_id"] == group["id"]]
        members = [row for row in tables["membership"] if row["group_id"] == group["id"]]
        living = {row["id"] for row in members if row["left_at"] is None}
        elected = [row for row in members if row["ballot_id"] is not None]
        numbers = sorted(row["number"] for row in tables["generation"] if row["group_id"] == group["id"])
        if len(seats) > group["seats"]:
            yield f"{len(seats)} seats taken of {group['seats']}"
        if {row["membership_id"] for row in seats if row["membership_id"]} != living:
            yield "seats and members differ"
        if len({row["person_id"] for row in members if row["id"] in living}) != len(living):
            yield "somebody is twice in a group"
        if len({row["ballot_id"] for row in elected}) != len(elected):
            yield "one ballot has let in two"
        if any((row["ballot_id"], row["person_id"]) not in adopted for row in elected):
            yield "somebody is in whom no ballot has adopted"
        if numbers != list(range(1, group["generation"] + 1)) or len(numbers) != 1 + len(elected):
            yield f"{len(elected)} admissions, but generations {numbers} at {group['generation']}"


def _of_ballots(tables: Mapping[str, Rows], keys: Path) -> Iterable[str]:
    outcomes = Counter(row["ballot_id"] for row in tables["ballot_outcome"])
    told = Counter(
        UUID(value)
        for row in tables["outbox"]
        if row["type"] == "group.ballot.closed"
        for value in [_ballot_of(row["ids"])]
    )
    on_roll = {(row["ballot_id"], row["membership_id"]): row for row in tables["ballot_roll"]}
    for ballot in tables["ballot"]:
        end = _end(ballot, tables)
        counted = int(ballot["counted_at"] is not None)
        if outcomes[ballot["id"]] != counted or told[ballot["id"]] != counted:
            yield f"{end}: {outcomes[ballot['id']]} outcomes, told {told[ballot['id']]} times"
        if end == "open":
            continue
        if (keys / f"{ballot['id']}.key").exists():
            yield f"{end}: its key is still there"
        if any(row["has_voted"] for key, row in on_roll.items() if key[0] == ballot["id"]):
            yield f"{end}: it is still known who has voted"
        if any(row["ballot_id"] == ballot["id"] for row in tables["envelope"]):
            yield f"{end}: envelopes are left"
    for envelope in tables["envelope"]:
        entry = on_roll[envelope["ballot_id"], envelope["membership_id"]]
        if not entry["has_voted"] or entry["dropped_at"] is not None:
            yield "an envelope of somebody who has not voted"
    if len({(row["ballot_id"], row["membership_id"]) for row in tables["envelope"]}) != len(
        tables["envelope"]
    ):
        yield "two envelopes of one voter"


def _ballot_of(ids: Any) -> str:
    return str(orjson.loads(ids)["ballot"])


def _of_verdicts(tables: Mapping[str, Rows], told: Mapping[BallotId, Told]) -> Iterable[str]:
    verdicts = {row["ballot_id"]: row["verdict"] for row in tables["ballot_outcome"]}
    person = {row["id"]: row["person_id"] for row in tables["membership"]}
    for ballot in tables["ballot"]:
        if ballot["id"] not in told or ballot["id"] not in verdicts:
            continue
        roll = [row for row in tables["ballot_roll"] if row["ballot_id"] == ballot["id"]]
        voters = [person[row["membership_id"]] for row in roll if row["dropped_at"] is None]
        heard = told[ballot["id"]]
        if not set(heard.acknowledged) <= {person[row["membership_id"]] for row in roll}:
            yield "a vote of somebody off the roll was acknowledged"
        possible = possible_verdicts(heard, voters, ballot["rule"], ballot["quorum_percent"])
        if verdicts[ballot["id"]] not in possible:
            yield f"{ballot['rule']}: {verdicts[ballot['id']]}, but the votes say {sorted(possible)}"
