"""At the table: agendas, absence, attendance, and time shared evenly."""

import inspect
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meetings.agenda import (
    SIGNING,
    STARTERS_ROLE,
    TEMPLATES,
    Chosen,
    Item,
    arranged,
    every_key,
    require_arranged,
    template,
)
from app.domain.meetings.errors import (
    AgendaItemStays,
    AttendanceIsOver,
    MeetingCancelled,
    NoticeTooLate,
    NotYetBegun,
)
from app.domain.meetings.meeting import CORRECTION_TIME, MeetingKind, StarterAt
from app.domain.meetings.presence import AbsenceNotice, is_late, notice, require_attendance
from app.domain.meetings.rounds import PartKind, plan_rounds
from app.domain.shared.errors import Invalid
from tests.domain.build import MOMENT, NOW, meeting, members

START = meeting().starts_at
ME = members(1)[0]
KINDS = st.sampled_from(MeetingKind)
STARTERS = st.sampled_from(StarterAt)


def chosen(items: tuple[Item, ...]) -> list[Chosen]:
    """The items as a group would send them."""
    return [Chosen(key=item.key, title=None, minutes=item.minutes) for item in items]


@pytest.mark.rule("M-07", "M-09", "M-10", "M-11", "M-13", "M-14", "M-20", "X-05", "X-08", "X-09", "A-05")
def test_each_kind_has_its_own_agenda_and_closes_with_the_next_meeting() -> None:
    assert set(TEMPLATES) == set(MeetingKind)
    for kind in MeetingKind:
        for starter in StarterAt:
            items = template(kind, starter)
            assert items[-1].key == "closing"
            assert len({item.key for item in items}) == len(items)
            assert {item.key for item in items} <= every_key()
            assert all(item.rules and item.sources and item.minutes > 0 for item in items)
            assert "break" in {item.key for item in items}
        assert 100 <= sum(item.minutes for item in template(kind)) <= 120 or kind is not MeetingKind.SECOND
    rules = {kind: {rule for item in template(kind) for rule in item.rules} for kind in MeetingKind}
    assert rules[MeetingKind.FIRST_WITH_STARTER] >= {"M-07", "M-08", "M-13", "M-14", "X-04"}
    assert rules[MeetingKind.FIRST_WITHOUT_STARTER] >= {"M-08", "M-11", "M-12", "M-13", "M-14"}
    assert rules[MeetingKind.SECOND] >= {"M-09", "M-14"}
    assert rules[MeetingKind.LAST_WITH_STARTER] >= {"M-10", "X-07", "X-08", "X-09", "M-14"}
    assert rules[MeetingKind.NEW_GENERATION] >= {"A-05", "M-08", "G-15", "M-14"}
    with_starter = {rule for item in template(MeetingKind.SECOND, StarterAt.PRESENT) for rule in item.rules}
    assert "X-05" in with_starter - rules[MeetingKind.SECOND]
    for kind in MeetingKind:
        last = {rule for item in template(kind, StarterAt.LAST) for rule in item.rules}
        assert last >= {"X-08", "X-09"}


@pytest.mark.rule("M-08", "X-04", "C-01", "C-02")
def test_what_can_not_be_removed() -> None:
    for kind in MeetingKind:
        fixed = {item for item in template(kind) if not item.removable}
        expected = {
            MeetingKind.FIRST_WITH_STARTER: {SIGNING, STARTERS_ROLE},
            MeetingKind.FIRST_WITHOUT_STARTER: {SIGNING},
            MeetingKind.NEW_GENERATION: {SIGNING},
        }
        assert fixed == expected.get(kind, set())


@given(KINDS, STARTERS, st.data())
@pytest.mark.rule("M-08", "X-04", "C-09")
def test_a_group_arranges_as_it_likes_but_for_that(
    kind: MeetingKind, starter: StarterAt, data: st.DataObject
) -> None:
    proposed = template(kind, starter)
    mine = data.draw(st.lists(st.sampled_from(chosen(proposed)), unique_by=lambda item: item.key, min_size=1))
    mine.insert(data.draw(st.integers(0, len(mine))), Chosen(key=None, title="Summer outing", minutes=5))
    fixed = {item.key for item in proposed if not item.removable}
    if fixed <= {item.key for item in mine}:
        require_arranged(mine, proposed)
        assert arranged(mine, proposed) == mine
    else:
        with pytest.raises(AgendaItemStays):
            require_arranged(mine, proposed)


@given(KINDS, KINDS, STARTERS, STARTERS, st.data())
@pytest.mark.rule("M-08", "X-04", "A-05")
def test_what_the_meeting_has_become_comes_first(
    before: MeetingKind, after: MeetingKind, was: StarterAt, is_now: StarterAt, data: st.DataObject
) -> None:
    """Arranged for one kind, and then the meeting becomes another: what can't be removed is there in any case."""
    own = Chosen(key=None, title="Summer outing", minutes=5)
    optional = chosen(tuple(item for item in template(before, was) if item.removable))
    kept = data.draw(st.lists(st.sampled_from(optional), unique_by=lambda item: item.key))
    fixed = chosen(tuple(item for item in template(before, was) if not item.removable))
    shown = arranged([*fixed, *kept, own], template(after, is_now))
    keys = {item.key for item in shown if item.key is not None}
    assert keys >= {item.key for item in template(after, is_now) if not item.removable}
    assert keys <= {item.key for item in template(after, is_now)}
    assert own in shown
    assert arranged(None, template(after, is_now)) == chosen(template(after, is_now))


def test_what_can_not_be_meant_is_refused_by_its_place() -> None:
    proposed = template(MeetingKind.ORDINARY)
    for wrong in ([*chosen(proposed), chosen(proposed)[0]], chosen((SIGNING,))):
        with pytest.raises(Invalid) as refused:
            require_arranged(wrong, proposed)
        assert refused.value.pointer == "/items/0/key"
    for key, title in ((None, None), ("closing", "Both")):
        with pytest.raises(Invalid):
            Chosen(key=key, title=title, minutes=5)


@pytest.mark.rule("N-01", "N-05")
@pytest.mark.hazard("M-h4")
def test_a_notice_has_no_reason_and_late_is_no_matter() -> None:
    early = notice(meeting(), ME, NOW)
    late = notice(meeting(), ME, START + MOMENT)
    assert not is_late(early.noticed_at, meeting())
    assert not is_late(START, meeting())
    assert is_late(late.noticed_at, meeting())
    assert {field.name for field in fields(AbsenceNotice)} == {
        "organisation_id", "meeting_id", "membership_id", "group_id", "noticed_at",
    }  # fmt: skip
    assert set(inspect.signature(notice).parameters) == {"meeting", "member", "now"}
    with pytest.raises(NoticeTooLate):
        notice(meeting(), ME, START + CORRECTION_TIME)
    with pytest.raises(MeetingCancelled):
        notice(meeting(cancelled_at=NOW), ME, NOW)


@pytest.mark.hazard("M-h5")
@pytest.mark.rule("A-03", "C-09")
def test_who_was_there_is_noted_from_the_start_and_within_the_generation() -> None:
    require_attendance(meeting(), 1, 1, START)
    for it in (meeting(), meeting(cancelled_at=NOW)):
        with pytest.raises(NotYetBegun):
            require_attendance(it, 1, 1, START - MOMENT)
    with pytest.raises(AttendanceIsOver):
        require_attendance(meeting(), 1, 2, START)


@given(st.integers(15, 480), st.integers(1, 12), st.integers(1, 12), st.none() | st.integers(0, 60))
@pytest.mark.rule("M-15", "M-16", "M-21")
def test_time_is_shared_evenly(minutes: int, speakers: int, rounds: int, pause: int | None) -> None:
    try:
        plan = plan_rounds(minutes, speakers, rounds, pause)
    except Invalid:
        assert pause, "without a break of its own making, every meeting has room for twelve"
        assert minutes - pause - 2 * min(speakers, minutes // 8) < speakers
        return
    assert sum(part.minutes for part in plan.parts) == minutes
    assert [part.from_minute for part in plan.parts] == [
        sum(part.minutes for part in plan.parts[:place]) for place in range(len(plan.parts))
    ]
    shares = [plan.share(speaker) for speaker in range(speakers)]
    assert min(shares) >= 1
    assert max(shares) - min(shares) <= 1
    kinds = [part.kind for part in plan.parts]
    assert (kinds[0], kinds[-1]) == (PartKind.OPENING, PartKind.CLOSING)
    assert 1 <= kinds.count(PartKind.ROUND) <= rounds
    breaks = [part.minutes for part in plan.parts if part.kind is PartKind.BREAK]
    assert breaks == ([pause] if pause else [] if pause == 0 or minutes < 60 else [5 if minutes < 90 else 10])
    for part in plan.parts:
        assert part.minutes >= 1
        assert len(part.turns) == (speakers if part.kind is PartKind.ROUND else 0)
        assert sum(part.turns) in (0, part.minutes)
        assert not part.turns or max(part.turns) - min(part.turns) <= 1
