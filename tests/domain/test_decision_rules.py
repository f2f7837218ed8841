"""The decision rules, as properties of every tally."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.admission.decision_rules import CONSENT_OF_ALL, Tally, Verdict, decide, rule_named
from app.domain.organisations.policy import DecisionRuleName

OWN = [str(name) for name in DecisionRuleName]
ALL = [*OWN, CONSENT_OF_ALL]
VOICES = st.builds(Tally, st.integers(0, 8), st.integers(0, 8), st.integers(0, 8))
QUORUM = st.integers(50, 100)
any_rule = pytest.mark.parametrize("name", ALL)


def verdict(name: str, tally: Tally, silent: int = 0, quorum: int = 100) -> Verdict:
    return decide(rule_named(name), tally, roll=tally.voices + silent, quorum_percent=quorum)


@pytest.mark.hazard("B-10")
@any_rule
@given(tally=VOICES, silent=st.integers(0, 8), quorum=QUORUM)
def test_b10_silence_and_abstention_are_never_consent(
    name: str, tally: Tally, silent: int, quorum: int
) -> None:
    nobody_for = Tally(0, tally.against, tally.abstain)
    assert verdict(name, nobody_for, silent, quorum) is not Verdict.ADOPTED


@pytest.mark.hazard("B-10")
@any_rule
@given(tally=VOICES, silent=st.integers(0, 8), quorum=QUORUM)
def test_b10_one_more_silent_person_never_helps(name: str, tally: Tally, silent: int, quorum: int) -> None:
    if verdict(name, tally, silent + 1, quorum) is Verdict.ADOPTED:
        assert verdict(name, tally, silent, quorum) is Verdict.ADOPTED


@any_rule
@given(tally=VOICES, silent=st.integers(0, 8), quorum=QUORUM)
def test_turning_a_voice_into_a_for_never_unmakes_a_yes(
    name: str, tally: Tally, silent: int, quorum: int
) -> None:
    if verdict(name, tally, silent, quorum) is Verdict.ADOPTED:
        if tally.against:
            better = Tally(tally.for_ + 1, tally.against - 1, tally.abstain)
            assert verdict(name, better, silent, quorum) is Verdict.ADOPTED
        if tally.abstain:
            better = Tally(tally.for_ + 1, tally.against, tally.abstain - 1)
            assert verdict(name, better, silent, quorum) is Verdict.ADOPTED


@any_rule
@given(tally=VOICES, silent=st.integers(0, 8), quorum=QUORUM)
def test_one_more_against_never_makes_a_yes(name: str, tally: Tally, silent: int, quorum: int) -> None:
    if tally.for_ and verdict(name, tally, silent, quorum) is not Verdict.ADOPTED:
        worse = Tally(tally.for_ - 1, tally.against + 1, tally.abstain)
        assert verdict(name, worse, silent, quorum) is not Verdict.ADOPTED


@pytest.mark.hazard("B-11")
@any_rule
@given(side=st.integers(1, 8), abstain=st.integers(0, 8))
def test_b11_a_tie_is_not_adopted(name: str, side: int, abstain: int) -> None:
    assert verdict(name, Tally(side, side, abstain)) is Verdict.NOT_ADOPTED


@pytest.mark.hazard("B-09")
@any_rule
@given(tally=VOICES, silent=st.integers(0, 8), quorum=QUORUM)
def test_b09_a_missed_quorum_lapses_and_nothing_else_does(
    name: str, tally: Tally, silent: int, quorum: int
) -> None:
    roll = tally.voices + silent
    missed = roll == 0 or tally.voices / roll < quorum / 100
    assert (verdict(name, tally, silent, quorum) is Verdict.LAPSED) == missed


@pytest.mark.hazard("B-09")
@pytest.mark.parametrize("quorum", range(50, 101))
def test_b09_the_quorum_is_met_by_exactly_as_many_as_it_says(quorum: int) -> None:
    assert verdict("no_objection", Tally(quorum, 0, 0), 100 - quorum, quorum) is Verdict.ADOPTED
    assert verdict("no_objection", Tally(quorum - 1, 0, 0), 101 - quorum, quorum) is Verdict.LAPSED


@pytest.mark.hazard("B-05")
@pytest.mark.parametrize("quorum", range(67, 101))
def test_b05_leave_never_lets_two_decide_for_three(quorum: int) -> None:
    """One of three is away: the two others would be the quorum, and could tell from the outcome what each has voted."""
    rule, two, three = rule_named("no_objection"), Tally(2, 0, 0), Tally(3, 0, 0)
    assert decide(rule, two, roll=3, quorum_percent=quorum, away=1) is Verdict.LAPSED
    assert decide(rule, three, roll=3, quorum_percent=quorum, away=1, away_voices=1) is Verdict.ADOPTED


@given(tally=VOICES)
def test_stricter_rules_adopt_less(tally: Tally) -> None:
    order = [CONSENT_OF_ALL, "unanimous", "no_objection", "three_quarters"]
    adopted = [verdict(name, tally) is Verdict.ADOPTED for name in order]
    assert adopted == sorted(adopted)


@pytest.mark.parametrize(
    ("name", "tally", "expected"),
    [
        ("no_objection", Tally(1, 0, 4), Verdict.ADOPTED),
        ("no_objection", Tally(4, 1, 0), Verdict.NOT_ADOPTED),
        ("unanimous", Tally(5, 0, 0), Verdict.ADOPTED),
        ("unanimous", Tally(4, 0, 1), Verdict.NOT_ADOPTED),
        ("three_quarters", Tally(3, 1, 4), Verdict.ADOPTED),
        ("three_quarters", Tally(5, 2, 0), Verdict.NOT_ADOPTED),
        ("absolute_majority", Tally(3, 2, 0), Verdict.ADOPTED),
        ("absolute_majority", Tally(3, 0, 3), Verdict.NOT_ADOPTED),
    ],
)
def test_what_each_rule_says(name: str, tally: Tally, expected: Verdict) -> None:
    assert verdict(name, tally) is expected


@pytest.mark.hazard("B-19")
def test_b19_consent_of_all_is_everybodys_for() -> None:
    for for_, against, abstain, silent in product(range(3), repeat=4):
        tally = Tally(for_, against, abstain)
        everybody = for_ > 0 and not (against or abstain or silent)
        assert (verdict(CONSENT_OF_ALL, tally, silent) is Verdict.ADOPTED) == everybody


@any_rule
def test_each_rule_is_found_and_explained_by_its_name(name: str) -> None:
    assert rule_named(name).name == name
    assert rule_named(name).explain() == f"decision_rules.{name}"


def test_there_is_no_other_rule() -> None:
    with pytest.raises(KeyError):
        rule_named("the_loudest")
