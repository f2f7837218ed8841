"""What somebody is to a group, as of an instant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.groups.errors import DeclarationNeeded, GroupNotFound
from app.domain.groups.standing import Inside, Standing, require_member, require_place, standing_of
from app.domain.shared.ids import MembershipId
from tests.domain.build import DAY, MOMENT, NOW, an_id

ME = MembershipId(an_id(1))


def inside(signed: int | None, grace_in_days: int | None = None) -> Inside:
    ends = None if grace_in_days is None else NOW + grace_in_days * DAY
    return Inside(membership_id=ME, signed_generation=signed, grace_ends_at=ends)


def test_without_a_place_one_is_staff_or_an_outsider() -> None:
    for staff, expected in ((True, Standing.COORDINATOR), (False, Standing.OUTSIDER)):
        assert standing_of(None, generation=1, is_coordinator=staff, now=NOW) == (expected, None)


@pytest.mark.hazard("D-h1")
def test_d_h1_who_has_never_signed_is_not_in_yet_whatever_else_they_are() -> None:
    for staff in (True, False):
        found = standing_of(inside(None), generation=1, is_coordinator=staff, now=NOW)
        assert found == (Standing.UNSIGNED, ME)


@pytest.mark.hazard("G-h5")
def test_g_h5_grace_ends_with_the_new_generations_first_meeting() -> None:
    it = Inside(membership_id=ME, signed_generation=1, grace_ends_at=NOW)
    for now, expected in ((NOW - MOMENT, Standing.MEMBER), (NOW, Standing.UNSIGNED)):
        assert standing_of(it, generation=2, is_coordinator=False, now=now) == (expected, ME)


@pytest.mark.hazard("G-h5")
def test_g_h5_without_a_meeting_in_sight_nobody_is_overdue() -> None:
    found = standing_of(inside(1), generation=2, is_coordinator=False, now=NOW)
    assert found == (Standing.MEMBER, ME)


@given(generation=st.integers(1, 9), behind=st.integers(0, 8), days=st.integers(-3, 3) | st.none())
def test_whoever_has_signed_this_generation_is_a_member(
    generation: int, behind: int, days: int | None
) -> None:
    signed = max(1, generation - behind)
    found, _ = standing_of(inside(signed, days), generation=generation, is_coordinator=False, now=NOW)
    overdue = signed < generation and days is not None and days <= 0
    assert found is (Standing.UNSIGNED if overdue else Standing.MEMBER)


@pytest.mark.rule("G-01")
@pytest.mark.parametrize("standing", [it for it in Standing if it is not Standing.MEMBER])
def test_g01_only_members_pass_and_outsiders_learn_nothing(standing: Standing) -> None:
    refusal = DeclarationNeeded if standing is Standing.UNSIGNED else GroupNotFound
    with pytest.raises(refusal):
        require_member(standing)


@pytest.mark.parametrize("standing", Standing)
def test_whoever_has_a_place_passes_signed_or_not(standing: Standing) -> None:
    if standing in (Standing.MEMBER, Standing.UNSIGNED):
        require_place(standing)
    else:
        with pytest.raises(GroupNotFound):
            require_place(standing)


@pytest.mark.rule("G-01")
def test_g01_to_pass_it_is_enough_to_be_a_member() -> None:
    require_member(Standing.MEMBER)
