"""Groups for showing: one statement for a page, members and next meeting as rows within its row."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Uuid, and_, exists, func, or_, select, text, tuple_

from app.adapters.postgres.reads.paging import instant_and_id, page_of
from app.adapters.postgres.repositories.decisions import IS_LIVE, ended, same_group
from app.adapters.postgres.repositories.forming import (
    COMPOSITION,
    composition_of,
    convening,
    is_named,
    to_convening,
)
from app.adapters.postgres.repositories.helping import Trained, resting
from app.adapters.postgres.repositories.organisations import POLICY
from app.adapters.postgres.repositories.own_affairs import LEAVE
from app.adapters.postgres.repositories.standing import (
    BALLOT,
    DECLARATION,
    FIRST_MEETING,
    GROUP,
    MEETING,
    MEMBER,
    MEMBERS,
    MINE,
    is_coordinator,
    seen_from,
    standing_select,
)
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.group import Form, Origin
from app.domain.meetings.place import PlaceType
from app.domain.shared.ids import GroupId, OrganisationId, PersonId
from app.services.groups.views import GroupInList, GroupPage, MemberView, NextMeeting
from app.services.ports.composition import CompositionView
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
_LIVE_BALLOT = exists().where(same_group(BALLOT), IS_LIVE)
_PAGE_SELECT = standing_select(
    _ROSTER.label("roster"),
    _UPCOMING.label("upcoming"),
    _POLICY.label("policy"),
    _LAST_HELD.label("last_held_at"),
    _LIVE_BALLOT.label("has_live_ballot"),
    *convening(is_named(MINE.c.id)),
)
_PAGE = Statement(_PAGE_SELECT.where(GROUP.c.id == p("group_id")))
_MY_PLACE = MEMBER.alias("my_place")
_MINE = Statement(
    _PAGE_SELECT.where(
        exists().where(
            _MY_PLACE.c.organisation_id == GROUP.c.organisation_id,
            _MY_PLACE.c.group_id == GROUP.c.id,
            _MY_PLACE.c.person_id == p("person_id"),
            _MY_PLACE.c.left_at.is_(None),
        )
    ).order_by(GROUP.c.created_at, GROUP.c.id)
)
_STARTED = exists().where(
    same_group(MEETING), MEETING.c.cancelled_at.is_(None), MEETING.c.starts_at <= service_clock()
)
_HAS_MEMBERS = exists().where(same_group(MEMBER), MEMBER.c.left_at.is_(None))
_LAST_ID = text("'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid")
# Filters and order stand on the group's own columns and on `exists`, so that the index of the page is read backwards
# and the facts are computed for the groups of this page alone (measured: 40 ms against 2 with 2,800 groups). Whoever
# asks stands before it in a row of their own, so that one statement tells an empty list from one that isn't theirs.
_ASKER = select(
    service_clock().label("clock"), is_coordinator(p("organisation_id", Uuid)).label("is_coordinator")
).subquery("asker")
_LISTED = (
    select(
        GROUP.c.id,
        GROUP.c.theme,
        GROUP.c.form,
        GROUP.c.area,
        GROUP.c.language,
        GROUP.c.seats,
        GROUP.c.version,
        FIRST_MEETING.label("first_meeting_at"),
        MEMBERS.label("members"),
        ended().label("has_ended"),
        GROUP.c.origin,
        GROUP.c.starter_helps,
        *COMPOSITION,
        GROUP.c.created_at,
    )
    .where(
        _ASKER.c.is_coordinator,
        GROUP.c.organisation_id == p("organisation_id"),
        GROUP.c.origin != text(f"'{Origin.STAND_ALONE}'"),
        or_(p("theme", GROUP.c.theme.type).is_(None), GROUP.c.theme == p("theme")),
        or_(p("form", GROUP.c.form.type).is_(None), GROUP.c.form == p("form")),
        or_(
            p("phase", GROUP.c.form.type).is_(None),
            and_(p("phase") == "forming", ~_STARTED),
            and_(p("phase") == "meeting", _STARTED, _HAS_MEMBERS, ~ended()),
            and_(p("phase") == "ended", _STARTED, or_(~_HAS_MEMBERS, ended())),
        ),
        tuple_(GROUP.c.created_at, GROUP.c.id)
        < tuple_(
            func.coalesce(p("after_at", DateTime(timezone=True)), text("'infinity'::timestamptz")),
            func.coalesce(p("after_id", Uuid), _LAST_ID),
        ),
    )
    .order_by(GROUP.c.created_at.desc(), GROUP.c.id.desc())
    .limit(p("limit"))
    .correlate(_ASKER)
    .lateral("listed")
)
_OF_ORGANISATION = Statement(
    select(_LISTED, _ASKER.c.clock, _ASKER.c.is_coordinator)
    .select_from(_ASKER.outerjoin(_LISTED, text("true")))
    .order_by(_LISTED.c.created_at.desc(), _LISTED.c.id.desc())
)
_FORMS = {form.value: form for form in Form}
_ORIGINS = {origin.value: origin for origin in Origin}
"""By what stands in the column; `KeyError` for rubbish, as a mapper would refuse it."""


def _to_page(record: Any, work: Work, *, rests: bool | None = None) -> GroupPage:
    seen = seen_from(record, work, rests=rests)
    me = seen.membership_id
    roster = [
        MemberView(id=member, alias=alias, signed=signed, away=away, is_me=member == me)
        for member, alias, signed, away in record["roster"] or ()
    ]
    roster.sort(key=lambda member: member.alias.casefold())
    upcoming = record["upcoming"]
    return GroupPage(
        seen=seen,
        members=roster,
        next_meeting=None
        if upcoming is None
        else NextMeeting(
            id=upcoming[0],
            starts_at=upcoming[1],
            minutes=upcoming[2],
            place=upcoming[3],
            place_type=PlaceType(upcoming[4]),
        ),
        next_is_first=not seen.group.is_closed(work.now),
        warn_below=record["policy"][0],
        dormant_after_days=record["policy"][1],
        last_held_at=record["last_held_at"],
        has_live_ballot=record["has_live_ballot"],
        duty=None if seen.membership_id is None else to_convening(record),
    )


@lru_cache(maxsize=1024)
def _composition(age_from: int | None, age_to: int | None, genders: str, in_common: str | None) -> Any:
    """Most groups of a page state the same, nothing in particular: it is made once."""
    stated = {"age_from": age_from, "age_to": age_to, "genders": genders, "in_common": in_common}
    return CompositionView.of(composition_of(stated))


def _to_listed(row: Any, organisation: OrganisationId) -> GroupInList:
    told = (_ORIGINS[row[10]], row[11], _composition(*row[12:16]))
    return GroupInList._make((row[0], organisation, row[1], _FORMS[row[2]], *row[3:10], *told))


@dataclass(slots=True)
class PostgresGroupReads:
    """See `services.groups.ports.GroupReads`."""

    work: Work
    trained: Trained

    async def page(self, group: GroupId, person: PersonId) -> GroupPage:
        record = await _PAGE.row(self.work.connection, **self.work.scope(group_id=group, person_id=person))
        if record is None:
            raise GroupNotFound
        return _to_page(record, self.work, rests=await resting([record], person, self.trained))

    async def mine(self, person: PersonId) -> list[GroupPage]:
        rows = await _MINE.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [_to_page(row, self.work) for row in rows]

    async def of_organisation(
        self,
        person: PersonId,
        request: PageRequest,
        *,
        theme: str | None,
        form: str | None,
        phase: str | None,
    ) -> Page[GroupInList] | None:
        rows = await _OF_ORGANISATION.fetch(
            self.work.connection,
            **self.work.scope(person_id=person, theme=theme, form=form, phase=phase, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        self.work.tell(rows[0]["clock"])
        if not rows[0]["is_coordinator"]:
            return None
        organisation = self.work.organisation
        return page_of(
            [] if rows[0]["id"] is None else rows,
            request,
            lambda row: _to_listed(row, organisation),
            lambda row: (row["created_at"].isoformat(), str(row["id"])),
        )
