"""The group: forming, closed for good from its first meeting, open for new people by its own decision only."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.groups.errors import GroupHasEnded, GroupIsClosed, GroupIsForming, PlacementOver
from app.domain.groups.group import (
    GroupEnd,
    Phase,
    SizeBand,
    TooManySeats,
    is_vulnerable,
    require_seats_within,
    size_band,
)
from app.domain.groups.membership import Membership, Placement
from app.domain.shared.ids import BallotId, GroupId, MembershipId, PersonId, PlacementId
from tests.domain.build import DAY, HERE, MOMENT, NOW, an_id, group

INSTANTS = st.integers(-5, 5).map(lambda days: NOW + days * DAY)


def placement() -> Placement:
    return Placement(
        id=PlacementId(an_id(1)),
        organisation_id=HERE,
        group_id=GroupId(an_id(800)),
        person_id=PersonId(an_id(2)),
        invited_at=NOW,
        accepted_at=None,
        declined_at=None,
        withdrawn_at=None,
    )


def membership(by_placement: bool, by_ballot: bool) -> Membership:
    return Membership(
        id=MembershipId(an_id(1)),
        organisation_id=HERE,
        group_id=GroupId(an_id(800)),
        person_id=PersonId(an_id(2)),
        alias="Alias",
        placement_id=PlacementId(an_id(3)) if by_placement else None,
        ballot_id=BallotId(an_id(4)) if by_ballot else None,
        generation=1,
        joined_at=NOW,
        left_at=None,
    )


@pytest.mark.rule("A-01")
def test_a01_it_closes_with_the_start_of_its_first_meeting() -> None:
    it = group(first_meeting_at=NOW)
    assert not it.is_closed(NOW - MOMENT)
    it.require_forming(NOW - MOMENT)
    with pytest.raises(GroupIsForming):
        it.require_closed(NOW - MOMENT)
    assert it.is_closed(NOW)
    it.require_closed(NOW)
    with pytest.raises(GroupIsClosed):
        it.require_forming(NOW)


def test_without_a_meeting_it_forms() -> None:
    assert group().phase(8, NOW) is Phase.FORMING
    assert not group().is_closed(NOW + 1000 * DAY)


@pytest.mark.hazard("G-h2")
@pytest.mark.parametrize(("left", "phase"), [(0, Phase.ENDED), (1, Phase.MEETING), (8, Phase.MEETING)])
def test_g_h2_it_has_ended_when_the_last_has_left(left: int, phase: Phase) -> None:
    assert group(first_meeting_at=NOW).phase(left, NOW) is phase


@pytest.mark.hazard("B-30")
@given(opened=INSTANTS | st.none(), closed=INSTANTS | st.none(), first=INSTANTS | st.none())
def test_b30_it_is_open_only_while_its_last_word_was_a_yes(
    opened: datetime | None, closed: datetime | None, first: datetime | None
) -> None:
    it = group(opened_for_new_at=opened, closed_for_new_at=closed, first_meeting_at=first)
    meets = first is not None and first <= NOW
    last_word_is_yes = opened is not None and (closed is None or closed < opened)
    assert it.is_open_for_new(NOW) == (meets and last_word_is_yes)


@pytest.mark.hazard("B-30")
def test_b30_one_member_closes_it_at_once() -> None:
    it = group(first_meeting_at=NOW - 5 * DAY, opened_for_new_at=NOW - DAY)
    assert it.is_open_for_new(NOW)
    it.close_for_new(NOW)
    assert not it.is_open_for_new(NOW)


@pytest.mark.rule("G-06")
@pytest.mark.hazard("G-h1")
def test_g_h1_below_five_it_is_vulnerable_and_no_more_than_that() -> None:
    assert [is_vulnerable(members, 5) for members in (4, 5)] == [True, False]
    assert [size_band(members) for members in (4, 5, 8)] == [
        SizeBand.BELOW_FIVE,
        SizeBand.FIVE_TO_EIGHT,
        SizeBand.FIVE_TO_EIGHT,
    ]
    assert group(first_meeting_at=NOW).phase(1, NOW) is Phase.MEETING


@pytest.mark.rule("G-05", "G-07")
def test_g07_no_more_seats_than_the_policy_allows() -> None:
    require_seats_within(8, 8)
    with pytest.raises(TooManySeats) as refused:
        require_seats_within(9, 8)
    assert (refused.value.pointer, refused.value.facts) == ("/seats", {"maximum": 8})


@pytest.mark.hazard("B-28")
@pytest.mark.parametrize(("by_placement", "by_ballot"), [(True, True), (False, False)])
def test_b28_a_membership_has_exactly_one_founding_fact(by_placement: bool, by_ballot: bool) -> None:
    with pytest.raises(ValueError, match="A-01"):
        membership(by_placement, by_ballot)


@pytest.mark.rule("G-18")
def test_g18_leaving_twice_is_leaving_once() -> None:
    it = membership(True, False)
    it.leave(NOW)
    it.leave(NOW + DAY)
    assert it.left_at == NOW


@pytest.mark.rule("A-07")
@pytest.mark.parametrize("first", ["accept", "decline", "withdraw"])
@pytest.mark.parametrize("then", ["accept", "decline", "withdraw"])
def test_a07_the_first_answer_to_an_invitation_stands(first: str, then: str) -> None:
    it = placement()
    getattr(it, first)(NOW)
    assert it.is_over == (first != "accept")
    if first == then:
        getattr(it, then)(NOW + DAY)
    else:
        with pytest.raises(PlacementOver):
            getattr(it, then)(NOW + DAY)
    answers = {it.accepted_at, it.declined_at, it.withdrawn_at}
    assert answers == {None, NOW}


@pytest.mark.rule("G-16", "G-17")
def test_g16_no_end_is_the_default_and_a_groups_own_end_can_be_dropped_until_it_has_come() -> None:
    met = group(first_meeting_at=NOW)
    assert met.ends_at is None
    met.end = GroupEnd(at=NOW + 30 * DAY, decided_at=NOW + DAY)
    assert met.ends_at == NOW + 30 * DAY
    assert met.phase(5, NOW + 30 * DAY - MOMENT) is Phase.MEETING
    assert met.phase(5, NOW + 30 * DAY) is Phase.ENDED
    with pytest.raises(GroupHasEnded):
        met.drop_end(NOW + 30 * DAY)
    met.drop_end(NOW + 2 * DAY)
    assert met.ends_at is None
    assert met.phase(5, NOW + 30 * DAY) is Phase.MEETING
    met.end = GroupEnd(at=NOW + 60 * DAY, decided_at=NOW + 3 * DAY)
    assert met.ends_at == NOW + 60 * DAY


@pytest.mark.rule("G-16")
def test_a_group_that_has_come_to_its_end_is_open_for_nobody() -> None:
    met = group(first_meeting_at=NOW, opened_for_new_at=NOW, end=GroupEnd(at=NOW + DAY, decided_at=NOW))
    assert met.is_open_for_new(NOW + DAY - MOMENT)
    assert not met.is_open_for_new(NOW + DAY)
    with pytest.raises(GroupHasEnded):
        met.require_meeting(NOW + DAY)
