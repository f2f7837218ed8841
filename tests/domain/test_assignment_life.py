"""The whole life of an assignment, its replacements included, against a model that anybody can check by eye; and in every
instant of it the one question that matters: may they still (S-h1, X-10)?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from app.domain.groups.standing import Helping, Standing, standing_of
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import AssignmentId, PersonId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.errors import AssignmentOver, NothingLeftToReplace, NotYetAgreed, OnlyShorter
from app.domain.starters.exit_limit import ExitStep, Party
from tests.domain.build import NOW, an_id
from tests.domain.starters import ZONE, assignment
from tests.support.histories import Life, many

LENGTH = timedelta(hours=2)


@dataclass
class Gathering:
    """A meeting, as the model knows it."""

    starts_at: datetime
    stands: bool = True

    @property
    def over_at(self) -> datetime:
        return self.starts_at + LENGTH


@dataclass
class Model:
    """Two caps and a word: so many meetings, so long, and whether somebody has said that it is over."""

    meetings: int
    until: datetime
    out: bool = False
    confirmed: bool = False


class AssignmentLife(Life):
    """Meetings are planned, cancelled, held, said not to have been held; the group and the starter decide; time passes."""

    of = "assignment"

    @initialize(
        most=st.integers(1, 8) | st.none(),
        days=st.integers(0, 60) | st.none(),
        ceiling=st.integers(1, 8),
        ceiling_days=st.integers(14, 70),
    )
    def assign(self, most: int | None, days: int | None, ceiling: int, ceiling_days: int) -> None:
        self.now = NOW
        self.gatherings: list[Gathering] = []
        latest = None if days is None else NOW.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)
        ceiling_until = NOW + timedelta(days=ceiling_days)
        midnight = NOW + timedelta(days=days or 0, hours=10)  # noon in UTC is two o'clock in Oslo's summer
        if (most or 0) > ceiling or (days is not None and midnight > ceiling_until):
            with pytest.raises(DomainError):
                assignment(latest_date=latest, max_meetings=most, ceiling=ceiling, days=ceiling_days)
            most = latest = days = None
        if most is None and latest is None:
            most = min(3, ceiling)
        self.line = [assignment(latest_date=latest, max_meetings=most, ceiling=ceiling, days=ceiling_days)]
        until = ceiling_until if days is None else min(ceiling_until, self.it.bounds.until)
        self.models = [Model(min(most or ceiling, ceiling), until)]
        self.best = self.it.bounds

    @property
    def it(self) -> Assignment:
        return self.line[-1]

    @property
    def model(self) -> Model:
        return self.models[-1]

    @property
    def meetings(self) -> list[GroupMeeting]:
        return [
            GroupMeeting(starts_at=each.starts_at, ends_at=each.over_at)
            for each in self.gatherings
            if each.stands
        ]

    def limit_reached(self, model: Model) -> bool:
        """The model's own idea of a limit that is reached."""
        done = sum(each.stands and each.over_at <= self.now for each in self.gatherings)
        return self.now >= model.until or done >= model.meetings

    def gone(self, model: Model) -> bool:
        """The model's own idea of rights that are gone."""
        return model.out or self.limit_reached(model)

    @rule(hours=st.sampled_from([1, 2, 13, 24, 72, 168]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(days=st.integers(0, 12))
    def plan(self, days: int) -> None:
        start = self.now + timedelta(days=days, hours=1)
        if all(abs(start - each.starts_at) >= LENGTH for each in self.gatherings):
            self.gatherings.append(Gathering(start))

    @precondition(lambda self: self.gatherings)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        it = data.draw(st.sampled_from(self.gatherings))
        if it.starts_at > self.now:
            it.stands = False

    @precondition(lambda self: self.gatherings)
    @rule(data=st.data(), held=st.booleans())
    def correct(self, data: st.DataObject, held: bool) -> None:
        it = data.draw(st.sampled_from(self.gatherings))
        if it.starts_at <= self.now < it.starts_at + timedelta(days=7):
            it.stands = held

    @rule()
    def confirm(self) -> None:
        begun = sum(each.stands and each.starts_at <= self.now for each in self.gatherings)
        if self.gone(self.model):
            with pytest.raises(AssignmentOver):
                self.it.confirm(self.meetings, self.now)
        elif begun < 2:
            with pytest.raises(NotYetAgreed):
                self.it.confirm(self.meetings, self.now)
        else:
            assert self.it.confirm(self.meetings, self.now) is not self.model.confirmed
            self.model.confirmed = True

    @rule(most=st.integers(1, 9), by=st.sampled_from([Party.GROUP, Party.STARTER]))
    def fewer_meetings(self, most: int, by: Party) -> None:
        if self.gone(self.model):
            with pytest.raises(AssignmentOver):
                self.it.shorten(None, most, ZONE, by, self.meetings, self.now)
        elif most >= self.model.meetings:
            with pytest.raises(OnlyShorter):
                self.it.shorten(None, most, ZONE, by, self.meetings, self.now)
        else:
            self.it.shorten(None, most, ZONE, by, self.meetings, self.now)
            self.model.meetings = most

    @rule(days=st.integers(0, 40))
    def earlier_day(self, days: int) -> None:
        day = self.now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)
        try:
            self.it.shorten(day, None, ZONE, Party.GROUP, self.meetings, self.now)
        except AssignmentOver:
            assert self.gone(self.model)
        except OnlyShorter:
            assert not self.gone(self.model)
            assert (
                self.it.exit.limit.with_changes(day, None, ZONE).bounds(self.it.ceiling).until
                >= self.model.until
            )
        else:
            assert not self.gone(self.model)
            assert self.it.bounds.until < self.model.until
            self.model.until = self.it.bounds.until

    @rule(by=st.sampled_from([Party.STARTER, Party.COORDINATOR]), luck=st.integers(0, 4))
    def step_out(self, by: Party, luck: int) -> None:
        if luck == 0:
            assert self.it.end_now(by, self.meetings, self.now) is not self.gone(self.model)
            self.model.out = self.model.out or not self.limit_reached(self.model)

    @rule(luck=st.integers(0, 2))
    def replace(self, luck: int) -> None:
        if luck or len(self.line) > 3:
            return
        number, person = AssignmentId(an_id(500 + len(self.line))), PersonId(an_id(300 + len(self.line)))
        if self.limit_reached(self.model):
            with pytest.raises(NothingLeftToReplace):
                self.it.inherited_by(
                    number, person, conflict_acknowledged=False, meetings=self.meetings, now=self.now
                )
            return
        self.line.append(
            self.it.inherited_by(
                number, person, conflict_acknowledged=False, meetings=self.meetings, now=self.now
            )
        )
        self.model.out = True
        self.models.append(Model(self.model.meetings, self.model.until))

    @invariant()
    def both_agree_on_who_may_still(self) -> None:
        for assigned, model in zip(self.line, self.models, strict=True):
            ends_at = assigned.ends_at(self.meetings)
            assert assigned.is_over(self.meetings, self.now) is self.gone(model)
            for rests in (False, True):
                helping = Helping(assignment_id=assigned.id, ends_at=ends_at, rests=rests)
                standing, place = standing_of(
                    None, generation=1, is_coordinator=False, now=self.now, helping=helping
                )
                may = not self.gone(model) and not rests
                assert standing is (Standing.STARTER if may else Standing.OUTSIDER)
                assert place is None

    @invariant()
    def nobody_stays_longer_than_was_fixed(self) -> None:
        for assigned in self.line:
            assert assigned.bounds.meetings <= self.best.meetings
            assert assigned.bounds.until <= self.best.until
            # No decision moves an end backwards, so the latest one is the only thing that may lie behind the bounds.
            assert assigned.ends_at(self.meetings) <= max(self.best.until, assigned.exit.recorded_at)
        assert sum(not assigned.is_over(self.meetings, self.now) for assigned in self.line) <= 1

    @invariant()
    def every_version_is_kept(self) -> None:
        for assigned in self.line:
            numbers = [version.number for version in assigned.exit_versions]
            assert numbers == list(range(1, len(numbers) + 1))
            first, *others = assigned.exit_versions
            assert first.step is (ExitStep.FIXED if assigned.replaces_id is None else ExitStep.INHERITED)
            assert all(version.step not in (ExitStep.FIXED, ExitStep.INHERITED) for version in others)
            recorded = [version.recorded_at for version in assigned.exit_versions]
            assert recorded == sorted(recorded)


TestAssignmentLife = AssignmentLife.TestCase
TestAssignmentLife.settings = many("assignment", stateful_step_count=20)
pytestmark = [pytest.mark.rule("X-01", "X-03", "X-05", "X-06", "X-10"), pytest.mark.hazard("S-h1", "S-h4")]
