"""The policy: an organisation may be stricter than the rules, never looser."""

from typing import Any

import pytest

from app.domain.organisations.organisation import Country
from app.domain.organisations.policy import (
    IntakeMode,
    Policy,
    PolicyOutOfBounds,
    PolicySettings,
    require_youth_allowed,
)
from tests.domain.build import HERE, NOW

BOUNDS = [
    ("size_warn_below", 3, 8),
    ("size_start_min", 3, 5),
    ("size_max", 5, 8),
    ("ballot_quorum_percent", 50, 100),
    ("ballot_window_days", 7, 60),
    ("entry_offer_days", 3, 60),
    ("application_wait_days", 14, 180),
    ("reapply_after_days", 0, 365),
    ("intake_valid_days", 30, 366),
    ("starter_default_meetings", 1, 10),
    ("starter_max_meetings", 1, 12),
    ("starter_max_days", 14, 365),
    ("follow_up_after_meetings", 1, 12),
    ("supervision_every_days", 30, 730),
    ("course_every_days", 180, 1826),
    ("network_meeting_every_days", 90, 1826),
    ("renewal_window_days", 14, 180),
    ("dormant_after_days", 14, 183),
    ("recommendation_days", 7, 183),
    ("interest_days", 30, 730),
    ("assessment_text_days", 7, 183),
    ("appointment_no_show_days", 7, 90),
]


def policy(**changes: Any) -> Policy:
    settings = PolicySettings(**changes)
    return Policy(organisation_id=HERE, version=1, effective_from=NOW, settings=settings)


@pytest.mark.parametrize(("name", "low", "high"), BOUNDS)
def test_each_setting_has_its_bounds(name: str, low: int, high: int) -> None:
    for inside in (low, high):
        assert getattr(policy(**{name: inside}).settings, name) == inside
    for outside in (low - 1, high + 1):
        with pytest.raises(PolicyOutOfBounds) as refused:
            policy(**{name: outside})
        assert refused.value.pointer == f"/{name}"
        assert refused.value.facts == {"low": low, "high": high}


def test_what_it_starts_with_is_within_its_bounds() -> None:
    for country in Country:
        policy(**{name: getattr(Policy.default_for(country), name) for name in Policy.setting_names()})


def test_t3_in_denmark_a_conversation_comes_first() -> None:
    assert Policy.default_for(Country.DK).intake_mode is IntakeMode.CONVERSATION_REQUIRED
    assert Policy.default_for(Country.NO).intake_mode is IntakeMode.SELF_DECLARATION


@pytest.mark.rule("G-08")
def test_g08_below_eighteen_only_with_a_youth_programme_and_only_in_denmark() -> None:
    for age in (12, 17):
        with pytest.raises(PolicyOutOfBounds):
            policy(minimum_age=age)
    with pytest.raises(PolicyOutOfBounds):
        policy(minimum_age=12, youth_programme=True)
    young = policy(minimum_age=13, youth_programme=True).settings
    assert (young.open_from_age, policy(minimum_age=60).settings.open_from_age) == (18, 60)
    require_youth_allowed(Country.DK, young)
    with pytest.raises(PolicyOutOfBounds):
        require_youth_allowed(Country.NO, young)
    require_youth_allowed(Country.NO, policy().settings)
