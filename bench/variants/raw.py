"""The raw limit: the four jobs as one ASGI function, asyncpg and orjson, with nothing around them.

Run by uvicorn; `BENCH_DATABASE` is an owner's URL. No framework, no tokens, no validation, no row-level security.
"""

import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID, uuid4

import asyncpg
import orjson

_GROUP = """
select jsonb_build_object('id', g.id, 'organisation_id', g.organisation_id, 'theme', g.theme, 'form', g.form,
  'area', g.area, 'language', g.language, 'seats', g.seats, 'generation', g.generation,
  'members', (select jsonb_agg(jsonb_build_object('id', m.id, 'alias', m.alias))
              from member m where m.group_id = g.id),
  'next_meeting', (select jsonb_build_object('id', t.id, 'starts_at', t.starts_at, 'minutes', t.minutes,
                                             'place', t.place)
                   from meeting t where t.group_id = g.id and t.starts_at > now()
                   order by t.starts_at limit 1))::text
from "group" g where g.id = $1
"""
_LIST = """
select id, organisation_id, theme, form, area, language, seats, generation, created_at from "group"
where organisation_id = $1 and form = $2 and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
order by created_at desc, id desc limit 51
"""
_MINE = """
select g.id, g.theme from member m join "group" g on g.id = m.group_id where m.person_id = $1
"""
_MEMBERS = "select group_id, alias from member where group_id = any($1::uuid[])"
_MEETINGS = """
select group_id, starts_at from meeting where group_id = any($1::uuid[]) and starts_at > now()
order by starts_at
"""
_CHECK = """
select b.closes_at > now() and m.group_id = b.group_id from ballot b, member m
where b.id = $1 and m.id = $2
"""
_VOTE = "insert into vote (id, ballot_id, member_id, choice, cast_at) values ($1, $2, $3, $4, now())"
_FIELDS = ("id", "organisation_id", "theme", "form", "area", "language", "seats", "generation")

Pool = Any
Send = Callable[[dict[str, Any]], Awaitable[None]]
_pool: Pool = None


async def app(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    parts = scope["path"].split("/")
    match parts[1]:
        case "groups":
            async with _pool.acquire() as connection:
                body = (await connection.fetchval(_GROUP, UUID(parts[2]))).encode()
        case "organisations":
            body = await _page(UUID(parts[2]), scope["query_string"].decode())
        case "people":
            body = await _home(UUID(parts[2]))
        case _:
            body = await _vote(UUID(parts[2]), (await receive())["body"])
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _live(receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    global _pool
    await receive()
    _pool = await asyncpg.create_pool(os.environ["BENCH_DATABASE"], min_size=1, max_size=8)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await _pool.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _page(organisation: UUID, query: str) -> bytes:
    asked = parse_qs(query)
    moment, _, entry = asked.get("cursor", [""])[0].partition("_")
    after = (datetime.fromisoformat(moment), UUID(entry)) if moment else (None, None)
    async with _pool.acquire() as connection:
        rows = await connection.fetch(_LIST, organisation, asked["form"][0], *after)
    items = [{name: row[name] for name in _FIELDS} for row in rows[:50]]
    last = rows[49] if len(rows) > 50 else None
    cursor = None if last is None else f"{last['created_at'].isoformat()}_{last['id']}"
    return orjson.dumps({"items": items, "next_cursor": cursor}, default=str)


async def _home(person: UUID) -> bytes:
    async with _pool.acquire() as connection:
        mine = await connection.fetch(_MINE, person)
        ids = [row["id"] for row in mine]
        members = await connection.fetch(_MEMBERS, ids)
        meetings = await connection.fetch(_MEETINGS, ids)
    groups: dict[UUID, dict[str, Any]] = {
        row["id"]: {"id": row["id"], "theme": row["theme"], "members": [], "upcomingMeetings": []}
        for row in mine
    }
    for row in members:
        groups[row["group_id"]]["members"].append({"alias": row["alias"]})
    for row in meetings:
        upcoming = groups[row["group_id"]]["upcomingMeetings"]
        if len(upcoming) < 5:
            upcoming.append({"startsAt": row["starts_at"]})
    for group in groups.values():
        group["nextMeeting"] = group["upcomingMeetings"][0] if group["upcomingMeetings"] else None
    return orjson.dumps({"items": list(groups.values())}, default=str)


async def _vote(ballot: UUID, sent: bytes) -> bytes:
    vote = orjson.loads(sent)
    made, member = uuid4(), UUID(vote["member_id"])
    async with _pool.acquire() as connection, connection.transaction():
        if not await connection.fetchval(_CHECK, ballot, member):
            raise PermissionError
        await connection.execute(_VOTE, made, ballot, member, vote["choice"])
    return orjson.dumps({"id": made, "ballot_id": ballot})
