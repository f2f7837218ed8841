"""A time zone as a calendar's file carries it (VTIMEZONE), from the zone's own rules as this machine knows them.

Written here, as the onset of summer time is an hour late in what `icalendar` 7.3 makes: it has to be told by the clock as
it stood before the change (RFC 5545, 3.6.5), and a test compares with the zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Change:
    """The clock is put from one offset to another."""

    onset: datetime
    """By the clock as it stood before."""
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


@lru_cache(maxsize=64)
def observances(zone: str, first_year: int, last_year: int) -> Timezone:
    """What the clocks of a zone do from the year before the first to the year after the last: by a rule where the changes
    of these years follow one, which programs understand best, and one by one where they don't."""
    found = list(_changes(ZoneInfo(zone), first_year - 1, last_year + 1))
    made = Timezone()
    made.add("tzid", zone)
    if not found:
        start = datetime(first_year - 1, 1, 1, tzinfo=ZoneInfo(zone))
        made.add_component(_part([_as_it_is(start)], None))
        return made
    for kind in sorted({(each.is_summer, each.before, each.after, each.name) for each in found}):
        same = [each for each in found if (each.is_summer, each.before, each.after, each.name) == kind]
        made.add_component(_part(same, _rule(same, last_year - first_year + 3)))
    return made


def _part(changes: list[_Change], rule: vRecur | None) -> TimezoneDaylight | TimezoneStandard:
    first = changes[0]
    part = TimezoneDaylight() if first.is_summer else TimezoneStandard()
    part.add("dtstart", first.onset)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if rule is not None:
        part.add("rrule", rule)
    elif len(changes) > 1:
        part.add("rdate", [each.onset for each in changes[1:]])
    return part


def _rule(changes: list[_Change], years: int) -> vRecur | None:
    """The yearly rule that all of them follow, on a last weekday of a month at one hour; None where they don't."""
    shapes = {(each.onset.month, each.onset.weekday(), each.onset.time()) for each in changes}
    are_last = all((each.onset + _WEEK).month != each.onset.month for each in changes)
    if len(shapes) != 1 or not are_last or len(changes) != years:
        return None
    first = changes[0].onset
    return vRecur({"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": f"-1{_DAYS[first.weekday()]}"})


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[_Change]:
    at, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while at < end:
        later = min(at + _WEEK, end)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            yield _change(zone, at, later)
        at = later


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> _Change:
    """The one change between two instants, to the second."""
    before = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        middle = middle.replace(microsecond=0)
        early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
    local = late.astimezone(zone)
    return _Change(
        onset=(late + before).replace(tzinfo=None),
        before=before,
        after=_offset(zone, late),
        name=local.tzname() or "",
        is_summer=bool(local.dst()),
    )


def _as_it_is(at: datetime) -> _Change:
    offset = at.utcoffset() or timedelta()
    return _Change(at.replace(tzinfo=None), offset, offset, at.tzname() or "", False)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
