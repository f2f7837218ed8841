"""Groups for showing: one statement for a page, members and next meeting as rows within its row."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, literal_column, select

from app.adapters.postgres.reads.listed_groups import listed_groups
from app.adapters.postgres.repositories.decisions import IS_LIVE, same_group
from app.adapters.postgres.repositories.forming import (
    convening,
    is_named,
    to_convening,
)
from app.adapters.postgres.repositories.helping import Trained, has_helper_lately, helped_until, resting
from app.adapters.postgres.repositories.inside import inside_select, seen_inside
from app.adapters.postgres.repositories.organisations import POLICY
from app.adapters.postgres.repositories.own_affairs import LEAVE
from app.adapters.postgres.repositories.standing import (
    BALLOT,
    DECLARATION,
    GROUP,
    MEETING,
    MEMBER,
    MINE,
    seen_from,
    standing_select,
)
from app.adapters.postgres.statements import Statement, p, service_clock, statement_clock
from app.adapters.postgres.work import Work
from app.domain.groups.errors import GroupNotFound
from app.domain.meetings.place import PlaceType
from app.domain.shared.ids import GroupId, PersonId
from app.services.groups.in_list import GroupInList
from app.services.groups.views import GroupPage, MemberView, NextMeeting
from app.services.ports.paging import Page, PageRequest

_HAS_SIGNED = exists().where(
    DECLARATION.c.organisation_id == MEMBER.c.organisation_id,
    DECLARATION.c.group_id == MEMBER.c.group_id,
    DECLARATION.c.generation == GROUP.c.generation,
    DECLARATION.c.membership_id == MEMBER.c.id,
)
_IS_AWAY = exists().where(
    LEAVE.c.organisation_id == MEMBER.c.organisation_id,
    LEAVE.c.membership_id == MEMBER.c.id,
    LEAVE.c.starts_at <= service_clock(),
    LEAVE.c.ends_at > service_clock(),
)
_ROSTER = (
    select(
        func.array_agg(
            func.row(
                MEMBER.c.id, MEMBER.c.alias, _HAS_SIGNED.correlate(MEMBER, GROUP), _IS_AWAY.correlate(MEMBER)
            )
        )
    )
    .where(same_group(MEMBER), MEMBER.c.left_at.is_(None))
    .correlate(GROUP)
    .scalar_subquery()
)
_UPCOMING = (
    select(
        func.row(MEETING.c.id, MEETING.c.starts_at, MEETING.c.minutes, MEETING.c.place, MEETING.c.place_type)
    )
    .where(same_group(MEETING), MEETING.c.cancelled_at.is_(None), MEETING.c.starts_at > service_clock())
    .order_by(MEETING.c.starts_at)
    .limit(1)
    .correlate(GROUP)
    .scalar_subquery()
)
_POLICY = (
    select(func.row(POLICY.c.size_warn_below, POLICY.c.dormant_after_days))
    .where(POLICY.c.organisation_id == GROUP.c.organisation_id, POLICY.c.effective_from <= service_clock())
    .order_by(POLICY.c.version.desc())
    .limit(1)
    .correlate(GROUP)
    .scalar_subquery()
)
_LAST_HELD = (
    select(func.max(MEETING.c.starts_at))
    .where(
        same_group(MEETING),
        MEETING.c.cancelled_at.is_(None),
        MEETING.c.not_held_at.is_(None),
        MEETING.c.starts_at <= service_clock(),
    )
    .correlate(GROUP)
    .scalar_subquery()
)
_LAST_LEFT = select(func.max(MEMBER.c.left_at)).where(same_group(MEMBER)).correlate(GROUP).scalar_subquery()
_LIVE_BALLOT = exists().where(same_group(BALLOT), IS_LIVE)
_PAGE_SELECT = standing_select(
    _ROSTER.label("roster"),
    _UPCOMING.label("upcoming"),
    _POLICY.label("policy"),
    _LAST_HELD.label("last_held_at"),
    _LAST_LEFT.label("last_left_at"),
    _LIVE_BALLOT.label("one_may_be_due"),
    *convening(is_named(MINE.c.id)),
    and_lately=True,
)
_PAGE = Statement(_PAGE_SELECT.where(GROUP.c.id == p("group_id")))
_NEXT_ROW = (
    select(
        func.row(MEETING.c.id, MEETING.c.starts_at, MEETING.c.minutes, MEETING.c.place, MEETING.c.place_type)
    )
    .where(same_group(MEETING), MEETING.c.cancelled_at.is_(None), MEETING.c.starts_at > statement_clock())
    .order_by(MEETING.c.starts_at)
    .limit(literal_column("1"))
    .correlate(GROUP)
    .scalar_subquery()
)
_HELD = (
    select(MEETING.c.starts_at)
    .where(
        same_group(MEETING),
        MEETING.c.cancelled_at.is_(None),
        MEETING.c.not_held_at.is_(None),
        MEETING.c.starts_at <= statement_clock(),
    )
    .order_by(MEETING.c.starts_at.desc())
    .limit(literal_column("1"))
    .correlate(GROUP)
    .scalar_subquery()
)
_AWAY_NOW = and_(
    LEAVE.c.organisation_id == MEMBER.c.organisation_id,
    LEAVE.c.membership_id == MEMBER.c.id,
    LEAVE.c.starts_at <= statement_clock(),
    LEAVE.c.ends_at > statement_clock(),
)
_INSIDE_SELECT = inside_select(
    _NEXT_ROW.label("upcoming"),
    _POLICY.label("policy"),
    _HELD.label("last_held_at"),
    _LAST_LEFT.label("last_left_at"),
    has_helper_lately(GROUP).label("has_helper_lately"),
    of_each=(MEMBER.c.alias, LEAVE.c.membership_id.is_not(None)),
    joined=MEMBER.outerjoin(LEAVE, _AWAY_NOW),
)
_INSIDE = Statement(_INSIDE_SELECT.where(GROUP.c.id == p("group_id")))
_MY_PLACE = MEMBER.alias("my_place")
_IS_MINE = exists().where(
    _MY_PLACE.c.organisation_id == GROUP.c.organisation_id,
    _MY_PLACE.c.group_id == GROUP.c.id,
    _MY_PLACE.c.person_id == p("person_id"),
    _MY_PLACE.c.left_at.is_(None),
)
_MINE = Statement(_INSIDE_SELECT.where(_IS_MINE).order_by(GROUP.c.created_at, GROUP.c.id))
_WHOLE_PAGES = Statement(_PAGE_SELECT.where(_IS_MINE, GROUP.c.id == func.any(p("groups"))))


def _page_inside(record: Any, work: Work) -> GroupPage | None:
    """The page of a member who has signed, of a group that has met and that no starter has left lately.

    None where the whole statement has to tell.
    """
    first_ends_at = record["first_meeting_ends_at"]
    if first_ends_at is None or first_ends_at > record["clock"] or record["has_helper_lately"]:
        return None
    seen = seen_inside(record, work)
    if seen is None:
        return None
    roster = [
        MemberView(id=member, alias=alias, signed=signed, away=away, is_me=is_me)
        for member, signed, is_me, alias, away in record["members"]
    ]
    roster.sort(key=_by_alias)
    return GroupPage(
        seen=seen,
        members=roster,
        next_meeting=_next_meeting(record["upcoming"]),
        warn_below=record["policy"][0],
        dormant_after_days=record["policy"][1],
        last_held_at=record["last_held_at"],
        last_left_at=record["last_left_at"],
    )


def _by_alias(member: MemberView) -> str:
    return member.alias.casefold()


def _next_meeting(row: Any) -> NextMeeting | None:
    if row is None:
        return None
    meeting, starts_at, minutes, place, place_type = row
    return NextMeeting(
        id=meeting, starts_at=starts_at, minutes=minutes, place=place, place_type=PlaceType(place_type)
    )


def _to_page(record: Any, work: Work, *, rests: bool | None = None) -> GroupPage:
    seen = seen_from(record, work, rests=rests)
    me = seen.membership_id
    roster = [
        MemberView(id=member, alias=alias, signed=signed, away=away, is_me=member == me)
        for member, alias, signed, away in record["roster"] or ()
    ]
    roster.sort(key=_by_alias)
    return GroupPage(
        seen=seen,
        members=roster,
        next_meeting=_next_meeting(record["upcoming"]),
        next_is_first=not seen.group.is_closed(work.now),
        warn_below=record["policy"][0],
        dormant_after_days=record["policy"][1],
        last_held_at=record["last_held_at"],
        last_left_at=record["last_left_at"],
        one_may_be_due=record["one_may_be_due"],
        helped_until=helped_until(record["helping"]),
        duty=None if seen.membership_id is None else to_convening(record),
    )


@dataclass(slots=True)
class PostgresGroupReads:
    """See `services.groups.ports.GroupReads`."""

    work: Work
    trained: Trained

    async def page(self, group: GroupId, person: PersonId) -> GroupPage:
        about = self.work.scope(group_id=group, person_id=person)
        record = await _INSIDE.row(self.work.connection, **about)
        if record is None:
            raise GroupNotFound
        return _page_inside(record, self.work) or await self.whole_page(group, person)

    async def whole_page(self, group: GroupId, person: PersonId) -> GroupPage:
        """The page by the statement that knows everything."""
        about = self.work.scope(group_id=group, person_id=person)
        record = await _PAGE.row(self.work.connection, **about)
        if record is None:
            raise GroupNotFound
        return _to_page(record, self.work, rests=await resting([record], person, self.trained))

    async def mine(self, person: PersonId) -> list[GroupPage]:
        rows = await _MINE.fetch(self.work.connection, **self.work.scope(person_id=person))
        pages = {row["id"]: _page_inside(row, self.work) for row in rows}
        rest = [group for group, page in pages.items() if page is None]
        if rest:
            about = self.work.scope(person_id=person, groups=rest)
            for row in await _WHOLE_PAGES.fetch(self.work.connection, **about):
                pages[row["id"]] = _to_page(row, self.work)
        return [page for page in pages.values() if page is not None]

    async def of_organisation(
        self,
        person: PersonId,
        request: PageRequest,
        *,
        theme: str | None,
        form: str | None,
        phase: str | None,
    ) -> Page[GroupInList] | None:
        return await listed_groups(self.work, person, request, theme=theme, form=form, phase=phase)
