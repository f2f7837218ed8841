"""Meetings of a group: its rhythm, what was cancelled, moved or not held, who was there, who couldn't come."""

import json
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.demo.world.ground import Place, Row
from app.demo.world.life import Life
from app.demo.world.starters import invite_back
from app.domain.meetings.agenda import template
from app.domain.meetings.meeting import MeetingKind
from app.domain.meetings.place import PlaceType
from app.domain.meetings.rhythm import Rhythm
from app.domain.meetings.series import HORIZON
from app.domain.shared.frames import Form

PUBLIC = (
    PlaceType.LIBRARY,
    PlaceType.VOLUNTEER_CENTRE,
    PlaceType.MUNICIPAL_HOUSE,
    PlaceType.HEALTH_CENTRE,
    PlaceType.CHURCH,
)
"""In the order of the places in `names.toml`."""
_FIRST_HOURS = (16, 17, 18, 18, 19)


def first_evening(life: Life, about: datetime) -> datetime:
    """An evening about that day, by the clock on the wall."""
    return datetime.combine(about.date(), time(life.place.chance.choice(_FIRST_HOURS)))


def meet(life: Life, first_local: datetime, until: datetime | None) -> None:
    """Its meetings from the first one. `until`: when it stopped; None: it goes on, and half a year ahead is written."""
    place, chance = life.place, life.place.chance
    # Of its own: how many meetings fit depends on the calendar, and nothing else in the world shall depend on that.
    luck = Random(chance.getrandbits(64))  # noqa: S311 a made-up world, no secret
    rhythm = Rhythm(
        first_local=first_local, time_zone=place.time_zone, weekly_meetings=chance.choice((8, 10, 12)),
        then_every_weeks=chance.choice((2, 2, 3)), until=None,
    )  # fmt: skip
    follows = place.likely(0.8)
    first = rhythm.first_start()
    written = until or max(place.now, first) + HORIZON - place.between(0, 40)
    where, place_type = _where(life)
    if follows:
        place.add(
            "meeting_series", group_id=life.id, first_local=first_local, time_zone=place.time_zone,
            weekly_meetings=rhythm.weekly_meetings, then_every_weeks=rhythm.then_every_weeks, until=None, minutes=120,
            place=where, place_type=place_type, planned_until=written, ended_at=until, version=1,
        )  # fmt: skip
    else:
        written = until or max(place.now, first) + timedelta(days=20)
    slots = rhythm.starts(first - timedelta(seconds=1), written)
    rows = [
        _meeting(life, luck, slot, where, place_type, follows=follows, is_first=slot == first)
        for slot in slots
    ]
    life.starts = sorted(row["starts_at"] for row in rows if row["cancelled_at"] is None)


def note_who_came(life: Life) -> None:
    """Attendance of the last meetings of this generation, for the group alone, and who can't come next time (M-h5)."""
    place = life.place
    luck = Random(place.chance.getrandbits(64))  # noqa: S311
    formed, voters = life.row["generation_formed_at"], life.voters
    meetings = [row for row in _own(life) if row["cancelled_at"] is None and row["not_held_at"] is None]
    held = [row for row in meetings if formed < row["starts_at"] < place.now]
    for row in held[-3:]:
        for member in voters:
            if member.row["joined_at"] < row["starts_at"] and luck.random() < 0.85:
                place.add("attendance", meeting_id=row["id"], membership_id=member.id, group_id=life.id)
    coming = [row for row in meetings if row["starts_at"] > place.now]
    if coming:
        invite_back(life, coming[0], luck)
        _arrange(place, coming[0], luck)
    for member in voters[:2] if coming else []:
        place.add(
            "absence_notice", meeting_id=coming[0]["id"], membership_id=member.id, group_id=life.id,
            noticed_at=place.now - timedelta(days=luck.uniform(0.1, 1)),
        )  # fmt: skip


def _arrange(place: Place, meeting: Row, luck: Random) -> None:
    """Some groups put something of their own on the agenda of the next meeting (M-14)."""
    if luck.random() < 0.5:
        chosen = [
            {"key": item.key, "title": None, "minutes": item.minutes}
            for item in template(MeetingKind.ORDINARY)
        ]
        chosen.insert(-1, {"key": None, "title": luck.choice(place.lists["own_items"]), "minutes": 10})
        place.add("meeting_agenda", meeting_id=meeting["id"], items=json.dumps(chosen), version=2)


def _own(life: Life) -> list[Row]:
    # The newest rows of the place: a group is written as a whole before the next one.
    found = []
    for row in reversed(life.place.rows.tables.get("meeting", [])):
        if row["group_id"] != life.id:
            break
        found.append(row)
    return sorted(found, key=_start)


def _start(row: Row) -> datetime:
    start: datetime = row["starts_at"]
    return start


def _where(life: Life) -> tuple[str, PlaceType]:
    place, form = life.place, life.row["form"]
    if form is Form.VIDEO:
        return place.lists["video"], PlaceType.ONLINE
    if form is Form.PHONE:
        return place.lists["phone"], PlaceType.PHONE
    if place.likely(0.06):
        return place.lists["private_place"].replace("{town}", place.town), PlaceType.PRIVATE_HOME
    at = place.chance.randrange(len(PUBLIC))
    return place.lists["places"][at].replace("{town}", place.town), PUBLIC[at]


def _meeting(
    life: Life,
    luck: Random,
    slot: datetime,
    where: str,
    place_type: PlaceType,
    *,
    follows: bool,
    is_first: bool,
) -> Row:
    """One meeting: about one in ten goes otherwise than planned, but the first, which is what closes the group (A-01)."""
    place = life.place
    starts, cancelled, apart, moved, not_held, version = slot, None, None, None, None, 1
    fate = 1.0 if is_first else luck.random()
    known = min(slot - timedelta(days=luck.uniform(1, 4)), place.now - timedelta(hours=1))
    if fate < 0.04:
        cancelled, version = known, 2
    elif fate < 0.08:
        starts, version = slot + timedelta(days=luck.choice((1, 2))), 2
        apart, moved = known if follows else None, known
    elif fate < 0.09 and slot + timedelta(days=1) < place.now:
        not_held, version = slot + timedelta(hours=20), 2
    return place.add(
        "meeting", id=place.id(min(slot, place.now) - timedelta(days=20), luck), group_id=life.id, starts_at=starts,
        minutes=120, place=where, place_type=place_type, slot_at=slot if follows else None, apart_at=apart,
        replaced_at=None, cancelled_at=cancelled, not_held_at=not_held, moved_at=moved,
        version=version,
    )  # fmt: skip


def next_after(life: Life, at: datetime) -> list[datetime]:
    """The next two meetings after an instant: what an offer's end is reckoned with."""
    return [start for start in life.starts if start > at][:2]


def local_day(life: Life, at: datetime) -> datetime:
    """Noon of the day of an instant, UTC: a day that a group can name as its end."""
    zone = ZoneInfo(life.place.time_zone)
    return datetime.combine(at.astimezone(zone).date(), time(12), UTC)
