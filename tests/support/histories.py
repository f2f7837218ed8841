"""How many random histories a run tells of each life, and how many it has told: the last lines of a run say so.

They are part of every `make test`, and so of every run of CI. `VERKSTED_HISTORIES=10` tells ten times as many.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine

TIMES = int(os.environ.get("VERKSTED_HISTORIES", "1"))
SHARE = {
    "group": 700,
    "assignment": 500,
    "training record": 400,
    "series": 450,
    "assessment": 250,
    "ballot": 150,
    "forming group": 6,
    "group without a leader": 5,
    "starter's exit": 4,
}
"""The last ones are told to the whole service, so there are fewer of them than where the domain alone is asked."""
ASKED_FOR = ("group", "assignment", "training record", "series")
"""Of these the issue wants 2,000 in each run."""
told: Counter[str] = Counter()


def share(of: str) -> int:
    """So many histories of this life are told in this run."""
    return SHARE[of] * TIMES


def many(of: str, **more: Any) -> settings:
    """Hypothesis' settings for this life."""
    return settings(max_examples=share(of), deadline=None, **more)


class Life(RuleBasedStateMachine):
    """A life that is counted each time that it is told."""

    of: str

    def __init__(self) -> None:
        super().__init__()
        told[self.of] += 1


@contextmanager
def counting(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Whatever is told meanwhile stands in the test's report; fewer than were promised are too few."""
    before = told.copy()
    yield
    for of, number in (told - before).items():
        record_property("histories", [of, number])
        assert number >= share(of), f"{number} of {share(of)} histories of {of} were told"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count them in the last lines."""
    found: Counter[str] = Counter()
    for report in terminalreporter.getreports(""):
        for name, value in report.user_properties:
            if name == "histories":
                found[value[0]] += value[1]
    if found:
        each = ", ".join(f"{of} {number:,}" for of, number in sorted(found.items()))
        terminalreporter.line(f"random histories: {found.total():,} ({each})")
