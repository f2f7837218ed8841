"""A calendar, written as RFC 5545 asks, and as the programs that people have understand it.

The same calendar is the same bytes, so that an ETag holds: nothing here reads a clock.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, vDuration
from icalendar import Event as VEvent

from app.api.rest.time_zones import observances
from app.content.texts import DEFAULT_LANGUAGE, LANGUAGES, Texts
from app.domain.meetings.calendar import ASK_AGAIN
from app.services.meetings.calendar_views import CalendarEntry, CalendarView

_PRODUCT = "-//calendar//1//EN"
"""No name that would tell what kind of calendar it is."""


def written(view: CalendarView, texts: Texts) -> bytes:
    """The whole file."""
    language = next((each for each in LANGUAGES if each == view.language), DEFAULT_LANGUAGE)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    calendar.add("x-wr-calname", texts.text("meetings", "calendar.name", language))
    for zone in sorted({entry.zone for entry in view.entries}):
        calendar.add_component(observances(zone, *_years(view.entries, zone)))
    for entry in view.entries:
        calendar.add_component(_event(entry, texts.text("meetings", "calendar.meeting", language)))
    file: bytes = calendar.to_ical()
    return file


def _years(entries: Iterable[CalendarEntry], zone: str) -> tuple[int, int]:
    years = [at.year for entry in entries if entry.zone == zone for at in (entry.starts_at, entry.ends_at)]
    return min(years), max(years)


def _event(entry: CalendarEntry, summary: str) -> VEvent:
    event = VEvent()
    event.add("uid", str(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.revised_at.replace(microsecond=0))
    event.add("dtstart", _local(entry.starts_at, entry.zone))
    event.add("dtend", _local(entry.ends_at, entry.zone))
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.place is not None:
        event.add("location", entry.place)
    return event


def _local(at: datetime, zone: str) -> datetime:
    """By the clock on the wall there. In the hour that comes twice a wall says only the first: the second is in UTC."""
    local = at.replace(microsecond=0).astimezone(ZoneInfo(zone))
    return at.astimezone(UTC).replace(microsecond=0) if local.fold else local
