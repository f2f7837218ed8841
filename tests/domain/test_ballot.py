"""The ballot: when it closes, who may vote, and what its count finds."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.admission.ballot import Ballot, BallotStatus
from app.domain.admission.decision_rules import CONSENT_OF_ALL, Choice, Verdict
from app.domain.admission.errors import BallotClosed, BallotEnded, NotOnTheRoll
from app.domain.shared.ids import MembershipId
from tests.domain.build import DAY, MOMENT, NOW, ballot, members

CHOICES = st.sampled_from(Choice)


def never() -> Iterable[tuple[MembershipId, Choice]]:
    raise AssertionError("an envelope would have been opened")


def vote(box: Ballot, *voters: MembershipId, at: datetime = NOW) -> None:
    for voter in voters:
        box.admit_vote(voter, at)


def test_its_time_is_half_open() -> None:
    box = ballot()
    one, other = members(2)
    assert box.status(NOW) is BallotStatus.OPEN
    vote(box, one, at=box.closes_at - MOMENT)
    assert not box.is_over(box.closes_at - MOMENT)
    assert box.status(box.closes_at) is BallotStatus.DUE
    with pytest.raises(BallotClosed):
        box.admit_vote(other, box.closes_at)
    with pytest.raises(BallotClosed):
        ballot().admit_vote(one, NOW - MOMENT)


@pytest.mark.hazard("B-06")
@given(
    roll=st.integers(1, 8),
    secret=st.booleans(),
    voted=st.sets(st.integers(0, 7)),
    gone=st.sets(st.integers(0, 7)),
    share=st.floats(0, 0.999),
)
def test_b06_before_its_time_it_is_over_only_when_all_have_voted_or_no_secret_is_left(
    roll: int, secret: bool, voted: set[int], gone: set[int], share: float
) -> None:
    box = ballot(roll, secret=secret)
    for number, entry in enumerate(box.roll.values()):
        entry.has_voted = number in voted
        entry.dropped_at = NOW if number in gone else None
    left = [entry for entry in box.roll.values() if entry.dropped_at is None]
    over = all(entry.has_voted for entry in left) or (secret and len(left) < 3)
    assert box.is_over(NOW + share * (box.closes_at - NOW)) == over
    assert box.is_over(box.closes_at)


def test_only_who_is_on_the_roll_votes() -> None:
    box = ballot(4)
    one, *_ = members(4)
    for stranger in (None, members(5)[-1]):
        with pytest.raises(NotOnTheRoll):
            box.admit_vote(stranger, NOW)
    assert box.drop(one, NOW)
    with pytest.raises(NotOnTheRoll):
        box.admit_vote(one, NOW)


@pytest.mark.hazard("B-17")
def test_b17_voting_again_shows_nothing() -> None:
    box, again = ballot(), ballot()
    vote(box, members(1)[0])
    vote(again, members(1)[0], members(1)[0])
    assert box == again


@pytest.mark.hazard("B-03")
def test_b03_who_leaves_drops_off_once_and_their_vote_with_them() -> None:
    box = ballot(4)
    one, *others = members(4)
    vote(box, one)
    assert box.drop(one, NOW)
    assert not box.roll[one].has_voted
    assert not box.drop(one, NOW + DAY)
    assert not box.drop(members(6)[-1], NOW)
    assert box.roll[one].dropped_at == NOW
    assert [entry.membership_id for entry in box.remaining()] == others
    vote(box, *others)
    assert box.is_over(NOW)
    assert box.count(lambda: [(member, Choice.FOR) for member in others]) is Verdict.ADOPTED


@pytest.mark.parametrize("end", ["withdraw", "void", "count"])
def test_what_has_ended_stays_as_it_ended(end: str) -> None:
    box = ballot()
    if end == "count":
        box.verdict = Verdict.LAPSED
    else:
        getattr(box, end)(NOW)
    before = box.status(NOW)
    assert box.has_ended
    box.void(NOW + DAY)
    box.withdraw(NOW + DAY)
    assert not box.drop(members(1)[0], NOW)
    with pytest.raises(BallotClosed if end == "count" else BallotEnded):
        box.admit_vote(members(1)[0], NOW)
    assert box.status(box.closes_at + DAY) is before
    assert not box.is_due(box.closes_at + DAY)


@given(st.lists(CHOICES, min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_envelopes_and_voters_decides_nothing(choices: list[Choice], chance: object) -> None:
    shuffled = list(choices)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    people = members(len(choices))
    found = {
        rule: {
            ballot(len(choices), rule=rule).count(lambda cast=cast: list(zip(people, cast, strict=True)))  # type: ignore[misc]
            for cast in (choices, shuffled, choices[::-1])
        }
        for rule in ("no_objection", "unanimous", "three_quarters", "absolute_majority")
    }
    assert all(len(verdicts) == 1 for verdicts in found.values())


def test_the_roll_is_counted_as_of_the_closing_time() -> None:
    """Who left at or after the closing time was there: their silence misses the quorum, their envelope counts."""
    one, *others = members(4)
    cast = [(member, Choice.FOR) for member in others]
    before, at = ballot(4), ballot(4)
    before.roll[one].dropped_at = before.closes_at - MOMENT
    at.roll[one].dropped_at = at.closes_at
    assert before.count(lambda: cast) is Verdict.ADOPTED
    assert at.count(lambda: cast) is Verdict.LAPSED
    assert at.count(lambda: [*cast, (one, Choice.AGAINST)]) is Verdict.NOT_ADOPTED


def test_an_envelope_of_somebody_off_the_roll_is_nobodys_voice() -> None:
    box = ballot(3)
    stranger = members(9)[-1]
    cast = [(member, Choice.FOR) for member in members(3)]
    assert box.count(lambda: [*cast, (stranger, Choice.AGAINST)]) is Verdict.ADOPTED


@pytest.mark.hazard("B-19")
@pytest.mark.parametrize("left", [0, 1, 2])
def test_b19_below_three_a_secret_ballot_lapses_unopened(left: int) -> None:
    box = ballot(5)
    for member in members(5)[left:]:
        box.drop(member, NOW)
    assert box.is_due(NOW)
    assert box.count(never) is Verdict.LAPSED


@pytest.mark.hazard("B-19")
@pytest.mark.parametrize("roll", [3, 8])
def test_b19_a_ballot_that_was_wrongly_open_lapses_unopened(roll: int) -> None:
    assert ballot(roll, secret=False, rule=CONSENT_OF_ALL).count(never) is Verdict.LAPSED


@pytest.mark.hazard("B-19")
@pytest.mark.parametrize("roll", [1, 2])
def test_b19_below_three_the_open_consent_of_all_decides(roll: int) -> None:
    people = members(roll)
    for choice, verdict in ((Choice.FOR, Verdict.ADOPTED), (Choice.ABSTAIN, Verdict.NOT_ADOPTED)):
        box = ballot(roll, secret=False, rule=CONSENT_OF_ALL)
        cast = [(member, Choice.FOR) for member in people[1:]] + [(people[0], choice)]
        assert box.count(lambda cast=cast: cast) is verdict  # type: ignore[misc]


def test_a_lost_key_lapses() -> None:
    assert ballot().count(None) is Verdict.LAPSED


def test_nobody_on_the_roll_decides_nothing() -> None:
    assert ballot(0).is_over(NOW)
    assert ballot(0).count(never) is Verdict.LAPSED


@pytest.mark.hazard("B-15")
@given(st.integers(7, 60))
def test_b15_its_closing_time_is_its_own(days: int) -> None:
    box = ballot(days=days)
    assert not box.is_due(NOW + timedelta(days=days) - MOMENT)
    assert box.is_due(NOW + timedelta(days=days))
