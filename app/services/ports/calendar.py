"""Port: the public holidays of a country, as a calendar that others keep knows them."""

from datetime import date
from typing import Protocol


class PublicHolidays(Protocol):
    """Public holidays of Norway and Denmark."""

    def name_of(self, country: str, day: date, language: str) -> str | None:
        """What a day is called where it is a public holiday, in the country's own language or in English; else None."""
