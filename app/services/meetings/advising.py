"""What is worth knowing about a meeting or a series, in the reader's words: shown, and never in the way (M-03, M-05,
M-17, M-19, M-h8)."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.meetings.advice import MeetingAdvice, advice_on, gap_before
from app.domain.meetings.meeting import Meeting, MeetingStatus
from app.domain.meetings.series import HORIZON, Series
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import MeetingHintView
from app.services.ports.calendar import PublicHolidays
from app.services.ports.texts import Words


@dataclass(frozen=True, slots=True)
class Advise:
    """Finds what there is to say, and says it."""

    words: Words
    holidays: PublicHolidays

    async def on_meeting(
        self, tx: MeetingsUnitOfWork, meeting: Meeting, language: str
    ) -> list[MeetingHintView]:
        """About a meeting that is still to come; there is nothing to say about others."""
        if meeting.status(tx.now) is not MeetingStatus.PLANNED:
            return []
        around = await tx.meeting_reads.surroundings(meeting.id)
        day = meeting.starts_at.astimezone(ZoneInfo(around.time_zone)).date()
        holiday = self.holidays.name_of(around.country, day, language)
        gap = gap_before(meeting.starts_at, around.previous_at)
        found = advice_on(
            minutes=meeting.minutes,
            place_type=meeting.place_type,
            gap=gap,
            is_holiday=holiday is not None,
            room_taken=around.room_taken,
        )
        return [
            self._say(
                advice,
                language,
                day=day.isoformat(),
                holiday=holiday or "",
                minutes=meeting.minutes,
                weeks=gap.days // 7 if gap else 0,
            )
            for advice in found
        ]

    async def on_series(self, tx: MeetingsUnitOfWork, series: Series, language: str) -> list[MeetingHintView]:
        """About a running series: its length, its gaps, its place, and the holidays that it meets in half a year."""
        if series.ended_at is not None:
            return []
        organisation = await tx.organisations.get(series.organisation_id)
        gap = series.rhythm.longest_gap()
        found = advice_on(
            minutes=series.minutes,
            place_type=series.place_type,
            gap=gap,
            is_holiday=False,
            room_taken=False,
        )
        hints = [self._say(advice, language, minutes=series.minutes, weeks=gap.days // 7) for advice in found]
        for day, name in self._holidays(series, organisation.country, tx.now, language):
            hints.append(self._say(MeetingAdvice.PUBLIC_HOLIDAY, language, day=day.isoformat(), holiday=name))
        return hints

    def _holidays(self, series: Series, country: str, now: datetime, language: str) -> list[tuple[date, str]]:
        zone = ZoneInfo(series.time_zone)
        days = [start.astimezone(zone).date() for start in series.rhythm.starts(now, now + HORIZON)]
        named = [(day, self.holidays.name_of(country, day, language)) for day in days]
        return [(day, name) for day, name in named if name is not None]

    def _say(self, advice: MeetingAdvice, language: str, **facts: str | int) -> MeetingHintView:
        return MeetingHintView(
            code=advice,
            rules=list(advice.rules),
            text=self.words.say("meetings", f"advice.{advice}", language, **facts),
        )
