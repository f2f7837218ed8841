"""`Retry-After`, as HTTP writes it (RFC 9110, 10.2.3): seconds, or one of the three kinds of dates."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

LONGEST = timedelta(days=365)
"""Whatever is longer is this long: nobody waits for it."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_WHOLE_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATES = tuple(
    re.compile(each, re.ASCII)
    for each in (
        rf"{_DAY}, (?P<day>\d\d) {_MONTH} (?P<year>\d{{4}}) {_TIME} GMT",
        rf"{_WHOLE_DAY}, (?P<day>\d\d)-{_MONTH}-(?P<year>\d\d) {_TIME} GMT",
        rf"{_DAY} {_MONTH} (?P<day>[ \d]\d) {_TIME} (?P<year>\d{{4}})",
    )
)
_SECONDS = re.compile(r"\d{1,100}", re.ASCII)


def asked_time(headers: Iterable[tuple[bytes, bytes]], now: datetime) -> timedelta | None:
    """How long the receiver asks to be left alone, as of now; None where it says nothing, what has passed, or nonsense."""
    said = [value for name, value in headers if name.lower() == b"retry-after"]
    if len(said) != 1:
        return None
    words = said[0].decode("latin-1").strip(" \t")
    if _SECONDS.fullmatch(words):
        wait = timedelta(seconds=min(int(words), int(LONGEST.total_seconds())))
    else:
        moment = _moment(words, now)
        wait = timedelta() if moment is None else min(moment - now, LONGEST)
    return wait if wait > timedelta() else None


def _moment(words: str, now: datetime) -> datetime | None:
    found = next((match for each in _DATES if (match := each.fullmatch(words))), None)
    if found is None:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        # The year of these digits that lies no more than 50 years ahead.
        year += now.year // 100 * 100
        year += 100 * ((year <= now.year - 50) - (year > now.year + 50))
    hour, minute, second = (int(found[each]) for each in ("hour", "minute", "second"))
    try:
        day = date(year, _MONTHS.index(found["month"]) + 1, int(found["day"]))
        return datetime.combine(day, time(hour, minute, second, tzinfo=UTC))
    except ValueError:  # there is no such day, or no such hour
        return None
