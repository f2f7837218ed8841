"""Rules are tried in their hundreds here, and without a database."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.histories import counting


@pytest.fixture(autouse=True)
def histories_are_counted(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """So that a life that was told too seldom is seen."""
    with counting(record_property):
        yield
