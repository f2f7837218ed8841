"""Looks through every column of every table, as the owner with the walls down: who can still be found in it?"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from app.adapters.postgres.inventory import INVENTORY
from app.adapters.postgres.inventory.held import Erased
from tests.secrecy.laid_open import laid_open

_COLUMNS = """
select c.relname::text as table, a.attname::text as column from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'alembic_version' order by 1, 2
"""


async def found(owner_url: str, marks: Collection[str]) -> dict[str, list[str]]:
    """Which of these marks stand where: as text, within JSON and lists, and in bytes, as they are or as hexadecimal."""
    hits: dict[str, list[str]] = {}
    async with laid_open(owner_url) as connection:
        for row in await connection.fetch(_COLUMNS):
            table, column = row["table"], row["column"]
            seen = await connection.fetch(
                f'select distinct m from "{table}" t, unnest($1::text[]) m'
                f' where strpos(t."{column}"::text, m) > 0'
                f" or strpos(t.\"{column}\"::text, encode(convert_to(m, 'UTF8'), 'hex')) > 0",
                list(marks),
            )
            if seen:
                hits[f"{table}.{column}"] = sorted(each["m"] for each in seen)
    return hits


def may_stay(place: str) -> bool:
    """What is evidence, and what somebody did in others' affairs: ids that lead nowhere."""
    table, column = place.split(".")
    said = INVENTORY[table]
    return said.erased is Erased.EVIDENCE or any(ref.column == column and ref.stays for ref in said.of)


def written(person: UUID) -> list[str]:
    """An id, as it can stand in a column."""
    return [str(person), person.hex]


async def traces(
    owner_url: str, people: Collection[Any], words: Collection[str] = ()
) -> dict[str, list[str]]:
    """Where these people, or words of theirs, stand that may not."""
    marks = [*words, *(mark for person in people for mark in written(person))]
    return {place: seen for place, seen in (await found(owner_url, marks)).items() if not may_stay(place)}
