"""A run tells as many random histories as was promised, and each of them is counted."""

import pytest
from hypothesis import settings
from hypothesis.stateful import rule, run_state_machine_as_test

from tests.support.histories import ASKED_FOR, SHARE, Life, counting, told


def test_a_run_tells_two_thousand_histories_and_more() -> None:
    assert sum(SHARE[of] for of in ASKED_FOR) >= 2_000
    assert min(SHARE[of] for of in ASKED_FOR) >= 400


class _Seldom(Life):
    of = "group"

    @rule()
    def nothing(self) -> None:
        """Nothing happens."""


def test_too_few_are_noticed() -> None:
    before, kept = told.copy(), []
    with pytest.raises(AssertionError, match="3 of"):  # noqa: SIM117
        with counting(lambda name, value: kept.append((name, value))):
            run_state_machine_as_test(_Seldom, settings=settings(max_examples=3, stateful_step_count=2))
    assert kept == [("histories", ["group", 3])]
    told.clear()
    told.update(before)
