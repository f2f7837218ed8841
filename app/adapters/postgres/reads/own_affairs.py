"""A group's own affairs, for showing."""

from dataclasses import dataclass

from sqlalchemy import select

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.organisations import ORGANISATION
from app.adapters.postgres.repositories.own_affairs import LOAD_RULES, RULES, to_rules
from app.adapters.postgres.repositories.standing import MEMBER
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.groups.ground_rules import GroundRules
from app.domain.shared.ids import GroupId, PersonId
from app.services.groups.own_views import PastMembership
from app.services.ports.paging import Page, PageRequest

_RULES = Statement(
    LOAD_RULES.where(
        RULES.c.group_id == p("group_id"),
        before_cursor(RULES.c.drafted_at, RULES.c.id),
    )
    .order_by(RULES.c.drafted_at.desc(), RULES.c.id.desc())
    .limit(p("limit"))
)
_PAST = Statement(
    select(
        MEMBER.c.organisation_id,
        MEMBER.c.group_id,
        MEMBER.c.alias,
        MEMBER.c.joined_at,
        MEMBER.c.left_at,
        MEMBER.c.excluded_by.is_not(None).label("by_the_others"),
        ORGANISATION.c.country,
    )
    .select_from(MEMBER.join(ORGANISATION, ORGANISATION.c.id == MEMBER.c.organisation_id))
    .where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.person_id == p("person_id"),
        MEMBER.c.left_at.is_not(None),
    )
    .order_by(MEMBER.c.left_at.desc(), MEMBER.c.id)
)


@dataclass(slots=True)
class PostgresOwnReads:
    """See `services.groups.ports.OwnReads`."""

    work: Work

    async def ground_rules(self, group: GroupId, request: PageRequest) -> Page[GroundRules]:
        rows = await _RULES.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(rows, request, to_rules, lambda row: (row["drafted_at"].isoformat(), str(row["id"])))

    async def past_memberships(self, person: PersonId) -> list[PastMembership]:
        rows = await _PAST.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return [PastMembership(*row) for row in rows]
