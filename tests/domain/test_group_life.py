"""A group's life from its first meeting to its end, against a model that anybody can check by eye; and nobody in it is
more than another (G-01, G-03, G-h7, G-h9)."""

from datetime import datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from app.domain.groups.errors import GroupHasEnded
from app.domain.groups.group import GroupEnd, Phase, is_dormant
from app.domain.groups.standing import Inside, Standing, standing_of
from app.domain.shared.ids import MembershipId
from tests.domain.build import DAY, NOW, an_id, group
from tests.support.histories import Life, many

QUIET = 42


class GroupLife(Life):
    """It meets, falls silent, sets and drops an end; people enter, sign and leave; time passes."""

    of = "group"

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.group = group(first_meeting_at=NOW + DAY)
        self.signed: dict[int, int] = dict.fromkeys(range(5), 1)
        self.silent_since: datetime = NOW + DAY
        self.end: datetime | None = None
        self.ended = False

    @rule(days=st.sampled_from([1, 7, 30, 43]))
    def time_passes(self, days: int) -> None:
        self.now += days * DAY
        self.ended = self.ended or (self.end is not None and self.end <= self.now)

    @rule()
    def meet(self) -> None:
        self.silent_since = max(self.silent_since, self.now)

    @rule(days=st.integers(14, 60))
    def set_an_end(self, days: int) -> None:
        if not self.ended:
            self.now += DAY
            self.ended = self.end is not None and self.end <= self.now
        if not self.ended:
            self.end = self.now + days * DAY
            self.group.end = GroupEnd(at=self.end, decided_at=self.now)

    @rule()
    def drop_the_end(self) -> None:
        if self.ended:
            with pytest.raises(GroupHasEnded):
                self.group.drop_end(self.now)
        else:
            self.group.drop_end(self.now)
            self.end = None

    @rule()
    def somebody_enters(self) -> None:
        if len(self.signed) < 8:
            self.group.generation += 1
            self.signed[max(self.signed, default=0) + 1] = self.group.generation

    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        if self.signed:
            del self.signed[data.draw(st.sampled_from(sorted(self.signed)))]

    @rule()
    def all_sign(self) -> None:
        self.signed = dict.fromkeys(self.signed, self.group.generation)

    @invariant()
    def it_is_where_the_model_is(self) -> None:
        phase = self.group.phase(len(self.signed), self.now)
        if self.now < NOW + DAY:
            assert phase is Phase.FORMING
        else:
            assert phase is (Phase.ENDED if self.ended or not self.signed else Phase.MEETING)
        assert self.group.has_reached_its_end(self.now) is self.ended
        quiet = is_dormant(self.silent_since, QUIET, self.now)
        assert quiet is ((self.now - self.silent_since).days >= QUIET)

    @invariant()
    def among_members_there_are_no_degrees(self) -> None:
        for number, signed in self.signed.items():
            inside = Inside(
                membership_id=MembershipId(an_id(number + 1)), signed_generation=signed, grace_ends_at=None
            )
            standing, _ = standing_of(
                inside, generation=self.group.generation, is_coordinator=False, now=self.now
            )
            assert standing is Standing.MEMBER


TestGroupLife = GroupLife.TestCase
TestGroupLife.settings = many("group", stateful_step_count=20)
pytestmark = [pytest.mark.rule("G-01", "G-03", "G-16"), pytest.mark.hazard("G-h7", "G-h9")]
