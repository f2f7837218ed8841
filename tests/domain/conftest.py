"""Rules are tried in their hundreds here, and without a database: how long one takes proves nothing."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("domain", deadline=None, max_examples=25)


@pytest.fixture(scope="module", autouse=True)
def many_rules_in_a_second() -> Iterator[None]:
    """Fewer examples for each, as there are so many; only for this folder."""
    before = settings.get_current_profile_name()
    settings.load_profile("domain")
    yield
    settings.load_profile(before)
