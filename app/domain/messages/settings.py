"""In which language somebody gets messages, and when not."""

from dataclasses import dataclass
from datetime import time
from enum import Enum

from app.domain.messages.quiet import QuietHours, quiet_hours

USUAL_QUIET = (time(21), time(8))
"""Quiet hours of whoever hasn't said anything: nobody is woken by a message."""


class LeftOut(Enum):
    """What somebody hasn't said this time; None is a word of theirs."""

    LEFT_OUT = "left out"


LEFT_OUT = LeftOut.LEFT_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSettings:
    """What somebody has said about messages from one organisation."""

    language: str | None = None
    """None: the first of their languages."""
    time_zone: str | None = None
    """None: the organisation's."""
    quiet_from: time | None = USUAL_QUIET[0]
    quiet_until: time | None = USUAL_QUIET[1]

    def changed(
        self,
        *,
        language: str | LeftOut | None = LEFT_OUT,
        time_zone: str | LeftOut | None = LEFT_OUT,
        quiet_from: time | LeftOut | None = LEFT_OUT,
        quiet_until: time | LeftOut | None = LEFT_OUT,
    ) -> "MessageSettings":
        """The same with what is said now; what is left out stays. None for one end of the quiet hours, with the other
        left out, ends them: never quiet."""
        if quiet_from is None and isinstance(quiet_until, LeftOut):
            quiet_until = None
        if quiet_until is None and isinstance(quiet_from, LeftOut):
            quiet_from = None
        changed = MessageSettings(
            language=self.language if isinstance(language, LeftOut) else language,
            time_zone=self.time_zone if isinstance(time_zone, LeftOut) else time_zone,
            quiet_from=self.quiet_from if isinstance(quiet_from, LeftOut) else quiet_from,
            quiet_until=self.quiet_until if isinstance(quiet_until, LeftOut) else quiet_until,
        )
        changed.quiet_in("UTC")
        return changed

    def quiet_in(self, zone: str) -> QuietHours | None:
        """The quiet hours, by the clock of their zone, or of this one."""
        return quiet_hours(self.quiet_from, self.quiet_until, self.time_zone or zone)
