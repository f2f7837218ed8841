"""What may happen to an assignment, and what it says of itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.shared.ids import AssignmentId, PersonId
from app.domain.starters.assignment import Assignment, AssignmentStatus, status_of
from app.domain.starters.errors import (
    AssignmentOver,
    EnoughStarters,
    ExitInThePast,
    ExitNeeded,
    IntakeConflict,
    NotForThisGroup,
    NothingLeftToReplace,
    NotYetAgreed,
    OnlyShorter,
    RelayClosed,
    RelayFull,
    TooEarlyForAFollowUp,
    VisitNotPossible,
)
from app.domain.starters.exit_limit import ExitStep, Party
from app.domain.starters.leader_hunt import LEADER_HUNT_AFTER, LEADER_HUNT_FOR, hunts_for_a_leader
from app.domain.starters.leaving import LEAVING_AHEAD, is_about_to_leave
from app.domain.starters.message import MOST_MESSAGES, require_relay_open
from app.domain.starters.ties import Ties, require_may_help
from app.domain.starters.visit import require_visit_possible
from tests.domain.build import DAY, MOMENT, NOW, an_id
from tests.domain.starters import FIRST, ZONE, assignment, meetings

OTHER = PersonId(an_id(301))
SECOND = AssignmentId(an_id(401))
NO_TIES = Ties(is_or_was_member=False, applies=False, is_invited=False, has_helped=False, held_intake=False)


@pytest.mark.hazard("S-h4")
@pytest.mark.rule("X-02", "X-03")
def test_s_h4_the_groups_meetings_count_and_those_before_the_assignment_do_not() -> None:
    it = assignment(max_meetings=2)
    assert it.ends_at(meetings(-7, 1, 8)) == meetings(8)[0].ends_at
    assert it.held(meetings(-7, 1, 8), NOW + 2 * DAY) == 1
    assert it.held(meetings(8, 1), NOW + 8 * DAY) == 2


@pytest.mark.rule("X-05")
def test_x05_the_group_confirms_at_its_second_meeting_and_once() -> None:
    it, planned = assignment(), meetings(1, 8, 15)
    with pytest.raises(NotYetAgreed):
        it.confirm(planned, planned[1].starts_at - MOMENT)
    assert it.confirm(planned, planned[1].starts_at)
    assert not it.confirm(planned, planned[1].ends_at)
    assert [version.step for version in it.exit_versions] == [ExitStep.FIXED, ExitStep.CONFIRMED]
    assert it.exit.limit == it.exit_versions[0].limit
    assert it.exit.by is Party.GROUP
    with pytest.raises(AssignmentOver):
        it.confirm(planned, planned[2].ends_at)


@pytest.mark.rule("X-05", "X-06")
def test_x05_by_its_members_a_stay_becomes_shorter_and_never_longer() -> None:
    it = assignment(latest_date=date(2026, 10, 1), max_meetings=3)
    for latest, most in ((None, 4), (None, 3), (date(2026, 10, 2), None), (date(2026, 9, 15), 4)):
        with pytest.raises(OnlyShorter):
            it.shorten(latest, most, ZONE, Party.GROUP, [], NOW)
    with pytest.raises(ExitNeeded):
        it.shorten(None, None, ZONE, Party.GROUP, [], NOW)
    with pytest.raises(ExitInThePast):
        it.shorten(date(2026, 8, 31), None, ZONE, Party.GROUP, [], NOW)
    it.shorten(None, 2, ZONE, Party.GROUP, [], NOW)
    assert (it.exit.limit.latest_date, it.exit.limit.max_meetings) == (date(2026, 10, 1), 2)
    it.shorten(date(2026, 9, 20), None, ZONE, Party.STARTER, [], NOW + DAY)
    assert (it.exit.limit.latest_date, it.exit.limit.max_meetings) == (date(2026, 9, 20), 2)
    assert [version.by for version in it.exit_versions] == [Party.COORDINATOR, Party.GROUP, Party.STARTER]
    assert [version.number for version in it.exit_versions] == [1, 2, 3]


@pytest.mark.rule("X-06")
def test_shortening_to_what_has_been_held_ends_it_at_once() -> None:
    it, held = assignment(), meetings(1, 8)
    now = held[0].ends_at + DAY
    it.shorten(None, 1, ZONE, Party.GROUP, held, now)
    assert it.ends_at(held) == now
    assert it.is_over(held, now)


@pytest.mark.hazard("S-h1")
@pytest.mark.rule("X-10")
def test_after_the_exit_nothing_changes_any_more() -> None:
    it, held = assignment(max_meetings=1), meetings(1)
    now = held[0].ends_at
    tries: list[Callable[[], object]] = [
        lambda: it.confirm(held, now),
        lambda: it.shorten(None, 1, ZONE, Party.GROUP, held, now),
        lambda: it.shorten(date(2026, 9, 3), None, ZONE, Party.STARTER, held, now),
    ]
    for attempt in tries:
        with pytest.raises(AssignmentOver):
            attempt()
    assert not it.end_now(Party.STARTER, held, now)
    assert len(it.exit_versions) == 1


@pytest.mark.rule("X-06", "X-10")
def test_stepping_out_is_at_once_and_once() -> None:
    it = assignment()
    assert it.end_now(Party.STARTER, [], NOW + DAY)
    assert it.ends_at(meetings(1, 8, 15)) == NOW + DAY
    assert not it.end_now(Party.COORDINATOR, [], NOW + 2 * DAY)
    assert it.exit.step is ExitStep.ENDED_EARLY


@pytest.mark.rule("X-03")
def test_a_replacement_inherits_what_is_left_and_the_first_leaves() -> None:
    first, planned = assignment(latest_date=date(2026, 9, 25), max_meetings=3), meetings(1, 8, 15)
    now = NOW + 5 * DAY
    second = first.inherited_by(SECOND, OTHER, conflict_acknowledged=False, meetings=planned, now=now)
    assert first.is_over(planned, now)
    assert second.ends_at(planned) == planned[2].ends_at
    assert (second.ceiling, second.counts_from, second.line_id) == (first.ceiling, NOW, FIRST)
    assert second.exit.step is ExitStep.INHERITED
    assert second.assigned_at == now
    third = second.inherited_by(
        AssignmentId(an_id(402)), PersonId(an_id(302)), conflict_acknowledged=False, meetings=planned, now=now
    )
    assert (third.line_id, third.replaces_id) == (FIRST, SECOND)


@pytest.mark.rule("X-03")
def test_of_a_limit_that_is_reached_nothing_is_left() -> None:
    first, planned = assignment(max_meetings=1), meetings(1)
    for ended_early in (True, False):
        it = replace(first, exit_versions=list(first.exit_versions))
        if ended_early:
            it.end_now(Party.STARTER, planned, NOW)
        with pytest.raises(NothingLeftToReplace):
            it.inherited_by(
                SECOND, OTHER, conflict_acknowledged=False, meetings=planned, now=planned[0].ends_at
            )


def test_who_stepped_out_early_can_be_replaced_for_the_rest() -> None:
    first, planned = assignment(max_meetings=2), meetings(1, 8)
    first.end_now(Party.STARTER, planned, NOW + DAY / 2)
    second = first.inherited_by(
        SECOND, OTHER, conflict_acknowledged=False, meetings=planned, now=NOW + 2 * DAY
    )
    assert len(first.exit_versions) == 2
    assert second.ends_at(planned) == planned[1].ends_at


@pytest.mark.rule("X-08", "X-09")
@pytest.mark.hazard("S-h9")
def test_s_h9_without_a_follow_up_there_is_a_reminder_and_the_exit_all_the_same() -> None:
    it, planned = assignment(max_meetings=2), meetings(1, 8)
    assert not it.follow_up_is_due(planned, planned[1].starts_at - MOMENT)
    assert it.follow_up_is_due(planned, planned[1].starts_at)
    assert it.follow_up_is_due(planned, planned[1].ends_at + 30 * DAY)
    assert it.is_over(planned, planned[1].ends_at)
    it.set_follow_up(date(2026, 12, 1), ZONE, group_has_begun=True, now=planned[1].ends_at)
    assert not it.follow_up_is_due(planned, planned[1].ends_at)


def test_no_follow_up_is_due_where_the_group_has_never_met() -> None:
    it = assignment()
    it.end_now(Party.STARTER, [], NOW)
    assert not it.follow_up_is_due([], NOW + DAY)
    assert not it.leader_hunt_is_due([], NOW + 20 * DAY)


@pytest.mark.rule("X-08")
def test_a_follow_up_is_for_a_day_to_come_once_the_group_has_begun() -> None:
    it = assignment()
    with pytest.raises(TooEarlyForAFollowUp):
        it.set_follow_up(date(2026, 12, 1), ZONE, group_has_begun=False, now=NOW)
    with pytest.raises(TooEarlyForAFollowUp):
        it.set_follow_up(date(2026, 8, 31), ZONE, group_has_begun=True, now=NOW)
    it.set_follow_up(date(2026, 9, 1), ZONE, group_has_begun=True, now=NOW)


@pytest.mark.rule("X-13")
def test_x13_some_days_after_the_exit_the_leader_hunt_is_due_for_a_while() -> None:
    it, held = assignment(max_meetings=1), meetings(1)
    end = held[0].ends_at
    for moment, expected in (
        (end + LEADER_HUNT_AFTER - MOMENT, False),
        (end + LEADER_HUNT_AFTER, True),
        (end + LEADER_HUNT_FOR - MOMENT, True),
        (end + LEADER_HUNT_FOR, False),
    ):
        assert it.leader_hunt_is_due(held, moment) is expected
        assert hunts_for_a_leader(end, held[0].starts_at, moment) is expected


@pytest.mark.rule("X-11")
def test_x11_for_two_weeks_before_the_exit_there_are_words_for_it() -> None:
    for moment, expected in (
        (NOW - LEAVING_AHEAD - MOMENT, False),
        (NOW - LEAVING_AHEAD, True),
        (NOW - MOMENT, True),
        (NOW, False),
    ):
        assert is_about_to_leave(NOW, moment) is expected
    assert not is_about_to_leave(None, NOW)


@pytest.mark.rule("X-13", "G-22")
def test_x13_a_group_that_no_starter_has_met_hunts_for_nobody() -> None:
    then = NOW + LEADER_HUNT_AFTER
    assert hunts_for_a_leader(NOW, NOW - MOMENT, then)
    for left_at, first_meeting_at in ((None, NOW - DAY), (NOW, None), (NOW, NOW), (NOW, NOW + MOMENT)):
        assert not hunts_for_a_leader(left_at, first_meeting_at, then)


@pytest.mark.hazard("S-h11")
@pytest.mark.rule("X-09")
def test_s_h11_the_farewell_moves_to_the_meeting_before() -> None:
    it = assignment(latest_date=date(2026, 9, 15), max_meetings=3)
    after = NOW + 15 * DAY
    for planned, now, expected in (
        ((1, 8, 13), NOW, 13),
        ((1, 8, 20), NOW, 8),
        ((1, 8), NOW, None),
        ((1, 8), after, 8),
        ((), after, None),
    ):
        found = None if expected is None else meetings(expected)[0]
        assert it.last_meeting(meetings(*planned), now) == found
    it.end_now(Party.STARTER, [], NOW + 2 * DAY)
    assert it.last_meeting(meetings(1, 8), NOW + 2 * DAY) == meetings(1)[0]


@pytest.mark.rule("G-02", "I-12", "X-10")
@pytest.mark.parametrize("tie", ["is_or_was_member", "applies", "is_invited", "has_helped"])
def test_nobody_helps_a_group_that_they_are_were_or_want_to_be_in(tie: str) -> None:
    with pytest.raises(NotForThisGroup):
        require_may_help(replace(NO_TIES, **{tie: True}), conflict_acknowledged=True, active=0)
    require_may_help(NO_TIES, conflict_acknowledged=False, active=0)


@pytest.mark.rule("V-16")
@pytest.mark.hazard("S-h8")
def test_s_h8_who_held_a_members_intake_takes_an_explicit_word() -> None:
    known = replace(NO_TIES, held_intake=True)
    with pytest.raises(IntakeConflict):
        require_may_help(known, conflict_acknowledged=False, active=0)
    require_may_help(known, conflict_acknowledged=True, active=0)


@pytest.mark.rule("V-09")
def test_v09_two_at_a_time_are_enough() -> None:
    require_may_help(NO_TIES, conflict_acknowledged=False, active=1)
    with pytest.raises(EnoughStarters):
        require_may_help(NO_TIES, conflict_acknowledged=False, active=2)


@pytest.mark.hazard("S-h5")
def test_s_h5_an_assignment_rests_and_comes_back_and_ends_when_it_was_to_end() -> None:
    end = NOW + DAY
    for rests, now, expected in (
        (False, NOW, AssignmentStatus.ACTIVE),
        (True, NOW, AssignmentStatus.RESTING),
        (True, end, AssignmentStatus.OVER),
        (False, end, AssignmentStatus.OVER),
    ):
        assert status_of(ends_at=end, rests=rests, now=now) is expected


@pytest.mark.rule("X-07")
def test_x07_a_visit_is_to_one_meeting_that_is_to_come() -> None:
    (meeting,) = meetings(1)
    require_visit_possible(meeting, another_stands=False, now=NOW)
    for found, another, now in (
        (None, False, NOW),
        (meeting, True, NOW),
        (meeting, False, meeting.starts_at),
    ):
        with pytest.raises(VisitNotPossible):
            require_visit_possible(found, another_stands=another, now=now)


@pytest.mark.rule("V-17", "C-09")
def test_v17_a_few_words_before_the_first_meeting() -> None:
    require_relay_open(group_has_begun=False, written=MOST_MESSAGES - 1)
    with pytest.raises(RelayFull):
        require_relay_open(group_has_begun=False, written=MOST_MESSAGES)
    with pytest.raises(RelayClosed):
        require_relay_open(group_has_begun=True, written=0)


@pytest.mark.hazard("S-h12")
def test_s_h12_an_assignment_without_a_person_keeps_its_dates() -> None:
    it: Assignment = replace(assignment(), person_id=None)
    assert it.ends_at(meetings(1, 8, 15)) == meetings(15)[0].ends_at
    assert timedelta() < it.ends_at([]) - NOW
