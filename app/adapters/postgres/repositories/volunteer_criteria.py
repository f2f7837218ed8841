"""The criteria of conversations with new volunteers, by version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.statements import Statement, inserting, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.volunteers import VolunteerCriteriaRow
from app.adapters.postgres.work import Work
from app.domain.volunteers.criteria import VolunteerCriteria

CRITERIA = col.table_of(VolunteerCriteriaRow)
_VERSIONS = Mapper(VolunteerCriteria, CRITERIA)
_ADD = inserting(CRITERIA)
_HERE = select(*CRITERIA.columns).where(CRITERIA.c.organisation_id == p("organisation_id"))
_LAST = _HERE.order_by(CRITERIA.c.version.desc()).limit(1)
_NEWEST = Statement(_LAST)
_HELD_AT = Statement(_LAST.where(CRITERIA.c.adopted_at <= p("instant")))
_FIND = Statement(_HERE.where(CRITERIA.c.version == p("version")))


@dataclass(slots=True)
class PostgresVolunteerCriteria:
    """See `services.volunteers.ports.CriteriaVersions`."""

    work: Work

    async def add(self, criteria: VolunteerCriteria) -> None:
        values = _VERSIONS.to_values(criteria)
        kept = {"required": list(criteria.required), "welcome": list(criteria.welcome)}
        await _ADD.run(self.work.connection, **(values | kept))

    async def newest(self) -> VolunteerCriteria | None:
        return await self._one(_NEWEST)

    async def held_at(self, instant: datetime) -> VolunteerCriteria | None:
        return await self._one(_HELD_AT, instant=instant)

    async def find(self, version: int) -> VolunteerCriteria | None:
        return await self._one(_FIND, version=version)

    async def _one(self, statement: Statement, **more: Any) -> VolunteerCriteria | None:
        row = await statement.row(self.work.connection, organisation_id=self.work.organisation, **more)
        return None if row is None else _VERSIONS.to_entity(row)
