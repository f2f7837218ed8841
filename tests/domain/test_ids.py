"""Every id carries its organisation; none of ours is taken for another's, and none of others for ours."""

from uuid import NAMESPACE_URL, UUID, uuid1, uuid4, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.ids import NOBODY, compose_id, organisation_id, organisation_of

NUMBERS = st.integers(1, 2**30 - 1)
TIMES = st.integers(0, 2**48 - 1)
CHANCE = st.integers(0, 2**44 - 1)


@given(NUMBERS, TIMES, CHANCE)
def test_an_id_carries_its_organisation(number: int, milliseconds: int, chance: int) -> None:
    made = compose_id(organisation_id(number), milliseconds, chance)
    assert organisation_of(made) == organisation_id(number)
    assert organisation_of(UUID(str(made))) == organisation_id(number)


@given(NUMBERS, TIMES, CHANCE)
def test_it_is_a_uuid_of_version_8(number: int, milliseconds: int, chance: int) -> None:
    made = compose_id(organisation_id(number), milliseconds, chance)
    assert (made.version, made.variant) == (8, "specified in RFC 4122")
    assert made.int >> 80 == milliseconds


@given(NUMBERS, TIMES, CHANCE, CHANCE)
def test_all_its_chance_is_in_it(number: int, milliseconds: int, one: int, other: int) -> None:
    organisation = organisation_id(number)
    made = compose_id(organisation, milliseconds, one), compose_id(organisation, milliseconds, other)
    assert (made[0] == made[1]) == (one == other)


@given(NUMBERS)
def test_an_organisations_own_id_carries_itself(number: int) -> None:
    assert organisation_of(organisation_id(number)) == organisation_id(number)


@given(st.integers(0, 2**128 - 1))
def test_any_other_uuid_belongs_to_some_organisation_or_to_nobody(number: int) -> None:
    found = organisation_of(UUID(int=number))
    assert found == NOBODY or organisation_of(found) == found


@pytest.mark.parametrize("made", [uuid1, uuid4, lambda: uuid5(NAMESPACE_URL, "x"), lambda: NOBODY])
def test_foreign_ids_belong_to_nobody(made: object) -> None:
    assert callable(made)
    assert organisation_of(made()) == NOBODY


@pytest.mark.parametrize("number", [0, -1, 2**30])
def test_an_organisations_number_has_30_bits_and_is_not_zero(number: int) -> None:
    with pytest.raises(ValueError, match="30 bits"):
        organisation_id(number)


def test_ids_made_later_sort_later() -> None:
    here = organisation_id(2**30 - 1)
    assert compose_id(here, 1, 2**44 - 1) < compose_id(here, 2, 0)
