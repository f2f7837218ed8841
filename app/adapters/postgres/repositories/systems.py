"""Systems' accounts."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Uuid, cast, func, select, update

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.systems import SystemAccountRow
from app.adapters.postgres.work import Work
from app.domain.shared.ids import SystemId
from app.domain.systems.account import SystemAccount
from app.domain.systems.errors import SystemNotFound

ACCOUNT = col.table_of(SystemAccountRow)
_MAPPER = Mapper(SystemAccount, ACCOUNT, added=("login_id",))
_HERE = ACCOUNT.c.organisation_id == p("organisation_id")
LOAD_ACCOUNTS = select(*ACCOUNT.columns, service_clock().label("clock")).where(_HERE)
_GET = Statement(LOAD_ACCOUNTS.where(ACCOUNT.c.id == p("id_")))
_LOCK = Statement(select(ACCOUNT.c.id).where(_HERE, ACCOUNT.c.id == p("id_")).with_for_update())
_ADMITTED = Statement(
    LOAD_ACCOUNTS.where(ACCOUNT.c.id == cast(func.current_setting("app.system", True), Uuid))
)
_START = select(ACCOUNT.c.id).where(_HERE, ACCOUNT.c.id == p("id_")).cte("line", recursive=True)
_LINE = Statement(
    select(_START.union(select(ACCOUNT.c.id).where(_HERE, ACCOUNT.c.continued_by == _START.c.id)).c.id)
)
_ADD = inserting(ACCOUNT)
_CHANGED = ("name", "purpose", "suppliers", "scopes", "expires_at", "revoked_at", "continued_by", "version")
_SAVE = Statement(
    update(ACCOUNT)
    .where(ACCOUNT.c.organisation_id == p("key_org"), ACCOUNT.c.id == p("key_id"))
    .values({name: p(f"new_{name}") for name in _CHANGED})
)


@dataclass(slots=True)
class PostgresSystemAccounts:
    """See `services.ports.systems.SystemAccounts`."""

    work: Work

    async def add(self, account: SystemAccount) -> None:
        await _ADD.run(self.work.connection, **_values(account))

    async def get(self, system: SystemId) -> SystemAccount:
        row = await _GET.row(self.work.connection, **self.work.scope(id_=system))
        if row is None:
            raise SystemNotFound
        self.work.tell(row["clock"])
        return to_account(row)

    async def lock(self, system: SystemId) -> SystemAccount:
        await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, id_=system)
        return await self.get(system)

    async def save(self, account: SystemAccount) -> None:
        account.version += 1
        values = {f"new_{name}": value for name, value in _values(account).items() if name in _CHANGED}
        await _SAVE.run(self.work.connection, key_org=account.organisation_id, key_id=account.id, **values)

    async def line_of(self, system: SystemId) -> list[SystemId]:
        rows = await _LINE.fetch(self.work.connection, organisation_id=self.work.organisation, id_=system)
        return [SystemId(row["id"]) for row in rows]

    async def admitted(self) -> SystemAccount | None:
        row = await _ADMITTED.row(self.work.connection, **self.work.scope())
        return None if row is None else to_account(row)


def _values(account: SystemAccount) -> dict[str, Any]:
    values = _MAPPER.to_values(account, login_id=account.login_id)
    return values | {"suppliers": list(account.suppliers), "scopes": [each.value for each in account.scopes]}


def to_account(row: Any) -> SystemAccount:
    return _MAPPER.to_entity(row)
