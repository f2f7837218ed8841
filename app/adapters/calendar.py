"""Public holidays of Norway and Denmark, from the library `holidays`."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from holidays import HolidayBase

_OWN = {"NO": "no", "DK": "da"}


class LibraryHolidays:
    """`PublicHolidays` over the library. Years are computed when they are first asked for, and kept."""

    def name_of(self, country: str, day: date, language: str) -> str | None:
        """See `services.ports.calendar.PublicHolidays`; None for a country that isn't ours."""
        if country not in _OWN:
            return None
        name = _calendar(country, "en_US" if language == "en" else _OWN[country]).get(day)
        return None if name is None else cast("str", name)


@cache
def _calendar(country: str, language: str) -> "HolidayBase":
    # The library is a twentieth of what a start would read, and wanted where somebody plans a meeting.
    from holidays import country_holidays

    return country_holidays(country, language=language)
