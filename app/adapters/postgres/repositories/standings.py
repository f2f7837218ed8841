"""How somebody stands to a group: asked in the lean way first, and in full where that doesn't tell."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from app.adapters.postgres.repositories.decisions import same_group
from app.adapters.postgres.repositories.helping import Trained, resting
from app.adapters.postgres.repositories.inside import inside_select, seen_inside
from app.adapters.postgres.repositories.standing import GROUP, MINE, seen_from, signing_of, standing_select
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Inside, Standing, standing_of
from app.domain.shared.ids import GroupId, MembershipId, PersonId
from app.services.ports.repositories import Seen

_SIGNED, _GRACE_ENDS = signing_of(MINE)
_INSIDE = Statement(inside_select().where(GROUP.c.id == p("group_id")))
_LOOK = Statement(standing_select().where(GROUP.c.id == p("group_id")))
_ELECTORATE = Statement(
    select(
        MINE.c.id.label("membership_id"),
        GROUP.c.generation,
        _SIGNED.label("signed_generation"),
        _GRACE_ENDS.label("grace_ends_at"),
    )
    .select_from(GROUP.join(MINE, and_(same_group(MINE), MINE.c.left_at.is_(None))))
    .where(GROUP.c.organisation_id == p("organisation_id"), GROUP.c.id == p("group_id"))
    .order_by(MINE.c.id)
)
_LOCK = Statement(
    select(GROUP.c.id)
    .where(GROUP.c.organisation_id == p("organisation_id"), GROUP.c.id == p("group_id"))
    .with_for_update()
)


@dataclass(slots=True)
class PostgresStandings:
    """See `services.ports.repositories.Standings`."""

    work: Work
    trained: Trained

    async def look(self, group: GroupId, person: PersonId) -> Seen:
        about = self.work.scope(group_id=group, person_id=person)
        record = await _LOOK.row(self.work.connection, **about)
        if record is None:
            raise GroupNotFound
        return seen_from(record, self.work, rests=await resting([record], person, self.trained))

    async def look_inside(self, group: GroupId, person: PersonId) -> Seen:
        about = self.work.scope(group_id=group, person_id=person)
        record = await _INSIDE.row(self.work.connection, **about)
        if record is None:
            raise GroupNotFound
        return seen_inside(record, self.work) or await self.look(group, person)

    async def lock(self, group: GroupId, person: PersonId) -> Seen:
        await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, group_id=group)
        return await self.look(group, person)

    async def electorate(self, group: GroupId) -> list[MembershipId]:
        rows = await _ELECTORATE.fetch(
            self.work.connection, organisation_id=self.work.organisation, group_id=group
        )
        inside = [
            (
                Inside(
                    membership_id=MembershipId(row["membership_id"]),
                    signed_generation=row["signed_generation"],
                    grace_ends_at=row["grace_ends_at"],
                ),
                row["generation"],
            )
            for row in rows
        ]
        return [
            member.membership_id
            for member, generation in inside
            if standing_of(member, generation=generation, is_coordinator=False, now=self.work.now)[0]
            is Standing.MEMBER
        ]
