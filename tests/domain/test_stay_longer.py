"""A longer stay: really longer, under the ceiling, once in a line, and never out of an exit that has come (X-06, T1)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.errors import DomainError
from app.domain.shared.ids import AssignmentId, BallotId, PersonId
from app.domain.starters.assignment import require_first_time
from app.domain.starters.errors import AssignmentOver, LongerOnce, NotLonger, PastCeiling
from app.domain.starters.exit_limit import ExitStep, LongerStay, Party
from tests.domain.build import NOW, an_id
from tests.domain.starters import STARTER, ZONE, assignment, copied, meetings

pytestmark = [pytest.mark.rule("X-06"), pytest.mark.hazard("S-h2")]
BALLOT = BallotId(an_id(900))
DAYS = st.none() | st.integers(0, 120)
MOST = st.none() | st.integers(1, 12)


@given(first=DAYS, most=MOST, later=DAYS, more=MOST, asked=st.integers(0, 130), decided=st.integers(0, 130))
@pytest.mark.rule("X-10")
def test_it_ends_later_or_stays_and_never_past_the_ceiling(
    first: int | None, most: int | None, later: int | None, more: int | None, asked: int, decided: int
) -> None:
    held, today = meetings(*range(1, 120, 7)), NOW.date()
    try:
        it = assignment(
            latest_date=None if first is None else today + timedelta(days=first), max_meetings=most, days=100
        )
        longer = it.propose_longer(
            None if later is None else today + timedelta(days=later),
            more,
            ZONE,
            held,
            NOW + timedelta(days=asked),
        )
    except DomainError:
        return
    before, was = it.ends_at(held), copied(it)
    at = NOW + timedelta(days=asked + decided)
    if it.stay_longer(longer, BALLOT, held, at):
        assert at < before
        assert before <= it.ends_at(held) <= it.ceiling_until
        assert (it.exit.step, it.exit.by, it.exit.ballot_id) == (ExitStep.EXTENDED, Party.GROUP, BALLOT)
        with pytest.raises(LongerOnce):
            require_first_time([it])
    else:
        assert (it, at >= before) == (was, True)


def test_what_cannot_be_proposed() -> None:
    it, day = assignment(max_meetings=3), NOW.date() + timedelta(days=300)
    with pytest.raises(NotLonger):
        it.propose_longer(None, 3, ZONE, [], NOW)
    with pytest.raises(PastCeiling):
        it.propose_longer(None, 7, ZONE, [], NOW)
    with pytest.raises(PastCeiling):
        it.propose_longer(day, None, ZONE, [], NOW)
    with pytest.raises(AssignmentOver):
        it.propose_longer(None, 4, ZONE, meetings(1, 2, 3), NOW + timedelta(days=4))


def test_a_replacement_has_its_lines_one_time_behind_it() -> None:
    it, more = assignment(max_meetings=3), LongerStay(latest_date=None, until=None, max_meetings=4)
    require_first_time([it])
    assert it.stay_longer(more, BALLOT, [], NOW)
    heir = it.inherited_by(
        AssignmentId(an_id(401)),
        PersonId(an_id(301)),
        conflict_acknowledged=False,
        meetings=[],
        now=NOW + timedelta(hours=1),
    )
    assert heir.bounds.meetings == 4
    assert heir.person_id != STARTER
    with pytest.raises(LongerOnce):
        require_first_time([it, heir])
    assert not it.stay_longer(more, BALLOT, [], NOW + timedelta(hours=2))


def test_nothing_brings_back_who_has_stepped_out() -> None:
    it = assignment(max_meetings=3)
    it.end_now(Party.STARTER, [], NOW + timedelta(days=1))
    more = LongerStay(latest_date=None, until=None, max_meetings=4)
    assert not it.stay_longer(more, BALLOT, [], NOW)
    assert it.exit.step is ExitStep.ENDED_EARLY
