"""Examples of calendars' addresses. What stands in the first one opens nothing anywhere."""

from typing import Any

VIEWS: dict[str, Any] = {
    "CalendarStateView": {"since": "2026-11-05T17:12:00Z"},
    "CalendarAddressView": {
        "url": "https://verksted.example/v1/calendars/an-example-that-opens-nothing-00.ics",
        "since": "2026-11-05T17:12:00Z",
    },
}
BODIES: dict[str, Any] = {}
