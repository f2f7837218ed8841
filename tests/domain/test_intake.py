"""The outcome of an intake: what it opens, and until when."""

from dataclasses import fields
from typing import Any

import pytest

from app.domain.intake.outcome import (
    ConversationRequired,
    IntakeNeeded,
    IntakeOutcome,
    Method,
    Outcome,
    OwnIntake,
    SignpostingNeeded,
    require_group_outcome,
)
from app.domain.shared.ids import IntakeOutcomeId, PersonId
from tests.domain.build import DAY, HERE, MOMENT, NOW, an_id

END = NOW + 183 * DAY


def outcome(**changes: Any) -> IntakeOutcome:
    values: dict[str, Any] = {
        "id": IntakeOutcomeId(an_id(1)),
        "organisation_id": HERE,
        "person_id": PersonId(an_id(2)),
        "outcome": Outcome.GROUP,
        "method": Method.CONVERSATION,
        "recorded_by": PersonId(an_id(3)),
        "signposted_to": (),
        "recorded_at": NOW,
        "valid_until": END,
    }
    return IntakeOutcome(**(values | changes))


@pytest.mark.rule("I-02")
def test_i02_it_holds_from_its_recording_until_its_end() -> None:
    require_group_outcome(outcome(), NOW, True)
    require_group_outcome(outcome(), END - MOMENT, True)
    for out_of_time in (NOW - MOMENT, END):
        with pytest.raises(IntakeNeeded):
            require_group_outcome(outcome(), out_of_time, False)


@pytest.mark.rule("I-02")
@pytest.mark.parametrize(
    "latest",
    [None, outcome(outcome=Outcome.NOT_NOW), outcome(outcome=Outcome.OTHER_HELP, signposted_to=("a",))],
)
def test_i02_nothing_else_opens_the_way_into_a_group(latest: IntakeOutcome | None) -> None:
    with pytest.raises(IntakeNeeded):
        require_group_outcome(latest, NOW, False)


@pytest.mark.rule("I-01")
def test_i01_where_a_conversation_comes_first_ones_own_word_is_not_enough() -> None:
    own = outcome(method=Method.SELF_DECLARATION, recorded_by=PersonId(an_id(2)))
    require_group_outcome(own, NOW, False)
    with pytest.raises(ConversationRequired):
        require_group_outcome(own, NOW, True)


@pytest.mark.rule("I-03")
def test_i03_nobody_is_sent_away_empty_handed() -> None:
    with pytest.raises(SignpostingNeeded):
        outcome(outcome=Outcome.OTHER_HELP)
    outcome(outcome=Outcome.OTHER_HELP, signposted_to=("helpline",))


@pytest.mark.rule("I-01")
def test_i01_nobody_holds_their_own_conversation() -> None:
    with pytest.raises(OwnIntake):
        outcome(recorded_by=PersonId(an_id(2)))


@pytest.mark.rule("I-09")
def test_i09_how_heavy_a_burden_is_has_no_place() -> None:
    """I-09, I-h7: no field for it, and no outcome."""
    words = {field.name for field in fields(IntakeOutcome)} | {str(each) for each in Outcome}
    assert words == {
        "id", "organisation_id", "person_id", "outcome", "method", "recorded_by", "signposted_to",
        "recorded_at", "valid_until", "group", "not_now", "other_help",
    }  # fmt: skip
