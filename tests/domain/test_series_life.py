"""A series' whole life against a model that anybody can check by eye: a set of starts, and what was done by hand."""

from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from app.domain.meetings.errors import MeetingInThePast, SeriesOver
from app.domain.meetings.meeting import Meeting
from app.domain.meetings.place import PlaceType
from app.domain.meetings.rhythm import Rhythm
from app.domain.meetings.series import Series, replan
from app.domain.shared.ids import GroupId, MeetingId
from tests.domain.build import HERE, NOW, an_id, meeting
from tests.domain.test_rhythm import ZONES, oracle
from tests.support.histories import Life, many

AHEAD, ENOUGH = timedelta(weeks=26), timedelta(weeks=18)
weekly = st.integers(0, 6)
then = st.integers(1, 4)
hours = st.integers(0, 6 * 24)
foretold = lru_cache(64)(oracle)


class SeriesLife(Life):
    """The group plans, changes and ends its series, moves and cancels meetings, looks now and then; time passes."""

    of = "series"

    @initialize(zone=st.sampled_from(ZONES), hours=hours, weekly=weekly, then=then)
    def plan(self, zone: str, hours: int, weekly: int, then: int) -> None:
        self.now = NOW
        self.numbers = count(1)
        self.rows: list[Meeting] = []
        self.byhand: dict[datetime, datetime | None] = {}
        """By the start in the series: where it was moved to, or None where it was cancelled."""
        self.held: set[datetime] = set()
        self._begin(self._rhythm(zone, hours, weekly, then))

    def _rhythm(self, zone: str, hours: int, weekly: int, then: int) -> Rhythm:
        local = (self.now + timedelta(days=1, hours=hours)).replace(tzinfo=None)
        return Rhythm(
            first_local=local, time_zone=zone, weekly_meetings=weekly, then_every_weeks=then, until=None
        )

    def _begin(self, rhythm: Rhythm) -> None:
        self.series = Series(
            organisation_id=HERE,
            group_id=GroupId(an_id(800)),
            first_local=rhythm.first_local,
            time_zone=rhythm.time_zone,
            weekly_meetings=rhythm.weekly_meetings,
            then_every_weeks=rhythm.then_every_weeks,
            until=None,
            minutes=120,
            place="Library",
            place_type=PlaceType.LIBRARY,
            planned_until=self.now,
            ended_at=None,
            version=1,
        )
        self.model: Rhythm | None = rhythm
        self._fit()

    def _fit(self) -> None:
        """What the use cases do with the domain's answer."""
        ahead = [row for row in self.rows if row.slot_at is not None and row.slot_at > self.now]
        plan = replan(self.series, ahead, self.now)
        assert len({id(row) for row in plan.changed}) == len(plan.changed)
        self._write(plan.added)
        start = self.series.rhythm.first_start()
        self.written = max(self.now, start) + AHEAD

    def _write(self, starts: list[datetime]) -> None:
        for start in starts:
            self.rows.append(
                meeting(
                    id=MeetingId(an_id(next(self.numbers))),
                    starts_at=start,
                    slot_at=start,
                    place=self.series.place,
                    minutes=self.series.minutes,
                )
            )

    @rule(days=st.integers(1, 60), looks=st.booleans())
    def time_passes(self, days: int, looks: bool) -> None:
        before, self.now = self.now, self.now + timedelta(days=days)
        self.held |= {start for start in self._standing() if before < start <= self.now}
        short = self.model is not None and self.written < self.now + ENOUGH
        assert self.series.is_short(self.now) is short
        if looks and self.model is not None and short:
            self._write(self.series.go_on(self.now))
            self.written = max(self.now, self.model.first_start()) + AHEAD

    def _standing(self) -> set[datetime]:
        """The model: every start of the series as far as it is written, but for what was done by hand."""
        moved = {to for to in self.byhand.values() if to is not None}
        if self.model is None:
            return moved
        return (set(foretold(self.model, self.written)) - set(self.byhand)) | moved

    @precondition(lambda self: self._ahead())
    @rule(data=st.data())
    def cancel_one(self, data: st.DataObject) -> None:
        it = data.draw(st.sampled_from(self._ahead()))
        it.cancel(self.now)
        assert it.slot_at is not None
        self.byhand[it.slot_at] = None

    @precondition(lambda self: self._ahead())
    @rule(data=st.data(), minutes=st.integers(1, 20_000))
    def move_one(self, data: st.DataObject, minutes: int) -> None:
        it = data.draw(st.sampled_from(self._ahead()))
        to = self.now + timedelta(minutes=minutes, seconds=next(self.numbers))
        it.move(to, 90, "Church", self.now, PlaceType.CHURCH)
        assert it.slot_at is not None
        self.byhand[it.slot_at] = to

    def _ahead(self) -> list[Meeting]:
        return [row for row in self.rows if row.cancelled_at is None and row.starts_at > self.now]

    @rule(zone=st.sampled_from(ZONES), hours=hours, weekly=weekly, then=then, same=st.booleans())
    def change(self, zone: str, hours: int, weekly: int, then: int, same: bool) -> None:
        rhythm = self._rhythm(zone, hours, weekly, then)
        if same and self.model is not None:  # the same hour and day, from its next meeting on
            zone_now = self.now.astimezone(ZoneInfo(self.model.time_zone)).replace(tzinfo=None)
            rhythm = Rhythm(
                first_local=next(
                    local for local in self.model.wall_times() if local > zone_now + timedelta(days=1)
                ),
                time_zone=self.model.time_zone,
                weekly_meetings=weekly,
                then_every_weeks=then,
                until=None,
            )
        if self.series.ended_at is not None:
            with pytest.raises(SeriesOver):
                self.series.follow(rhythm, 120, "Library", PlaceType.LIBRARY, self.now)
            return
        self.series.follow(rhythm, 90, "Chapel", PlaceType.CHURCH, self.now)
        self.model = rhythm
        self._fit()

    @rule()
    def not_into_the_past(self) -> None:
        behind = self._rhythm("UTC", 0, 1, 1)
        late = Rhythm(
            first_local=behind.first_local - timedelta(days=1),
            time_zone="UTC",
            weekly_meetings=1,
            then_every_weeks=1,
            until=None,
        )
        if self.series.ended_at is None:
            with pytest.raises(MeetingInThePast):
                self.series.follow(late, 120, "Library", PlaceType.LIBRARY, self.now)

    @rule()
    def end(self) -> None:
        self.series.end(self.now)
        self.model = None
        self._fit()

    @precondition(lambda self: self.series.ended_at is not None)
    @rule(zone=st.sampled_from(ZONES), hours=hours, weekly=weekly, then=then)
    def plan_anew(self, zone: str, hours: int, weekly: int, then: int) -> None:
        self._begin(self._rhythm(zone, hours, weekly, then))

    @invariant()
    def the_future_is_the_rhythm_but_for_what_was_done_by_hand(self) -> None:
        expected = sorted(start for start in self._standing() if start > self.now)
        assert sorted(row.starts_at for row in self._ahead()) == expected

    @invariant()
    def the_past_stays(self) -> None:
        assert {
            row.starts_at for row in self.rows if row.cancelled_at is None and row.starts_at <= self.now
        } == self.held

    @invariant()
    def nothing_is_there_twice(self) -> None:
        slots = [row.slot_at for row in self.rows]
        assert len(slots) == len(set(slots))
        assert all(row.cancelled_at == row.replaced_at for row in self.rows if row.replaced_at)

    @invariant()
    def what_follows_the_series_is_where_it_says(self) -> None:
        for row in self._ahead():
            assert row.apart_at is not None or (row.place, row.minutes) == (
                self.series.place,
                self.series.minutes,
            )


SeriesLife.TestCase.settings = many("series", stateful_step_count=25)
TestSeriesLife = pytest.mark.rule("M-01", "M-04", "G-17")(SeriesLife.TestCase)
