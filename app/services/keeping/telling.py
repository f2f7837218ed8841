"""Values of what is held, as a person reads them: choices in words, instants by the clock on the wall."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.services.ports.texts import Words

CODED = frozenset(
    {
        "acting_as", "by", "company", "data", "data_classes", "deed", "ended", "form", "forms", "how", "is_protected",
        "kind", "language", "languages", "method", "module", "named_by", "of_age_confirmed_by", "outcome",
        "protected_by", "purpose", "qualities", "reason", "recruited_from", "requirement", "role", "step", "weekdays",
        "what",
    }
)  # fmt: skip
"""Columns whose values are of closed lists: each value has its word (`[values]`). All else is shown as it stands."""
COUNTRIES = ("NO", "DK")

_MARKUP = re.compile(r"([\\`*\[\]~|]|(?<![^\W_])_|_(?![^\W_])|^[#+>-])")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Telling:
    """How one person is told."""

    words: Words
    language: str
    organisations: Mapping[str, str]
    """Names of their organisations, by id."""
    help: Mapping[str, str]
    """Names of other ways to help, by key."""

    def value(self, column: str, value: str, zone: str) -> str:
        """One value of a column, with instants in a time zone (IANA)."""
        if column in CODED:
            try:
                return plain(self.words.say("keeping", f"values.{value}", self.language))
            except KeyError:
                return plain(value)
        if column == "organisation_id":
            return plain(self.organisations.get(value, value))
        if column == "signposted_to":
            return plain(self.help.get(value, value))
        if column.startswith("quiet_"):
            return value[:5]
        if column.endswith(("_at", "_on", "_from", "_date", "until", "since")):
            return self._when(value, zone)
        return plain(value)

    def _when(self, value: str, zone: str) -> str:
        if _INSTANT.fullmatch(value):
            local = datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
            offset = local.strftime("%z")
            return self._say(
                "instant", local, time=local.strftime("%H:%M"), offset=f"{offset[:3]}:{offset[3:5]}"
            )
        if _DAY.fullmatch(value):
            return self._say("day", date.fromisoformat(value))
        return plain(value)

    def _say(self, key: str, day: date, **facts: str) -> str:
        parts = {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}
        return self.words.say("keeping", key, self.language, **parts, **facts)


def plain(text: str) -> str:
    """Words that are no more than words in Markdown, and in HTML that is made of it; escaped only where it is needed."""
    one_line = " ".join(text.split())
    return _MARKUP.sub(r"\\\1", one_line).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
