"""Meetings for showing, each with its place among the group's meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.reads.paging import after_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.helping import Trained, helpers_of, resting, starter_at
from app.adapters.postgres.repositories.organisations import ORGANISATION
from app.adapters.postgres.repositories.standing import (
    GENERATION,
    GROUP,
    MEETING,
    seen_from,
    standing_select,
)
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.meetings.errors import MeetingNotFound
from app.domain.meetings.meeting import Meeting
from app.domain.meetings.place import PlaceType
from app.domain.shared.ids import GroupId, MeetingId, PersonId
from app.services.meetings.views import MeetingFacts, Surroundings
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Seen

_MAPPER = Mapper(Meeting, MEETING)
_EARLIER = MEETING.alias("earlier")
_COMES_BEFORE = (
    (_EARLIER.c.organisation_id == MEETING.c.organisation_id)
    & (_EARLIER.c.group_id == MEETING.c.group_id)
    & _EARLIER.c.cancelled_at.is_(None)
    & (tuple_(_EARLIER.c.starts_at, _EARLIER.c.id) < tuple_(MEETING.c.starts_at, MEETING.c.id))
)
_POSITION = (
    select(func.count()).select_from(_EARLIER).where(_COMES_BEFORE).correlate(MEETING).scalar_subquery()
)
_OF_THIS_GROUP = (
    (GENERATION.c.organisation_id == MEETING.c.organisation_id)
    & (GENERATION.c.group_id == MEETING.c.group_id)
    & (GENERATION.c.formed_at <= MEETING.c.starts_at)
)
_NUMBER = select(func.max(GENERATION.c.number)).where(_OF_THIS_GROUP).correlate(MEETING).scalar_subquery()
_FORMED = select(func.max(GENERATION.c.formed_at)).where(_OF_THIS_GROUP).correlate(MEETING).scalar_subquery()
_NOT_FIRST = exists().where(_COMES_BEFORE, _EARLIER.c.starts_at >= _FORMED).correlate(MEETING)
_LATER = MEETING.alias("later_meeting")
_NEXT_AT = (
    select(func.min(_LATER.c.starts_at))
    .where(
        _LATER.c.organisation_id == MEETING.c.organisation_id,
        _LATER.c.group_id == MEETING.c.group_id,
        _LATER.c.cancelled_at.is_(None),
        _LATER.c.not_held_at.is_(None),
        tuple_(_LATER.c.starts_at, _LATER.c.id) > tuple_(MEETING.c.starts_at, MEETING.c.id),
    )
    .correlate(MEETING)
    .scalar_subquery()
)
FACTS = select(
    *MEETING.columns,
    _POSITION.label("position"),
    func.coalesce(_NUMBER, 1).label("generation"),
    (~_NOT_FIRST).label("first_of_generation"),
    helpers_of(MEETING).label("helpers"),
    _NEXT_AT.label("next_at"),
    service_clock().label("clock"),
).where(MEETING.c.organisation_id == p("organisation_id"))
_ONE = Statement(FACTS.where(MEETING.c.id == p("id_")))
_OF_GROUP = Statement(
    FACTS.where(
        MEETING.c.group_id == p("group_id"),
        MEETING.c.replaced_at.is_(None),
        or_(
            ~p("upcoming", Boolean),
            and_(MEETING.c.cancelled_at.is_(None), MEETING.c.starts_at > service_clock()),
        ),
        after_cursor(MEETING.c.starts_at, MEETING.c.id),
    )
    .order_by(MEETING.c.starts_at, MEETING.c.id)
    .limit(p("limit"))
)
_NEXT_AT = (
    select(func.min(_EARLIER.c.starts_at))
    .where(
        _EARLIER.c.organisation_id == MEETING.c.organisation_id,
        _EARLIER.c.group_id == MEETING.c.group_id,
        _EARLIER.c.cancelled_at.is_(None),
        tuple_(_EARLIER.c.starts_at, _EARLIER.c.id) > tuple_(MEETING.c.starts_at, MEETING.c.id),
    )
    .correlate(MEETING)
    .scalar_subquery()
)
_ENDS = MEETING.c.starts_at + MEETING.c.minutes * text("interval '1 minute'")
_OTHER = MEETING.alias("other")
_OTHER_ENDS = _OTHER.c.starts_at + _OTHER.c.minutes * text("interval '1 minute'")
_PUBLIC: list[Any] = [literal_column(f"'{each}'") for each in PlaceType if each.is_public]
_ROOM_TAKEN = (
    exists()
    .where(
        _OTHER.c.organisation_id == MEETING.c.organisation_id,
        _OTHER.c.group_id != MEETING.c.group_id,
        _OTHER.c.cancelled_at.is_(None),
        # No meeting is longer than eight hours, so that the index by start narrows this down.
        _OTHER.c.starts_at > MEETING.c.starts_at - text("interval '8 hours'"),
        _OTHER.c.starts_at < _ENDS,
        MEETING.c.starts_at < _OTHER_ENDS,
        func.lower(_OTHER.c.place) == func.lower(MEETING.c.place),
        _OTHER.c.place_type.in_(_PUBLIC),
        MEETING.c.place_type.in_(_PUBLIC),
    )
    .correlate(MEETING)
)
_SURROUNDINGS = Statement(
    select(
        ORGANISATION.c.country,
        ORGANISATION.c.time_zone,
        select(func.max(_EARLIER.c.starts_at)).where(_COMES_BEFORE).correlate(MEETING).label("previous_at"),
        _NEXT_AT.label("next_at"),
        _ROOM_TAKEN.label("room_taken"),
    )
    .select_from(MEETING.join(ORGANISATION, ORGANISATION.c.id == MEETING.c.organisation_id))
    .where(MEETING.c.organisation_id == p("organisation_id"), MEETING.c.id == p("id_"))
)
_IN_LINE: Any = {"partition_by": MEETING.c.group_id, "order_by": (MEETING.c.starts_at, MEETING.c.id)}
_STANDINGS = Statement(standing_select().where(GROUP.c.id == func.any(p("groups"))))
# All groups in one pass: numbered by windows, where one meeting alone (above) counts those before it.
_LINE = (
    select(
        *MEETING.columns,
        (func.row_number().over(**_IN_LINE) - text("1")).label("position"),
        func.lag(MEETING.c.starts_at).over(**_IN_LINE).label("previous_at"),
        func.lead(MEETING.c.starts_at).over(**_IN_LINE).label("next_at"),
    )
    .where(
        MEETING.c.organisation_id == p("organisation_id"),
        MEETING.c.group_id == func.any(p("groups")),
        MEETING.c.cancelled_at.is_(None),
    )
    .subquery("line")
)
_SPANS = (
    select(
        GENERATION.c.group_id,
        GENERATION.c.number,
        GENERATION.c.formed_at,
        func.lead(GENERATION.c.formed_at)
        .over(partition_by=GENERATION.c.group_id, order_by=(GENERATION.c.formed_at, GENERATION.c.number))
        .label("until"),
    )
    .where(
        GENERATION.c.organisation_id == p("organisation_id"), GENERATION.c.group_id == func.any(p("groups"))
    )
    .subquery("span")
)
_NEXT = (
    select(
        _LINE,
        func.coalesce(_SPANS.c.number, text("1")).label("generation"),
        func.coalesce(_LINE.c.previous_at < _SPANS.c.formed_at, text("true")).label("first_of_generation"),
        func.row_number()
        .over(partition_by=_LINE.c.group_id, order_by=(_LINE.c.starts_at, _LINE.c.id))
        .label("place_in_line"),
    )
    .select_from(
        _LINE.outerjoin(
            _SPANS,
            and_(
                _SPANS.c.group_id == _LINE.c.group_id,
                _SPANS.c.formed_at <= _LINE.c.starts_at,
                or_(_SPANS.c.until.is_(None), _SPANS.c.until > _LINE.c.starts_at),
            ),
        )
    )
    .where(_LINE.c.starts_at > service_clock())
    .subquery("next")
)
_UPCOMING = Statement(
    select(_NEXT, helpers_of(_NEXT).label("helpers"), service_clock().label("clock"))
    .where(_NEXT.c.place_in_line <= p("limit", Integer))
    .order_by(_NEXT.c.starts_at, _NEXT.c.id)
)


def facts_of(row: Any) -> MeetingFacts:
    meeting = _MAPPER.to_entity(row)
    return MeetingFacts(
        meeting=meeting,
        position=row["position"],
        generation=row["generation"],
        first_of_generation=row["first_of_generation"],
        starter=starter_at(row["helpers"], meeting.starts_at, meeting.ends_at, row["next_at"], row["clock"]),
    )


@dataclass(slots=True)
class PostgresMeetingReads:
    """See `services.meetings.ports.MeetingReads`."""

    work: Work
    trained: Trained

    async def one(self, meeting: MeetingId) -> MeetingFacts:
        row = await _ONE.row(self.work.connection, **self.work.scope(id_=meeting))
        if row is None:
            raise MeetingNotFound
        self.work.tell(row["clock"])
        return facts_of(row)

    async def surroundings(self, meeting: MeetingId) -> Surroundings:
        row = await _SURROUNDINGS.row(
            self.work.connection, organisation_id=self.work.organisation, id_=meeting
        )
        if row is None:
            raise MeetingNotFound
        return Surroundings(**row)

    async def of_group(self, group: GroupId, request: PageRequest, *, upcoming: bool) -> Page[MeetingFacts]:
        rows = await _OF_GROUP.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, limit=request.limit + 1, upcoming=upcoming),
            **instant_and_id(request.after),
        )
        return page_of(rows, request, facts_of, lambda row: (row["starts_at"].isoformat(), str(row["id"])))

    async def standings(self, groups: Sequence[GroupId], person: PersonId) -> dict[GroupId, Seen]:
        rows = await _STANDINGS.fetch(
            self.work.connection, **self.work.scope(groups=list(groups), person_id=person)
        )
        rests = await resting(rows, person, self.trained)
        found = [seen_from(row, self.work, rests=rests) for row in rows]
        return {seen.group.id: seen for seen in found}

    async def upcoming(self, groups: Sequence[GroupId], limit: int) -> list[MeetingFacts]:
        rows = await _UPCOMING.fetch(
            self.work.connection, **self.work.scope(groups=list(groups), limit=limit)
        )
        return [facts_of(row) for row in rows]
