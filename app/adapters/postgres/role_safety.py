"""Refuse to work where row-level security would not hold, or where a commit would not last."""

from typing import Final, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

_ATTRIBUTES: Final = {
    "rolsuper": "is a superuser",
    "rolbypassrls": "may bypass row security (BYPASSRLS)",
    "rolcreaterole": "may make roles (CREATEROLE)",
    "rolcreatedb": "may make databases (CREATEDB)",
    "rolreplication": "may copy the whole server (REPLICATION)",
}
_PREDEFINED: Final = {
    "pg_database_owner": "owns the database",
    "pg_execute_server_program": "may run programs on the server",
    "pg_read_server_files": "may read files of the server",
    "pg_write_server_files": "may write files of the server",
}

# Whoever we are, whoever we were before SET ROLE, and every role that either could become.
_ROLES: Final = """
select r.*, (select array_agg(format('%I.%I', n.nspname, c.relname) order by 1)
               from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relowner = r.oid and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema') as tables
  from pg_roles r
 where r.rolname in (current_user, session_user)
    or pg_has_role(current_user, r.oid, 'member') or pg_has_role(session_user, r.oid, 'member')
 order by r.rolname not in (current_user, session_user), r.rolname
"""

_TENANT_TABLES: Final = """
select format('%I.%I', n.nspname, c.relname) as name, c.relkind = any ('{v,m}') as derived,
       c.relkind = 'v' and coalesce(c.reloptions && '{security_invoker=true,security_invoker=on}', false) as invoker,
       c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
       exists (select from pg_policy p where p.polrelid = c.oid) as policed,
       has_table_privilege(c.oid, 'truncate') as truncatable
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
 where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
 order by 1
"""

_NOT_DURABLE: Final = """
select name from unnest('{fsync,full_page_writes,synchronous_commit}'::text[]) name
 where current_setting(name) = 'off'
"""


class UnsafeRole(RuntimeError):
    """The service does not work like this. `reasons`: one sentence for each thing that has to change."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


async def refuse_unsafe(connection: Connection, *, durable: bool = True) -> None:
    """Raise `UnsafeRole` unless everything that the second wall stands on holds for this connection's role.

    No special powers, nothing owned, and no way to become somebody who has; every table with an
    `organisation_id` under forced row security with a policy; commits that last. `durable=False` leaves the
    last one out, for throw-away test servers.
    """
    reasons = [*await _powers(connection), *await _open_tables(connection)]
    if durable:
        off = await connection.fetch(_NOT_DURABLE)
        reasons += [f"The server runs with {each[0]} off: what it confirmed could be lost." for each in off]
    if reasons:
        raise UnsafeRole(tuple(reasons))


async def _powers(connection: Connection) -> list[str]:
    me: str = await connection.fetchval("select current_user")
    found = []
    for role in await connection.fetch(_ROLES):
        name = role["rolname"]
        who = f"The database role {me}" if name == me else f"The database role {me} can become {name}, which"
        found += [f"{who} {what}." for attribute, what in _ATTRIBUTES.items() if role[attribute]]
        if name in _PREDEFINED:
            found.append(f"{who} {_PREDEFINED[name]}.")
        if role["tables"]:
            found.append(f"{who} owns {', '.join(role['tables'])}.")
        if role["rolsuper"]:
            break  # a superuser can become everybody: one sentence is enough
    return found


async def _open_tables(connection: Connection) -> list[str]:
    found = []
    for table in await connection.fetch(_TENANT_TABLES):
        name = table["name"]
        if table["derived"]:
            if not table["invoker"]:
                found.append(
                    f"{name} shows its owner's view of the rows, not the reader's (security_invoker)."
                )
            continue
        lacking = [
            word for word, has in (("ENABLE", table["enabled"]), ("FORCE", table["forced"])) if not has
        ]
        if lacking:
            found.append(f"{name} lacks {' and '.join(lacking)} ROW LEVEL SECURITY.")
        if not table["policed"]:
            found.append(f"{name} has no row security policy.")
        if table["truncatable"]:
            found.append(f"{name} can be truncated, which row security does not see.")
    return found
