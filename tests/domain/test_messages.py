"""Messages: what is due when, quiet hours by the clock on the wall, and what becomes of a message."""

from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from typing import get_type_hints
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.messages.kind import KINDS, MessageKind
from app.domain.messages.message import Message, MessageState, pause_after
from app.domain.messages.occasion import (
    BEFORE_A_DEADLINE,
    NEWS_FOR,
    Occasion,
    Wishes,
    coming,
    due,
    news,
    with_deadline,
)
from app.domain.messages.quiet import QuietHours, QuietHoursMakeNoSense, quiet_hours
from app.domain.messages.settings import MessageSettings
from app.domain.messages.tone import TONES, Tone
from app.domain.people.consent import FOR_CONTACT, Purpose
from app.domain.shared.ids import MessageId, OrganisationId, PersonId

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
GROUP = Purpose.CONTACT_ABOUT_GROUP
SUBJECT = UUID(int=7)
ZONES = ("Europe/Oslo", "Europe/Copenhagen", "Atlantic/Azores", "Pacific/Apia", "Asia/Kolkata", "UTC")

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(days=-400), timedelta(days=800)).map(lambda span: YEAR + span)
clocks = st.times().map(lambda each: each.replace(second=0, microsecond=0))
quiets = st.builds(
    lambda pair, zone: QuietHours(pair[0], pair[1], zone),
    st.tuples(clocks, clocks).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from(ZONES),
)
spans = st.timedeltas(timedelta(minutes=1), timedelta(days=40))


@st.composite
def occasions(draw: st.DrawFn) -> Occasion:
    due_at = YEAR + draw(st.timedeltas(timedelta(days=-60), timedelta(days=60)))
    until = due_at + draw(spans)
    return Occasion(
        kind=draw(st.sampled_from(MessageKind)),
        purpose=draw(st.sampled_from(sorted(FOR_CONTACT))),
        subject=UUID(int=draw(st.integers(1, 5))),
        due_at=due_at,
        until=until,
        answer_by=draw(st.sampled_from([None, until])),
    )


wishes = st.builds(
    Wishes,
    chosen=st.dictionaries(st.sampled_from(MessageKind), instants),
    consented=st.frozensets(st.sampled_from(Purpose)),
    quiet=st.none() | quiets,
)


@given(quiets, instants)
def test_quiet_hours_end_and_are_over_then(quiet: QuietHours, moment: datetime) -> None:
    over = quiet.over_at(moment)
    assert over >= moment
    assert not quiet.covers(over)
    assert over - moment <= timedelta(hours=26), (
        "no longer than a day, and an hour for the change of the clock"
    )
    assert (over == moment) is not quiet.covers(moment)
    assert quiet.over_at(over) == over


@pytest.mark.parametrize(
    ("at", "over"),
    [
        ("2026-12-01T20:30:00+00:00", "2026-12-02T07:00:00+00:00"),  # 21:30 in Oslo: until eight
        ("2026-12-02T06:59:00+00:00", "2026-12-02T07:00:00+00:00"),
        ("2026-12-02T07:00:00+00:00", "2026-12-02T07:00:00+00:00"),
        ("2026-03-28T21:00:00+00:00", "2026-03-29T06:00:00+00:00"),  # the night in which summer begins
        ("2026-10-24T20:00:00+00:00", "2026-10-25T07:00:00+00:00"),  # and the one in which it ends
    ],
)
def test_eight_o_clock_is_what_the_clock_on_the_wall_says(at: str, over: str) -> None:
    quiet = QuietHours(time(21), time(8), "Europe/Oslo")
    assert quiet.over_at(datetime.fromisoformat(at)) == datetime.fromisoformat(over)


def test_an_end_that_comes_twice_and_one_that_never_comes() -> None:
    quiet = QuietHours(time(1), time(2, 30), "Europe/Oslo")
    twice = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)  # 02:15 the first time
    assert quiet.over_at(twice) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert quiet.over_at(twice + timedelta(hours=1)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    never = datetime(2026, 3, 29, 0, 45, tzinfo=UTC)  # 01:45; half past two doesn't come that night
    assert not quiet.covers(quiet.over_at(never))


def test_quiet_hours_are_both_or_none() -> None:
    assert quiet_hours(None, None, "UTC") is None
    for wrong in ((time(21), None), (None, time(8)), (time(8), time(8))):
        with pytest.raises(QuietHoursMakeNoSense):
            quiet_hours(*wrong, "UTC")
    usual = MessageSettings().quiet_in("Europe/Oslo")
    assert usual is not None
    assert usual.covers(datetime(2026, 12, 1, 2, tzinfo=UTC)), "nobody is woken who hasn't said anything"
    own = MessageSettings(time_zone="Asia/Kolkata").quiet_in("Europe/Oslo")
    assert own is not None
    assert own.zone == "Asia/Kolkata"


@given(st.lists(occasions(), max_size=12), wishes, instants)
def test_what_is_due_is_wanted_in_time_and_never_in_quiet_hours(
    found: list[Occasion], wish: Wishes, now: datetime
) -> None:
    what = due(found, wish, now)
    for each in what.now:
        assert each.kind in wish.chosen
        assert each.purpose in wish.consented
        assert each.due_at <= now < each.until
        assert wish.quiet is None or not wish.quiet.covers(now)
    about = [(each.kind, each.subject) for each in what.now]
    assert len(about) == len(set(about)), "one message of a kind about one thing at once"
    assert what.next_at is None or what.next_at > now


@given(st.lists(occasions(), max_size=8), wishes, instants)
def test_looking_when_it_says_finds_what_it_promised(
    found: list[Occasion], wish: Wishes, now: datetime
) -> None:
    what = due(found, wish, now)
    if what.next_at is not None:
        assert due(found, wish, what.next_at).now, "at that instant something is due"


@given(st.lists(occasions(), max_size=8), wishes, instants, st.lists(spans, max_size=6))
def test_however_late_a_worker_is_it_finds_what_there_is_in_time_for(
    found: list[Occasion], wish: Wishes, start: datetime, pauses: list[timedelta]
) -> None:
    """B-13: looking seldom loses nothing but what is too late by then."""
    now = start
    for pause in pauses:
        now += pause
    told = {each.kind: each for each in due(found, wish, now).now}
    for each in found:
        moment = wish.tells_at(each, now) if wish.want(each) else None
        if moment == now:
            assert each.kind in told


def test_nothing_is_on_by_itself() -> None:
    all_of_them = [
        Occasion(kind=kind, purpose=purpose, subject=SUBJECT, due_at=NOW, until=NOW + NEWS_FOR)
        for kind, rules in KINDS.items()
        for purpose in rules.purposes
    ]
    consented = frozenset(Purpose)
    assert due(all_of_them, Wishes(chosen={}, consented=consented, quiet=None), NOW).now == []
    chosen = dict.fromkeys(MessageKind, NOW)
    assert due(all_of_them, Wishes(chosen=chosen, consented=frozenset(), quiet=None), NOW).now == []
    each = due(all_of_them, Wishes(chosen=chosen, consented=consented, quiet=None), NOW).now
    assert {found.kind for found in each} == set(MessageKind)


def test_what_had_happened_before_is_no_news_and_what_waits_is_told() -> None:
    chosen = {MessageKind.OUTCOME: NOW, MessageKind.BALLOT_OPEN: NOW}
    wish = Wishes(chosen=chosen, consented=frozenset({GROUP}), quiet=None)
    before = NOW - timedelta(hours=1)
    old_news = news(MessageKind.OUTCOME, GROUP, SUBJECT, before)
    open_still = with_deadline(MessageKind.BALLOT_OPEN, GROUP, SUBJECT, before, NOW + timedelta(days=9))
    assert [each.kind for each in due([old_news, *open_still], wish, NOW).now] == [MessageKind.BALLOT_OPEN]


def test_a_deadline_is_told_at_the_beginning_and_once_more_before_the_end() -> None:
    ends = NOW + timedelta(days=14)
    first, second = with_deadline(MessageKind.BALLOT_OPEN, GROUP, SUBJECT, NOW, ends)
    assert (first.due_at, second.due_at) == (NOW, ends - BEFORE_A_DEADLINE)
    assert {first.until, second.until, first.answer_by, second.answer_by} == {ends}
    assert len(with_deadline(MessageKind.OFFER, GROUP, SUBJECT, NOW, NOW + timedelta(days=3))) == 1
    (open_end,) = with_deadline(MessageKind.OFFER, GROUP, SUBJECT, NOW, None)
    assert open_end.answer_by is None


def test_what_quiet_hours_make_too_late_is_never_sent() -> None:
    quiet = QuietHours(time(21), time(8), "Europe/Oslo")
    wish = Wishes(
        chosen={MessageKind.MEETING_REMINDER: NOW - timedelta(days=9)},
        consented=frozenset({GROUP}),
        quiet=quiet,
    )
    meets = datetime(2026, 12, 3, 6, tzinfo=UTC)  # seven in the morning
    night = meets - timedelta(hours=6)
    late = coming(MessageKind.MEETING_REMINDER, GROUP, SUBJECT, meets, timedelta(hours=7))
    what = due([late], wish, night)
    assert (what.now, what.next_at) == ([], None), "at eight the meeting has begun"
    waits = coming(
        MessageKind.MEETING_REMINDER, GROUP, SUBJECT, meets + timedelta(hours=5), timedelta(hours=12)
    )
    assert due([waits], wish, night).next_at == datetime(2026, 12, 3, 7, tzinfo=UTC)


@pytest.mark.hazard("B-07")
def test_an_occasion_has_no_room_for_who_has_voted() -> None:
    """What isn't there can't decide who is told: every member of it is a kind, a purpose, an id or a time."""
    hints = get_type_hints(Occasion)
    assert {field.name for field in fields(Occasion)} == {
        "kind", "purpose", "subject", "due_at", "until", "answer_by",
    }  # fmt: skip
    assert not any(hint in (bool, str, int) for hint in hints.values())


@pytest.mark.hazard("M-h7")
def test_fewer_tones_than_kinds_so_that_none_is_known_by_its_words() -> None:
    assert set(TONES) == set(MessageKind) == set(KINDS)
    for tone in (Tone.COMING, Tone.ANSWER):
        assert len([kind for kind, each in TONES.items() if each is tone]) > 2
    assert all(rules.purposes <= FOR_CONTACT and rules.answers for rules in KINDS.values())


def _message(**changes: object) -> Message:
    whole = {
        "id": MessageId(UUID(int=1)), "organisation_id": OrganisationId(UUID(int=2)),
        "person_id": PersonId(UUID(int=3)), "kind": MessageKind.OUTCOME, "subject_id": SUBJECT, "due_at": NOW,
        "until": NOW + timedelta(days=3), "attempts": 0, "try_at": NOW, "sent_at": None, "refused_at": None,
    }  # fmt: skip
    return Message(**(whole | changes))  # type: ignore[arg-type]


def test_pauses_grow_and_the_first_is_longer_than_an_attempt() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 12)]
    assert pauses == sorted(pauses)
    assert pauses[0] >= timedelta(minutes=2)


def test_nobody_else_tries_while_it_is_tried() -> None:
    message = _message()
    assert message.begin(NOW)
    assert not message.begin(NOW + timedelta(seconds=119))
    assert message.state(NOW) is MessageState.SENDING
    assert message.begin(NOW + timedelta(minutes=2)), (
        "whoever was killed in the middle of it is followed by another"
    )
    message.sent(NOW + timedelta(minutes=3))
    assert not message.begin(NOW + timedelta(hours=9))
    assert (message.attempts, message.state(NOW)) == (2, MessageState.SENT)
    message.refuse(NOW)
    assert message.refused_at is None, "what was taken was taken"


def test_what_was_refused_for_good_or_is_too_late_is_not_tried_again() -> None:
    refused = _message()
    refused.begin(NOW)
    refused.refuse(NOW)
    assert not refused.begin(NOW + timedelta(days=1))
    assert refused.state(NOW) is MessageState.REFUSED
    late = _message()
    assert not late.begin(late.until)
    assert late.state(late.until) is MessageState.TOO_LATE
