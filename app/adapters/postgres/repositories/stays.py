"""A starter's stay, as the role that counts may know it: its limits, never its person; and the one version it may add."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import false, null, select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.repositories.helping import ASSIGNMENT, EXIT
from app.adapters.postgres.repositories.starters import meetings_of, to_exit_values, with_exits
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, GroupId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.errors import AssignmentNotFound

_UNKNOWN: dict[str, Any] = {"person_id": null(), "follow_up_on": null(), "conflict_acknowledged": false()}
"""What has no bearing on a limit; the role that counts can't read it."""
_ONE = Statement(
    select(
        *(_UNKNOWN.get(column.name, column).label(column.name) for column in ASSIGNMENT.columns),
    ).where(ASSIGNMENT.c.organisation_id == p("organisation_id"), ASSIGNMENT.c.id == p("id_"))
)
# A line that has had its longer stay keeps it: a count is never stopped by one that came before (uq_exit_version_extended).
_LENGTHEN = Statement(
    insert(EXIT).values({column.name: p(column.name) for column in EXIT.columns}).on_conflict_do_nothing()
)


@dataclass(slots=True)
class PostgresStays:
    """See `services.ports.assignments.Stays`."""

    work: Work

    async def get(self, assignment: AssignmentId) -> Assignment:
        row = await _ONE.row(self.work.connection, organisation_id=self.work.organisation, id_=assignment)
        if row is None:
            raise AssignmentNotFound
        (found,) = await with_exits(self.work, [row])
        return found

    async def meetings_of(self, group: GroupId) -> list[GroupMeeting]:
        return (await meetings_of(self.work, [group]))[group]

    async def lengthen(self, assignment: Assignment) -> bool:
        if not await _LENGTHEN.run(self.work.connection, **to_exit_values(assignment, assignment.exit)):
            return False
        ids: dict[str, UUID] = {"group": assignment.group_id, "assignment": assignment.id}
        self.work.events.append(Event("group.starter.exit_extended", assignment.group_id, ids))
        return True
