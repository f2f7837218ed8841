"""Calendars as other people's programs read them: fetched without a login, and parsed by two libraries."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import icalendar
import vobject


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as a program would show it."""

    starts_at: datetime
    ends_at: datetime
    wall: datetime
    """What stands on the clock there."""
    summary: str
    place: str | None
    status: str
    sequence: int


async def fetched(http: httpx.AsyncClient, url: str, method: str = "GET", **headers: str) -> httpx.Response:
    """What an address answers."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return await http.request(method, urlsplit(url).path, headers=given)


async def shown(http: httpx.AsyncClient, url: str) -> dict[str, Shown]:
    """The entries of a calendar by their UID, as two parsers read them alike."""
    answer = await fetched(http, url)
    assert answer.status_code == 200, answer.text
    first, second = by_icalendar(answer.content), by_vobject(answer.text)
    assert first == second
    return first


def by_icalendar(content: bytes) -> dict[str, Shown]:
    """It knows the zones by their names."""
    calendar: Any = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert not any(event.errors for event in events)
    return {
        str(event["UID"]): _shown(
            event.decoded("DTSTART"), event.decoded("DTEND"), event, lambda name, of=event: of.get(name)
        )
        for event in events
    }


def by_vobject(text: str) -> dict[str, Shown]:
    """It knows of the zones what the file itself says of them."""
    calendar = vobject.readOne(text)
    return {
        event.uid.value: _shown(
            event.dtstart.value,
            event.dtend.value,
            event,
            lambda name, of=event: of.getChildValue(name.lower()),
        )
        for event in calendar.contents.get("vevent", [])
    }


def _shown(start: datetime, end: datetime, event: Any, said: Any) -> Shown:
    place = said("LOCATION")
    return Shown(
        starts_at=start.astimezone(UTC),
        ends_at=end.astimezone(UTC),
        wall=start.replace(tzinfo=None),
        summary=str(said("SUMMARY")),
        place=None if place is None else str(place),
        status=str(said("STATUS")),
        sequence=int(said("SEQUENCE")),
    )
